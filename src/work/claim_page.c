/* The form of one claim: a value with who says it, where, in which words. */
#include "base/unicode.h"
#include "domain/capture.h"
#include "intake/sentences.h"
#include "work/desk_form.h"

static const char *form_of_value(const WorkRequest *request, const Variable *variable, ValueType type)
{
    const char *hint = "";
    if (type == TYPE_DATE)
        hint =
            say(request->language, N_("A day, month or year: 2021-05-09, 2021-05, 2021; or two with / between them."));
    else if (type == TYPE_RANGE || type == TYPE_COUNT || type == TYPE_NUMBER)
        hint =
            say(request->language, N_("A number: 100; or a range: 100..200, 100.. for at least, ..200 for at most."));
    else if (type == TYPE_MONEY)
        hint = say(request->language, N_("An amount with its currency: 3000000 USD, or 1000000..2000000 EUR."));
    else if (type == TYPE_FLAG)
        hint = say(request->language, N_("yes or no"));
    if (variable->unit && *variable->unit && type != TYPE_MONEY)
        return arena_format(request->arena, "%s (%s)", hint, variable->unit);
    return hint;
}

static void add_value(const WorkRequest *request, WorkForm *form, const Variable *variable, ValueType type)
{
    const char *label = say(request->language, N_("Value"));
    if (type == TYPE_ENUM) {
        Field *field = form_field(request, form, (FieldPlan){ .name = "value", .label = label, .kind = FIELD_SELECT });
        field->choices =
            desk_choices(request, variable, say(request->language, N_("No value")), sent(request, "value"));
    } else {
        form_field(
            request, form,
            (FieldPlan){
                .name = "value", .label = label, .hint = form_of_value(request, variable, type), .kind = FIELD_TEXT });
    }
    const Variable *missing = codebook_variable_of(request->bench->site->codebook, "claim", "missing");
    Field *why = form_field(request, form,
                            (FieldPlan){ .name = "missing",
                                         .label = say(request->language, N_("Or why there is no value")),
                                         .kind = FIELD_SELECT });
    why->choices =
        desk_choices(request, missing, say(request->language, N_("There is a value")), sent(request, "missing"));
}

typedef struct Marked { /* what was chosen in a capture before the form was opened */
    const char *quote;  /* NULL: nothing */
    int source;         /* RECORD_NO_SOURCE: nothing was */
} Marked;

/* The sources that the record has, and one more. */
static void add_sources(const WorkRequest *request, WorkForm *form, const Record *record, const Marked *marked)
{
    const Language *language = request->language;
    Choice *items = NEW_ARRAY(request->arena, Choice, record->source_count + 1);
    const char *chosen = sent(request, "source");
    for (size_t i = 0; i < record->source_count; i++) {
        items[i].code = arena_format(request->arena, "%zu", i);
        items[i].label = record->sources[i].title ? record->sources[i].title : record->sources[i].url;
        items[i].chosen = *chosen ? strcmp(chosen, items[i].code) == 0 : (int)i == marked->source;
    }
    items[record->source_count] = (Choice){ .code = "new",
                                            .label = say(language, N_("Another source, below")),
                                            .chosen = strcmp(chosen, "new") == 0 };
    form_field(request, form,
               (FieldPlan){ .name = "source", .label = say(language, N_("Source")), .kind = FIELD_SELECT })
        ->choices = (Choices){ items, record->source_count + 1 };
    desk_source_fields(request, form, say(language, N_("Address of another source")));
}

static void mark(Field *field, const char *value)
{
    if (!*field->value && value)
        field->value = value;
}

static const char *published_on(const WorkRequest *request, const Record *record, const Marked *marked)
{
    int32_t day = marked->source == RECORD_NO_SOURCE ? DAY_UNKNOWN : record->sources[marked->source].published;
    char *text = arena_take(request->arena, DATE_TEXT_SIZE);
    if (day != DAY_UNKNOWN)
        day_write(day, text);
    return text;
}

