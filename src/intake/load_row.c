/* What a row is: new, unchanged, changed, older or refused; and what the log is asked to publish of it. */
#include "domain/naming.h"
#include "intake/change.h"
#include "intake/load.h"
#include "intake/report.h"

enum { ID_MAX = 600 };

static Outcome *outcome_add(LoadBatch *batch, const Row *row, Fate fate)
{
    batch->outcomes = arena_grow(batch->arena, batch->outcomes, batch->count, &batch->room, sizeof *batch->outcomes);
    Outcome *outcome = &batch->outcomes[batch->count++];
    *outcome = (Outcome){ .fate = fate, .number = row->number, .line = row->line, .entry = NO_ENTRY };
    if (fate != FATE_UNCHANGED) {
        outcome->raw = (Text){ arena_copy(batch->arena, row->raw.at, row->raw.length), row->raw.length };
        batch->bytes += row->raw.length;
    }
    return outcome;
}

static bool refuse(Load *load, LoadBatch *batch, const Row *row, const char *reason)
{
    Outcome *outcome = outcome_add(batch, row, FATE_REFUSED);
    outcome->refusal = arena_string(batch->arena, reason);
    report_refusal(load->report, row->file, row->line, reason);
    return true;
}

typedef struct Decision {
    const char *state, *reason; /* reason: why it is not published */
    bool publish, included;
} Decision;

/* METHOD.md 2 and 3, of what the log will leave of it, and the wish to hold. */
static bool decide(Load *load, const Record *record, Decision *decision, Problem *problem)
{
    Run evidence;
    Derived derived;
    Record shown = *record;
    if (!evidence_of_record(load->row_arena, load->making.codebook, record, NULL, &evidence, problem))
        return false;
    if (!naming_lets(evidence))
        naming_conceal(load->row_arena, load->making.codebook, &shown);
    derive_inclusion(&shown, evidence, &derived);
    bool pending = strcmp(derived.inclusion, "pending") == 0;
    *decision = (Decision){ .state = "published", .included = strcmp(derived.inclusion, "included") == 0 };
    if (load->options->hold) {
        decision->state = "held";
        decision->reason = N_("The import was told to hold everything");
    } else if (derive_publishable(&derived))
        decision->publish = true;
    else {
        decision->state = pending ? "pending" : "unverified";
        decision->reason = pending ? derived.reason : N_("No reliable source says that it happened");
    }
    return true;
}

static void count_decision(ImportReport *report, const Decision *decision)
{
    if (strcmp(decision->state, "held") == 0)
        report->held++;
    else if (!decision->publish)
        report->pending++;
    else if (decision->included)
        report->published++;
    else
        report->excluded++;
}

static int64_t entry_add(LoadBatch *batch, const char *kind, int64_t incident, const Record *record)
{
    batch->entries =
        arena_grow(batch->arena, batch->entries, batch->entry_count, &batch->entry_room, sizeof *batch->entries);
    size_t from = batch->bodies.length;
    record_write(&batch->bodies, record);
    batch->entries[batch->entry_count] = (BatchEntry){ kind, incident, from, batch->bodies.length - from };
    return (int64_t)batch->entry_count++;
}

/* Publishes the whole record, or keeps it as a draft. */
static void open_or_keep(LoadBatch *batch, Outcome *outcome, const Record *record, const Decision *decision)
{
    outcome->state = decision->state;
    outcome->reason = decision->reason ? arena_string(batch->arena, decision->reason) : NULL;
    if (decision->publish) {
        outcome->entry = entry_add(batch, KIND_OPEN, 0, record);
        return;
    }
    AUTO_OUT body = { 0 };
    record_write(&body, record);
    outcome->draft = (Text){ arena_copy(batch->arena, body.text, body.length), body.length };
}

