#include "intake/partner.h"

#include "domain/mark.h"
#include "domain/triage.h"
#include "guard/seal.h"
#include "intake/change.h"

/* Why it is not public, as the queue shows it. */
static const char waits[] = "A partner sent it: a person decides";

static bool misplaced(char pointer[POINTER_SIZE], const char *member, Problem *problem, const char *why)
{
    (void)snprintf(pointer, POINTER_SIZE, "%s", member);
    return fail(problem, PROBLEM_BAD_INPUT, "%s", why);
}

/* What the register says itself. */
static bool says_its_own(const Record *record, char pointer[POINTER_SIZE], Problem *problem)
{
    const struct {
        const char *member;
        bool said;
    } ours[] = { { "/dataset", record->dataset },
                 { "/inclusion", record->inclusion },
                 { "/reason", record->reason },
                 { "/reviewer", record->reviewer } };
    for (size_t i = 0; i < COUNT_OF(ours); i++)
        if (ours[i].said)
            return misplaced(pointer, ours[i].member, problem, "the register decides this: leave it out");
    return true;
}

static bool has_what_it_needs(const Record *record, char pointer[POINTER_SIZE], Problem *problem)
{
    if (!record->external)
        return misplaced(pointer, "/external", problem, "your own id of the record is missing");
    if (strlen(record->external) > PARTNER_EXTERNAL_MOST)
        return misplaced(pointer, "/external", problem, "an id has at most 200 bytes");
    if (!record->title)
        return misplaced(pointer, "/title", problem, "a neutral title is missing: who, what, when");
    return record->affected_count || misplaced(pointer, "/affected", problem, "an affected organisation is missing");
}

static bool addresses_are_good(const Record *record, char pointer[POINTER_SIZE], Problem *problem)
{
    for (size_t i = 0; i < record->source_count; i++) {
        Text url = text_of(record->sources[i].url);
        char member[40];
        (void)snprintf(member, sizeof member, "/sources/%zu/url", i);
        if (url.length && !text_starts(url, "https://") && !text_starts(url, "http://"))
            return misplaced(pointer, member, problem, "an address begins with https:// or http://");
    }
    return true;
}

static const char *dataset_of(Arena *arena, const char *account)
{
    return arena_format(arena, "partner:%s", account);
}

/* Its mark, which is no part of the record; it is taken out of the tree. */
static bool take_mark(json_t *tree, Tlp *mark, char pointer[POINTER_SIZE], Problem *problem)
{
    const json_t *said = json_object_get(tree, "tlp");
    *mark = TLP_CLEAR;
    if (!said)
        return true;
    const char *word = json_string_value(said);
    if (!word || !tlp_find(text_of(word), mark))
        return misplaced(pointer, "/tlp", problem, "a mark of TLP 2.0 is expected, such as \"TLP:GREEN\"");
    return json_object_del(tree, "tlp") == 0 || fail(problem, PROBLEM_BROKEN, "a member cannot be taken out");
}

static bool take(Arena *arena, Text json, Arrived *arrived, char pointer[POINTER_SIZE], Problem *problem)
{
    *pointer = '\0';
    AUTO_JSON *tree = json_parse(json, problem);
    return tree && take_mark(tree, &arrived->mark, pointer, problem) &&
           record_take(arena, tree, &arrived->record, pointer, problem);
}

static bool may_be_taken(const Arrival *arrival, const Arrived *arrived, char pointer[POINTER_SIZE], Problem *problem)
{
    return arrived->mark <= arrival->ceiling ||
           misplaced(pointer, "/tlp", problem,
                     "more confidential than this way is for: do not lower the mark, but hand it over in another way");
}

bool partner_read(Arena *arena, const Codebook *codebook, const Arrival *arrival, Arrived *arrived,
                  char pointer[POINTER_SIZE], Problem *problem)
{
    RecordPlace place;
    Record *record = &arrived->record;
    if (!take(arena, arrival->json, arrived, pointer, problem) || !may_be_taken(arrival, arrived, pointer, problem) ||
        !says_its_own(record, pointer, problem) || !has_what_it_needs(record, pointer, problem) ||
        !addresses_are_good(record, pointer, problem))
        return false;
    record->dataset = dataset_of(arena, arrival->account);
    if (record_check_at(record, codebook, &place, problem))
        return true;
    record_pointer(record, &place, problem, pointer);
    return false;
}

typedef struct Standing { /* what there is of it already; id 0: nothing */
    int64_t id, incident, raw;
    Text json, draft; /* draft.at == NULL: none waits */
    const char *triage, *change;
    Tlp mark;
} Standing;

typedef struct Storing {
    Arena *arena;
    Store *work;
    const Sending *sending;
    const char *dataset;
    int64_t look_up;
    Problem *problem;
} Storing;

static Text kept(Arena *arena, Text bytes)
{
    return (Text){ bytes.at ? arena_text(arena, bytes) : NULL, bytes.length };
}

