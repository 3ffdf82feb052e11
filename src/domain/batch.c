#include "domain/batch.h"

#include "base/json.h"
#include "base/sys.h"
#include "base/unicode.h"
#include "base/wire.h"
#include "domain/answer.h"
#include "domain/party.h"

enum { NAME_MAX_LENGTH = 200, PROPOSALS_MAX = 100000, RECORD_MEMORY_MAX = 256 << 20 };

bool keeper_prepare(Keeper *keeper, Arena *arena, const Codebook *codebook, Problem *problem)
{
    keeper->codebook = codebook;
    keeper->data_version = store_data_version(keeper->store);
    keeper->journal = journal_open(arena, keeper->store, &keeper->key, problem);
    keeper->projector = keeper->journal ? projector_new(arena, keeper->store, codebook, problem) : NULL;
    if (keeper->projector)
        projector_be_strict(keeper->projector);
    return keeper->projector;
}

static bool reload(Keeper *keeper, Problem *problem)
{
    keeper->data_version = store_data_version(keeper->store);
    return journal_reload(keeper->journal, problem) && projector_reload(keeper->projector, problem);
}

/* Another log process may have written since: two imports at a time take turns. */
static bool catch_up(Keeper *keeper, Problem *problem)
{
    return store_data_version(keeper->store) == keeper->data_version || reload(keeper, problem);
}

static bool is_name(Text text)
{
    return text.length > 0 && text.length <= NAME_MAX_LENGTH && unicode_valid(text);
}

static const char *kind_of(Arena *arena, Text kind)
{
    return text_is(kind, KIND_OPEN) ? KIND_OPEN : text_is(kind, KIND_ADD) ? KIND_ADD : arena_text(arena, kind);
}

static bool take_head(Wire *wire, int64_t size, Batch *batch, Problem *problem)
{
    Text last = wire_text(wire);
    *batch = (Batch){ .head = { .size = size } };
    if (wire->broken || wire->rest.length || size <= 0 || last.length != HASH_SIZE)
        return fail(problem, PROBLEM_BAD_INPUT, "this is no head of the private journal");
    memcpy(batch->head.last.bytes, last.at, HASH_SIZE);
    return true;
}

/* The frame's parts; the records are not looked at yet. */
static bool take_apart(Arena *arena, Text frame, Batch *batch, Problem *problem)
{
    Wire wire = { .rest = frame };
    Text key = wire_text(&wire), author = wire_text(&wire);
    int64_t count = wire_number(&wire);
    if (!wire.broken && text_is(key, LEDGER_HEAD_KEY))
        return take_head(&wire, count, batch, problem);
    if (wire.broken || (key.length && !is_name(key)) || !is_name(author) || count <= 0 || count > PROPOSALS_MAX)
        return fail(problem, PROBLEM_BAD_INPUT, "a batch needs a key, an author and 1 to %d records", PROPOSALS_MAX);
    *batch = (Batch){ .key = arena_text(arena, key), .author = arena_text(arena, author), .count = (size_t)count };
    batch->is_trial = key.length == 0;
    batch->proposals = NEW_ARRAY(arena, Proposal, batch->count);
    batch->records = NEW_ARRAY(arena, Record, batch->count);
    batch->acts = NEW_ARRAY(arena, Act, batch->count);
    batch->incidents = NEW_ARRAY(arena, int64_t, batch->count);
    for (size_t i = 0; i < batch->count && !wire.broken; i++) {
        Text kind = wire_text(&wire);
        batch->proposals[i].kind = kind_of(arena, kind);
        batch->proposals[i].incident = wire_number(&wire);
        batch->proposals[i].body = wire_text(&wire);
    }
    return !(wire.broken || wire.rest.length) || fail(problem, PROBLEM_BAD_INPUT, "the batch is cut");
}

static bool is_act(const Proposal *proposal)
{
    return act_find(proposal->kind) != ACT_KIND_COUNT;
}

static bool is_release(const Proposal *proposal)
{
    return strcmp(proposal->kind, KIND_RELEASE) == 0;
}

static bool is_agreement(const Proposal *proposal)
{
    return strcmp(proposal->kind, KIND_AGREEMENT) == 0;
}

static bool kind_check(const Proposal *proposal, const Record *record, Problem *problem)
{
    bool opens = strcmp(proposal->kind, KIND_OPEN) == 0;
    if (!opens && strcmp(proposal->kind, KIND_ADD) != 0)
        return fail(problem, PROBLEM_BAD_INPUT, "'%.60s' is no kind of entry, as %s and %s are", proposal->kind,
                    KIND_OPEN, KIND_ADD);
    if (opens != (proposal->incident == 0) || proposal->incident < 0)
        return fail(problem, PROBLEM_BAD_INPUT, "%s and the incident %lld do not go together", proposal->kind,
                    (long long)proposal->incident);
    if (record->inclusion && strcmp(record->inclusion, "pending") == 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "inclusion_decision", "what is pending is not published");
    return true;
}

