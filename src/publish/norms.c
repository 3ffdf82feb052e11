#include "publish/norms.h"

#include "base/csv.h"
#include "base/date.h"

enum { COLUMNS = 12, NORMS_MAX = 200 };

extern const char asset_norms_csv[], asset_norms_csv_end[];

static const struct {
    const char *word;
    NormWhen when;
} whens[] = {
    { "always", NORM_ALWAYS }, { "conflict", NORM_CONFLICT }, { "EU", NORM_EU },         { "US", NORM_US },
    { "AU", NORM_AU },         { "research", NORM_RESEARCH }, { "stated", NORM_STATED },
};

static bool read_when(Text word, NormWhen *when)
{
    for (size_t i = 0; i < COUNT_OF(whens); i++)
        if (text_is(word, whens[i].word)) {
            *when = whens[i].when;
            return true;
        }
    return false;
}

static bool read_from(Text text, int32_t *from)
{
    Span span;
    *from = NORM_NOT_YET;
    if (text.length == 0)
        return true;
    if (!span_read(text, &span))
        return false;
    *from = span.first;
    return true;
}

static bool take_row(Arena *arena, const CsvRow *row, Norm *norm)
{
    if (row->error || row->count != COLUMNS)
        return false;
    const Text *cells = row->cells;
    *norm = (Norm){ .code = arena_text(arena, cells[0]),
                    .binding = arena_text(arena, cells[2]),
                    .addressee = arena_text(arena, cells[3]),
                    .compared = text_is(cells[5], "read") };
    for (size_t language = 0; language < 2; language++) {
        norm->instrument[language] = arena_text(arena, cells[6 + language]);
        norm->reference[language] = arena_text(arena, cells[8 + language]);
        norm->words[language] = arena_text(arena, cells[10 + language]);
    }
    return read_from(cells[1], &norm->from) && read_when(cells[4], &norm->when);
}

bool norms_read(Arena *arena, Norms *norms, Problem *problem)
{
    Csv *csv = csv_of(arena, (Text){ asset_norms_csv, (size_t)(asset_norms_csv_end - asset_norms_csv) });
    CsvRow *row = NEW(arena, CsvRow);
    Norm *items = NEW_ARRAY(arena, Norm, NORMS_MAX);
    *norms = (Norms){ .items = items };
    while (csv_next(csv, row, problem)) {
        if (row->line == 1)
            continue;
        if (norms->count == NORMS_MAX || !take_row(arena, row, &items[norms->count]))
            return fail(problem, PROBLEM_BROKEN, "line %zu of norms.csv is not as expected", row->line);
        norms->count++;
    }
    return !problem->kind;
}

const Norm *norm_find(const Norms *norms, const char *code)
{
    for (size_t i = 0; i < norms->count; i++)
        if (strcmp(norms->items[i].code, code) == 0)
            return &norms->items[i];
    return NULL;
}
