/* Nothing may be shown as known before somebody said it, and what was known first must not be lost when a later word
 * replaces it. */
#include "claims.h"
#include "domain/known.h"
#include "test.h"

/* One speaker a line; the day is that on which it was said and to which it refers. */
#define TYPE(day) "attack_type ransomware authority asserts c2 register:register:a " day "\n"
#define DATE(day) "event_kind.disclosed 2021-05-09 authority asserts c2 register:register:a " day "\n"
#define COUNT(number, day) "persons_affected " number " authority corrects c2 register:register:a " day "\n"

static Arena *arena;
static Codebook codebook;

static const struct {
    const char *name, *claims, *history; /* day, level and persons of each version, the last one what holds today */
} histories[] = {
    { "one day", TYPE("2021-05-09") DATE("2021-05-09") COUNT("700", "2021-05-09"), "2021-05-09 v3 700" },
    { "a number that a later vintage changed",
      TYPE("2021-05-09") DATE("2021-05-09") COUNT("700", "2021-05-09") COUNT("900", "2022-07-15"),
      "2021-05-09 v3 700; 2022-07-15 v3 900" },
    { "an older vintage that was found later",
      COUNT("900", "2022-07-15") TYPE("2021-05-09") DATE("2021-05-09") COUNT("700", "2021-05-09"),
      "2021-05-09 v3 700; 2022-07-15 v3 900" },
    { "three days", TYPE("2021-05-09") DATE("2021-05-09") COUNT("1", "2021-06-01") COUNT("2", "2021-07-01"),
      "2021-05-09 v3 -; 2021-06-01 v3 1; 2021-07-01 v3 2" },
    { "a day that changes nothing",
      TYPE("2021-05-09") DATE("2021-05-09") COUNT("5", "2021-05-09") COUNT("5", "2021-06-01"), "2021-05-09 v3 5" },
    { "nor one between two that do",
      TYPE("2021-05-09") DATE("2021-05-09") COUNT("5", "2021-05-09") COUNT("5", "2021-06-01") COUNT("6", "2021-07-01"),
      "2021-05-09 v3 5; 2021-07-01 v3 6" },
    { "what came back to the first number",
      TYPE("2021-05-09") DATE("2021-05-09") COUNT("5", "2021-05-09") COUNT("6", "2021-06-01") COUNT("5", "2021-07-01"),
      "2021-05-09 v3 5; 2021-06-01 v3 6; 2021-07-01 v3 5" },
    { "first the attacker, then the authority",
      "attack_type ransomware actor asserts c3 leak:leak_site:e 2021-05-01\n" TYPE("2021-05-09") DATE("2021-05-09"),
      "2021-05-01 v1 -; 2021-05-09 v3 -" },
    { "an observation that refers to an earlier day is known on its own",
      TYPE("2021-05-09") DATE("2021-05-09") "data_disclosure published media asserts c2 news:media_own:b 2023-01-02",
      "2021-05-09 v3 -; 2023-01-02 v3 -" },
};

static const char *text_of_version(int32_t day, const Version *version)
{
    char date[DATE_TEXT_SIZE];
    const Derived *derived = &version->derived;
    day_write(day, date);
    return arena_format(arena, "%s %.2s %s", date, verification_codes[derived->verification],
                        isnan(derived->persons) ? "-" : arena_format(arena, "%g", derived->persons));
}

static const char *text_of_history(const KnownHistory *history, const Version *today)
{
    const char *text = "";
    for (size_t i = 0; i < history->count; i++) {
        const KnownSpan *span = &history->earlier[i];
        bool joined = span->until == (i + 1 < history->count ? history->earlier[i + 1].since : history->since);
        text =
            arena_format(arena, "%s%s%s; ", text, text_of_version(span->since, &span->version), joined ? "" : " gap");
    }
    return arena_format(arena, "%s%s", text, text_of_version(history->since, today));
}

static Record record = { .affected_count = 1 };

static void test_histories(void)
{
    for (size_t i = 0; i < COUNT_OF(histories); i++) {
        Problem problem = { 0 };
        KnownHistory history;
        Version today;
        Run evidence = claims_of(arena, &codebook, histories[i].claims);
        version_of(arena, &record, evidence, &today);
        bool done = known_history(arena, &(KnownCase){ &record, NULL, 0, evidence }, &today, &history, &problem);
        const char *text = done ? text_of_history(&history, &today) : problem.message;
        CHECK(strcmp(text, histories[i].history) == 0, "%s: %s", histories[i].name, text);
    }
}

