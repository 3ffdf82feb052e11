/* What must never happen: somebody sees or does something at the workbench that role, session or form do not allow; or
 * an address exists that nobody has thought about. Every route is walked for every role and every combination of what
 * can stand in the way; what must come out is in tests/access.txt, which knows nothing of the program. */
#include "base/sys.h"
#include "test.h"
#include "work/route.h"

enum { OBSTACLES = 13, COLUMNS = 12, LINES_MAX = 1000, COMBINATIONS = 1 << OBSTACLES };

/* The places of the columns of access.txt. */
enum {
    FOREIGN,
    BIG,
    OFTEN,
    FIELD,
    NOT_LIVE,
    DISABLED,
    TOKEN,
    CODE,
    TEMPORARY,
    NO_CODES,
    ROLE_COLUMN,
    UNPROVEN,
    NO_SCOPE
};

typedef struct Expectation {
    Text method, path, roles;
    char cells[OBSTACLES];
    bool met; /* there is such a route */
} Expectation;

static Expectation expectations[LINES_MAX];
static size_t expectation_count;

static Text word(Text *rest)
{
    Text one = { 0 };
    while (text_split(rest, ' ', &one) && one.length == 0)
        continue;
    return one;
}

static bool read_line(Text line)
{
    Expectation *one = &expectations[expectation_count++];
    *one = (Expectation){ .method = word(&line) };
    one->path = word(&line);
    one->roles = word(&line);
    for (size_t i = 0; i < OBSTACLES; i++) {
        Text cell = word(&line);
        if (cell.length != 1 && !(cell.length == 0 && i >= COLUMNS))
            return false;
        one->cells[i] = cell.length ? cell.at[0] : '.';
    }
    return word(&line).length == 0;
}

static bool read_oracle(Arena *arena)
{
    Problem problem = { 0 };
    Text rest, line;
    bool good = sys_read_file(arena, "tests/access.txt", 1 << 20, &rest, &problem);
    while (good && text_split(&rest, '\n', &line) && expectation_count < LINES_MAX)
        good = line.length == 0 || line.at[0] == '#' || read_line(line);
    return good;
}

static Expectation *expectation_of(const WorkRoute *route, AccountRole role)
{
    for (size_t i = 0; i < expectation_count; i++) {
        Text roles = expectations[i].roles, one;
        if (!text_is(expectations[i].method, route->method) || !text_is(expectations[i].path, route->path))
            continue;
        while (text_split(&roles, ',', &one))
            if (text_is(one, account_roles[role].word))
                return &expectations[i];
    }
    return NULL;
}

/* A code and none to give cannot both stand in the way. */
static bool is_possible(unsigned obstacles)
{
    return !(obstacles & 1u << CODE && obstacles & 1u << NO_CODES) && obstacles & 1u << ROLE_COLUMN;
}

static AccessFacts facts_of(const AccessRule *rule, AccountRole role, unsigned obstacles)
{
    return (AccessFacts){ .foreign = obstacles & 1u << FOREIGN,
                          .body = obstacles & 1u << BIG ? rule->body_most + 1 : rule->body_most,
                          .often = obstacles & 1u << OFTEN,
                          .fields_known = !(obstacles & 1u << FIELD),
                          .live = !(obstacles & 1u << NOT_LIVE),
                          .disabled = obstacles & 1u << DISABLED,
                          .token_good = !(obstacles & 1u << TOKEN),
                          .role = role,
                          .has_second = !(obstacles & 1u << NO_CODES),
                          .second = !(obstacles & (1u << CODE | 1u << NO_CODES)),
                          .temporary = obstacles & 1u << TEMPORARY,
                          .proven = !(obstacles & 1u << UNPROVEN),
                          .scopes = obstacles & 1u << NO_SCOPE ? ~rule->scope : rule->scope };
}

static const char *expected(const Expectation *one, unsigned obstacles)
{
    static const char letters[] = "XBOFLTCPSRQKG";
    static const char *const words[] = { "FOREIGN",  "BIG",    "OFTEN", "FIELD", "LOGIN",  "STALE", "CODE",
                                         "PASSWORD", "SET_UP", "ROLE",  "PROOF", "BEARER", "SCOPE" };
    for (size_t i = 0; i < OBSTACLES; i++)
        if (obstacles & 1u << i && one->cells[i] != '.')
            return words[strchr(letters, one->cells[i]) - letters];
    return "GRANTED";
}

static void walk(const WorkRoute *route, AccountRole role)
{
    Expectation *one = expectation_of(route, role);
    unsigned tried = 0, wrong = 0, example = 0;
    if (one)
        one->met = true;
    for (unsigned obstacles = 0; one && obstacles < COMBINATIONS; obstacles++) {
        if (!is_possible(obstacles))
            continue;
        AccessFacts facts = facts_of(&route->rule, role, obstacles);
        bool good = strcmp(access_word(access_decide(&route->rule, &facts)), expected(one, obstacles)) == 0;
        example = good || wrong ? example : obstacles;
        wrong += !good;
        tried++;
    }
    CHECK(one && tried == 3072 && !wrong, "%s %s as %s: %u cases, %u wrong, the first with %x", route->method,
          route->path, account_roles[role].word, tried, wrong, example);
}

/* Whoever must not see yet what was coded of a record is told so where everything else is granted, and nowhere earlier
 * in the row than what else stands in the way. */
