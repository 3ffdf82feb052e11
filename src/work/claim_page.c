/* The form of one claim: a value with who says it, where, in which words. */
#include "domain/capture.h"
#include "intake/sentences.h"
#include "work/claim_form.h"
#include "work/coded.h"
#include "work/outcome_view.h"
#include "work/typed.h"

static int source_with(const Record *record, const char *sha256)
{
    for (size_t i = 0; i < record->source_count; i++)
        if (record->sources[i].sha256 && strcmp(record->sources[i].sha256, sha256) == 0)
            return (int)i;
    return RECORD_NO_SOURCE;
}

static const char *sentence_of(const WorkRequest *request, Text words)
{
    Sentence *sentences;
    size_t count;
    int64_t number;
    sentences_of(request->arena, words, &sentences, &count);
    return text_int(text_of(sent(request, "sentence")), &number) && number > 0 && (size_t)number <= count
               ? arena_text(request->arena, sentences[number - 1].text)
               : NULL;
}

typedef struct Begun { /* what stands in the form before somebody types */
    ClaimFacts claim;
    StatementFacts said;
    WholeClaim given;
} Begun;

/* Where the form is opened from a capture: its source, and the sentence that was chosen there. */
static bool find_marked(const WorkRequest *request, const Coded *coded, Store *work, Begun *begun, Problem *problem)
{
    Capture capture;
    int64_t id;
    if (!text_int(text_of(sent(request, "capture")), &id))
        return true;
    if (!capture_find(request->arena, work, coded->change.id, id, &capture, problem))
        return false;
    int source = source_with(&coded->record, capture.sha256);
    bool same = begun->given.statement && begun->said.source == source;
    const char *claimant = same ? begun->said.claimant : NULL, *credibility = same ? begun->said.credibility : NULL;
    const char *words = typed_text(request, "words");
    begun->claim.quote = words ? words : sentence_of(request, capture.words);
    begun->said = (StatementFacts){
        .source = source, .claimant = claimant, .credibility = credibility, .stance = "asserts", .as_of = DAY_UNKNOWN
    };
    begun->said.known_since = source < 0 ? DAY_UNKNOWN : coded->record.sources[source].published;
    begun->given.statement = &begun->said;
    return true;
}

/* Who reads an article codes one value after another: the last source and speaker are offered again. */
static void offer_last(const Record *record, Begun *begun)
{
    if (!record->statement_count)
        return;
    const StatementFacts *last = &record->statements[record->statement_count - 1];
    begun->said = (StatementFacts){ .source = last->source,
                                    .claimant = last->claimant,
                                    .credibility = last->credibility,
                                    .stance = "asserts",
                                    .known_since = last->known_since,
                                    .as_of = DAY_UNKNOWN };
    begun->given.statement = &begun->said;
}

static bool find_form(const WorkRequest *request, const Coded *coded, Begun *begun, ClaimForm *form, Problem *problem)
{
    const char *name = sent(request, "variable");
    *begun = (Begun){ .claim.variable = name };
    begun->given.claim = &begun->claim;
    offer_last(&coded->record, begun);
    *form = (ClaimForm){ .record = &coded->record, .given = &begun->given };
    form->variable = codebook_claimable(request->bench->site->codebook, text_of(name), &form->type);
    if (form->variable && coding_is_elsewhere(form->variable->entity))
        form->variable = NULL;
    return form->variable || fail_field(problem, PROBLEM_NOT_FOUND, "variable", "there is no variable %.60s", name);
}

/* What is coded already about the variable. */
static ClaimRow *claims_about(const WorkRequest *request, const Record *record, const char *variable, size_t *count)
{
    Record about = *record;
    about.statements = NEW_ARRAY(request->arena, StatementFacts, record->statement_count + 1);
    for (size_t i = 0; i < record->statement_count; i++) {
        StatementFacts *statement = &about.statements[i];
        *statement = record->statements[i];
        statement->claims = NEW_ARRAY(request->arena, ClaimFacts, statement->claim_count + 1);
        statement->claim_count = 0;
        for (size_t j = 0; j < record->statements[i].claim_count; j++)
            if (strcmp(record->statements[i].claims[j].variable, variable) == 0)
                statement->claims[statement->claim_count++] = record->statements[i].claims[j];
    }
    return desk_claims(request, &about, NULL, count);
}

static const Choice *definitions(const WorkRequest *request, const Variable *variable)
{
    Choice *rows = NEW_ARRAY(request->arena, Choice, variable->value_count + 1);
    for (size_t i = 0; i < variable->value_count; i++)
        rows[i] = (Choice){ .code = label_in(variable->values[i].label, request->language->code),
                            .label = label_in(variable->values[i].definition, request->language->code) };
    return rows;
}

static void add_hidden(const WorkRequest *request, WorkForm *form, const char *name, const char *value)
{
    form_field(request, form, (FieldPlan){ .name = name, .kind = FIELD_HIDDEN })->value = value;
}

static const WorkForm *form_of(const WorkRequest *request, const Coded *coded, const ClaimForm *claim)
{
    WorkForm *form = form_new(request, arena_format(request->arena, "%s/claim", coded->path),
                              say(request->language, N_("Add this claim")));
    add_hidden(request, form, "variable", sent(request, "variable"));
    add_hidden(request, form, "version", arena_format(request->arena, "%lld", (long long)coded->version));
    add_hidden(request, form, "capture", sent(request, "capture"));
    claim_form_fields(request, form, claim);
    form->also = say(request->language, N_("Keep it for later"));
    form->also_path = work_link(request, arena_format(request->arena, "%s/typed", coded->path));
    return form;
}

