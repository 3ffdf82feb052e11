/* Import: foreign data sets become records. One table of importers; each reads rows and makes a Record of each.
 *
 * Nothing is dropped silently: the raw bytes of every row stay in the work store, a row that cannot be read is refused
 * with its line and reason, a cell that is not understood is kept as a claim without value and counted. */
#pragma once

#include "codebook/codebook.h"
#include "domain/record.h"

typedef struct ImportOptions {
    const char *importer;     /* name in the table: starter, veris, hhs-ocr, csv */
    const char *const *files; /* files, or folders of single documents */
    size_t file_count;
    const char *var;     /* folder of the stores */
    const char *mapping; /* of csv; NULL otherwise */
    int32_t observed;    /* day on which the file was taken; DAY_UNKNOWN: today */
    bool hold;           /* keep everything in the work store */
    bool quiet;          /* no progress bar */
} ImportOptions;

typedef struct ImportTally {
    const char *code; /* as the source writes it; "(blank)" when it is silent */
    int64_t rows;
    double sum; /* of what the report sums: see ImportReport.summed */
} ImportTally;

typedef struct ImportGroup { /* the rows counted by one column: year, country, state, type, ... */
    const char *name;
    ImportTally *items; /* in the order of their codes; the last may be "(others)" */
    size_t count;
} ImportGroup;

typedef struct ImportRefusal {
    const char *file;
    size_t line;
    const char *reason;
} ImportRefusal;

typedef struct ImportMisread { /* cells of one column that were not understood; their raw text is kept */
    const char *column;
    int64_t count;
    size_t line; /* of the first one */
    const char *example, *reason;
} ImportMisread;

enum { IMPORT_REFUSALS_MAX = 100 };

typedef struct ImportReport {
    const char *importer, *dataset, *licence;
    int64_t read, added, unchanged, changed, refused; /* rows; read is the sum of the others */
    int64_t published, excluded, pending, held;       /* what became of those added and changed */
    int64_t resumed_at;                               /* row at which an interrupted run went on; 0 */
    const char *summed; /* "persons" or "records": what the source counts; NULL when nothing */
    double sum;         /* of the source's own numbers, placeholders included */
    int64_t sum_missing, placeholders;
    ImportGroup *groups;
    size_t group_count;
    ImportMisread *misreads;
    size_t misread_count;
    const char **unused; /* columns that are kept in the raw rows and nowhere else */
    size_t unused_count;
    ImportRefusal refusals[IMPORT_REFUSALS_MAX]; /* the first hundred; all of them are in the work store */
    size_t refusal_count;
    double seconds;
    struct ReportIndex *index; /* private */
} ImportReport;

/* Runs it to the end: opens the files and stores, starts the log role, shuts itself in, imports in batches. A file
 * that was interrupted goes on where it stopped; a file that was imported before adds nothing. Memory: `arena`. */
bool import_run(Arena *arena, const Codebook *codebook, const ImportOptions *options, ImportReport *report,
                Problem *problem);

/* The report for people, and as JSON for programs. */
void import_report_text(Out *out, const ImportReport *report);
void import_report_json(Out *out, const ImportReport *report);

/* The table, for help and the command line: name and one line on what it reads. Ended by a NULL name. */
typedef struct ImporterInfo {
    const char *name, *reads;
} ImporterInfo;
const ImporterInfo *importer_list(void);
