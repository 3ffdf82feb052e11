#include "work/decide.h"

#include "domain/sight.h"
#include "work/api.h"
#include "work/kept.h"
#include "work/limits.h"
#include "work/marked.h"
#include "work/pages.h"
#include "work/refusal.h"
#include "work/talk.h"
#include "work/writer.h"

bool session_read(WorkRequest *request, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Problem finding = { 0 };
    Hash hash;
    token_hash(request->token, &hash);
    if (!reader_take(request, &reader, problem))
        return false;
    request->known = session_find(request->arena, reader.store, &hash, request->now, &request->session, &finding);
    return request->known || finding.kind == PROBLEM_NOT_FOUND || fail(problem, finding.kind, "%s", finding.message);
}

static bool was_sent(const Form *form, size_t position)
{
    for (size_t i = 0; i < position; i++)
        if (text_equal(form->items[i].name, form->items[position].name))
            return true;
    return false;
}

static bool fields_known(const WorkRoute *route, const Form *form)
{
    if (form->file.field && !work_route_takes(route, text_of(form->file.field), SENT_FIRST))
        return false;
    for (size_t i = 0; i < form->count; i++)
        if (!work_route_takes(route, form->items[i].name, was_sent(form, i) ? SENT_AGAIN : SENT_FIRST))
            return false;
    return true;
}

static bool token_is_good(const WorkRequest *request)
{
    return seal_same(text_of(sent(request, "token")), text_of(form_token(request)));
}

/* By session where there is one, so that colleagues behind one address do not share a bucket; but what tries passwords
 * and codes by address. */
static bool is_often(const WorkRequest *request, WorkReply *reply)
{
    Rate rate = request->route->rate;
    bool by_session = request->known && request->session.live && rate != RATE_PROOF;
    const char *key = request->bearer.live ? arena_format(request->arena, "token/%lld", (long long)request->bearer.id)
                      : by_session ? arena_format(request->arena, "session/%lld", (long long)request->session.id)
                                   : request->client;
    return !limits_take(request->bench->limits, rate, text_of(key), request->now, &reply->retry_after);
}

/* Whether the address shows what its reader must not see yet; of what is too confidential for them, nothing is told. */
static bool read_sight(WorkRequest *request, AccessFacts *facts, Problem *problem)
{
    AUTO_READER reader = { 0 };
    int64_t number;
    Shows shows = work_route_shows(request->route);
    bool there;
    if (!marked_look(request, &there, problem))
        return false;
    if (!there || shows == SHOWS_NO_CODING || !text_int(request->parts[2], &number))
        return true;
    SightSubject subject = shows == SHOWS_CHANGE ? SIGHT_OF_CHANGE : SIGHT_OF_CANDIDATE;
    if (!reader_take(request, &reader, problem) ||
        !sight_hidden(reader.store, subject, number, request->session.name, &request->hidden, problem))
        return false;
    facts->blind = request->hidden != 0;
    return true;
}

bool session_facts(WorkRequest *request, AccessFacts *facts, Problem *problem)
{
    const Session *session = &request->session;
    if (!request->known)
        return true;
    facts->live = session->live;
    facts->disabled = session->disabled;
    facts->role = session->role;
    facts->temporary = session->expires != 0;
    facts->has_second = session->has_codes || session->has_passkeys;
    facts->second = session->second;
    facts->proven = request->now - session->proven < SESSION_PROOF_MS;
    if (!session->live || !request->route)
        return true;
    request->ceiling = access_ceiling(&request->route->rule, session->role);
    return read_sight(request, facts, problem);
}

static bool read_form(WorkRequest *request, const Head *head, Text body)
{
    if (!head->parts)
        return form_read(request->arena, body, &request->form);
    request->form = *head->parts;
    return true;
}

