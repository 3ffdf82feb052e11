/* Import: foreign data sets become records. One table of importers; each reads rows and makes a Record of each. */
#pragma once

#include "codebook/codebook.h"
#include "domain/record.h"

typedef struct ImportOptions {
    const char *importer;    /* name in the table: starter, veris, hhs-ocr, csv */
    const char *const *files;
    size_t file_count;
    const char *var;         /* folder of the stores */
    const char *mapping;     /* of csv; NULL otherwise */
    int32_t observed;        /* day on which the file was taken; DAY_UNKNOWN: not given */
    bool hold;               /* keep everything in the work store */
    bool quiet;              /* no progress bar */
} ImportOptions;

typedef struct ImportTally { /* one (code, n, persons) of the report */
    const char *code;
    int64_t rows;
    double persons;
} ImportTally;

typedef struct ImportReport {
    const char *importer;
    int64_t read, added, unchanged, changed, refused; /* rows; read is the sum of the others */
    int64_t published, excluded, held;                /* of added and changed */
    int64_t resumed_at;                               /* row at which an interrupted run went on; 0 */
    double persons;                                   /* sum of the source's own numbers, placeholders included */
    int64_t persons_missing, placeholders;
    ImportTally *by_year, *by_country, *by_state, *by_type, *by_status;
    size_t year_count, country_count, state_count, type_count, status_count;
    struct {
        const char *file;
        size_t line;
        const char *reason;
    } refusals[100];         /* the first hundred; all of them are in the work store */
    size_t refusal_count;
    double seconds;
} ImportReport;

/* Runs it to the end: opens the files and stores, starts the log role, shuts itself in, imports in batches. A file
 * that was interrupted goes on where it stopped; a file that was imported before adds nothing. */
bool import_run(Arena *arena, const Codebook *codebook, const ImportOptions *options, ImportReport *report,
                Problem *problem);

/* The table, for help and the command line: name and one line on what it reads. Ended by a NULL name. */
typedef struct ImporterInfo {
    const char *name, *reads;
} ImporterInfo;
const ImporterInfo *importer_list(void);
