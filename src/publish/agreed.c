#include "publish/agreed.h"

enum { FLAGGED = 800, UNRELIABLE = 667 }; /* thousandths */

Trust trust_of(int64_t thousandths)
{
    return thousandths < UNRELIABLE ? TRUST_NONE : thousandths < FLAGGED ? TRUST_FLAGGED : TRUST_GOOD;
}

bool agreed_read(Arena *arena, Store *published, Agreed *agreed, Problem *problem)
{
    size_t room = 0, count = 0;
    Measured *items = NULL;
    AUTO_ROWS *rows = store_run(published, problem, SQL_AGREEMENT_MEASURED, "");
    while (rows && rows_next(rows)) {
        items = arena_grow(arena, items, count, &room, sizeof *items);
        items[count++] = (Measured){ .variable = arena_string(arena, rows_text(rows, 0)),
                                     .period = arena_string(arena, rows_text(rows, 1)),
                                     .thousandths = rows_int(rows, 2),
                                     .at = rows_int(rows, 3) };
    }
    *agreed = (Agreed){ items, count };
    return rows && !problem->kind;
}

static const Measured *newest(const Agreed *agreed, Text variable, int64_t as_of)
{
    const Measured *found = NULL;
    for (size_t i = 0; i < agreed->count; i++)
        if (text_is(variable, agreed->items[i].variable) && agreed->items[i].at <= as_of)
            found = &agreed->items[i];
    return found;
}

const Measured *agreed_least(const Agreed *agreed, const char *variables, int64_t as_of)
{
    Text rest = text_of(variables), variable;
    const Measured *least = NULL;
    while (text_split(&rest, ' ', &variable)) {
        const Measured *one = newest(agreed, variable, as_of);
        if (one && (!least || one->thousandths < least->thousandths))
            least = one;
    }
    return least;
}
