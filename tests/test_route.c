/* What must never happen: an address reaches the wrong answer, or one question has two canonical addresses. */
#include "base/date.h"
#include "test.h"
#include "web/route.h"

static const struct {
    const char *path, *accept, *route; /* route: its path in the table; NULL when there is none */
    const char *extension, *language;
} paths[] = {
    { "/", "fr", "/", "", "fr" },
    { "/", "de, en;q=0.3", "/", "", "en" },
    { "/", "fr;q=0, en;q=0.1", "/", "", "en" },
    { "/", "fr;q=x", "/", "", "en" },
    { "/", ";;,,=,q=", "/", "", "en" },
    { "/en/", "fr", "/L/", "", "en" },
    { "/fr/incidents", "", "/L/incidents", "", "fr" },
    { "/fr/incidents.csv", "", "/L/incidents", "csv", "fr" },
    { "/en/incidents/12", "", "/L/incidents/#", "", "en" },
    { "/en/incidents/12.json", "", "/L/incidents/#", "json", "en" },
    { "/en/figures/by-month.svg", "", "/L/figures/*", "svg", "en" },
    { "/api/v1/figures", "", "/api/v1/figures", "", "en" },
    { "/api/v1/incidents.csv", "fr", "/api/v1/incidents", "csv", "en" },
    { "/assets/site.css", "", "/assets/*", "css", "en" },
    { "/api/v1/incidents/7", "", "/api/v1/incidents/#", "", "en" },
    { "/api/v1/entries/1.csv", "", NULL, NULL, "en" },
    { "/checkpoint", "", "/checkpoint", "", "en" },
    { "/robots.txt", "", "/robots", "txt", "en" },
    { "/en", "", NULL, NULL, "en" },
    { "/fr", "", NULL, NULL, "fr" },
    { "/de/", "", NULL, NULL, "en" },
    { "/en/incidents/", "", NULL, NULL, "en" },
    { "/en/incidents/0", "", NULL, NULL, "en" },
    { "/en/incidents/-1", "", NULL, NULL, "en" },
    { "/en/incidents/1/2", "", NULL, NULL, "en" },
    { "/en/incidents/1x", "", NULL, NULL, "en" },
    { "/en/incidents/99999999999999999999", "", NULL, NULL, "en" },
    { "/en/figures/.svg", "", NULL, NULL, "en" },
    { "//en/", "", NULL, NULL, "en" },
    { "en/", "", NULL, NULL, "en" },
    { "", "", NULL, NULL, "en" },
    { "/en/../incidents", "", NULL, NULL, "en" },
    { "/en/incidents.pdf", "", NULL, NULL, "en" },
    { "*", "", NULL, NULL, "en" },
};

static const struct {
    const char *path, *query, *address; /* address: NULL when the query is refused, naming `field` */
    const char *field;
} queries[] = {
    { "/en/", "", "/en/", NULL },
    { "/en/", "type=&country=&from=&to=&as_of=&q=", "/en/", NULL },
    { "/en/", "type=ransomware&country=fr", "/en/?country=FR&type=ransomware", NULL },
    { "/en/", "country=FR&type=ransomware", "/en/?country=FR&type=ransomware", NULL },
    { "/en/incidents", "page=2&type=ddos", "/en/incidents?type=ddos&page=2", NULL },
    { "/en/incidents", "page=1", "/en/incidents", NULL },
    { "/en/incidents.csv", "bom=1", "/en/incidents.csv?bom=1", NULL },
    { "/api/v1/incidents", "limit=10&cursor=10-5-x", "/api/v1/incidents?limit=10&cursor=10-5-x", NULL },
    { "/en/about", "anything=goes&type=x", "/en/about", NULL },
    { "/en/", "page=2", NULL, "page" },
    { "/en/incidents", "page=-2", NULL, "page" },
    { "/en/incidents", "page=2.5", NULL, "page" },
    { "/en/incidents", "page=99999999999999999999", NULL, "page" },
    { "/api/v1/incidents", "limit=x", NULL, "limit" },
    { "/api/v1/incidents", "cursor=%zz", NULL, "cursor" },
    { "/api/v1/changes", "since=2024&after=5", "/api/v1/changes?after=5&since=2024", NULL },
    { "/api/v1/changes", "after=-5", NULL, "after" },
    { "/en/", "type=ransom", NULL, "type" },
    { "/en/", "bom=1", NULL, "bom" },
    { "/en/incidents", "bom=2", NULL, "bom" },
};

