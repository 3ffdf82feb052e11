/* Figures: all counts of the home page in one pass over the snapshot, by METHOD.md 5.
 *
 * The filter selects incidents; organisations and countries are all those that the selected incidents hit, so a filter
 * on one country may count organisations of others that the same attack hit. */
#pragma once

#include "stats/filter.h"
#include "stats/snapshot.h"

typedef struct Count {
    const char *code; /* of the codebook, ISO country, or "2021-05" for a month; "" for unknown */
    int64_t count;
} Count;

typedef struct Counts {
    Count *items; /* in the codebook's order; countries by count then code; months in time, without gaps; unknown
                     last. But for months, only what was counted at least once */
    size_t count;
} Counts;

typedef struct Figures {
    int64_t incidents;                /* U: included, v2 or v3, reference date in the range */
    int64_t claimed_only;             /* v1, beside it, never added */
    int64_t unverified;               /* v0, never counted */
    int64_t organisations;            /* distinct, exact; roles direct and via_supplier */
    int64_t attacks_on_organisations; /* those links */
    struct {
        int64_t precautionary, collateral, spillover;
    } organisations_beside; /* distinct organisations with these roles in U, each counted apart */
    int64_t countries;      /* distinct, of those organisations */
    int64_t ransomware_confirmed, ransomware_suspected;
    Counts by_type, by_main_type, by_country, by_month, by_sector, by_severity, by_verification;
    Counts by_care, by_discloser, by_attribution; /* care_disruption, first_discloser, attribution_basis */
    Counts by_attribution_status;
    struct {
        double sum, median, largest_share; /* NaN when known is 0 */
        int64_t known, placeholders;
    } persons_affected;
    struct {
        double sum, median, lower_quartile, upper_quartile;
        int64_t known;
    } days_of_disturbed_care;
    struct {
        double appointments, procedures; /* NaN when none is known: missing is never zero */
        int64_t appointments_known, procedures_known;
    } care_not_delivered;
    int64_t excluded;              /* records that the filter selects but METHOD.md 2 excludes */
    Counts by_exclusion;           /* those, by code of inclusion_decision */
    int32_t told_until;            /* the last day that it can tell of: that of as_of, or known_by when it is earlier */
    double per_week;               /* METHOD.md 5.5 over the days below; NaN when the period is not closed */
    int32_t week_first, week_last; /* from `from` or the first incident to `to` or, when it is open, 8 weeks before
                                    told_until; DAY_UNKNOWN when per_week is NaN */
    int32_t first_day, last_day;   /* reference dates of the first and last incident counted; DAY_UNKNOWN without any */
    int64_t as_of;                 /* moment of the newest entry that was looked at; 0 without any */
    int64_t entries;               /* its number */
} Figures;

/* Memory: `arena`. The incidents that the filter's words (q) select come from the caller (search_incidents): sorted
 * numbers, not looked at when there is no q. Cannot fail: a filter that was read is valid. */
void figures_count(const Snapshot *snapshot, const Filter *filter, const int64_t *ids, size_t id_count, Arena *arena,
                   Figures *figures);

typedef enum Order {
#define ORDER(name, word) name,
#include "stats/order.def"
#undef ORDER
    ORDERS
} Order;
extern const char *const order_words[ORDERS + 1]; /* "newest", ...; ended by NULL */

typedef enum Register { REGISTER_COUNTED, REGISTER_CLAIMED, REGISTER_EXCLUDED, REGISTER_ALL } Register;

/* The part that a filter asks for: verification=v1 alone asks for what only attackers claim. */
Register register_asked(const Filter *filter);

typedef struct Listing { /* which incidents, and which of them */
    const Filter *filter;
    const int64_t *ids; /* of the filter's words, as figures_count takes them */
    size_t id_count;
    Register which; /* REGISTER_COUNTED is U and REGISTER_CLAIMED v1: together the public list. REGISTER_ALL has
                       refuted ones too */
    Order order;
    size_t skip, most; /* how many of the first are left out, and how many are given at most */
} Listing;

/* The incidents that match, in the listing's order, into `incidents`, which has room for listing->most; answers how
 * many. By date: then by number, those without a date last. `total` gets the number of all. */
size_t figures_list(const Snapshot *snapshot, const Listing *listing, int64_t *incidents, size_t *total);
