/* What fuzz targets have in common. They end with abort() when the program did what it must never do. */
#pragma once

#include "domain/record.h"
#include "intake/clean.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The embedded codebook, and the names of countries: each read once and kept. */
const Codebook *fuzz_codebook(void);
const Countries *fuzz_countries(void);
/* What an importer makes must never break the rules of records, but by a length; and it can be written. */
void fuzz_check_record(Record *record, const char *key);
