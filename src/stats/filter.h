/* Filter: which incidents a reader asks for. Filter <-> query string is this one pair; the canonical query string is
 * the cache key, the permalink and the citation.
 *
 * Keys: type (attack_type), country, sector (sector_group), severity (documented level, code of severity_name),
 * verification (codes or v0..v9), source (data set), inclusion, from, to, as_of, known_by, q, and the key of every
 * public enum variable of the codebook. Repeated keys or commas mean "or". Dates as YYYY, YYYY-MM or YYYY-MM-DD; as_of
 * also as an RFC 3339 moment: a date means the end of that day (or month, year) in UTC. as_of asks what the register
 * said, known_by what had been said in the world (METHOD.md 4a): never both. */
#pragma once

#include "base/date.h"
#include "codebook/codebook.h"

enum { FILTER_FACETS_MAX = 32, FILTER_QUERY_MAX = 4096, FILTER_VALUES_MAX = 256 };

typedef struct FacetChoice {
    const char *key;          /* as in the query: "type", "country", ..., or a variable's key */
    const char *const *codes; /* sorted, without doubles */
    size_t count;
} FacetChoice;

typedef struct Filter {
    FacetChoice facets[FILTER_FACETS_MAX]; /* sorted by key */
    size_t facet_count;
    int32_t from, to;                /* days, INT32_MIN and INT32_MAX when open */
    const char *from_text, *to_text; /* as given, for the form and the canonical query; NULL when open */
    int64_t as_of;                   /* moment, INT64_MAX for now */
    const char *as_of_text;          /* canonical; NULL for now */
    int32_t known_by;                /* day; looked at only with its text */
    const char *known_by_text;       /* as given; NULL when the second clock is not asked */
    const char *q;                   /* search words, NULL when none */
} Filter;

/* Parses a raw query string ("type=ransomware&country=FR,DE"). Keys in `other` (comma list, for example
 * "after,limit,lang") are skipped. BAD_INPUT with problem->field and the allowed values or form. Memory: `arena`. */
bool filter_read(Arena *arena, const Codebook *codebook, Text query, const char *other, Filter *filter,
                 Problem *problem);
/* One part of a query, percent-decoded, '+' as a blank, without blanks around it; false when an escape is broken or the
 * result is not UTF-8 without NUL. */
bool query_decode(Arena *arena, Text raw, Text *text);
/* Canonical: keys sorted, codes sorted and joined by commas, percent-encoded; "" when everything is open. */
void filter_write(Out *out, const Filter *filter);
const FacetChoice *filter_facet(const Filter *filter, const char *key); /* NULL when open */
bool filter_chosen(const Filter *filter, const char *key, const char *code);