static bool take_new(Load *load, LoadBatch *batch, const Row *row, const Record *record, const Match *match,
                     Problem *problem)
{
    Decision decision;
    if (!decide(load, record, &decision, problem))
        return false;
    Outcome *outcome = outcome_add(batch, row, FATE_NEW);
    outcome->external = arena_string(batch->arena, record->external);
    outcome->look_up = match->look_up;
    load->report->added++;
    count_decision(load->report, &decision);
    open_or_keep(batch, outcome, record, &decision);
    return true;
}

/* The draft of a record that is not published. */
static bool draft_read(Load *load, int64_t record_id, Record *draft, Problem *problem)
{
    AUTO_ROWS *rows = store_run(load->work, problem, SQL_DRAFT_GET, "i", record_id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_DAMAGED, "the work store lacks the draft of record %lld", (long long)record_id);
    Text body = rows_bytes(rows, 0);
    return record_read(load->row_arena, (Text){ arena_text(load->row_arena, body), body.length }, draft, problem);
}

/* What was published and is undecided now is not counted any more, and says why. */
static void take_back(Record *change)
{
    if (!change->inclusion || strcmp(change->inclusion, "pending") != 0)
        return;
    change->inclusion = "excluded_insufficient";
    change->reason = N_("A later form of the record no longer tells the intent");
}

/* Adds the claims of a change to a draft, and decides anew. */
static bool change_draft(Load *load, LoadBatch *batch, Outcome *outcome, const Record *record, const Record *change,
                         Problem *problem)
{
    Record draft;
    Decision decision;
    if (!draft_read(load, outcome->stored.id, &draft, problem))
        return false;
    record_append(load->row_arena, &draft, change);
    if (outcome->fate == FATE_CHANGED) {
        draft.inclusion = record->inclusion;
        draft.reason = record->reason;
        draft.title = record->title;
        draft.summary = record->summary;
        draft.affected = record->affected;
        draft.affected_count = record->affected_count;
    }
    if (!record_check(&draft, load->making.codebook, problem) || !decide(load, &draft, &decision, problem))
        return false;
    if (strcmp(outcome->stored.state, "held") == 0) { /* only a person lets it go */
        decision.publish = false;
        decision.state = "held";
        decision.reason = N_("An earlier import was told to hold it");
    }
    count_decision(load->report, &decision);
    open_or_keep(batch, outcome, &draft, &decision);
    return true;
}

static bool change_published(Load *load, LoadBatch *batch, Outcome *outcome, Record *change, Problem *problem)
{
    take_back(change);
    if (outcome->fate == FATE_OLDER) { /* what is known already decides */
        change->inclusion = NULL;
        change->reason = NULL;
    }
    if (!record_check(change, load->making.codebook, problem))
        return false;
    outcome->state = outcome->stored.state;
    outcome->entry = entry_add(batch, KIND_ADD, outcome->stored.incident, change);
    if (!change->inclusion || strcmp(change->inclusion, "included") == 0)
        load->report->published++;
    else
        load->report->excluded++;
    return true;
}

/* An older form says what was claimed then; what replaced it is claimed again by its own day, so that it stays. */
static void change_older(Load *load, const Made *made, const Record *past, int32_t past_day, Record *change)
{
    Record newer;
    change_between(load->row_arena, past, &made->record, load->observed, change);
    for (size_t i = 0; i < change->statement_count; i++) {
        StatementFacts *statement = &change->statements[i];
        statement->stance = strcmp(statement->stance, "corrects") == 0 ? "asserts" : statement->stance;
        statement->known_since = made->day != DAY_UNKNOWN ? made->day : load->observed;
    }
    change_between(load->row_arena, &made->record, past, past_day, &newer);
    record_append(load->row_arena, change, &newer);
}

/* Whether the bytes stand in one of the older forms, from `raw` back. */
static bool is_known_form(Load *load, int64_t raw, Text bytes, bool *known, Problem *problem)
{
    *known = false;
    for (int steps = 0; raw && steps < 1000 && !*known; steps++) {
        AUTO_ROWS *rows = store_run(load->work, problem, SQL_RAW_GET, "i", raw);
        if (!rows || !rows_next(rows))
            return !problem->kind;
        *known = text_equal(rows_bytes(rows, 0), bytes);
        raw = rows_int(rows, 2);
    }
    return !problem->kind;
}