/* Says which record of the batch it was, when it was not the only one. */
static bool blame(const Batch *batch, size_t i, const Problem *inner, Problem *problem)
{
    if (batch->count == 1)
        return fail_field(problem, inner->kind, inner->field, "%s", inner->message);
    const char *external = batch->records[i].external;
    return fail_field(problem, inner->kind, inner->field, "record %zu of the batch (%.80s): %s", i + 1,
                      external ? external : "", inner->message);
}

/* Nobody publishes alone: who agreed is another than who wrote. */
static bool reviewer_check(const Batch *batch, const char *reviewer, Problem *problem)
{
    return !reviewer || strcmp(reviewer, batch->author) != 0 ||
           fail_field(problem, PROBLEM_NOT_ALLOWED, "reviewer", "%.80s cannot agree to what is their own work",
                      reviewer);
}

static bool read_record(Arena *arena, const Batch *batch, size_t i, const Codebook *codebook, Problem *problem)
{
    const Proposal *proposal = &batch->proposals[i];
    Record *record = &batch->records[i];
    return record_read(arena, proposal->body, record, problem) && kind_check(proposal, record, problem) &&
           record_check(record, codebook, problem) && reviewer_check(batch, record->reviewer, problem);
}

static bool read_act(Arena *arena, const Batch *batch, size_t i, const Codebook *codebook, Problem *problem)
{
    const Proposal *proposal = &batch->proposals[i];
    Act *act = &batch->acts[i];
    bool makes = act_table[act_find(proposal->kind)].needs & ACT_MAKES;
    if (proposal->incident < 0 || (proposal->incident == 0) != makes)
        return fail(problem, PROBLEM_BAD_INPUT,
                    makes ? "%s has no number before it is there" : "%s needs the number of what it is about",
                    proposal->kind);
    return act_read(arena, proposal->body, act, problem) &&
           act_check(act_find(proposal->kind), act, codebook, problem) && reviewer_check(batch, act->reviewer, problem);
}

static bool read_release(Arena *arena, const Batch *batch, const Proposal *proposal, Problem *problem)
{
    Release release;
    if (proposal->incident <= 0)
        return fail(problem, PROBLEM_BAD_INPUT, "%s needs the number of the release", proposal->kind);
    return release_read(arena, proposal->body, &release, problem) && release_check(&release, problem) &&
           reviewer_check(batch, release.reviewer, problem);
}

/* Two persons always: who measures could choose what is measured. */
static bool read_agreement(Arena *arena, const Batch *batch, const Proposal *proposal, Problem *problem)
{
    AgreementReport report;
    if (!agreement_report_read(arena, proposal->body, &report, problem) ||
        !agreement_report_check(&report, proposal->incident, problem))
        return false;
    return (report.reviewer || fail_field(problem, PROBLEM_NOT_ALLOWED, "reviewer", "another person agrees to it")) &&
           reviewer_check(batch, report.reviewer, problem);
}

static bool read_proposal(Arena *arena, const Batch *batch, size_t i, const Codebook *codebook, Problem *problem)
{
    if (is_act(&batch->proposals[i]))
        return read_act(arena, batch, i, codebook, problem);
    if (is_release(&batch->proposals[i]))
        return read_release(arena, batch, &batch->proposals[i], problem);
    if (is_agreement(&batch->proposals[i]))
        return read_agreement(arena, batch, &batch->proposals[i], problem);
    return read_record(arena, batch, i, codebook, problem);
}

bool batch_read(Arena *arena, Text frame, const Codebook *codebook, Batch *batch, Problem *problem)
{
    if (!take_apart(arena, frame, batch, problem))
        return false;
    for (size_t i = 0; i < batch->count; i++) {
        Problem inner = { 0 };
        if (!read_proposal(arena, batch, i, codebook, &inner))
            return blame(batch, i, &inner, problem);
    }
    return true;
}

/* The number of what the proposal is about; claims about an incident that was merged go to the one that stands for it.
 */
