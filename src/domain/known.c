#include "domain/known.h"

static int by_day(const void *a, const void *b)
{
    int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

static bool is_one_day(Run evidence)
{
    for (size_t i = 1; i < evidence.count; i++)
        if (evidence_known_day(&evidence.claims[i]) != evidence_known_day(&evidence.claims[0]))
            return false;
    return true;
}

/* The days on which something became known, ascending; answers how many. */
static size_t days_of(Arena *arena, Run evidence, int32_t **days)
{
    size_t count = 0;
    *days = NEW_ARRAY(arena, int32_t, evidence.count);
    for (size_t i = 0; i < evidence.count; i++)
        (*days)[i] = evidence_known_day(&evidence.claims[i]);
    qsort(*days, evidence.count, sizeof **days, by_day);
    for (size_t i = 0; i < evidence.count; i++)
        if (count == 0 || (*days)[count - 1] != (*days)[i])
            (*days)[count++] = (*days)[i];
    return count;
}

/* The evidence known by the end of `day`, in `room`. */
static Run known_by(Run all, int32_t day, Evidence *room)
{
    size_t count = 0;
    for (size_t i = 0; i < all.count; i++)
        if (evidence_known_day(&all.claims[i]) <= day)
            room[count++] = all.claims[i];
    evidence_sort(room, count); /* the latest among them is live, whatever came later */
    return (Run){ room, count };
}

static bool decision_known(const KnownCase *facts, const Decision *decision, int32_t day)
{
    bool includes = !decision->inclusion || strcmp(decision->inclusion, "included") == 0, any = false;
    for (size_t i = 0; i < facts->evidence.count; i++) {
        const Evidence *claim = &facts->evidence.claims[i];
        if (claim->recorded != decision->entry)
            continue;
        any = any || evidence_known_day(claim) <= day;
        if (includes && evidence_known_day(claim) > day)
            return false;
    }
    return any || includes;
}

static Record decided_by(const KnownCase *facts, int32_t day)
{
    Record record = *facts->record;
    record.inclusion = record.reason = NULL;
    for (size_t i = facts->decision_count; i-- > 0;)
        if (decision_known(facts, &facts->decisions[i], day)) {
            record.inclusion = facts->decisions[i].inclusion;
            record.reason = facts->decisions[i].reason;
            break;
        }
    return record;
}

/* From `day` on another version held. */
static void end_last(KnownHistory *history, int32_t day)
{
    if (history->count)
        history->earlier[history->count - 1].until = day;
}

static void add_day(Arena *arena, const KnownCase *facts, Run known, int32_t day, KnownHistory *history)
{
    Record record = decided_by(facts, day);
    KnownSpan *next = &history->earlier[history->count];
    *next = (KnownSpan){ .since = day };
    version_of(arena, &record, known, &next->version);
    if (history->count && version_same(&next[-1].version, &next->version))
        return;
    end_last(history, day);
    history->count++;
}

bool known_history(Arena *arena, const KnownCase *facts, const Version *today, KnownHistory *history, Problem *problem)
{
    Run evidence = facts->evidence;
    *history = (KnownHistory){ .since = evidence.count ? evidence_known_day(&evidence.claims[0]) : DAY_UNKNOWN };
    if (is_one_day(evidence))
        return true;
    int32_t *days;
    size_t count = days_of(arena, evidence, &days);
    if (count > KNOWN_DAYS_MAX)
        return fail(problem, PROBLEM_BAD_INPUT, "the statements became known on %zu days; at most %d are told apart",
                    count, KNOWN_DAYS_MAX);
    Evidence *room = NEW_ARRAY(arena, Evidence, evidence.count);
    history->earlier = NEW_ARRAY(arena, KnownSpan, count);
    for (size_t i = 0; i + 1 < count; i++)
        add_day(arena, facts, known_by(evidence, days[i], room), days[i], history);
    history->since = days[count - 1];
    if (version_same(&history->earlier[history->count - 1].version, today))
        history->since = history->earlier[--history->count].since;
    end_last(history, history->since);
    return true;
}

bool known_remove(Store *store, int64_t incident, Problem *problem)
{
    int64_t first = incident * ROWS_PER_INCIDENT, last = first + ROWS_PER_INCIDENT - 1;
    return store_do(store, problem, SQL_KNOWN_VALUE_REMOVE, "ii", first, last) &&
           store_do(store, problem, SQL_KNOWN_REMOVE, "ii", first, last);
}

bool known_write(Store *store, int64_t incident, const KnownHistory *history, Problem *problem)
{
    int64_t first = incident * ROWS_PER_INCIDENT + 1, value = first;
    for (size_t i = 0; i < history->count; i++) {
        const KnownSpan *span = &history->earlier[i];
        VersionPlace place = { KNOWN_TABLE, incident, first + (int64_t)i, value, span->since, span->until };
        value += (int64_t)span->version.code_count;
        if (value >= first + ROWS_PER_INCIDENT - 1)
            return fail(problem, PROBLEM_BAD_INPUT, "incident %lld takes no more claims", (long long)incident);
        if (!version_write(store, &place, &span->version, problem))
            return false;
    }
    return true;
}
