#include "stats/recent.h"

#include "stats/match.h"

typedef struct Candidate {
    uint32_t since, incident;
    bool added;
} Candidate;

/* The incidents that had a version up to this entry. */
static uint64_t *incidents_before(const Snapshot *snapshot, uint32_t entry, Arena *arena)
{
    uint64_t *known = NEW_ARRAY(arena, uint64_t, words_of((size_t)snapshot->largest_incident + 1));
    for (size_t row = 0; row < snapshot->rows; row++)
        if (snapshot->since[row] <= entry)
            bit_set(known, snapshot->incident[row]);
    return known;
}

static bool is_later(const Candidate *a, const Candidate *b)
{
    return a->since != b->since ? a->since > b->since : a->incident > b->incident;
}

/* Keeps the RECENT_MOST last ones, in order. */
static void keep(Candidate *kept, size_t *count, Candidate candidate)
{
    size_t at = *count;
    while (at > 0 && is_later(&candidate, &kept[at - 1]))
        at--;
    if (at == RECENT_MOST)
        return;
    *count = MIN(*count + 1, (size_t)RECENT_MOST);
    memmove(&kept[at + 1], &kept[at], (*count - 1 - at) * sizeof *kept);
    kept[at] = candidate;
}

void figures_recent(const Snapshot *snapshot, const Filter *filter, const int64_t *ids, size_t id_count, int64_t span,
                    Recent *recent)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Candidate kept[RECENT_MOST] = { 0 };
    Filter asked = *filter;
    Match match;
    *recent = (Recent){ 0 };
    asked.known_by_text = NULL;
    match_rows(snapshot, &asked, (Words){ ids, id_count }, kernel_best(), scratch, &match);
    Selection rows = match_shelf(snapshot, &match.rows, SHELF_COUNTED, scratch);
    int64_t begin = snapshot_moment(snapshot, match.entries) - span;
    uint32_t before = (uint32_t)snapshot_entries_at(snapshot, begin);
    const uint64_t *known = incidents_before(snapshot, before, scratch);
    for (size_t at = rows.from; at < rows.to; at++)
        for (uint64_t word = rows.bits[at]; word; word &= word - 1) {
            size_t row = at * WORD_ROWS + (size_t)__builtin_ctzll(word);
            uint32_t since = snapshot->since[row], incident = snapshot->incident[row];
            if (since <= before)
                continue;
            bool added = !bit_is_set(known, incident);
            recent->added += added;
            recent->changed += !added;
            keep(kept, &recent->count, (Candidate){ since, incident, added });
        }
    for (size_t i = 0; i < recent->count; i++)
        recent->newest[i] = (RecentIncident){ kept[i].incident, kept[i].added };
}