static bool facts_of(WorkRequest *request, const Head *head, Text body, WorkReply *reply, AccessFacts *facts,
                     Problem *problem)
{
    bool takes_form = request->route->rule.takes == TAKES_FORM;
    bool whole = head->body <= request->route->rule.body_most;
    bool read = whole && head->suits && read_form(request, head, takes_form ? body : text_of(request->query));
    *facts = (AccessFacts){ .foreign = head->foreign && request->route->rule.takes != TAKES_NO_FORM,
                            .body = head->body,
                            .often = is_often(request, reply),
                            .fields_known = read && fields_known(request->route, &request->form),
                            .token_good = read && token_is_good(request) };
    if (request->route->rule.needs != NEEDS_TOKEN)
        return session_facts(request, facts, problem);
    api_facts(request, facts);
    request->ceiling = facts->live ? access_ceiling(&request->route->rule, facts->role) : TLP_CLEAR;
    return true;
}

static bool seen(const WorkRequest *request, Problem *problem)
{
    if (!request->known || !request->session.live)
        return true;
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    return session_seen(writing.store, &request->session, request->now, problem);
}

static const struct {
    int status;
    const char *sentence;
} answers[] = {
#define ANSWER(name, status, sentence) { status, sentence },
    ACCESS_ANSWERS(ANSWER)
#undef ANSWER
};

/* Where a person does what is still missing. */
static const char *way_on(AccessAnswer answer)
{
    switch ((int)answer) {
    case ACCESS_LOGIN: return "/login";
    case ACCESS_CODE: return "/code";
    case ACCESS_PASSWORD: return "/password";
    case ACCESS_SET_UP: return "/codes";
    case ACCESS_PROOF: return "/confirm";
    default: return NULL;
    }
}

/* A page that cannot be shown yet: first to where the missing step is done, which then leads on here. */
static bool go_on(const WorkRequest *request, const char *way, WorkReply *reply)
{
    AUTO_OUT address = { 0 };
    const char *query = *request->query ? arena_format(request->arena, "?%s", request->query) : "";
    out_raw(&address, way, strlen(way));
    bool leads_on = strcmp(way, "/password") != 0 && strcmp(way, "/codes") != 0;
    if (leads_on && request->part_count > 1 && request->parts[1].length) {
        OUT_LITERAL(&address, "?next=");
        out_url(&address, arena_format(request->arena, "%s%s", request->path, query));
    }
    return go_to(request, reply, arena_text(request->arena, out_view(&address)));
}

/* A form that was refused comes back with what was typed, if its page may be seen at all. */
static bool may_come_back(const WorkRequest *request, const AccessFacts *facts)
{
    const WorkRoute *page = request->route ? work_route_of("GET", request->route->path) : NULL;
    AccessFacts plain = *facts;
    plain.foreign = plain.often = false;
    plain.body = 0;
    plain.fields_known = true;
    return page && access_decide(&page->rule, &plain) == ACCESS_GRANTED;
}

static bool refuse(WorkRequest *request, AccessAnswer answer, const AccessFacts *facts, WorkReply *reply,
                   Problem *problem)
{
    bool form = request->route && request->route->rule.takes == TAKES_FORM;
    const char *way = way_on(answer), *sentence = answers[answer].sentence;
    if (answer == ACCESS_BLIND) {
        way = arena_format(request->arena, "/changes/%lld/second", (long long)request->hidden);
        return form ? fault_page(request, answers[answer].status, say(request->language, sentence), way, reply)
                    : go_to(request, reply, way);
    }
    if (way && !form)
        return go_on(request, way, reply);
    if (form && facts->token_good && kept_can(request, answer)) {
        bool shown = kept_show(request, answer, reply, problem);
        reply->status = reply->location ? reply->status : answers[answer].status;
        return shown;
    }
    bool comes_back = form && (answer == ACCESS_STALE || answer == ACCESS_FIELD || answer == ACCESS_OFTEN) &&
                      may_come_back(request, facts);
    if (comes_back)
        fault_add(request, "", say(request->language, sentence));
    bool done = comes_back ? form_again(request, reply, problem)
                           : fault_page(request, answers[answer].status, say(request->language, sentence), way, reply);
    reply->status = answers[answer].status;
    return done;
}

