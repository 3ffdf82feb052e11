#include "publish/corrections.h"

#include "publish/headline.h"
#include "publish/link.h"
#include "publish/table_rows.h"

enum { ROWS_MOST = CORRECTIONS_SHOWN + 12 }; /* an entry may change several incidents, which stay together */

/* What it is called: as it stood before, or since when it was not there. */
static bool read_heading(const View *view, Store *store, Correction *one, Problem *problem)
{
    Incident incident;
    for (int64_t entry = one->revision.entry - 1; entry <= one->revision.entry; entry++) {
        Problem away = { 0 };
        if (incident_read(view->arena, store, one->incident, entry, &incident, &away)) {
            one->heading = incident_heading(view, &incident);
            return true;
        }
        if (away.kind != PROBLEM_NOT_FOUND)
            return fail(problem, away.kind, "%s", away.message);
    }
    one->heading = say_with(view->arena, view->language, "Incident number {number}",
                            SLOTS({ "number", say_number(view->arena, view->language, one->incident) }));
    return true;
}

static Correction correction_of(const View *view, const Rows *rows)
{
    Correction one = { .incident = rows_int(rows, 6) };
    one.revision = (Revision){ .entry = rows_int(rows, 0), .at = rows_int(rows, 1) };
    one.revision.author = table_cell(view->arena, rows, 2);
    one.revision.kind = table_cell(view->arena, rows, 3);
    one.revision.reason = table_cell(view->arena, rows, 4);
    one.revision.reviewer = table_cell(view->arena, rows, 5);
    one.revision.when = say_moment(view->arena, view->language, one.revision.at);
    one.kind = history_kind(view, one.revision.kind);
    const char *path = arena_format(view->arena, "/incidents/%lld", (long long)one.incident);
    one.address = arena_format(view->arena, "%s#history", link_in(view->arena, view->language, path, NULL));
    return one;
}

static bool read_rows(const View *view, Store *store, int64_t before, Correction *items, size_t *count,
                      Problem *problem)
{
    int64_t end = MIN(before, view->figures->entries + 1); /* as far as the register is shown */
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_CORRECTIONS, "iii", end, (int64_t)ROWS_MOST, (int64_t)0);
    for (*count = 0; rows && rows_next(rows); ++*count)
        items[*count] = correction_of(view, rows);
    return !problem->kind;
}

static bool complete(const View *view, Store *store, Correction *one, Problem *problem)
{
    return history_compare(view, store, one->incident, one->revision.entry - 1, &one->revision, problem) &&
           read_heading(view, store, one, problem);
}

static bool is_told(const Correction *one)
{
    return one->revision.change_count || one->revision.reason || one->revision.left;
}

bool corrections_entries(Store *public_store, int64_t before, size_t most, int64_t *entries, size_t *count,
                         Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_CORRECTED, "ii", before, (int64_t)most);
    for (*count = 0; rows && rows_next(rows) && *count < most; ++*count)
        entries[*count] = rows_int(rows, 0);
    return !problem->kind;
}

bool corrections_of(const View *view, Store *public_store, int64_t entry, CorrectionList *list, Problem *problem)
{
    size_t room = 4, count = 0;
    Correction *items = NEW_ARRAY(view->arena, Correction, room);
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_CORRECTIONS, "iii", entry + 1, INT64_MAX, entry);
    while (rows && rows_next(rows)) {
        items = arena_grow(view->arena, items, count, &room, sizeof *items);
        items[count] = correction_of(view, rows);
        if (!complete(view, public_store, &items[count], problem))
            return false;
        count += is_told(&items[count]);
    }
    *list = (CorrectionList){ .items = items, .count = count };
    return !problem->kind;
}

/* How many of the rows are shown: the page ends with an entry, not within it. */
static size_t whole_entries(const Correction *items, size_t count)
{
    if (count <= CORRECTIONS_SHOWN)
        return count;
    size_t end = CORRECTIONS_SHOWN;
    while (end < count && items[end].revision.entry == items[end - 1].revision.entry)
        end++;
    return end;
}

