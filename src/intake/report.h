/* Report: what an import counts while it runs. Private to the room; import.h has its public face. */
#pragma once

#include "intake/importer.h"

/* Empty. Everything counted later is kept in `arena`, which must outlive it. */
void report_start(Arena *arena, const Importer *importer, ImportReport *report);

/* One more row with `code` in the column `group`; `amount` NaN when unknown. A NULL report counts nothing. */
void report_tally(ImportReport *report, const char *group, Text code, double amount);
/* The number of persons or records that a row gives; NaN when it gives none. */
void report_amount(ImportReport *report, double amount);
void report_misread(ImportReport *report, const Row *row, const char *column, Text cell, const char *reason);
void report_refusal(ImportReport *report, const char *file, size_t line, const char *reason);

/* A column that the importer does not read; named once. */
void report_unused(ImportReport *report, const char *column);

/* Everything that was counted, as JSON, and added back from it: an interrupted run goes on with its sums, and several
 * files add up. */
bool report_add(ImportReport *report, Text json, Problem *problem);