static bool number_of(Keeper *keeper, const Proposal *proposal, int64_t *number, Problem *problem)
{
    ActKind act = act_find(proposal->kind);
    *number = proposal->incident      ? proposal->incident
              : act != ACT_KIND_COUNT ? projector_next_party(keeper->projector, act_table[act].subject)
                                      : projector_next(keeper->projector);
    return strcmp(proposal->kind, KIND_ADD) != 0 || projector_survivor(keeper->projector, number, problem);
}

/* What the number is one of. */
static const char *subject_of(const Proposal *proposal)
{
    ActKind act = act_find(proposal->kind);
    const Party *party = act == ACT_KIND_COUNT ? NULL : party_of(act_table[act].subject);
    if (party)
        return party->word;
    return is_release(proposal) ? "release" : is_agreement(proposal) ? "agreement" : "incident";
}

/* A proposal as it may be published. */
typedef struct Shown {
    Record record;
    Act act;
    Text body;
} Shown;

/* Entries are public for good: what METHOD.md 8 keeps back is taken out before there is one. */
static bool show(Keeper *keeper, Arena *arena, const Batch *batch, size_t i, Shown *shown, Problem *problem)
{
    AUTO_OUT body = { 0 };
    bool concealed = false;
    const Proposal *proposal = &batch->proposals[i];
    *shown = (Shown){ batch->records[i], batch->acts[i], proposal->body };
    int64_t number = proposal->incident ? batch->incidents[i] : 0;
    bool acts = is_act(proposal);
    if (is_release(proposal) || is_agreement(proposal))
        return true;
    if (acts ? !projector_conceal_act(keeper->projector, arena, number, &shown->act, &concealed, problem)
             : !projector_conceal(keeper->projector, arena, number, &shown->record, &concealed, problem))
        return false;
    if (!concealed)
        return true;
    if (acts)
        act_write(&body, &shown->act);
    else
        record_write(&body, &shown->record);
    shown->body = text_of(arena_text(arena, out_view(&body)));
    return true;
}

static bool project_one(Keeper *keeper, Arena *arena, const Proposal *proposal, const Shown *shown, const Entry *entry,
                        Problem *problem)
{
    Release release;
    AgreementReport report;
    if (is_act(proposal))
        return projector_act(keeper->projector, arena, entry, &shown->act, problem);
    if (is_release(proposal))
        return release_read(arena, entry->body, &release, problem) &&
               projector_release(keeper->projector, entry, &release, problem);
    if (is_agreement(proposal))
        return agreement_report_read(arena, entry->body, &report, problem) &&
               projector_agreement(keeper->projector, entry, &report, problem);
    return projector_entry(keeper->projector, arena, entry, &shown->record, problem);
}

static bool append_one(Keeper *keeper, Arena *arena, const Batch *batch, size_t i, Problem *problem)
{
    char subject[40];
    const Proposal *proposal = &batch->proposals[i];
    Shown shown;
    if (!number_of(keeper, proposal, &batch->incidents[i], problem) || !show(keeper, arena, batch, i, &shown, problem))
        return false;
    (void)snprintf(subject, sizeof subject, "%s/%lld", subject_of(proposal), (long long)batch->incidents[i]);
    Entry entry = { .author = batch->author, .kind = proposal->kind, .subject = subject, .body = shown.body };
    return journal_append(keeper->journal, &entry, problem) &&
           project_one(keeper, arena, proposal, &shown, &entry, problem);
}

static bool append_all(Keeper *keeper, const Batch *batch, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(RECORD_MEMORY_MAX);
    for (size_t i = 0; i < batch->count; i++) {
        Problem inner = { 0 };
        arena_reset(arena);
        if (!append_one(keeper, arena, batch, i, &inner))
            return blame(batch, i, &inner, problem);
    }
    return true;
}

static bool remember_answer(Keeper *keeper, const Batch *batch, Problem *problem)
{
    AUTO_OUT body = { 0 };
    for (size_t i = 0; i < batch->count; i++) {
        out_raw(&body, i ? "," : "[", 1);
        out_int(&body, batch->incidents[i]);
    }
    OUT_LITERAL(&body, "]");
    const Answer answer = { batch->key, sys_now(), journal_size(keeper->journal), out_view(&body) };
    return answer_add(keeper->store, &keeper->key, &answer, problem);
}

static bool take_answer(Batch *batch, Text body, Problem *problem)
{
    AUTO_JSON *numbers = json_parse(body, problem);
    if (!numbers)
        return false;
    if (json_array_size(numbers) != batch->count)
        return fail(problem, PROBLEM_CONFLICT, "the key '%.80s' was used for another batch, of %zu records", batch->key,
                    json_array_size(numbers));
    for (size_t i = 0; i < batch->count; i++)
        batch->incidents[i] = json_integer_value(json_array_get(numbers, i));
    return true;
}