/* Reads some further back and keeps those that changed something. */
static bool read_more(const View *view, Store *store, CorrectionList *list, Correction *kept, Problem *problem)
{
    Correction *items = NEW_ARRAY(view->arena, Correction, ROWS_MOST);
    size_t found;
    if (!read_rows(view, store, list->before, items, &found, problem))
        return false;
    size_t shown = whole_entries(items, found);
    list->before = shown < found || found == ROWS_MOST ? items[shown - 1].revision.entry : 0;
    for (size_t i = 0; i < shown; i++) {
        Correction *one = &items[i];
        if (!complete(view, store, one, problem))
            return false;
        if (is_told(one))
            kept[list->count++] = *one;
    }
    return true;
}

bool corrections_read(const View *view, Store *public_store, int64_t before, CorrectionList *list, Problem *problem)
{
    enum { LOOKS_MOST = 4 }; /* a register's new edition may add many claims that change nothing */
    Correction *kept = NEW_ARRAY(view->arena, Correction, CORRECTIONS_SHOWN + ROWS_MOST);
    *list = (CorrectionList){ .items = kept, .before = before };
    for (int i = 0; i < LOOKS_MOST && list->before && list->count < CORRECTIONS_SHOWN; i++)
        if (!read_more(view, public_store, list, kept, problem))
            return false;
    return true;
}

void corrections_json(Out *out, const CorrectionList *list)
{
    OUT_LITERAL(out, "{\"corrections\":[");
    for (size_t i = 0; i < list->count; i++) {
        const Correction *one = &list->items[i];
        out_raw(out, ",\n", i ? 2 : 0);
        OUT_LITERAL(out, "{\"incident\":");
        out_int(out, one->incident);
        OUT_LITERAL(out, ",\"left\":");
        if (one->revision.left)
            OUT_LITERAL(out, "true");
        else
            OUT_LITERAL(out, "false");
        history_revision_json(out, &one->revision);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "],\"before\":");
    if (list->before)
        out_int(out, list->before);
    else
        OUT_LITERAL(out, "null");
    OUT_LITERAL(out, "}\n");
}

static const char *absolute(const View *view, const char *path)
{
    return arena_format(view->arena, "%s%s", view->site->address, path);
}

/* "Persons affected: 501 → 254,000". */
static void put_change(Out *out, const ValueChange *change)
{
    const char *before = change->before ? change->before->words : "",
               *after = change->after ? change->after->words : "";
    out_raw(out, change->label, strlen(change->label));
    OUT_LITERAL(out, "\u00A0: ");
    out_raw(out, before, strlen(before));
    OUT_LITERAL(out, " → ");
    out_raw(out, after, strlen(after));
}

static const char *summary_of(const View *view, const Correction *one)
{
    AUTO_OUT out = { 0 };
    out_raw(&out, one->kind, strlen(one->kind));
    if (one->revision.reason) {
        OUT_LITERAL(&out, ". ");
        out_raw(&out, one->revision.reason, strlen(one->revision.reason));
    }
    for (size_t i = 0; i < one->revision.change_count; i++) {
        OUT_LITERAL(&out, "\n");
        put_change(&out, &one->revision.changes[i]);
    }
    return arena_text(view->arena, out_view(&out));
}

Feed corrections_feed(const View *view, const CorrectionList *list)
{
    FeedEntry *entries = NEW_ARRAY(view->arena, FeedEntry, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        const Correction *one = &list->items[i];
        const char *path = arena_format(view->arena, "/%s/incidents/%lld?as_of=%s#entry-%lld", view->language->code,
                                        (long long)one->incident,
                                        moment_write(one->revision.at, NEW_ARRAY(view->arena, char, MOMENT_TEXT_SIZE)),
                                        (long long)one->revision.entry);
        entries[i] = (FeedEntry){ .address = absolute(view, path),
                                  .title = one->heading,
                                  .summary = summary_of(view, one),
                                  .language = view->language->code,
                                  .published = one->revision.at,
                                  .updated = one->revision.at };
    }
    return (Feed){ .language = view->language,
                   .title = say(view->language, "Vigie: corrections"),
                   .subtitle = say(view->language, "What was changed or withdrawn after it was published, and why"),
                   .address = absolute(view, link_in(view->arena, view->language, "/corrections.atom", NULL)),
                   .page = absolute(view, link_in(view->arena, view->language, "/corrections", NULL)),
                   .author = "Vigie",
                   .licence = show_licence(view),
                   .updated = list->count ? list->items[0].revision.at : view->figures->as_of,
                   .entries = entries,
                   .count = list->count };
}