static WorkForm *claim_form(const WorkRequest *request, const Coded *coded, const Variable *variable, ValueType type,
                            const Marked *marked)
{
    const Language *language = request->language;
    WorkForm *form =
        form_new(request, arena_format(request->arena, "%s/claim", coded->path), say(language, N_("Add this claim")));
    desk_hidden(request, form, "variable", sent(request, "variable"));
    desk_hidden(request, form, "version", arena_format(request->arena, "%lld", (long long)coded->version));
    desk_hidden(request, form, "capture", sent(request, "capture"));
    add_value(request, form, variable, type);
    mark(form_field(request, form,
                    (FieldPlan){ .name = "quote",
                                 .label = say(language, N_("Quotation")),
                                 .hint = say(language, N_("The words of the source, at most 300 characters.")),
                                 .kind = FIELD_AREA }),
         marked->quote);
    add_sources(request, form, &coded->record, marked);
    desk_codes(request, form, "claim", "claimant", "");
    desk_codes(request, form, "claim", "credibility", "");
    desk_codes(request, form, "claim", "stance", "asserts");
    mark(form_field(request, form,
                    (FieldPlan){ .name = "known_since",
                                 .label = say(language, N_("Day on which the source said it")),
                                 .hint = say(language, N_("2021-05-09; empty when it is not known.")),
                                 .kind = FIELD_TEXT }),
         published_on(request, &coded->record, marked));
    return form;
}

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

/* Where the form is opened from a capture: its source, and the sentence that was chosen there. */
static bool find_marked(WorkRequest *request, const Coded *coded, Marked *marked, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Capture capture;
    int64_t id;
    *marked = (Marked){ .source = RECORD_NO_SOURCE };
    if (!text_int(text_of(sent(request, "capture")), &id))
        return true;
    if (!reader_take(request, &reader, problem) ||
        !capture_find(request->arena, reader.store, coded->change.id, id, &capture, problem))
        return false;
    marked->source = source_with(&coded->record, capture.sha256);
    marked->quote = sentence_of(request, capture.words);
    return true;
}

/* What is coded already about the variable. */
static const ClaimRow *claims_about(const WorkRequest *request, const Record *record, const char *variable,
                                    size_t *count)
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

bool work_claim(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Coded coded;
    Marked marked;
    ValueType type;
    const char *name = sent(request, "variable");
    const Variable *variable = codebook_claimable(request->bench->site->codebook, text_of(name), &type);
    if (!variable)
        return fail_field(problem, PROBLEM_NOT_FOUND, "variable", "there is no variable %.60s", name);
    if (!coded_find(request, &coded, problem) || !find_marked(request, &coded, &marked, problem))
        return false;
    ClaimPage page = { .heading = label_in(variable->label, request->language->code),
                       .definition = label_in(variable->definition, request->language->code),
                       .back = work_link(request, arena_format(request->arena, "%s/form", coded.path)),
                       .conflict = fault_of(request, "version"),
                       .values = definitions(request, variable),
                       .value_count = type == TYPE_ENUM ? variable->value_count : 0 };
    page.there = claims_about(request, &coded.record, name, &page.there_count);
    page.form = claim_form(request, &coded, variable, type, &marked);
    WorkFrame frame = work_frame(request, reply, page.heading);
    claim_page_html(&reply->body, &frame, &page);
    return true;
}

static void read_source(WorkRequest *request, const Record *record, ClaimEntry *entry)
{
    int64_t number;
    const char *source = sent(request, "source");
    entry->source = RECORD_NO_SOURCE;
    if (strcmp(source, "new") != 0 && text_int(text_of(source), &number) && number >= 0 &&
        (size_t)number < record->source_count) {
        entry->source = (int)number;
        return;
    }
    desk_read_source(request, &entry->new_source);
    if (!entry->new_source.url && !entry->new_source.title)
        fault_add(request, "url", say(request->language, N_("A source needs an address or a title.")));
}

