/* A register of three incidents upon which acts are done: each must show the same when it is made again, and in the
 * snapshot that goes along. */
#pragma once

#include "domain/ledger.h"
#include "domain/rebuild.h"
#include "register.h"
#include "same_answers.h"
#include "test.h"

static Arena *arena;
static Codebook codebook;
static Problem problem;
static Ledger *ledger;

static const char *const claims = "attack_type ransomware\nattack_type data_theft\nevent_kind.disclosed 2021-05-09\n"
                                  "persons_affected 100";

static Record *record_of(const char *name)
{
    Plain plain = { .external = name,
                    .name = name,
                    .url = arena_format(arena, "https://%s.example/", name),
                    .as_of = 18756,
                    .claims = claims };
    return plain_record(arena, &plain);
}

static bool send(const char *author, const Proposal *proposals, size_t count)
{
    static int key;
    int64_t *answers = NEW_ARRAY(arena, int64_t, count);
    problem = (Problem){ 0 };
    return ledger_send(ledger, arena_format(arena, "key %d", ++key), author, proposals, count, &problem) &&
           ledger_receive(ledger, answers, count, &problem);
}

static bool propose(const char *author, const char *kind, int64_t number, Text body)
{
    return send(author, &(Proposal){ kind, number, body }, 1);
}

static Text body_of_act(const char *reviewer, Act act)
{
    AUTO_OUT out = { 0 };
    act.reason = act.reason ? act.reason : "It was wrong";
    act.reviewer = reviewer;
    act_write(&out, &act);
    return text_of(arena_text(arena, out_view(&out)));
}

static bool act_by(const char *reviewer, const char *kind, int64_t number, Act act)
{
    return propose("anna", kind, number, body_of_act(reviewer, act));
}

static bool act_of(const char *kind, int64_t number, Act act)
{
    return act_by("bela", kind, number, act);
}

#define CLAIMS(...) .claims = (ActClaim[]){ __VA_ARGS__ }, .claim_count = COUNT_OF(((ActClaim[]){ __VA_ARGS__ }))

static const char *db(const char *sql)
{
    return ask("public.db", sql);
}

static int64_t newest(void)
{
    return strtoll(db("SELECT max(seq) FROM entry"), NULL, 10);
}

/* What stands, or stood as of an entry, about each incident that counts: its persons and types. */
static const char *figures_at(int64_t entry)
{
    return db(arena_format(arena,
                           "SELECT incident, persons, (SELECT group_concat(code, '+') FROM version_value AS v WHERE "
                           "v.version = version.id AND variable = 'attack_type'), (SELECT group_concat(name, '+') FROM "
                           "affected JOIN organisation ON organisation.id = organisation WHERE affected.incident = "
                           "version.incident AND affected.since <= %lld AND coalesce(affected.until > %lld, 1)) "
                           "FROM version WHERE since <= %lld AND coalesce(until > %lld, 1) ORDER BY incident",
                           (long long)entry, (long long)entry, (long long)entry, (long long)entry));
}

static const char *figures(void)
{
    return figures_at(newest());
}

static Snapshot *followed; /* goes along from act to act */

/* It must answer as one that is read anew, now and as of before. */
static bool is_shown_the_same(Store *store, Problem *trouble)
{
    Snapshot *whole = snapshot_load(store, &codebook, trouble), *last = followed;
    followed = last ? snapshot_next(store, last, trouble) : snapshot_load(store, &codebook, trouble);
    const char *difference = whole && followed ? different_register(followed, whole) : trouble->message;
    for (int64_t back = 0; !difference && back < 4; back++) {
        Question question = { .filter = { .from = INT32_MIN, .to = INT32_MAX, .as_of = snapshot_newest(whole) - back },
                              .most = 100 };
        difference = different_answer(followed, whole, &question, arena);
    }
    if (followed)
        followed->loaded = SIZE_MAX / 2; /* never read anew */
    snapshot_release(last);
    snapshot_release(whole);
    if (difference)
        printf("# followed: %s\n", difference);
    return !difference;
}

static bool is_rebuilt_the_same(void)
{
    RebuildReport report;
    Problem trouble = { 0 };
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &trouble);
    bool same = store && rebuild_compare(arena, store, NULL, &codebook, &report, &trouble) && report.differing == 0;
    for (size_t i = 0; !same && i < report.count && i < 5; i++)
        printf("# %s %lld %s\n", report.differences[i].table, (long long)report.differences[i].id,
               report.differences[i].what);
    same = same && is_shown_the_same(store, &trouble);
    if (trouble.kind)
        printf("# %s\n", trouble.message);
    return same;
}

static const char *begun;
static int64_t opened;

static void open_three(void)
{
    const char *const names[] = { "A", "B", "C" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        CHECK(propose("anna", KIND_OPEN, 0, body_of(arena, record_of(names[i]))), "%s is published (%s)", names[i],
              problem.message);
    opened = newest();
    begun = arena_string(arena, figures());
    CHECK(strcmp(begun, "1|100.0|ransomware+data_theft|A; 2|100.0|ransomware+data_theft|B; "
                        "3|100.0|ransomware+data_theft|C") == 0,
          "three incidents: %s", begun);
}

#define LINKS(...) .links = (ActLink[]){ __VA_ARGS__ }, .link_count = COUNT_OF(((ActLink[]){ __VA_ARGS__ }))
#define NAMED .naming = "named", .naming_basis = "media"

typedef struct ActRefusal {
    const char *name, *kind;
    int64_t number;
    Act act;
    ProblemKind expected;
} ActRefusal;

static void check_refusals(const ActRefusal *refusals, size_t count)
{
    int64_t entry = newest();
    for (size_t i = 0; i < count; i++)
        CHECK(!act_of(refusals[i].kind, refusals[i].number, refusals[i].act) && problem.kind == refusals[i].expected,
              "refused: %s (%s)", refusals[i].name, problem.message);
    CHECK(newest() == entry && is_rebuilt_the_same(), "nothing of it is kept");
}

static void begin_acts(void)
{
    arena = arena_new(ARENA_NO_CAP);
    codebook = codebook_of_tests(arena);
    new_folder();
    ledger = ledger_start(arena, folder, &codebook, &problem);
    CHECK(ledger, "the log role starts (%s)", problem.message);
    open_three();
}

static int end_acts(void)
{
    snapshot_release(followed);
    ledger_stop(ledger);
    arena_free(arena);
    return DONE();
}
