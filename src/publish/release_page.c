#include "publish/release_page.h"

#include "publish/release_make.h"

enum { KILO = 1000 };

/* "86.9 kB" */
static const char *size_of(const View *view, int64_t bytes)
{
    static const char *const units[] = { N_("B"), N_("kB"), N_("MB"), N_("GB") };
    double size = (double)bytes;
    size_t unit = 0;
    for (; size >= KILO && unit + 1 < COUNT_OF(units); unit++)
        size /= KILO;
    return arena_format(view->arena, "%s\u202f%s", say_decimal(view->arena, view->language, size, unit ? 1 : 0),
                        say(view->language, units[unit]));
}

static bool add_files(const View *view, Store *store, ReleaseRow *row, Problem *problem)
{
    ReleaseFileRow *files = NEW_ARRAY(view->arena, ReleaseFileRow, RELEASE_FILES_MAX + 4);
    AUTO_ROWS *rows = store_run(store, problem, SQL_RELEASE_FILES, "i", row->number);
    for (; rows && rows_next(rows) && row->file_count < RELEASE_FILES_MAX; row->file_count++)
        files[row->file_count] = (ReleaseFileRow){ .name = arena_string(view->arena, rows_text(rows, 0)),
                                                   .size = size_of(view, rows_int(rows, 1)),
                                                   .bytes = rows_int(rows, 1),
                                                   .hash = arena_string(view->arena, rows_text(rows, 2)) };
    for (size_t i = 0; release_seals[i]; i++)
        files[row->file_count++] = (ReleaseFileRow){ .name = release_seals[i] };
    for (size_t i = 0; i < row->file_count; i++)
        files[i].address = arena_format(view->arena, "/releases/%lld/%s", (long long)row->number, files[i].name);
    row->files = files;
    return rows && !problem->kind;
}

static ReleaseRow row_of(const View *view, const Rows *rows)
{
    Arena *arena = view->arena;
    const Language *language = view->language;
    const char *number = arena_format(arena, "%lld", (long long)rows_int(rows, 0));
    return (ReleaseRow){ .number = rows_int(rows, 0),
                         .entry_count = rows_int(rows, 2),
                         .on = (int32_t)rows_int(rows, 1),
                         .heading = say_with(arena, language, N_("Release {number}"), SLOTS({ "number", number })),
                         .day = say_day(arena, language, (int32_t)rows_int(rows, 1)),
                         .entries = say_count(arena, language, rows_int(rows, 2), N2_("{n} entry", "{n} entries")),
                         .codebook = arena_string(arena, rows_text(rows, 3)),
                         .sums = arena_string(arena, rows_text(rows, 4)),
                         .key = arena_string(arena, rows_text(rows, 5)) };
}

bool releases_page(const View *view, Store *public_store, ReleasesPage *page, Problem *problem)
{
    size_t room = 4;
    ReleaseRow *all = NEW_ARRAY(view->arena, ReleaseRow, room);
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_RELEASE_LIST, "");
    for (page->count = 0; rows && rows_next(rows); page->count++) {
        all = arena_grow(view->arena, all, page->count, &room, sizeof *all);
        all[page->count] = row_of(view, rows);
        if (!add_files(view, public_store, &all[page->count], problem))
            return false;
    }
    page->rows = all;
    return rows && !problem->kind;
}

static void file_json(Out *out, const ReleaseFileRow *file)
{
    OUT_LITERAL(out, "{\"path\":");
    out_json(out, file->name);
    OUT_LITERAL(out, ",\"address\":");
    out_json(out, file->address);
    OUT_LITERAL(out, ",\"sha256\":");
    out_json(out, file->hash);
    OUT_LITERAL(out, "}");
}

static void row_json(Out *out, const ReleaseRow *row)
{
    OUT_LITERAL(out, "{\"release\":");
    out_int(out, row->number);
    OUT_LITERAL(out, ",\"sums\":");
    out_json(out, row->sums);
    OUT_LITERAL(out, ",\"key\":");
    out_json(out, row->key);
    OUT_LITERAL(out, ",\"codebook\":");
    out_json(out, row->codebook);
    OUT_LITERAL(out, ",\"files\":[");
    for (size_t i = 0; i < row->file_count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        file_json(out, &row->files[i]);
    }
    OUT_LITERAL(out, "]}");
}

static void add_sheet_row(Sheet *sheet, const ReleaseRow *row, const ReleaseFileRow *file)
{
    Cell *cells = sheet_row(sheet);
    cells[0] = cell_count(row->number);
    cells[1] = cell_day(sheet->arena, row->on);
    cells[2] = cell_count(row->entry_count);
    cells[3] = cell_text(row->codebook);
    cells[4] = cell_text(file->name);
    cells[5] = cell_text(file->address);
    if (file->hash)
        cells[6] = cell_count(file->bytes);
    cells[7] = cell_text(file->hash);
}

bool releases_sheet(const View *view, Store *public_store, Sheet *sheet, Problem *problem)
{
    ReleasesPage page;
    if (!releases_page(view, public_store, &page, problem))
        return false;
    *sheet = sheet_new(view->arena, &release_file_schema);
    for (size_t i = 0; i < page.count; i++)
        for (size_t j = 0; j < page.rows[i].file_count; j++)
            add_sheet_row(sheet, &page.rows[i], &page.rows[i].files[j]);
    return true;
}

bool releases_json(const View *view, Store *public_store, Out *out, Problem *problem)
{
    ReleasesPage page;
    if (!releases_page(view, public_store, &page, problem))
        return false;
    OUT_LITERAL(out, "{\"releases\":[");
    for (size_t i = 0; i < page.count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        row_json(out, &page.rows[i]);
    }
    OUT_LITERAL(out, "]}\n");
    return true;
}

bool release_has_file(Arena *arena, Store *public_store, int64_t release, Text name, const char **sums,
                      Problem *problem)
{
    bool has = false;
    const char *of_release = NULL;
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_RELEASE_FILES, "i", release);
    *sums = NULL;
    while (rows && rows_next(rows)) {
        has = has || text_is(name, rows_text(rows, 0));
        of_release = of_release ? of_release : arena_string(arena, rows_text(rows, 3));
    }
    for (size_t i = 0; of_release && release_seals[i]; i++)
        has = has || text_is(name, release_seals[i]);
    *sums = has ? of_release : NULL;
    return rows && !problem->kind;
}