static void read_claim(WorkRequest *request, ClaimEntry *entry)
{
    Problem wrong = { 0 };
    entry->claim = (ClaimFacts){ .variable = desk_text(request, "variable"),
                                 .value = desk_text(request, "value"),
                                 .missing = desk_text(request, "missing"),
                                 .quote = desk_text(request, "quote") };
    if (!entry->claim.value == !entry->claim.missing)
        fault_add(request, "value", say(request->language, N_("Either a value, or why there is none.")));
    else if (!claim_understand(request->bench->site->codebook, &entry->claim, &wrong))
        fault_add(request, "value", desk_refusal(request, &wrong));
    if (entry->claim.quote && unicode_count(text_of(entry->claim.quote)) > QUOTE_MAX)
        fault_add(request, "quote", say(request->language, N_("A quotation has at most 300 characters.")));
    desk_need(request, "claimant");
    desk_need(request, "credibility");
    desk_need(request, "stance");
    entry->said = (StatementFacts){ .claimant = desk_text(request, "claimant"),
                                    .stance = desk_text(request, "stance"),
                                    .credibility = desk_text(request, "credibility"),
                                    .as_of = DAY_UNKNOWN };
    desk_day(request, "known_since", &entry->said.known_since);
}

/* A quotation is in what was captured of its source. */
static bool check_quote(WorkRequest *request, Store *work, int64_t change, const Record *record,
                        const ClaimEntry *entry, Problem *problem)
{
    Capture capture;
    bool there;
    const char *sha256 = entry->source == RECORD_NO_SOURCE ? NULL : record->sources[entry->source].sha256;
    if (!entry->claim.quote)
        return true;
    if (!capture_of(request->arena, work, change, sha256, &capture, &there, problem))
        return false;
    if (there && !sentences_hold(request->arena, capture.words, text_of(entry->claim.quote)))
        fault_add(request, "quote",
                  say(request->language, N_("These words are not in what was captured of the source. They are quoted "
                                            "letter by letter.")));
    return true;
}

/* Saves the record with the claim; a fault at "version" when somebody else has saved since. */
static bool save_claim(WorkRequest *request, Problem *refused)
{
    Change change;
    Record record;
    ClaimEntry entry;
    int64_t version = 0;
    AUTO_OUT body = { 0 };
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    if (!change_find(request->arena, writing.store, desk_number_of(request), &change, refused) ||
        !record_read(request->arena, change.body, &record, refused))
        return false;
    (void)text_int(text_of(sent(request, "version")), &version);
    read_source(request, &record, &entry);
    read_claim(request, &entry);
    if (!check_quote(request, writing.store, change.id, &record, &entry, refused) || request->fault_count)
        return false;
    record_add_claim(request->arena, &record, &entry);
    record_write(&body, &record);
    return change_save(writing.store, &hand, change.id, version, out_view(&body), refused);
}

/* Back to where the claim was begun: the capture that is being read, or the form. */
static const char *way_back(const WorkRequest *request)
{
    int64_t capture, change = desk_number_of(request);
    return text_int(text_of(sent(request, "capture")), &capture) && capture > 0
               ? arena_format(request->arena, "/changes/%lld/captures/%lld", (long long)change, (long long)capture)
               : arena_format(request->arena, "/changes/%lld/form", (long long)change);
}

bool work_claim_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    if (save_claim(request, &refused))
        return go_to(request, reply, way_back(request));
    if (refused.kind && !desk_is_refusal(&refused))
        return fail(problem, refused.kind, "%s", refused.message);
    if (strcmp(refused.field, "version") == 0)
        fault_add(
            request, "version",
            say(request->language, N_("Somebody else has saved since. Nothing was overwritten: what stands now is "
                                      "beside what you entered; send it again to add it.")));
    else if (refused.kind)
        fault_add(request, "", desk_refusal(request, &refused));
    return form_again(request, reply, problem);
}