/* A statement that does not say since when it was known counts from the day on which it was recorded. */
static void test_recorded(void)
{
    Evidence claims[2];
    Problem problem = { 0 };
    KnownHistory history;
    Version today;
    Run one = claims_of(arena, &codebook, TYPE("2021-05-09"));
    claims[0] = claims[1] = one.claims[0];
    claims[1].claim = 2;
    claims[1].claimant = "victim";
    claims[1].known_since = DAY_UNKNOWN;
    claims[1].recorded_on = day_of(2026, 1, 2);
    Run evidence = { claims, 2 };
    evidence_sort(claims, 2);
    version_of(arena, &record, evidence, &today);
    CHECK(known_history(arena, &(KnownCase){ &record, NULL, 0, evidence }, &today, &history, &problem) &&
              history.count == 0 && history.since == day_of(2021, 5, 9),
          "a second word that changes nothing");
    claims[0].known_since = DAY_UNKNOWN;
    claims[0].recorded_on = day_of(2025, 1, 2);
    claims[1].known_since = DAY_UNKNOWN;
    claims[1].recorded_on = day_of(2026, 1, 2);
    CHECK(known_history(arena, &(KnownCase){ &record, NULL, 0, evidence }, &today, &history, &problem) &&
              history.since == day_of(2025, 1, 2),
          "known since the day on which it was recorded");
}

/* A decision counts with what it rests on. Claims and entries are numbered alike; the last claim is of 2022. */
static const struct {
    const char *name;
    Decision decisions[2];
    const char *first, *today;
} decisions[] = {
    { "a theft that a later vintage calls an attack",
      { { 1, "excluded_no_effect", "A thing was taken" }, { 2, "included", NULL } },
      "excluded_no_effect",
      "included" },
    { "included for what was said later only", { { 2, "included", NULL } }, "excluded_no_effect", "included" },
    { "left to the questions", { { 1, NULL, NULL }, { 2, NULL, NULL } }, "excluded_no_effect", "included" },
    { "an exclusion holds from the first word of its entry",
      { { 1, "excluded_scope", "Given" } },
      "excluded_scope",
      "excluded_scope" },
};

static void test_decisions(void)
{
    Run evidence = claims_of(arena, &codebook, DATE("2021-05-09") TYPE("2022-07-15"));
    for (size_t i = 0; i < COUNT_OF(decisions); i++) {
        Problem problem = { 0 };
        size_t count = decisions[i].decisions[1].entry ? 2 : 1;
        const Decision *last = &decisions[i].decisions[count - 1];
        Record decided = record;
        Version today;
        KnownHistory history;
        decided.inclusion = last->inclusion;
        decided.reason = last->reason;
        version_of(arena, &decided, evidence, &today);
        bool done = known_history(arena, &(KnownCase){ &decided, decisions[i].decisions, count, evidence }, &today,
                                  &history, &problem);
        const char *first = done && history.count == 1 ? history.earlier[0].version.derived.inclusion : "nothing";
        CHECK(strcmp(first, decisions[i].first) == 0 && strcmp(today.derived.inclusion, decisions[i].today) == 0,
              "%s: %s, then %s", decisions[i].name, first, today.derived.inclusion);
    }
}

static void test_limit(void)
{
    Problem problem = { 0 };
    KnownHistory history;
    Version today;
    Evidence *claims = NEW_ARRAY(arena, Evidence, KNOWN_DAYS_MAX + 1);
    Run one = claims_of(arena, &codebook, TYPE("2021-05-09"));
    for (int32_t i = 0; i <= KNOWN_DAYS_MAX; i++) {
        claims[i] = one.claims[0];
        claims[i].claim = i + 1;
        claims[i].known_since = claims[i].as_of = i;
    }
    evidence_sort(claims, KNOWN_DAYS_MAX + 1);
    version_of(arena, &record, (Run){ claims, KNOWN_DAYS_MAX }, &today);
    CHECK(
        known_history(arena, &(KnownCase){ &record, NULL, 0, { claims, KNOWN_DAYS_MAX } }, &today, &history, &problem),
        "%d days are told apart", KNOWN_DAYS_MAX);
    CHECK(!known_history(arena, &(KnownCase){ &record, NULL, 0, { claims, KNOWN_DAYS_MAX + 1 } }, &today, &history,
                         &problem) &&
              problem.kind == PROBLEM_BAD_INPUT,
          "more are refused (%s)", problem.message);
    CHECK(known_history(arena, &(KnownCase){ .record = &record }, &today, &history, &problem) &&
              history.since == DAY_UNKNOWN,
          "nothing is known of nothing");
}

int main(void)
{
    arena = arena_new(ARENA_NO_CAP);
    codebook = codebook_of_tests(arena);
    AffectedFacts clinic = { .organisation = { .name = "C", .country = "FR", .org_type = "clinic" }, .role = "direct" };
    record.affected = &clinic;
    test_histories();
    test_recorded();
    test_decisions();
    test_limit();
    arena_free(arena);
    return DONE();
}
