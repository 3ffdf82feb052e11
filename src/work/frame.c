/* What stands around every page of the workbench, and how its forms are put together. */
#include "work/marked.h"
#include "work/talk.h"

const char *work_link(const WorkRequest *request, const char *path)
{
    return arena_format(request->arena, "/%s%s", request->language->code, path);
}

/* The same page in another language; the address of a form that was sent is that of its page. */
static PageLinks languages_of(const WorkRequest *request)
{
    const Languages *languages = &request->bench->site->languages;
    PageLink *links = NEW_ARRAY(request->arena, PageLink, languages->count);
    size_t head = request->part_count ? request->parts[0].length + 1 : strlen(request->path);
    const char *rest = strlen(request->path) > head ? request->path + head : "/";
    const char *query = *request->query ? arena_format(request->arena, "?%s", request->query) : "";
    for (size_t i = 0; i < languages->count; i++)
        links[i] =
            (PageLink){ .label = languages->items[i].name,
                        .code = languages->items[i].code,
                        .current = &languages->items[i] == request->language,
                        .address = arena_format(request->arena, "/%s%s%s", languages->items[i].code, rest, query) };
    return (PageLinks){ links, languages->count };
}

/* The main pages of those who may see them: what the table of routes would refuse is not offered. */
static PageLinks navigation_of(const WorkRequest *request)
{
    static const struct {
        const char *label, *path;
    } pages[] = {
        { N_("Start"), "/L/" },
        { N_("Queue"), "/L/queue" },
        { N_("Changes"), "/L/changes" },
        { N_("Right of reply"), "/L/replies" },
        { N_("Organisations"), "/L/organisations" },
        { N_("Attackers"), "/L/actors" },
        { N_("Releases"), "/L/releases" },
        { N_("Accounts"), "/L/accounts" },
        { N_("Agreement"), "/L/agreement" },
        { N_("Journal"), "/L/journal" },
    };
    PageLink *links = NEW_ARRAY(request->arena, PageLink, COUNT_OF(pages));
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        const WorkRoute *route = work_route_of("GET", pages[i].path);
        if (route && route->rule.roles & 1u << request->session.role)
            links[count++] = (PageLink){ .label = say(request->language, pages[i].label),
                                         .address = work_link(request, pages[i].path + 2),
                                         .current = route == request->route };
    }
    return (PageLinks){ links, count };
}

const char *role_label(const Language *language, AccountRole role)
{
    static const char *const labels[ACCOUNT_ROLE_COUNT] = {
        [ACCOUNT_CODER] = N_("Coder"), [ACCOUNT_REVIEWER] = N_("Reviewer"),           [ACCOUNT_EDITOR] = N_("Editor"),
        [ACCOUNT_LEGAL] = N_("Legal"), [ACCOUNT_ADMINISTRATOR] = N_("Administrator"), [ACCOUNT_PARTNER] = N_("Partner"),
    };
    return say(language, labels[role]);
}

static const MarkLabel *mark_of(const WorkRequest *request)
{
    if (!request->marked)
        return NULL;
    MarkLabel *label = NEW(request->arena, MarkLabel);
    *label = mark_label(request->language, request->mark);
    return label;
}

WorkFrame work_frame(const WorkRequest *request, WorkReply *reply, const char *title)
{
    bool inside = request->known && request->session.live;
    reply->type = "text/html; charset=utf-8";
    return (WorkFrame){ .language = request->language,
                        .title = arena_format(request->arena, "%s · Vigie", title),
                        .style = request->bench->site->style,
                        .work_style = request->bench->style,
                        .languages = languages_of(request),
                        .navigation = inside ? navigation_of(request) : (PageLinks){ 0 },
                        .name = inside ? request->session.name : NULL,
                        .role = inside ? role_label(request->language, request->session.role) : NULL,
                        .sessions = { .address = work_link(request, "/sessions"),
                                      .label = say(request->language, N_("My sessions")),
                                      .current = request->route == work_route_of("GET", "/L/sessions") },
                        .token = form_token(request),
                        .logout = work_link(request, "/logout"),
                        .mark = mark_of(request) };
}

WorkForm *form_new(const WorkRequest *request, const char *path, const char *button)
{
    WorkForm *form = NEW(request->arena, WorkForm);
    *form = (WorkForm){ .action = path ? work_link(request, path) : request->path,
                        .token = form_token(request),
                        .button = button,
                        .prefix = "",
                        .fault = fault_of(request, "") };
    return form;
}

Field *form_field(const WorkRequest *request, WorkForm *form, FieldPlan plan)
{
    if (form->count == FORM_SHOWN_MAX)
        abort(); /* a form of the program's own */
    Field *field = &form->fields[form->count++];
    *field = (Field){ .name = plan.name,
                      .label = plan.label,
                      .hint = plan.hint,
                      .autocomplete = plan.autocomplete ? plan.autocomplete : "off",
                      .fault = fault_of(request, plan.name) };
    field->kind = plan.kind;
    field->value = plan.kind == FIELD_PASSWORD || plan.kind == FIELD_CODE ? "" : sent(request, plan.name);
    return field;
}

bool fault_page(WorkRequest *request, int status, const char *sentence, const char *way, WorkReply *reply)
{
    FaultPage page = { .status = status,
                       .sentence = sentence,
                       .way = work_link(request, way ? way : "/"),
                       .way_label = say(request->language, way ? N_("Go on") : N_("To the start page")) };
    WorkFrame frame = work_frame(request, reply, sentence);
    reply->status = status;
    out_clear(&reply->body);
    work_fault_html(&reply->body, &frame, &page);
    return true;
}