static void check_paths(Arena *arena, const App *app)
{
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        Request request = {
            .app = app, .arena = arena, .path = paths[i].path, .query = "", .accept_language = paths[i].accept
        };
        Problem problem = { 0 };
        bool found = route_find(&request, &problem);
        CHECK(found == (paths[i].route != NULL), "“%s” is %s", paths[i].path, paths[i].route ? "known" : "unknown");
        if (found && paths[i].route)
            CHECK(strcmp(request.route->path, paths[i].route) == 0 && text_is(request.extension, paths[i].extension),
                  "“%s” leads to %s", paths[i].path, request.route->path);
        CHECK(strcmp(request.language->code, paths[i].language) == 0, "“%s” is read in %s", paths[i].path,
              request.language->code);
        CHECK(found || problem.kind == PROBLEM_NOT_FOUND || problem.kind == PROBLEM_NOT_OFFERED, "“%s” says why not",
              paths[i].path);
    }
}

static void check_queries(Arena *arena, const App *app)
{
    for (size_t i = 0; i < COUNT_OF(queries); i++) {
        Request request = {
            .app = app, .arena = arena, .path = queries[i].path, .query = queries[i].query, .accept_language = ""
        };
        Problem problem = { 0 };
        bool read = route_find(&request, &problem) && route_read(&request, &problem);
        if (queries[i].address)
            CHECK(read && strcmp(request.address, queries[i].address) == 0, "%s?%s is %s", queries[i].path,
                  queries[i].query, read ? request.address : problem.message);
        else
            CHECK(!read && strcmp(problem.field, queries[i].field) == 0, "%s?%s is refused for %s", queries[i].path,
                  queries[i].query, problem.field);
    }
}

static void check_table(void)
{
    for (size_t i = 0; i < route_count; i++)
        CHECK(route_table[i].path[0] == '/' && route_table[i].answer && *route_table[i].extensions,
              "the route %s can be answered", route_table[i].path);
}

/* Those who use an address are told in time that it goes. */
static void check_farewell(Arena *arena)
{
    static const Route leaving = { .path = "/api/v1/leaving", .deprecated = "2027-05-01", .sunset = "2028-02-29" };
    const char *deprecation = route_deprecation(arena, &leaving), *sunset = route_sunset(arena, &leaving);
    CHECK(strcmp(deprecation, "@1809129600") == 0, "deprecated from the first second of its day: %s", deprecation);
    CHECK(strcmp(sunset, "Tue, 29 Feb 2028 00:00:00 GMT") == 0, "answered up to its last day: %s", sunset);
    static const Route staying = { .path = "/api/v1/staying" };
    CHECK(!route_deprecation(arena, &staying) && !route_sunset(arena, &staying), "what stays says neither");
    for (size_t i = 0; i < route_count; i++) {
        const Route *route = &route_table[i];
        Span first, last;
        bool told = !route->deprecated || span_read(text_of(route->deprecated), &first);
        bool ends = !route->sunset || (route->deprecated && told && span_read(text_of(route->sunset), &last) &&
                                       last.first >= first.first);
        CHECK(told && ends, "%s is deprecated before it goes", route->path);
    }
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Codebook codebook;
    Site site = { 0 };
    CHECK(codebook_read(arena, codebook_embedded(), &codebook, &problem), "the codebook is read");
    CHECK(languages_open(arena, &site.languages, &problem), "the languages open");
    site.codebook = &codebook;
    const App app = { .site = &site };
    check_paths(arena, &app);
    check_queries(arena, &app);
    check_table();
    check_farewell(arena);
    languages_close(&site.languages);
    return DONE();
}
