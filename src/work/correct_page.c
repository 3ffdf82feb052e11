/* Correcting a claim of a published incident: it ends, and what is said instead stands in its place. All values that
 * the same speaker gave in the same breath are said anew, because a later word replaces the earlier ones. */
#include "work/claim_form.h"
#include "work/refusal.h"

typedef struct Correction {
    Whole whole;
    int64_t claim;
    WholeClaim given;
    const int64_t *ended; /* the claims that are said anew */
    size_t ended_count;
    ClaimForm form;
} Correction;

/* The values that stand there, each with its claim. */
static void find_values(const WorkRequest *request, Correction *correction)
{
    ClaimForm *form = &correction->form;
    form->values = NEW_ARRAY(request->arena, const char *, correction->ended_count + 1);
    for (size_t i = 0; i < correction->ended_count; i++) {
        const char *value = whole_claim(&correction->whole, correction->ended[i]).claim->value;
        if (value)
            form->values[form->value_count++] = value;
    }
}

static bool find_correction(const WorkRequest *request, Correction *correction, Problem *problem)
{
    *correction = (Correction){ 0 };
    if (!desk_whole(request, &correction->whole, problem))
        return false;
    (void)text_int(text_of(sent(request, "claim")), &correction->claim);
    correction->given = whole_claim(&correction->whole, correction->claim);
    ClaimForm *form = &correction->form;
    form->given = &correction->given;
    form->record = &correction->whole.record;
    form->variable = correction->given.claim
                         ? codebook_claimable(request->bench->site->codebook,
                                              text_of(correction->given.claim->variable), &form->type)
                         : NULL;
    if (!form->variable)
        return fail(problem, PROBLEM_NOT_FOUND, "claim %lld is not in force in incident %lld",
                    (long long)correction->claim, (long long)desk_number_of(request));
    correction->ended = whole_beside(request->arena, &correction->whole, correction->claim, &correction->ended_count);
    find_values(request, correction);
    return true;
}

bool work_correct(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Correction correction;
    const Language *language = request->language;
    if (!find_correction(request, &correction, problem))
        return false;
    const char *path = arena_format(request->arena, "/incidents/%lld", (long long)desk_number_of(request));
    WorkForm *form =
        form_new(request, arena_format(request->arena, "%s/correct", path), say(language, N_("Begin the correction")));
    form_field(request, form, (FieldPlan){ .name = "claim", .kind = FIELD_HIDDEN });
    claim_form_fields(request, form, &correction.form);
    typed_field(request, form,
                (FieldPlan){ .name = "reason", .label = say(language, N_("Reason, which is published")) }, NULL);
    PageLink back = { .label = correction.whole.record.title, .address = work_link(request, path) };
    FormPage page = {
        .heading = say_with(request->arena, language, N_("Correct: {variable}"),
                            SLOTS({ "variable", label_in(correction.form.variable->label, language->code) })),
        .intro =
            say(language, N_("The claim ends and what you enter stands in its place, once another person has agreed. "
                             "As of before, the register shows what it showed.")),
        .form = form,
        .ways = { &back, 1 },
    };
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

/* A value that stood there keeps its words when others are corrected beside it. */
static const char *quote_of(const Correction *correction, const ClaimTyped *typed, const char *value)
{
    for (size_t i = 0; value && i < correction->ended_count; i++) {
        const ClaimFacts *before = whole_claim(&correction->whole, correction->ended[i]).claim;
        if (correction->ended[i] != correction->claim && before->value && strcmp(before->value, value) == 0)
            return before->quote;
    }
    return typed->entry.claim.quote;
}

/* What is said instead, with no more sources than it names. */
static void record_of(const WorkRequest *request, const Correction *correction, ClaimTyped *typed, Record *record)
{
    ClaimEntry entry = typed->entry;
    *record =
        (Record){ .dataset = "workbench", .external = arena_format(request->arena, "%lld", (long long)request->now) };
    if (entry.source != RECORD_NO_SOURCE) {
        entry.new_source = correction->whole.record.sources[entry.source];
        entry.source = RECORD_NO_SOURCE;
    }
    for (size_t i = 0; i < MAX(typed->value_count, (size_t)1); i++) {
        entry.claim.value = typed->value_count ? typed->values[i] : NULL;
        entry.claim.quote = quote_of(correction, typed, entry.claim.value);
        record_add_claim(request->arena, record, &entry);
        entry.source = 0;
    }
}

static bool begin(const WorkRequest *request, const Correction *correction, ClaimTyped *typed, int64_t *change,
                  Problem *problem)
{
    Record record;
    Act act = { .reason = typed_text(request, "reason"), .records = &record, .record_count = 1 };
    act.claims = NEW_ARRAY(request->arena, ActClaim, correction->ended_count);
    for (act.claim_count = 0; act.claim_count < correction->ended_count; act.claim_count++)
        act.claims[act.claim_count] = (ActClaim){ correction->ended[act.claim_count], NULL };
    record_of(request, correction, typed, &record);
    return desk_propose(request, ACT_KIND_CORRECT, desk_number_of(request), &act, change, problem);
}

bool work_correct_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Correction correction;
    ClaimTyped typed;
    Problem refused = { 0 };
    int64_t change;
    if (!find_correction(request, &correction, problem))
        return false;
    bool read = claim_form_read(request, &correction.form, &typed);
    if (!typed_needed(request, "reason") || !read)
        return form_again(request, reply, problem);
    if (begin(request, &correction, &typed, &change, &refused))
        return desk_went(request, change, reply);
    return desk_again(request, &refused,
                      "value missing quote source url title source_type reliability claimant credibility "
                      "stance locator reason",
                      reply, problem);
}
