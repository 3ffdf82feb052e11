#include "fuzz.h"

#include <stdio.h>

const Codebook *fuzz_codebook(void)
{
    static Codebook read;
    Problem problem = { 0 };
    if (!read.entity_count && !codebook_read(arena_new(ARENA_NO_CAP), codebook_embedded(), &read, &problem))
        abort();
    return &read;
}

const Countries *fuzz_countries(void)
{
    static const Countries *made;
    if (!made)
        made = countries_new(arena_new(ARENA_NO_CAP));
    return made;
}

void fuzz_check_record(Record *record, const char *key)
{
    Problem problem = { 0 };
    AUTO_OUT body = { 0 };
    record->dataset = "fuzz";
    record->external = key;
    if (!record_check(record, fuzz_codebook(), &problem) && !strstr(problem.message, "longer")) {
        (void)fprintf(stderr, "%s\n", problem.message);
        abort();
    }
    record_write(&body, record);
}