static bool take_unchanged(Load *load, LoadBatch *batch, const Row *row, const Match *match)
{
    Outcome *outcome = outcome_add(batch, row, FATE_UNCHANGED);
    outcome->stored = match->stored;
    load->report->unchanged++;
    return true;
}

/* The record is there, and the row differs from its newest form. */
static bool take_changed(Load *load, LoadBatch *batch, const Row *row, const Made *made, const Match *match,
                         Problem *problem)
{
    Record past, change;
    int32_t past_day;
    int64_t previous;
    bool known = false;
    if (!load_past(load, match->stored.raw, &past, &past_day, &previous, problem))
        return false;
    bool older = past_day != DAY_UNKNOWN && load->observed < past_day;
    if (older && !is_known_form(load, match->stored.raw, row->raw, &known, problem))
        return false;
    if (known)
        return take_unchanged(load, batch, row, match);
    if (older)
        change_older(load, made, &past, past_day, &change);
    else
        change_between(load->row_arena, &past, &made->record, load->observed, &change);
    Outcome *outcome = outcome_add(batch, row, older ? FATE_OLDER : FATE_CHANGED);
    outcome->stored = match->stored;
    outcome->stored.state = arena_string(batch->arena, match->stored.state);
    outcome->state = outcome->stored.state;
    outcome->previous = previous;
    if (change.statement_count == 0) { /* other bytes, nothing else to claim */
        load->report->unchanged++;
        return true;
    }
    load->report->changed++;
    change.external = match->stored.external;
    if (match->stored.incident)
        return change_published(load, batch, outcome, &change, problem);
    return change_draft(load, batch, outcome, &made->record, &change, problem);
}

static bool make(Load *load, const Row *row, const char *error, Made *made, Problem *refusal)
{
    *made = (Made){ .day = DAY_UNKNOWN };
    load->making.row = row;
    if (error)
        return fail(refusal, PROBLEM_BAD_INPUT, "%s", error);
    if (!load->importer->make(&load->making, made, refusal))
        return false;
    if (strlen(made->key) > ID_MAX)
        return fail(refusal, PROBLEM_BAD_INPUT, "its id is longer than %d bytes", ID_MAX);
    made->record.dataset = load->dataset;
    made->record.external = made->key;
    return record_check(&made->record, load->making.codebook, refusal);
}

bool load_row(Load *load, size_t place, const Row *row, const char *error, Problem *problem)
{
    LoadBatch *batch = &load->batches[place];
    Problem refusal = { 0 };
    Made made;
    Match match;
    arena_reset(load->row_arena);
    load->report->read++;
    Wanted wanted = { .bytes_hash = (int64_t)text_hash(row->raw) };
    bool good = make(load, row, error, &made, &refusal);
    if (good) {
        wanted.id = made.key;
        wanted.hash = record_values_hash(&load->scratch, &made.record);
        good = matcher_take(&load->matcher, load->row_arena, place, &wanted, &match, &refusal);
    }
    if (!good && refusal.kind == PROBLEM_BAD_INPUT)
        return refuse(load, batch, row, refusal.message);
    if (!good) {
        *problem = refusal;
        return false;
    }
    if (match.stored.id && match.stored.bytes_hash == wanted.bytes_hash)
        return take_unchanged(load, batch, row, &match);
    size_t before = batch->count;
    if (match.stored.id) {
        made.record.external = match.stored.external;
        if (!take_changed(load, batch, row, &made, &match, problem))
            return false;
    } else {
        if (match.number > 1)
            made.record.external = arena_format(load->row_arena, "%s#%lld", made.key, (long long)match.number);
        if (!take_new(load, batch, row, &made.record, &match, problem))
            return false;
    }
    batch->outcomes[before].hash = wanted.hash;
    batch->outcomes[before].bytes_hash = wanted.bytes_hash;
    return true;
}