static bool find(const Storing *storing, Standing *standing)
{
    *standing = (Standing){ 0 };
    AUTO_ROWS *rows = store_run(storing->work, storing->problem, SQL_PARTNER_ROW, "itt", storing->look_up,
                                storing->dataset, storing->sending->record->external);
    if (!rows || !rows_next(rows))
        return rows && !storing->problem->kind;
    *standing = (Standing){ .id = rows_int(rows, 0),
                            .incident = rows_int(rows, 1),
                            .raw = rows_int(rows, 2),
                            .json = kept(storing->arena, rows_bytes(rows, 3)),
                            .triage = arena_string(storing->arena, rows_text(rows, 4)),
                            .change = arena_string(storing->arena, rows_text(rows, 5)),
                            .draft = kept(storing->arena, rows_bytes(rows, 6)),
                            .mark = tlp_of(rows_int(rows, 7)) };
    return true;
}

typedef struct Places { /* the rows that are made */
    int64_t run, record, raw;
} Places;

static bool begin_run(const Storing *storing, Places *places)
{
    Hash hash;
    char digits[2 * HASH_SIZE + 1];
    hash_bytes(storing->sending->json, &hash);
    hash_hex(&hash, digits);
    AUTO_ROWS *ends = store_run(storing->work, storing->problem, SQL_ROW_ENDS, "");
    if (!ends || !rows_next(ends))
        return false;
    *places = (Places){ .record = rows_int(ends, 0) + 1, .raw = rows_int(ends, 1) + 1 };
    AUTO_ROWS *run = store_run(storing->work, storing->problem, SQL_PARTNER_RUN, "ttii", storing->dataset, digits,
                               (int64_t)moment_day(storing->sending->now), storing->sending->now);
    if (!run || !rows_next(run))
        return false;
    places->run = rows_int(run, 0);
    return true;
}

static bool put_raw(const Storing *storing, const Places *places, const Standing *standing)
{
    return store_do(storing->work, storing->problem, SQL_RAW_ADD, "irriibt", places->raw, (double)places->record,
                    standing->raw ? (double)standing->raw : (double)NAN, places->run, INT64_C(1),
                    storing->sending->json, NULL);
}

static bool put_draft(const Storing *storing, const Places *places, const Record *record)
{
    AUTO_OUT body = { 0 };
    record_write(&body, record);
    return store_do(storing->work, storing->problem, SQL_DRAFT_PUT, "iiv", places->record, storing->sending->now,
                    out_view(&body));
}

typedef struct Hashes {
    int64_t values, bytes;
} Hashes;

static Hashes hashes_of(const Storing *storing)
{
    AUTO_OUT scratch = { 0 };
    return (Hashes){ record_values_hash(&scratch, storing->sending->record),
                     (int64_t)text_hash(storing->sending->json) };
}

static bool mark(const Storing *storing, int64_t id)
{
    const Hand hand = { storing->sending->name, storing->sending->now };
    return mark_raise_within(storing->work, &hand, MARK_CANDIDATE, id, storing->sending->mark, storing->problem);
}

static bool add(const Storing *storing, int64_t *id)
{
    Places places;
    Hashes hashes = hashes_of(storing);
    if (!begin_run(storing, &places))
        return false;
    *id = places.record;
    return store_do(storing->work, storing->problem, SQL_ROW_ADD, "ititiirttiii", places.record, storing->dataset,
                    storing->look_up, storing->sending->record->external, places.run, INT64_C(1), (double)NAN, "sent",
                    waits, hashes.values, hashes.bytes, places.raw) &&
           put_raw(storing, &places, &(Standing){ 0 }) && put_draft(storing, &places, storing->sending->record) &&
           store_do(storing->work, storing->problem, SQL_PARTNER_SENT, "ii", places.record,
                    storing->sending->account) &&
           mark(storing, places.record);
}

/* Its newest form, with what of it is to wait. What was refused or given up is looked at again. */
static bool change(const Storing *storing, const Standing *standing, const Record *waiting)
{
    Places places;
    Hashes hashes = hashes_of(storing);
    Hand hand = { storing->sending->name, storing->sending->now };
    if (!begin_run(storing, &places))
        return false;
    places.record = standing->id;
    bool decided = strcmp(standing->triage, "open") != 0 && strcmp(standing->triage, "postponed") != 0;
    return store_do(storing->work, storing->problem, SQL_ROW_CHANGE, "iiirttiii", standing->id, places.run, INT64_C(1),
                    standing->incident ? (double)standing->incident : (double)NAN, "sent", waits, hashes.values,
                    hashes.bytes, places.raw) &&
           put_raw(storing, &places, standing) && put_draft(storing, &places, waiting) &&
           (!decided || triage_open_within(storing->work, &hand, standing->id, storing->problem));
}

static bool says_the_same(const Record *one, const Record *other)
{
    AUTO_OUT first = { 0 }, second = { 0 };
    record_write(&first, one);
    record_write(&second, other);
    return text_equal(out_view(&first), out_view(&second));
}