static void test_blind(void)
{
    for (size_t i = 0; i < work_route_count; i++) {
        const WorkRoute *route = &work_routes[i];
        bool shows = work_route_shows(route) != SHOWS_NO_CODING;
        bool below = strstr(route->path, "/changes/#") || strstr(route->path, "/L/candidates/#");
        bool second = strstr(route->path, "/changes/#/second");
        CHECK(shows == (below && !second), "%s %s %s a coding", route->method, route->path,
              shows ? "shows" : "does not show");
        if (!shows)
            continue;
        AccessFacts facts = facts_of(&route->rule, ACCOUNT_CODER, 0);
        facts.blind = true;
        AccessAnswer blind = access_decide(&route->rule, &facts);
        facts.live = false;
        CHECK(blind == ACCESS_BLIND && access_decide(&route->rule, &facts) == ACCESS_LOGIN, "%s %s hides it: %s",
              route->method, route->path, access_word(blind));
    }
}

static void test_ceiling(void)
{
    const AccessRule red = { .ceiling = TLP_RED }, green = { .ceiling = TLP_GREEN };
    CHECK(access_ceiling(&red, ACCOUNT_CODER) == TLP_AMBER,
          "a coder sees no more than its role may, whatever the page");
    CHECK(access_ceiling(&green, ACCOUNT_LEGAL) == TLP_GREEN, "and nobody more than the page may show");
}

static bool one_letter(const void *unused, Text code)
{
    (void)unused;
    return text_is(code, "en");
}

/* A path, a method, and the route that it must be ("" for none). */
static const struct {
    const char *method, *path, *route;
} paths[] = {
    { "GET", "/", "/" },
    { "HEAD", "/en/login", "/L/login" },
    { "GET", "/en/", "/L/" },
    { "GET", "/en/queue", "/L/queue" },
    { "GET", "/en", "" },
    { "GET", "/de/queue", "" },
    { "GET", "/en/queue/", "" },
    { "GET", "//queue", "" },
    { "GET", "/en/queue/1", "" },
    { "GET", "/en/accounts/7", "/L/accounts/#" },
    { "GET", "/en/accounts/0", "" },
    { "GET", "/en/accounts/-7", "" },
    { "GET", "/en/accounts/7x", "" },
    { "DELETE", "/en/queue", "" },
    { "POST", "/en/queue", "" },
    { "POST", "/en/logout", "/L/logout" },
    { "GET", "/en/logout", "" },
    { "GET", "", "" },
    { "GET", "queue", "" },
    { "GET", "/assets/", "" },
    { "GET", "/assets/work.css", "/assets/*" },
    { "GET", "/en/../en/queue", "" },
    { "GET", "/en/%71ueue", "" },
};

static void test_paths(void)
{
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        RouteFound found = work_route_find(paths[i].method, paths[i].path, one_letter, NULL);
        CHECK(strcmp(found.route ? found.route->path : "", paths[i].route) == 0, "%s %s is %s", paths[i].method,
              paths[i].path, *paths[i].route ? paths[i].route : "nothing");
    }
    CHECK(access_decide(NULL, &(AccessFacts){ 0 }) == ACCESS_NOTHING, "what is no route is nothing");
    CHECK(work_route_find("POST", "/en/queue", one_letter, NULL).other, "another method is told apart from nothing");
}

static void test_fields(void)
{
    static const WorkRoute route = { .rule = { .takes = TAKES_FORM }, .fields = "title tag+ claim.*" };
    static const WorkRoute page = { .rule = { .takes = TAKES_NO_FORM }, .fields = "" };
    CHECK(work_route_takes(&route, TEXT("title"), SENT_FIRST), "a field is taken");
    CHECK(!work_route_takes(&route, TEXT("title"), SENT_AGAIN), "but once");
    CHECK(!work_route_takes(&route, TEXT("titles"), SENT_FIRST), "and not one that begins so");
    CHECK(work_route_takes(&route, TEXT("tag"), SENT_AGAIN), "one with a plus as often as it likes");
    CHECK(!work_route_takes(&route, TEXT("tag+"), SENT_FIRST), "without the plus");
    CHECK(work_route_takes(&route, TEXT("claim.persons"), SENT_AGAIN), "any that begin with a prefix");
    CHECK(!work_route_takes(&route, TEXT("claim"), SENT_FIRST), "with its full stop");
    CHECK(work_route_takes(&route, TEXT("token"), SENT_FIRST) && !work_route_takes(&route, TEXT("token"), SENT_AGAIN),
          "a form's token once");
    CHECK(!work_route_takes(&page, TEXT("token"), SENT_FIRST) && !work_route_takes(&page, TEXT(""), SENT_FIRST),
          "a page takes none");
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    bool read = read_oracle(arena);
    CHECK(read, "the oracle is read: %zu lines", expectation_count);
    if (!read)
        return DONE();
    for (size_t i = 0; i < work_route_count; i++)
        for (int role = 0; role < ACCOUNT_ROLE_COUNT; role++)
            walk(&work_routes[i], (AccountRole)role);
    for (size_t i = 0; i < expectation_count; i++)
        CHECK(expectations[i].met, "line %zu of the oracle is about a route that there is", i + 1);
    test_blind();
    test_ceiling();
    test_paths();
    test_fields();
    return DONE();
}