/* The door where problems are told: once, on stderr, when they are ours. */
static void tell(WorkRequest *request, const Problem *problem, WorkReply *reply)
{
    int status = problem_http_status(problem);
    status = status == 500 && problem->kind != PROBLEM_BROKEN ? 503 : status;
    out_clear(&reply->body);
    reply->location = reply->cookie = NULL;
    if (status >= 500)
        (void)fprintf(stderr, "vigie: workbench: %s: %s\n", request->path, problem->message);
    if (request->api) {
        api_tell(request, problem, status, reply);
        return;
    }
    const char *sentence =
        status == 503
            ? N_("The workbench cannot reach its records just now. Nothing was kept; please try again in a moment.")
        : status >= 500 ? N_("Something went wrong here. It is not your fault. Please try again later.")
        : status == 404 ? N_("There is no such page at the workbench.")
        : status == 409 ? N_("Somebody else was faster. Please look at the newest state and try again.")
                        : N_("This cannot be done as it was asked.");
    fault_page(request, status, say(request->language, sentence), NULL, reply);
    reply->status = status;
}

/* What the answer's function found wrong with a field that has no sentence of its own. */
static bool about_a_field(WorkRequest *request, const Problem *problem)
{
    bool form = request->route && request->route->rule.takes == TAKES_FORM;
    bool typed = problem->kind == PROBLEM_BAD_INPUT || problem->kind == PROBLEM_CONFLICT;
    if (!form || !typed || !*problem->field)
        return false;
    fault_add(request, arena_string(request->arena, problem->field),
              refusal_sentence(request->arena, request->language, request->bench->site->codebook, problem->message));
    return true;
}

static bool decide_and_answer(WorkRequest *request, const Head *head, Text body, WorkReply *reply, Problem *problem)
{
    const AccessRule *rule = request->route ? &request->route->rule : NULL;
    if (!(request->api ? api_bearer(request, problem) : session_read(request, problem)))
        return false;
    request->body = rule && rule->takes == TAKES_JSON ? body : (Text){ 0 };
    AccessFacts facts = { 0 };
    if (request->route && !facts_of(request, head, body, reply, &facts, problem))
        return false;
    AccessAnswer answer = access_decide(rule, &facts);
    if (answer != ACCESS_GRANTED && request->api)
        return api_refuse(request, answer, head, reply, problem);
    if (answer != ACCESS_GRANTED)
        return refuse(request, answer, &facts, reply, problem);
    reply->retry_after = 0;
    return request->route && seen(request, problem) && marked_answer(request->route, request, reply, problem);
}

void work_answer(WorkRequest *request, const Head *head, Text body, WorkReply *reply)
{
    Problem problem = { 0 }, again = { 0 };
    reply->status = 200;
    if (decide_and_answer(request, head, body, reply, &problem))
        return;
    if (!about_a_field(request, &problem) || !form_again(request, reply, &again))
        tell(request, again.kind ? &again : &problem, reply);
}

void work_refused(WorkRequest *request, ProblemKind kind, WorkReply *reply)
{
    AccessAnswer answer = kind == PROBLEM_METHOD ? ACCESS_METHOD : ACCESS_FIELD;
    Problem ignored = { 0 };
    if (request->api) {
        (void)api_refuse(request, answer, NULL, reply, &ignored);
        return;
    }
    fault_page(request, answers[answer].status, say(request->language, answers[answer].sentence), NULL, reply);
}

void work_busy(WorkRequest *request, WorkReply *reply)
{
    fault_page(
        request, 503,
        say(request->language, N_("Too many people are logging in at this moment. Please try again in a few seconds.")),
        NULL, reply);
    reply->status = 503;
    reply->retry_after = 5;
}