static bool is_worked_on(const Standing *standing)
{
    static const char *const working[] = { "draft", "in_review", "publishing" };
    for (size_t i = 0; i < COUNT_OF(working); i++)
        if (strcmp(standing->triage, "taken") == 0 && strcmp(standing->change, working[i]) == 0)
            return true;
    return false;
}

/* What a later form says about an incident that is published: its news, behind those that wait already. */
static bool news(const Storing *storing, const Standing *standing, const Record *before, Record *waiting)
{
    Record more;
    change_between(storing->arena, before, storing->sending->record, moment_day(storing->sending->now), &more);
    if (!standing->draft.at) {
        *waiting = more;
        return true;
    }
    if (!record_read(storing->arena, standing->draft, waiting, storing->problem))
        return false;
    record_append(storing->arena, waiting, &more);
    return true;
}

static bool take_again(const Storing *storing, const Standing *standing, PartnerFate *fate)
{
    Arrived before;
    Record waiting = *storing->sending->record;
    char unasked[POINTER_SIZE];
    bool higher = standing->draft.at && storing->sending->mark > standing->mark;
    *fate = higher ? PARTNER_CHANGED : PARTNER_UNCHANGED;
    if (!take(storing->arena, standing->json, &before, unasked, storing->problem))
        return false;
    before.record.dataset = storing->dataset;
    if (says_the_same(&before.record, storing->sending->record))
        return !higher || mark(storing, standing->id);
    if (is_worked_on(standing))
        return fail(storing->problem, PROBLEM_CONFLICT,
                    "somebody works on candidate %lld just now: send it again when its state is another",
                    (long long)standing->id);
    if (standing->incident && !news(storing, standing, &before.record, &waiting))
        return false;
    if (!waiting.statement_count)
        return true;
    *fate = PARTNER_CHANGED;
    return change(storing, standing, &waiting) && mark(storing, standing->id);
}

bool partner_store(Arena *arena, Store *work, const Sending *sending, int64_t *id, PartnerFate *fate, Problem *problem)
{
    Standing standing;
    const char *dataset = sending->record->dataset;
    const char *named = arena_format(arena, "%s%s", dataset, sending->record->external);
    Storing storing = { arena, work, sending, dataset, (int64_t)text_hash(text_of(named)), problem };
    if (!find(&storing, &standing))
        return false;
    *fate = PARTNER_ADDED;
    *id = standing.id;
    if (standing.mark > sending->ceiling)
        return fail(problem, PROBLEM_NOT_FOUND, "you have sent no candidate %lld", (long long)standing.id);
    return standing.id ? take_again(&storing, &standing, fate) : add(&storing, id);
}

/* In the partner's words: who does what with it at the workbench is not told. */
static const char *state_of(const Rows *rows)
{
    static const struct {
        int column;
        const char *is, *state;
    } states[] = { { 3, "published", "published" }, { 4, "refused", "refused" },  { 4, "open", "waiting" },
                   { 4, "postponed", "waiting" },   { 5, "dropped", "given_up" }, { 5, "published", "published" } };
    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (strcmp(rows_text(rows, states[i].column), states[i].is) == 0)
            return states[i].state;
    return "in_work";
}

static PartnerCandidate candidate_of(Arena *arena, const Rows *rows)
{
    const char *state = state_of(rows);
    bool refused = strcmp(state, "refused") == 0;
    return (PartnerCandidate){ .id = rows_int(rows, 0),
                               .incident = rows_int(rows, 1),
                               .external = arena_string(arena, rows_text(rows, 2)),
                               .state = state,
                               .reason = refused ? arena_string(arena, rows_text(rows, 6)) : NULL,
                               .received = rows_int(rows, 7),
                               .mark = tlp_of(rows_int(rows, 8)) };
}

bool partner_list(Arena *arena, Store *work, const PartnerPage *page, PartnerCandidates *candidates, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(work, problem, SQL_PARTNER_PAGE, "iiii", page->account, page->after,
                                (int64_t)MIN(page->most, INT64_MAX), (int64_t)page->ceiling);
    *candidates = (PartnerCandidates){ 0 };
    while (rows && rows_next(rows)) {
        candidates->items = arena_grow(arena, candidates->items, candidates->count, &room, sizeof *candidates->items);
        candidates->items[candidates->count++] = candidate_of(arena, rows);
    }
    return rows && !problem->kind;
}

bool partner_find(Arena *arena, Store *work, const PartnerPage *page, int64_t id, PartnerCandidate *candidate,
                  Problem *problem)
{
    PartnerCandidates found;
    const PartnerPage one = { page->account, id - 1, 1, page->ceiling };
    if (!partner_list(arena, work, &one, &found, problem))
        return false;
    if (!found.count || found.items[0].id != id)
        return fail(problem, PROBLEM_NOT_FOUND, "you have sent no candidate %lld", (long long)id);
    *candidate = found.items[0];
    return true;
}
