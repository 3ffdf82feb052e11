/* The releases on the site: a list with their files, newest first. */
#pragma once

#include "publish/pages.h"
#include "publish/sheet.h"
#include "store/store.h"

typedef struct ReleaseFileRow {
    const char *name, *address, *size, *hash; /* size in words; hash: SHA-256, NULL for those that seal the others */
    int64_t bytes;                            /* 0 of those */
} ReleaseFileRow;

typedef struct ReleaseRow {
    int64_t number, entry_count;
    int32_t on;
    const char *heading, *day, *entries, *codebook, *sums, *key;
    const ReleaseFileRow *files;
    size_t file_count;
} ReleaseRow;

typedef struct ReleasesPage {
    const ReleaseRow *rows;
    size_t count;
} ReleasesPage;

bool releases_page(const View *view, Store *public_store, ReleasesPage *page, Problem *problem);
void releases_html(Out *out, const Frame *frame, const ReleasesPage *page);
/* One row for each file. Memory: the view's arena. */
bool releases_sheet(const View *view, Store *public_store, Sheet *sheet, Problem *problem);
bool releases_json(const View *view, Store *public_store, Out *out, Problem *problem);

/* The sums of a release that was published and has this file, by which its folder is found; NULL when there is none.
 * Memory: `arena`. */
bool release_has_file(Arena *arena, Store *public_store, int64_t release, Text name, const char **sums,
                      Problem *problem);