static bool find_claim(WorkRequest *request, Coded *coded, Begun *begun, ClaimForm *claim, Typed *typed,
                       Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) && coded_find(request, reader.store, coded, problem) &&
           find_form(request, coded, begun, claim, problem) &&
           find_marked(request, coded, reader.store, begun, problem) &&
           typed_find(request, reader.store, coded, typed, problem);
}

bool work_claim(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Coded coded;
    Begun begun;
    ClaimForm claim;
    Typed typed;
    if (!find_claim(request, &coded, &begun, &claim, &typed, problem))
        return false;
    const Variable *variable = claim.variable;
    ClaimPage page = { .heading = label_in(variable->label, request->language->code),
                       .definition = label_in(variable->definition, request->language->code),
                       .back = work_link(request, coded.form),
                       .conflict = fault_of(request, "version"),
                       .restored = typed.restored,
                       .others = typed.others,
                       .save = typed.save,
                       .script = request->bench->save_script,
                       .variable = sent(request, "variable"),
                       .values = definitions(request, variable),
                       .value_count = claim.type == TYPE_ENUM ? variable->value_count : 0 };
    if (!outcome_view(request, &(OutcomeCase){ coded.change.subject, &coded.record, NULL }, &page.outcome, problem))
        return false;
    ClaimRow *there = claims_about(request, &coded.record, sent(request, "variable"), &page.there_count);
    outcome_mark(&page.outcome, there, page.there_count);
    page.there = there;
    page.form = form_of(request, &coded, &claim);
    page.token = page.form->token;
    WorkFrame frame = work_frame(request, reply, page.heading);
    claim_page_html(&reply->body, &frame, &page);
    return true;
}

/* A quotation is in what was captured of its source. */
bool coded_words_check(WorkRequest *request, Store *work, const Coded *coded, const ClaimEntry *entry, Problem *problem)
{
    Capture capture;
    const char *sha256 = entry->source == RECORD_NO_SOURCE ? NULL : coded->record.sources[entry->source].sha256;
    if (!entry->claim.quote)
        return true;
    if (!capture_of(request->arena, work, coded->change.id, sha256, &capture, problem))
        return false;
    if (capture.id && !sentences_hold(request->arena, capture.words, text_of(entry->claim.quote)))
        fault_add(request, "quote",
                  say(request->language, N_("These words are not in what was captured of the source. They are quoted "
                                            "letter by letter.")));
    return true;
}

/* One claim for each value, all in one breath. */
static void add_claims(const WorkRequest *request, Record *record, ClaimTyped *typed)
{
    ClaimEntry *entry = &typed->entry;
    for (size_t i = 0; i < MAX(typed->value_count, (size_t)1); i++) {
        entry->claim.value = typed->value_count ? typed->values[i] : NULL;
        record_add_claim(request->arena, record, entry);
        if (entry->source == RECORD_NO_SOURCE)
            entry->source = (int)record->source_count - 1;
    }
}

bool claim_tried(WorkRequest *request, const Coded *coded, Record *record)
{
    Begun begun;
    ClaimForm claim;
    ClaimTyped typed;
    Problem unknown = { 0 };
    if (!find_form(request, coded, &begun, &claim, &unknown) || !claim_form_read(request, &claim, &typed))
        return false;
    *record = coded->record;
    add_claims(request, record, &typed);
    return true;
}

/* Saves the record with the claim; a fault at "version" when somebody else has saved since. */
static bool save_claim(WorkRequest *request, Problem *refused)
{
    Coded coded;
    Begun begun;
    ClaimForm claim;
    ClaimTyped typed;
    int64_t version = 0;
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    if (!coded_find(request, writing.store, &coded, refused) || !find_form(request, &coded, &begun, &claim, refused) ||
        !claim_form_read(request, &claim, &typed) ||
        !coded_words_check(request, writing.store, &coded, &typed.entry, refused) || request->fault_count)
        return false;
    (void)text_int(text_of(sent(request, "version")), &version);
    add_claims(request, &coded.record, &typed);
    return coded_save(request, writing.store, &coded, version, refused) &&
           typed_drop(request, writing.store, coded.change.id, refused);
}

/* Back to where the claim was begun: the capture that is being read, or the form. */
static const char *way_back(const WorkRequest *request)
{
    int64_t capture;
    bool blind = coded_is_blind(request);
    const char *change = arena_format(request->arena, "/changes/%lld", (long long)desk_number_of(request));
    return text_int(text_of(sent(request, "capture")), &capture) && capture > 0
               ? arena_format(request->arena, "%s%s/captures/%lld", change, blind ? "/second" : "", (long long)capture)
               : arena_format(request->arena, "%s%s", change, blind ? "/second" : "/form");
}

bool claim_again(WorkRequest *request, WorkReply *reply, const Problem *refused, Problem *problem)
{
    if (refused->kind && !desk_is_refusal(refused))
        return fail(problem, refused->kind, "%s", refused->message);
    if (strcmp(refused->field, "version") == 0)
        fault_add(
            request, "version",
            say(request->language, N_("Somebody else has saved since. Nothing was overwritten: what stands now is "
                                      "beside what you entered; send it again to add it.")));
    else if (refused->kind)
        fault_add(request, "", desk_refusal(request, refused));
    return form_again(request, reply, problem);
}

bool work_claim_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    return save_claim(request, &refused) ? go_to(request, reply, way_back(request))
                                         : claim_again(request, reply, &refused, problem);
}
