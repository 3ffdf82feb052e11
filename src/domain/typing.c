#include "domain/typing.h"

bool typing_put(Store *work, const Typing *typing, Problem *problem)
{
    AUTO_UNDO *undo = work;
    return store_begin(work, problem) &&
           store_do(work, problem, SQL_TYPING_SAVE, "ittiit", typing->change, typing->account, typing->variable,
                    typing->version, typing->at, typing->form) &&
           store_commit(work, problem);
}

bool typing_drop(Store *work, const Typing *typing, Problem *problem)
{
    AUTO_UNDO *undo = work;
    return store_begin(work, problem) &&
           store_do(work, problem, SQL_TYPING_FORGET, "itt", typing->change, typing->account, typing->variable) &&
           store_commit(work, problem);
}

bool typing_find(Arena *arena, Store *work, const Typing *sought, Typing *typing, bool *there, Problem *problem)
{
    *typing = *sought;
    AUTO_ROWS *rows =
        store_run(work, problem, SQL_TYPING_GET, "itt", sought->change, sought->account, sought->variable);
    *there = rows && rows_next(rows);
    if (*there) {
        typing->version = rows_int(rows, 0);
        typing->at = rows_int(rows, 1);
        typing->form = arena_string(arena, rows_text(rows, 2));
    }
    return rows && !problem->kind;
}
