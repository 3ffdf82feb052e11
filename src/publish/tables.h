/* Tables: the register as rows: what `vigie export` writes and the site lets download.
 *
 * An export is pulled chunk by chunk, so that its memory stays flat and nothing is held open between two chunks. What
 * it shows is the register as of the filter's moment in one snapshot, even when the store goes on growing meanwhile. */
#pragma once

#include "publish/search.h"
#include "publish/view.h"
#include "publish/xlsx.h"
#include "stats/figures.h"

typedef enum ExportTable {
    EXPORT_INCIDENTS,
    EXPORT_CLAIMS,
    EXPORT_SOURCES,
    EXPORT_ORGANISATIONS,
    /* Whatever the filter selects; for these as JSON see publish/corrections.h and publish/journal_data.h. */
    EXPORT_CORRECTIONS,
    EXPORT_CHANGES,
    EXPORT_CHECKPOINTS
} ExportTable;

typedef enum ExportForm {
    EXPORT_CSV,             /* plain data, never altered */
    EXPORT_CSV_SPREADSHEET, /* with a byte order mark, and cells that a spreadsheet would run are defused */
    EXPORT_JSON,            /* one object: what was asked, and the rows as an array under the table's name */
    EXPORT_XLSX             /* a workbook; its order says what it tells about itself */
} ExportForm;

typedef struct ExportOrder {
    ExportTable table;
    ExportForm form;
    Register which; /* which incidents, or the incidents whose claims and sources */
    const Filter *filter;
    const XlsxAbout *about; /* of EXPORT_XLSX; as_of is filled in */
    Found found;            /* of the filter's q: see search_filter */
    Found organisations;    /* of EXPORT_ORGANISATIONS: which ones */
    Order order;
    const View *view;  /* of EXPORT_CORRECTIONS, and */
    int64_t before;    /* only those of entries below this one */
    int64_t after;     /* of EXPORT_CHANGES and EXPORT_CHECKPOINTS: only those behind this number */
    size_t skip, most; /* rows, or incidents whose rows; skip: of those the filter selects; most 0: all */
} ExportOrder;

typedef struct Export Export;

/* Snapshot, filter and found must outlive the export; memory: `arena` and what export_end frees. */
Export *export_begin(Arena *arena, const Snapshot *snapshot, const ExportOrder *order);

/* Appends the next rows, some 64 kB, to `out`; the first chunk has the header. False when there is nothing more, or
 * with a problem: then what was written so far ends in the middle. `store` may be another handle each time. */
bool export_next(Export *export, Store *public_store, Out *out, Problem *problem);
void export_end(Export *export);            /* accepts NULL */
int64_t export_as_of(const Export *export); /* the moment as of which it tells */
size_t export_total(const Export *export);  /* incidents that match; once export_next was called */

/* The rows of one incident at once: CSV with its header, a JSON array, or a workbook. */
typedef struct ExportOne {
    ExportTable table;
    ExportForm form;
    const Codebook *codebook;
    int64_t incident, entries; /* as of this entry */
    const XlsxAbout *about;    /* of EXPORT_XLSX */
} ExportOne;

bool export_one(Arena *arena, Store *public_store, const ExportOne *order, Out *out, Problem *problem);

static inline void export_finish(Export **export)
{
    export_end(*export);
}
#define AUTO_EXPORT __attribute__((cleanup(export_finish))) Export
