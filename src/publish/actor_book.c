#include "publish/actor_book.h"

#include "base/csv.h"
#include "base/unicode.h"

enum { SLUG_MAX = 120, NAME_COLUMNS = 3, PLEDGE_COLUMNS = 24, COLUMNS_MAX = PLEDGE_COLUMNS };

typedef struct Cells {
    const char *at[COLUMNS_MAX];
} Cells;

typedef struct Lines {
    Cells *items;
    size_t count;
} Lines;

/* All lines below the header, which has `columns` names. */
static bool read_lines(Arena *arena, const char *file, Text bytes, size_t columns, Lines *lines, Problem *problem)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Csv *csv = csv_of(scratch, bytes);
    CsvRow *row = NEW(scratch, CsvRow);
    size_t room = 0;
    *lines = (Lines){ 0 };
    for (bool header = true; csv_next(csv, row, problem); header = false) {
        if (row->error || row->count != columns)
            return fail(problem, PROBLEM_BAD_INPUT, "%s, line %zu: expected %zu cells", file, row->line, columns);
        if (header)
            continue;
        lines->items = arena_grow(arena, lines->items, lines->count, &room, sizeof *lines->items);
        for (size_t i = 0; i < columns; i++)
            lines->items[lines->count].at[i] = arena_text(arena, row->cells[i]);
        lines->count++;
    }
    return !problem->kind;
}

static Pledge pledge_of(const Cells *cells)
{
    const char *const *at = cells->at;
    return (Pledge){ .id = at[0],
                     .actor = at[1],
                     .date = at[2],
                     .precision = at[3],
                     .kind = at[4],
                     .promise = { at[5], at[6] },
                     .covers = at[7],
                     .exceptions = { at[8], at[9] },
                     .channel = { at[10], at[11] },
                     .status = at[12],
                     .incident = at[13],
                     .breach_date = at[14],
                     .breach_organisation = at[15],
                     .breach_assessment = at[16],
                     .explanation = { at[17], at[18] },
                     .remedy = { at[19], at[20] },
                     .source = at[21],
                     .second_source = at[22],
                     .confidence = at[23] };
}

bool actor_book_read(Arena *arena, Text names_csv, Text pledges_csv, ActorBook *book, Problem *problem)
{
    Lines names, pledges;
    if (!read_lines(arena, "actors.csv", names_csv, NAME_COLUMNS, &names, problem) ||
        !read_lines(arena, "pledges.csv", pledges_csv, PLEDGE_COLUMNS, &pledges, problem))
        return false;
    ActorName *known = NEW_ARRAY(arena, ActorName, names.count + 1);
    for (size_t i = 0; i < names.count; i++) {
        const char *const *at = names.items[i].at;
        known[i] = (ActorName){ at[0], at[1], at[2], unicode_fold(arena, text_of(at[1])) };
    }
    Pledge *made = NEW_ARRAY(arena, Pledge, pledges.count + 1);
    for (size_t i = 0; i < pledges.count; i++)
        made[i] = pledge_of(&pledges.items[i]);
    *book = (ActorBook){ known, names.count, made, pledges.count };
    return true;
}

const char *actor_main_name(const ActorBook *book, const char *name)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    const char *folded = unicode_fold(scratch, text_of(name));
    for (size_t i = 0; i < book->name_count; i++)
        if (strcmp(book->names[i].folded, folded) == 0)
            return book->names[i].actor;
    return name;
}

const char *actor_slug(Arena *arena, const char *name)
{
    Text folded = text_trim(text_of(unicode_fold(arena, text_of(name))));
    char *slug = arena_text(arena, folded);
    for (char *at = slug; *at; at++)
        if (*at == ' ')
            *at = '-';
    if (folded.length <= SLUG_MAX)
        return slug;
    return arena_format(arena, "%016llx", (unsigned long long)text_hash(folded)); /* too long for an address */
}
