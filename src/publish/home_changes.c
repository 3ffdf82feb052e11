/* What the register learned in the last days, for the home page. */
#include "publish/link.h"
#include "publish/pages.h"

static const char *sentence_of(const View *view, const Recent *recent)
{
    const Language *language = view->language;
    const char *day = say_day(view->arena, language, moment_day(view->figures->as_of));
    if (!recent->added && !recent->changed)
        return say_with(view->arena, language, "Nothing was added or changed in the seven days up to {day}.",
                        SLOTS({ "day", day }));
    const char *parts[2];
    size_t count = 0;
    if (recent->added)
        parts[count++] =
            say_count(view->arena, language, recent->added, "{n} incident was added", "{n} incidents were added");
    if (recent->changed)
        parts[count++] =
            say_count(view->arena, language, recent->changed, "{n} incident was changed", "{n} incidents were changed");
    return say_with(view->arena, language, "In the seven days up to {day}, {what}.",
                    SLOTS({ "day", day }, { "what", say_list(view->arena, language, parts, count) }));
}

static bool item_of(const View *view, Store *store, const RecentIncident *one, ChangedIncident *item)
{
    Problem ignored = { 0 };
    Incident incident;
    if (!incident_read(view->arena, store, one->incident, view->figures->entries, &incident, &ignored))
        return false;
    const char *path = arena_format(view->arena, "/incidents/%lld", (long long)one->incident);
    Filter moment = { .from = INT32_MIN, .to = INT32_MAX, .as_of_text = view->filter->as_of_text };
    *item = (ChangedIncident){ .label = incident_heading(view, &incident),
                               .address = link_in(view->arena, view->language, path, &moment),
                               .how = say(view->language, one->added ? N_("added") : N_("changed")) };
    return true;
}

Changes home_changes(const View *view, const Recent *recent, Store *store)
{
    ChangedIncident *items = NEW_ARRAY(view->arena, ChangedIncident, RECENT_MOST);
    Changes changes = { .sentence = sentence_of(view, recent),
                        .all = list_sorted(view, link_to(view, "/incidents"), LATEST_ADDED),
                        .items = items };
    for (size_t i = 0; store && i < recent->count; i++)
        changes.count += item_of(view, store, &recent->newest[i], &items[changes.count]);
    return changes;
}
