#include "publish/departure.h"

#include "publish/figures_json.h"
#include "publish/link.h"
#include "publish/table_rows.h"

bool departure_read(Arena *arena, Store *public_store, int64_t id, int64_t entries, Departure *departure,
                    Problem *problem)
{
    size_t room = 2;
    int64_t *targets = NEW_ARRAY(arena, int64_t, room);
    *departure = (Departure){ .id = id };
    AUTO_ROWS *rows =
        store_run(public_store, problem, SQL_PUBLISH_DEPARTURE, "iii", table_first(id), table_last(id), entries);
    while (rows && rows_next(rows)) {
        departure->status = table_cell(arena, rows, 0);
        departure->reason = table_cell(arena, rows, 2);
        departure->reviewer = table_cell(arena, rows, 3);
        departure->at = rows_int(rows, 4);
        departure->author = table_cell(arena, rows, 5);
        departure->entry = rows_int(rows, 6);
        departure->title = table_cell(arena, rows, 7);
        targets = arena_grow(arena, targets, departure->target_count, &room, sizeof *targets);
        if (!rows_is_null(rows, 1))
            targets[departure->target_count++] = rows_int(rows, 1);
    }
    departure->targets = targets;
    return !problem->kind;
}

bool arrivals_read(const View *view, Store *store, int64_t incident, const Notice **notices, size_t *count,
                   Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_ARRIVALS, "ii", incident, view->figures->entries);
    size_t room = 2;
    Notice *all = NEW_ARRAY(view->arena, Notice, room);
    for (*count = 0; rows && rows_next(rows); (*count)++) {
        all = arena_grow(view->arena, all, *count, &room, sizeof *all);
        const char *number = arena_format(view->arena, "%lld", (long long)rows_int(rows, 0));
        all[*count] = (Notice){ say_with(view->arena, view->language, "Number {number} was merged into this incident.",
                                         SLOTS({ "number", number })),
                                table_cell(view->arena, rows, 1) };
    }
    *notices = all;
    return !problem->kind;
}

static const struct {
    const char *status, *heading, *sentence;
} departures[] = {
    { "withdrawn", N_("This incident was withdrawn"),
      N_("It is no longer counted, since {moment}. What was published before stays readable below.") },
    { "split", N_("This incident was split"),
      N_("It was several incidents, which are told apart since {moment}. What was published before stays readable "
         "below.") },
    { "merged", N_("This incident was merged"),
      N_("It was counted twice, until {moment}. What was published before stays readable below.") },
};

bool departure_page(const View *view, Store *store, const Departure *departure, DeparturePage *page, Problem *problem)
{
    size_t kind = 0;
    while (kind + 1 < COUNT_OF(departures) && strcmp(departures[kind].status, departure->status) != 0)
        kind++;
    PageLink *parts = NEW_ARRAY(view->arena, PageLink, departure->target_count + 1);
    for (size_t i = 0; i < departure->target_count; i++) {
        const char *number = arena_format(view->arena, "%lld", (long long)departure->targets[i]);
        const char *path = arena_format(view->arena, "/incidents/%s", number);
        parts[i].address = link_in(view->arena, view->language, path, NULL);
        parts[i].label = say_with(view->arena, view->language, "Incident number {number}", SLOTS({ "number", number }));
    }
    *page = (DeparturePage){
        .departure = departure,
        .heading = say(view->language, departures[kind].heading),
        .sentence = say_with(view->arena, view->language, departures[kind].sentence,
                             SLOTS({ "moment", say_moment(view->arena, view->language, departure->at) })),
        .list = link_in(view->arena, view->language, "/incidents", NULL),
        .parts = parts,
        .part_count = departure->target_count,
    };
    return history_read(view, store, departure->id, &page->history, problem);
}

bool departure_json(const View *view, Store *store, const Departure *departure, Out *out, Problem *problem)
{
    History history;
    if (!history_read(view, store, departure->id, &history, problem))
        return false;
    OUT_LITERAL(out, "{\"incident\":null,\"number\":");
    out_int(out, departure->id);
    OUT_LITERAL(out, ",\"status\":");
    out_json(out, departure->status);
    OUT_LITERAL(out, ",\"reason\":");
    out_json(out, departure->reason);
    OUT_LITERAL(out, ",\"entry\":");
    out_int(out, departure->entry);
    OUT_LITERAL(out, ",\"stand_for_it\":[");
    for (size_t i = 0; i < departure->target_count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        out_int(out, departure->targets[i]);
    }
    OUT_LITERAL(out, "]");
    history_json(out, &history);
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, "}\n");
    return true;
}
