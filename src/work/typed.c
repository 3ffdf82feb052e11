#include "work/typed.h"

#include "domain/typing.h"
#include "work/outcome_view.h"
#include "work/presence.h"

static Typing typing_of(const WorkRequest *request, int64_t change)
{
    const char *variable = sent(request, "variable"); /* a second coding is another form */
    return (Typing){ .change = change,
                     .account = request->session.name,
                     .variable =
                         coded_is_blind(request) ? arena_format(request->arena, "second/%s", variable) : variable,
                     .at = request->now };
}

static const char *others_of(const WorkRequest *request, int64_t change)
{
    size_t count;
    const char **names =
        presence_others(request->bench->presence, request->arena, change, request->session.name, request->now, &count);
    if (!count)
        return NULL;
    return say_with(request->arena, request->language, N_("Also on this record at this moment: {names}."),
                    SLOTS({ "names", say_list(request->arena, request->language, names, count) }));
}

/* Only the page of the form itself, not one that comes back with faults or was opened from a capture. */
static bool is_untouched(const WorkRequest *request)
{
    return request->route->rule.takes == TAKES_NO_FORM && !request->fault_count && !*sent(request, "capture");
}

static bool restore(WorkRequest *request, const Typing *typing, Typed *typed)
{
    Form kept;
    if (!form_read(request->arena, text_of(typing->form), &kept))
        return false;
    Form *form = &request->form;
    FormValue *items = NEW_ARRAY(request->arena, FormValue, form->count + kept.count);
    memcpy(items, form->items, form->count * sizeof *items);
    if (kept.count)
        memcpy(items + form->count, kept.items, kept.count * sizeof *items);
    form->items = items;
    form->count += kept.count;
    typed->restored = say_with(request->arena, request->language, N_("What you typed is back, as of {moment}."),
                               SLOTS({ "moment", say_moment(request->arena, request->language, typing->at) }));
    return true;
}

bool typed_find(WorkRequest *request, Store *work, const Coded *coded, Typed *typed, Problem *problem)
{
    Typing sought = typing_of(request, coded->change.id), found;
    bool there = false;
    *typed = (Typed){ .save = work_link(request, arena_format(request->arena, "%s/typed", coded->path)) };
    if (is_untouched(request) && !typing_find(request->arena, work, &sought, &found, &there, problem))
        return false;
    if (there)
        (void)restore(request, &found, typed);
    typed->others = others_of(request, coded->change.id);
    return true;
}

bool typed_drop(const WorkRequest *request, Store *work, int64_t change, Problem *problem)
{
    Typing typing = typing_of(request, change);
    presence_leave(request->bench->presence, change, request->session.name);
    return typing_drop(work, &typing, problem);
}

/* The script tells that the form is open, and nothing new was typed. */
static bool is_here(const WorkRequest *request)
{
    return strcmp(sent(request, "script"), "here") == 0;
}

/* "02:41 UTC" */
static const char *clock_of(const WorkRequest *request)
{
    char text[MOMENT_TEXT_SIZE];
    moment_write(request->now, text);
    return arena_format(request->arena, "%.5s UTC", text + 11);
}

static void add_line(Out *out, const char *sentence)
{
    if (!sentence)
        return;
    OUT_LITERAL(out, ",");
    out_json(out, sentence);
}

/* What would follow with the claim as it is typed. */
static bool outcome_of(WorkRequest *request, const Coded *coded, const char **sentence, Problem *problem)
{
    Record record;
    *sentence = NULL;
    return !claim_tried(request, coded, &record) ||
           outcome_sentence(request, &(OutcomeCase){ coded->change.subject, &record, NULL }, sentence, problem);
}

/* A list of sentences, which the script shows as they are. */
static bool tell(WorkRequest *request, const Coded *coded, const Typing *typing, WorkReply *reply, Problem *problem)
{
    const char *outcome;
    const Language *language = request->language;
    Out *out = &reply->body;
    if (!outcome_of(request, coded, &outcome, problem))
        return false;
    reply->type = "application/json; charset=utf-8";
    OUT_LITERAL(out, "[");
    out_json(out, is_here(request) ? say(language, N_("What you type is kept."))
                                   : say_with(request->arena, language, N_("Kept at {time}."),
                                              SLOTS({ "time", clock_of(request) })));
    add_line(out, outcome);
    add_line(out, others_of(request, coded->change.id));
    if (!coded->blind && typing->version < coded->change.version)
        add_line(out, say(language, N_("Somebody has saved since. What you typed stays; send it to see both side by "
                                       "side.")));
    OUT_LITERAL(out, "]\n");
    return true;
}

static bool keep(const WorkRequest *request, Store *work, Typing *typing, Problem *problem)
{
    static const char *const without[] = { "token", "variable", "version", "capture", "discard", "script", NULL };
    if (*sent(request, "discard"))
        return typed_drop(request, work, typing->change, problem);
    presence_note(request->bench->presence, typing->change, typing->account, typing->at);
    typing->form = form_write(request->arena, &request->form, without);
    return is_here(request) || typing_put(work, typing, problem);
}

static const Variable *variable_of(const WorkRequest *request)
{
    ValueType type;
    return codebook_claimable(request->bench->site->codebook, text_of(sent(request, "variable")), &type);
}

/* `coded`: as it stands then; the writer is free again. */
static bool keep_it(const WorkRequest *request, Coded *coded, Typing *typing, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    if (!coded_find(request, writing.store, coded, problem))
        return false;
    *typing = typing_of(request, coded->change.id);
    (void)text_int(text_of(sent(request, "version")), &typing->version);
    if (!coded->blind && strcmp(coded->change.state, "draft") != 0)
        return fail(problem, PROBLEM_CONFLICT, "change %lld is no draft", (long long)coded->change.id);
    return keep(request, writing.store, typing, problem);
}

bool work_typed_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Coded coded;
    Typing typing;
    if (!variable_of(request))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no variable %.60s", sent(request, "variable"));
    if (!keep_it(request, &coded, &typing, problem))
        return false;
    if (!*sent(request, "script")) /* a button was pressed */
        return go_to(request, reply,
                     arena_format(request->arena, "%s/claim?variable=%s", coded.path, sent(request, "variable")));
    return tell(request, &coded, &typing, reply, problem);
}
