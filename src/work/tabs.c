#include "work/tabs.h"

bool tabs_state(const WorkRequest *request, const Tabs *tabs, const char **state, Problem *problem)
{
    const char *asked = sent(request, "state");
    *state = tabs->all ? NULL : tabs->states[0];
    if (!*asked)
        return true;
    for (size_t i = 0; i < tabs->count; i++)
        if (strcmp(asked, tabs->states[i]) == 0) {
            *state = tabs->states[i];
            return true;
        }
    return fail_field(problem, PROBLEM_NOT_FOUND, "state", "there is no state %.40s", asked);
}

bool tabs_after(const WorkRequest *request, int64_t *after, Problem *problem)
{
    const char *behind = sent(request, "after");
    *after = 0;
    return !*behind || (text_int(text_of(behind), after) && *after >= 0) ||
           fail_field(problem, PROBLEM_NOT_FOUND, "after", "%.40s is no number", behind);
}

PageLinks tabs_links(const WorkRequest *request, const Tabs *tabs, const char *state)
{
    PageLink *links = NEW_ARRAY(request->arena, PageLink, tabs->count + 1);
    size_t count = 0;
    if (tabs->all)
        links[count++] = (PageLink){ .label = say(request->language, tabs->all),
                                     .address = work_link(request, tabs->path),
                                     .current = !state };
    for (size_t i = 0; i < tabs->count; i++)
        links[count++] = (PageLink){
            .label = tabs->words(request->language, tabs->states[i]),
            .address = work_link(request, arena_format(request->arena, "%s?state=%s", tabs->path, tabs->states[i])),
            .current = state == tabs->states[i],
        };
    return (PageLinks){ links, count };
}

const char *tabs_next(const WorkRequest *request, const Tabs *tabs, const char *state, int64_t after)
{
    return work_link(request, arena_format(request->arena, "%s?after=%lld%s%s", tabs->path, (long long)after,
                                           state ? "&state=" : "", state ? state : ""));
}
