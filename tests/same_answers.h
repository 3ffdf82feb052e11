/* Whether two snapshots answer the same, whatever is asked of both. */
#pragma once

#include "sql_figures.h"
#include "stats/choices.h"
#include "stats/growth.h"
#include "stats/match.h"
#include "stats/organisations.h"
#include "stats/recent.h"

typedef struct Question {
    Filter filter;
    const int64_t *ids; /* of the filter's words */
    size_t id_count, skip, most;
} Question;

static inline const char *different_list(const Snapshot *a, const Snapshot *b, const Question *question, Arena *arena)
{
    int64_t *left = NEW_ARRAY(arena, int64_t, question->most + 1),
            *right = NEW_ARRAY(arena, int64_t, question->most + 1);
    for (Order order = 0; order < ORDERS; order++)
        for (Register which = REGISTER_COUNTED; which <= REGISTER_ALL; which++) {
            size_t left_total, right_total;
            Listing listing = { &question->filter, question->ids, question->id_count, which, order,
                                question->skip,    question->most };
            size_t count = figures_list(a, &listing, left, &left_total);
            if (figures_list(b, &listing, right, &right_total) != count || left_total != right_total)
                return "the length of a list";
            for (size_t i = 0; i < count; i++)
                if (left[i] != right[i])
                    return order_words[order];
        }
    return NULL;
}

static inline const char *different_choices(const Snapshot *a, const Snapshot *b, const Question *question,
                                            Arena *arena)
{
    static const char *const keys[] = { "type",     "country",          "sector",          "org_type",  "source",
                                        "severity", "systems_affected", "care_disruption", CHOICE_YEARS };
    Counts left[COUNT_OF(keys)], right[COUNT_OF(keys)];
    Listing listing = { &question->filter, question->ids, question->id_count, REGISTER_COUNTED, NEWEST_FIRST, 0, 0 };
    figures_choices(a, &listing, keys, COUNT_OF(keys), arena, left);
    figures_choices(b, &listing, keys, COUNT_OF(keys), arena, right);
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (!same_counts(&left[i], &right[i]))
            return arena_format(arena, "the choices of %s", keys[i]);
    return NULL;
}

static inline const char *different_times(const Snapshot *a, const Snapshot *b, const Question *question, Arena *arena)
{
    for (GrowthStep step = GROWTH_BY_DAY; step <= GROWTH_BY_MONTH; step++) {
        Counts left = figures_growth(a, &question->filter, question->ids, question->id_count, step, arena);
        Counts right = figures_growth(b, &question->filter, question->ids, question->id_count, step, arena);
        if (!same_counts(&left, &right))
            return "growth";
    }
    Recent left, right;
    figures_recent(a, &question->filter, question->ids, question->id_count, 7 * DAY_MS, &left);
    figures_recent(b, &question->filter, question->ids, question->id_count, 7 * DAY_MS, &right);
    bool same = left.added == right.added && left.changed == right.changed && left.count == right.count;
    for (size_t i = 0; same && i < left.count; i++)
        same = left.newest[i].incident == right.newest[i].incident && left.newest[i].added == right.newest[i].added;
    return same ? NULL : "what is new";
}

static inline const char *different_organisations(const Snapshot *a, const Snapshot *b, const Filter *filter,
                                                  Arena *arena)
{
    int64_t *left, *right;
    size_t count = organisations_hit(a, filter, arena, &left);
    if (organisations_hit(b, filter, arena, &right) != count)
        return "the number of organisations";
    for (size_t i = 0; i < count; i++)
        if (left[i] != right[i])
            return "the organisations";
    return NULL;
}

/* What differs in the answers to a question; NULL when nothing does. */
static inline const char *different_answer(const Snapshot *a, const Snapshot *b, const Question *question, Arena *arena)
{
    Figures left, right;
    figures_count(a, &question->filter, question->ids, question->id_count, arena, &left);
    figures_count(b, &question->filter, question->ids, question->id_count, arena, &right);
    const char *difference = first_difference(&left, &right);
    difference = difference ? difference : different_list(a, b, question, arena);
    difference = difference ? difference : different_choices(a, b, question, arena);
    difference = difference ? difference : different_times(a, b, question, arena);
    return difference ? difference : different_organisations(a, b, &question->filter, arena);
}

/* What they say of the register itself. */
static inline const char *different_register(const Snapshot *a, const Snapshot *b)
{
    int64_t left[100], right[100];
    size_t left_total, right_total;
    const char *const *left_names, *const *right_names;
    if (snapshot_size(a) != snapshot_size(b) || snapshot_newest(a) != snapshot_newest(b))
        return "the newest entry";
    if (snapshot_rows(a) != snapshot_rows(b))
        return "the number of versions";
    size_t count = snapshot_days(a, 0, COUNT_OF(left), left, &left_total);
    if (snapshot_days(b, 0, COUNT_OF(right), right, &right_total) != count || left_total != right_total ||
        memcmp(left, right, count * sizeof *left) != 0)
        return "the days of the journal";
    count = snapshot_datasets(a, &left_names);
    if (snapshot_datasets(b, &right_names) != count)
        return "the number of data sets";
    for (size_t i = 0; i < count; i++)
        if (strcmp(left_names[i], right_names[i]) != 0)
            return "the data sets";
    return NULL;
}
