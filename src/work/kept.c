#include "work/kept.h"

#include "work/marked.h"

static const struct {
    AccessAnswer missing;
    const char *page, *sentence;
} pages[] = {
    { ACCESS_LOGIN, "/L/login",
      N_("Your session has ended. Please log in again: what you typed is kept on this page and comes back.") },
    { ACCESS_CODE, "/L/code", N_("What you typed is kept on this page and comes back.") },
    { ACCESS_PROOF, "/L/confirm", N_("What you typed is kept on this page and comes back.") },
};

static const WorkRoute *page_of(AccessAnswer missing)
{
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        if (pages[i].missing == missing)
            return work_route_of("GET", pages[i].page);
    return NULL;
}

static const char *sentence_of(AccessAnswer missing)
{
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        if (pages[i].missing == missing)
            return pages[i].sentence;
    return "";
}

/* Only the session's own forms, of which there is a page. */
bool kept_can(const WorkRequest *request, AccessAnswer missing)
{
    return page_of(missing) && work_route_of("GET", request->route->path);
}

/* The form as it was sent, without what must not be repeated. */
static const char *written(const WorkRequest *request)
{
    static const char *const secrets[] = { "token",
                                           "password",
                                           "again",
                                           "code",
                                           "kept",
                                           "passkey.challenge",
                                           "passkey.key",
                                           "passkey.owner",
                                           "passkey.client",
                                           "passkey.data",
                                           "passkey.signature",
                                           NULL };
    return form_write(request->arena, &request->form, secrets);
}

bool kept_show(WorkRequest *request, AccessAnswer missing, WorkReply *reply, Problem *problem)
{
    request->kept = written(request);
    request->next = request->path;
    request->marked = false;
    request->fault_count = 0;
    fault_add(request, "", say(request->language, sentence_of(missing)));
    const WorkRoute *page = page_of(missing);
    return page ? page->answer(request, reply, problem) : fail(problem, PROBLEM_BROKEN, "no page mends this");
}

void kept_fields(const WorkRequest *request, WorkForm *form)
{
    Field *next = form_field(request, form, (FieldPlan){ .name = "next", .kind = FIELD_HIDDEN });
    Field *kept = form_field(request, form, (FieldPlan){ .name = "kept", .kind = FIELD_HIDDEN });
    next->value = request->next ? request->next : next->value;
    kept->value = request->kept ? request->kept : kept->value;
    if (!*kept->value)
        form->count--; /* the last one */
}

static bool is_language(const void *languages, Text code)
{
    return language_find(languages, code) != NULL;
}

/* The request becomes one for the form's page, with what came along typed in. */
static bool turn(WorkRequest *request, const char *token)
{
    const char *next = arena_string(request->arena, sent(request, "next"));
    const char *kept = sent(request, "kept");
    RouteFound form = work_route_find("POST", next, is_language, &request->bench->site->languages);
    RouteFound page = work_route_find("GET", next, is_language, &request->bench->site->languages);
    Form typed;
    if (!*kept || !form.route || !page.route || !form_read(request->arena, text_of(kept), &typed))
        return false;
    request->route = page.route;
    request->path = next;
    request->query = "";
    request->part_count = page.part_count;
    memcpy(request->parts, page.parts, sizeof request->parts);
    request->form = typed;
    request->token = token ? token : request->token;
    return true;
}

bool kept_arrive(WorkRequest *request, const char *token, WorkReply *reply, Problem *problem)
{
    AccessFacts facts = { .fields_known = true };
    if (!turn(request, token))
        return go_to_next(request, reply);
    if (!session_read(request, problem) || !session_facts(request, &facts, problem))
        return false;
    AccessAnswer answer = access_decide(&request->route->rule, &facts);
    if (answer != ACCESS_GRANTED)
        return kept_can(request, answer) ? kept_show(request, answer, reply, problem) : go_to(request, reply, "/");
    fault_add(request, "",
              say(request->language, N_("Here is what you typed. It was not carried out yet: please send it again.")));
    return marked_answer(request->route, request, reply, problem);
}