static bool find_answer(Keeper *keeper, Batch *batch, bool *known, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const char *body;
    if (!answer_find(arena, keeper->store, batch->key, &body, problem))
        return false;
    *known = body;
    return !body || take_answer(batch, text_of(body), problem);
}

static bool seal(Keeper *keeper, const Batch *batch, Problem *problem)
{
    Checkpoint checkpoint;
    return journal_seal(keeper->journal, &checkpoint, problem) && remember_answer(keeper, batch, problem);
}

static bool write_all(Keeper *keeper, Batch *batch, Problem *problem)
{
    bool known;
    if (!catch_up(keeper, problem) || !find_answer(keeper, batch, &known, problem))
        return false;
    return known || (append_all(keeper, batch, problem) && seal(keeper, batch, problem));
}

/* Back to what is stored. */
static bool give_up(Keeper *keeper)
{
    Problem ignored = { 0 };
    keeper->ahead = false;
    store_undo(keeper->store);
    keeper->over = !reload(keeper, &ignored);
    return false;
}

/* What was made ahead holds if nobody else wrote in between and the batch is a new one. */
static bool finish_ahead(Keeper *keeper, Batch *batch)
{
    Problem ignored = { 0 };
    bool known = true;
    bool holds = store_settle(keeper->store, &ignored) && store_data_version(keeper->store) == keeper->data_version &&
                 find_answer(keeper, batch, &known, &ignored) && !known && seal(keeper, batch, &ignored);
    keeper->ahead = false;
    return holds || give_up(keeper);
}

bool batch_append(Keeper *keeper, Batch *batch, Problem *problem)
{
    if (keeper->ahead && finish_ahead(keeper, batch))
        return true;
    if (keeper->over)
        return fail(problem, PROBLEM_STORE, "the log cannot go on");
    return store_begin(keeper->store, problem) && (write_all(keeper, batch, problem) || give_up(keeper));
}

static bool try_all(Keeper *keeper, Batch *batch, Out looks[2], Problem *problem)
{
    return catch_up(keeper, problem) &&
           keeper->look(LEDGER_BEFORE, keeper->store, keeper->codebook, &looks[0], problem) &&
           append_all(keeper, batch, problem) && store_settle(keeper->store, problem) &&
           keeper->look(LEDGER_AFTER, keeper->store, keeper->codebook, &looks[1], problem);
}

bool batch_try(Keeper *keeper, Batch *batch, Out looks[2], Problem *problem)
{
    out_clear(&looks[0]);
    out_clear(&looks[1]);
    if (!keeper->look)
        return fail(problem, PROBLEM_NOT_ALLOWED, "a batch needs a key");
    if (!store_begin(keeper->store, problem))
        return false;
    bool good = try_all(keeper, batch, looks, problem);
    (void)give_up(keeper);
    return good && (!keeper->over || fail(problem, PROBLEM_STORE, "the register could not be read again"));
}

bool batch_sign(Keeper *keeper, const Batch *batch, Problem *problem)
{
    char note[CHECKPOINT_MAX];
    return deed_head_sign(keeper->store, &keeper->key, &batch->head, note, problem) &&
           (!*note || sys_write_file(keeper->deeds_path, text_of(note), 0644, problem));
}

bool batch_commit(Keeper *keeper, Problem *problem)
{
    return store_commit(keeper->store, problem) || give_up(keeper);
}

bool batch_commit_beside(Keeper *keeper, Problem *problem)
{
    return store_commit_beside(keeper->store, problem) || give_up(keeper);
}

void batch_run_ahead(Keeper *keeper, Batch *batch)
{
    Problem ignored = { 0 };
    keeper->ahead = append_all(keeper, batch, &ignored);
}

bool batch_committed(Keeper *keeper, Problem *problem)
{
    bool committed = store_committed(keeper->store, problem);
    if (!committed || !keeper->ahead)
        give_up(keeper);
    return committed;
}

bool keeper_publish(Keeper *keeper, Problem *problem)
{
    Checkpoint newest;
    Text there = { 0 };
    Problem unread = { 0 };
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    if (journal_size(keeper->journal) == 0)
        return true;
    if (!journal_seal(keeper->journal, &newest, problem))
        return false;
    bool read = sys_exists(keeper->checkpoint_path) &&
                sys_read_file(arena, keeper->checkpoint_path, CHECKPOINT_MAX, &there, &unread);
    if (read && text_is(there, newest.note))
        return true;
    return sys_write_file(keeper->checkpoint_path, text_of(newest.note), 0644, problem);
}
