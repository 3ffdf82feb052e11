/* A question must never be answered as if it were another one: what a query says is understood or refused, and its
 * canonical form asks the same. */
#include "base/sys.h"
#include "codebook/codebook.h"
#include "stats/filter.h"
#include "test.h"

static const struct {
    const char *name, *query, *canonical;
} understood[] = {
    { "nothing is everything", "", "" },
    { "one code", "type=ransomware", "type=ransomware" },
    { "codes are sorted, without doubles", "type=ransomware,ddos,ransomware", "type=ddos,ransomware" },
    { "repeated keys mean or", "type=ransomware&type=ddos", "type=ddos,ransomware" },
    { "an encoded comma separates", "type=ransomware%2Cddos", "type=ddos,ransomware" },
    { "keys are sorted", "type=ddos&q=clinic&country=FR&from=2021", "country=FR&from=2021&q=clinic&type=ddos" },
    { "empty values are open", "type=&country=&from=&to=&as_of=&q=&severity=", "" },
    { "empty parts are open", "&&type=ddos&&", "type=ddos" },
    { "a key without = is open", "type&country=FR", "country=FR" },
    { "blanks around codes", "country=+fr+,%20De", "country=DE,FR" },
    { "countries in any case", "country=fr,De", "country=DE,FR" },
    { "short verification levels", "verification=v3,v2_probable", "verification=v2_probable,v3_confirmed" },
    { "severity by name", "severity=major,severe", "severity=major,severe" },
    { "a data set", "source=hhs-ocr,starter", "source=hhs-ocr,starter" },
    { "why excluded", "inclusion=excluded_scope", "inclusion=excluded_scope" },
    { "a variable of the codebook", "encryption=yes,stopped", "encryption=stopped,yes" },
    { "a variable that is a fixed key", "attack_type=ddos&sector_group=patient_care", "sector=patient_care&type=ddos" },
    { "both names of one key", "attack_type=ddos&type=fraud", "type=ddos,fraud" },
    { "main type is its own key", "main_type=ddos&type=fraud", "main_type=ddos&type=fraud" },
    { "a year", "from=2021&to=2022", "from=2021&to=2022" },
    { "a month", "from=2021-05&to=2021-05", "from=2021-05&to=2021-05" },
    { "a day", "from=2020-02-29", "from=2020-02-29" },
    { "as of a day", "as_of=2021-05-09", "as_of=2021-05-09" },
    { "as of a moment, in UTC", "as_of=2021-05-09T14:00:00%2B02:00", "as_of=2021-05-09T12%3A00%3A00.000Z" },
    { "known by a day", "known_by=2021-05-09&type=ddos", "known_by=2021-05-09&type=ddos" },
    { "known by a year", "known_by=2021&as_of=", "known_by=2021" },
    { "words with blanks", "q=+H%C3%B4pital+de%20Lyon+", "q=H%C3%B4pital%20de%20Lyon" },
    { "words with a sign", "q=a%26b%3Dc", "q=a%26b%3Dc" },
    { "keys of others", "after=12&lang=fr&type=ddos&limit=nonsense", "type=ddos" },
};

static const struct {
    const char *name, *query, *field, *says; /* says: part of the message */
} refused[] = {
    { "an unknown key", "colour=red", "colour", "not a query key" },
    { "an unknown code", "type=virus", "type", "ransomware, destruction" },
    { "a code in capitals", "type=RANSOMWARE", "type", "ransomware" },
    { "a country by its name", "country=France", "country", "two-letter ISO 3166-1" },
    { "a country that is none", "country=ZZ", "country", "two-letter ISO 3166-1" },
    { "a severity that is none", "severity=huge", "severity", "no_effect, minor" },
    { "a level that is none", "verification=v7", "verification", "v0_unverified" },
    { "a short level elsewhere", "type=dd", "type", "expected" },
    { "a data set with a sign", "source=a/b", "source", "data set" },
    { "a variable that is no list", "title=x", "title", "not a query key" },
    { "a variable that is private", "help_need=x", "help_need", "not a query key" },
    { "a day that does not exist", "from=2021-02-29", "from", "YYYY-MM-DD" },
    { "a quarter", "from=2021-Q2", "from", "YYYY-MM-DD" },
    { "an interval", "to=2021/2022", "to", "YYYY-MM-DD" },
    { "the year zero", "from=0000", "from", "YYYY-MM-DD" },
    { "a short month", "from=2021-5", "from", "YYYY-MM-DD" },
    { "a moment as a start", "from=2021-05-09T12:00:00Z", "from", "YYYY-MM-DD" },
    { "a moment without zone", "as_of=2021-05-09T12:00:00", "as_of", "moment" },
    { "both clocks", "as_of=2021&known_by=2021", "known_by", "one of them only" },
    { "a moment by which it was known", "known_by=2021-05-09T12:00:00Z", "known_by", "YYYY-MM-DD" },
    { "known by two days", "known_by=2021&known_by=2022", "known_by", "twice" },
    { "an end before the start", "from=2022&to=2021", "from", "after" },
    { "two starts", "from=2021&from=2022", "from", "twice" },
    { "two searches", "q=a&q=b", "q", "twice" },
    { "a search for nothing", "q=%21%3F", "q", "letter or digit" },
    { "a broken escape", "type=%4", "type", "percent" },
    { "an escape that is none", "type=%zz", "type", "percent" },
    { "a broken key", "%ff=1", "", "percent" },
    { "a NUL", "q=a%00b", "q", "percent" },
    { "bytes that are not UTF-8", "q=%c3%28", "q", "percent" },
    { "half a surrogate", "q=%ed%a0%80", "q", "percent" },
    { "a sign in place of =", "type%3Dddos", "type=ddos", "not a query key" },
};

