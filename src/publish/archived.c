#include "publish/archived.h"

#include "publish/table_rows.h"

bool archived_read(const View *view, Store *store, int64_t incident, ArchivedList *list, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_ARCHIVED, "iii", table_first(incident),
                                table_last(incident), view->figures->entries);
    size_t room = 4;
    ArchivedCopy *items = NEW_ARRAY(view->arena, ArchivedCopy, room);
    *list = (ArchivedList){ 0 };
    while (rows && rows_next(rows)) {
        items = arena_grow(view->arena, items, list->count, &room, sizeof *items);
        items[list->count++] = (ArchivedCopy){ .source = rows_int(rows, 0),
                                               .sha256 = table_cell(view->arena, rows, 1),
                                               .address = table_cell(view->arena, rows, 2),
                                               .entry = rows_int(rows, 3) };
    }
    list->items = items;
    return !problem->kind;
}

void archived_json(Out *out, const ArchivedList *list)
{
    OUT_LITERAL(out, ",\"archived\":[");
    for (size_t i = 0; i < list->count; i++) {
        const ArchivedCopy *copy = &list->items[i];
        out_raw(out, ",", i ? 1 : 0);
        OUT_LITERAL(out, "{\"source\":");
        out_int(out, copy->source);
        OUT_LITERAL(out, ",\"sha256\":");
        out_json(out, copy->sha256);
        OUT_LITERAL(out, ",\"address\":");
        out_json(out, copy->address);
        OUT_LITERAL(out, ",\"entry\":");
        out_int(out, copy->entry);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]");
}