static Codebook codebook;

static bool ask(Arena *arena, const char *query, Filter *filter, Problem *problem)
{
    return filter_read(arena, &codebook, text_of(query), "after,limit,lang", filter, problem);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same(const Filter *a, const Filter *b)
{
    bool equal = a->facet_count == b->facet_count && a->from == b->from && a->to == b->to && a->as_of == b->as_of &&
                 same_text(a->from_text, b->from_text) && same_text(a->to_text, b->to_text) &&
                 same_text(a->as_of_text, b->as_of_text) && a->known_by == b->known_by &&
                 same_text(a->known_by_text, b->known_by_text) && same_text(a->q, b->q);
    for (size_t i = 0; equal && i < a->facet_count; i++) {
        equal = strcmp(a->facets[i].key, b->facets[i].key) == 0 && a->facets[i].count == b->facets[i].count;
        for (size_t j = 0; equal && j < a->facets[i].count; j++)
            equal = strcmp(a->facets[i].codes[j], b->facets[i].codes[j]) == 0;
    }
    return equal;
}

static void test_understood(void)
{
    for (size_t i = 0; i < COUNT_OF(understood); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        AUTO_OUT out = { 0 };
        Problem problem = { 0 };
        Filter filter, again;
        const char *canonical = understood[i].canonical;
        bool fine = ask(arena, understood[i].query, &filter, &problem);
        filter_write(&out, &filter);
        CHECK(fine && text_is(out_view(&out), canonical), "%s: \"%.*s\" %s", understood[i].name, (int)out.length,
              out.text ? out.text : "", problem.message);
        fine = fine && filter_read(arena, &codebook, out_view(&out), NULL, &again, &problem);
        CHECK(fine && same(&filter, &again), "%s: its canonical form asks the same", understood[i].name);
    }
}

static void test_refused(void)
{
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Problem problem = { 0 };
        Filter filter;
        bool fine = ask(arena, refused[i].query, &filter, &problem);
        CHECK(!fine && problem.kind == PROBLEM_BAD_INPUT && strcmp(problem.field, refused[i].field) == 0 &&
                  strstr(problem.message, refused[i].says),
              "%s is refused: %s: %s", refused[i].name, problem.field, problem.message);
    }
}

static void test_meaning(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Filter filter;
    CHECK(ask(arena, "from=2020-02&to=2020-02&as_of=2021", &filter, &problem), "dates are read %s", problem.message);
    CHECK(filter.from == day_of(2020, 2, 1) && filter.to == day_of(2020, 2, 29), "a month is all its days");
    CHECK(filter.as_of == (int64_t)day_of(2022, 1, 1) * 86400000 - 1, "as of a year is the end of its last day");
    CHECK(ask(arena, "known_by=2021-02", &filter, &problem) && filter.known_by == day_of(2021, 2, 28),
          "known by a month is known by its last day");
    CHECK(ask(arena, "", &filter, &problem) && filter.from == INT32_MIN && filter.to == INT32_MAX &&
              filter.as_of == INT64_MAX,
          "an open filter is open on both sides and as of now");
    CHECK(ask(arena, "type=ddos,fraud", &filter, &problem) && filter_chosen(&filter, "type", "fraud") &&
              !filter_chosen(&filter, "type", "ransomware") && !filter_chosen(&filter, "country", "FR") &&
              !filter_facet(&filter, "country"),
          "what was chosen is told");
}

static void test_limits(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT query = { 0 };
    Problem problem = { 0 };
    Filter filter;
    OUT_LITERAL(&query, "country=FR");
    for (int i = 0; i < FILTER_VALUES_MAX; i++)
        OUT_LITERAL(&query, ",FR");
    CHECK(!filter_read(arena, &codebook, out_view(&query), NULL, &filter, &problem) &&
              problem.kind == PROBLEM_BAD_INPUT && strcmp(problem.field, "country") == 0,
          "too many values are refused: %s", problem.message);
    problem = (Problem){ 0 };
    out_clear(&query);
    OUT_LITERAL(&query, "q=");
    while (query.length <= FILTER_QUERY_MAX)
        OUT_LITERAL(&query, "a");
    CHECK(!filter_read(arena, &codebook, out_view(&query), NULL, &filter, &problem) && problem.kind == PROBLEM_TOO_LONG,
          "a query that is too long is refused: %s", problem.message);
    problem = (Problem){ 0 };
    out_clear(&query);
    for (size_t e = 0; e < codebook.entity_count; e++)
        for (size_t i = 0; i < codebook.entities[e].variable_count; i++) {
            const Variable *variable = &codebook.entities[e].variables[i];
            if (variable->type != TYPE_ENUM || variable->visibility != VISIBLE_PUBLIC || variable->value_count == 0)
                continue;
            out_url(&query, variable->key);
            OUT_LITERAL(&query, "=");
            out_url(&query, variable->values[0].code);
            OUT_LITERAL(&query, "&");
        }
    CHECK(!filter_read(arena, &codebook, out_view(&query), NULL, &filter, &problem) &&
              problem.kind == PROBLEM_BAD_INPUT && strstr(problem.message, "filters at once"),
          "too many keys are refused: %s", problem.message);
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    if (!codebook_read(arena, codebook_embedded(), &codebook, &problem)) {
        printf("Bail out! %s\n", problem.message);
        return 1;
    }
    test_understood();
    test_refused();
    test_meaning();
    test_limits();
    return DONE();
}
