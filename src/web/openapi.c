/* The API's description for tools: OpenAPI 3.1, printed from the route table. */
#include "stats/facet.h"
#include "web/route.h"

typedef struct Key { /* of the query */
    const char *name, *about, *type;
    const char *const *words; /* the only ones it takes, ended by NULL; NULL when it takes others */
} Key;

enum { AS_OF };

/* The filter's keys that are not facets. */
static const Key filter_keys[] = {
    [AS_OF] = { "as_of", "What the register said at the end of that day, or at a moment as 2021-05-09T12:00:00Z.",
                "string", NULL },
    { "from", "First day: YYYY, YYYY-MM or YYYY-MM-DD.", "string", NULL },
    { "to", "Last day: YYYY, YYYY-MM or YYYY-MM-DD.", "string", NULL },
    { "known_by", "What had been said in the world by the end of that day; not together with as_of.", "string", NULL },
    { "q", "Words in the title, the organisation and the place.", "string", NULL },
};

static void add_words(Out *out, const char *const *words)
{
    OUT_LITERAL(out, ",\"enum\":[");
    for (size_t i = 0; words[i]; i++) {
        out_raw(out, ",", i ? 1 : 0);
        out_json(out, words[i]);
    }
    OUT_LITERAL(out, "]");
}

static void add_key(Out *out, const Key *key, bool *first)
{
    out_raw(out, ",", *first ? 0 : 1);
    *first = false;
    OUT_LITERAL(out, "\n{\"name\":");
    out_json(out, key->name);
    OUT_LITERAL(out, ",\"in\":\"query\",\"required\":false,\"description\":");
    out_json(out, key->about);
    OUT_LITERAL(out, ",\"schema\":{\"type\":");
    out_json(out, key->type);
    if (key->words)
        add_words(out, key->words);
    OUT_LITERAL(out, "}}");
}

static void add_filter(Out *out, const Request *request, bool *first)
{
    const Codebook *codebook = request->app->site->codebook;
    for (size_t i = 0; i < COUNT_OF(filter_keys); i++)
        add_key(out, &filter_keys[i], first);
    for (size_t i = 0; i < FIXED_FACETS; i++) {
        const char *about = arena_format(request->arena, "One or more, joined by commas: %s.",
                                         facet_allowed(codebook, &facet_info[i], request->arena));
        add_key(out, &(Key){ facet_info[i].key, about, "string", NULL }, first);
    }
}

static const char *type_of(const OwnKey *key)
{
    return key->most && !key->words ? "integer" : "string";
}

static void add_keys(Out *out, const Request *request, const Route *route)
{
    bool first = true;
    OUT_LITERAL(out, ",\"parameters\":[");
    if (strchr(route->path, '#')) {
        OUT_LITERAL(out, "\n{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"description\":\"Its number.\","
                         "\"schema\":{\"type\":\"integer\",\"minimum\":1}}");
        first = false;
    } else if (strchr(route->path, '*')) {
        OUT_LITERAL(out, "\n{\"name\":\"name\",\"in\":\"path\",\"required\":true,\"description\":\"Its name in the "
                         "list: the member actor.\",\"schema\":{\"type\":\"string\",\"minLength\":1}}");
        first = false;
    }
    for (size_t i = 0; i < own_key_count; i++)
        if (route_takes(route, &own_keys[i]))
            add_key(out, &(Key){ own_keys[i].key, own_keys[i].about, type_of(&own_keys[i]), own_keys[i].words },
                    &first);
    if (route->asks == ASKS_MOMENT)
        add_key(out, &filter_keys[AS_OF], &first);
    if (route->asks == ASKS_FILTER)
        add_filter(out, request, &first);
    OUT_LITERAL(out, "]");
}

static void add_schema(Out *out, const Route *route)
{
    Text rest = text_of(route->members), member;
    OUT_LITERAL(out, "{\"type\":\"object\",\"required\":[");
    for (bool first = true; text_split(&rest, ' ', &member); first = false) {
        out_raw(out, ",", first ? 0 : 1);
        out_json_text(out, member);
    }
    OUT_LITERAL(out, "]}");
}

static void add_answers(Out *out, const Route *route, bool csv)
{
    OUT_LITERAL(out, ",\"responses\":{\"200\":{\"description\":\"The answer.\",\"content\":{");
    if (csv) {
        OUT_LITERAL(out, "\"text/csv\":{\"schema\":{\"type\":\"string\"}}");
    } else {
        OUT_LITERAL(out, "\"application/json\":{\"schema\":");
        add_schema(out, route);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "}},\n\"4XX\":{\"$ref\":\"#/components/responses/Problem\"},"
                     "\"503\":{\"$ref\":\"#/components/responses/Problem\"}}");
}

/* "get-incidents", "one-of-incidents", "get-incidents-csv". */
static const char *name_of(const Request *request, const Route *route, bool csv)
{
    static const char prefix[] = "/api/v1/";
    Text name = text_of(route->path + sizeof prefix - 1);
    size_t slash = text_find(name, "/");
    return arena_format(request->arena, "%s%.*s%s", slash < name.length ? "one-of-" : "get-", (int)slash, name.at,
                        csv ? "-csv" : "");
}

static void add_operation(Out *out, const Request *request, const Route *route, bool csv)
{
    const char *path = route_template(request->arena, route);
    out_json(out, csv ? arena_format(request->arena, "%s.csv", path) : path);
    OUT_LITERAL(out, ":{\"get\":{\"operationId\":");
    out_json(out, name_of(request, route, csv));
    OUT_LITERAL(out, ",\"summary\":");
    out_json(out, route->about);
    if (route->deprecated)
        OUT_LITERAL(out, ",\"deprecated\":true");
    add_keys(out, request, route);
    add_answers(out, route, csv);
    OUT_LITERAL(out, "}}");
}

bool answer_openapi(Request *request, Reply *reply, Problem *problem)
{
    Out *out = &reply->body;
    bool first = true;
    (void)problem;
    reply->type = "application/json";
    OUT_LITERAL(
        out,
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Vigie\",\"version\":\"1\",\"summary\":\"The open register of "
        "cyberattacks on health care\",\"license\":{\"name\":\"Licences stand with each source\","
        "\"identifier\":\"CC-BY-4.0\"}},\n\"servers\":[{\"url\":");
    out_json(out, request->app->site->address);
    OUT_LITERAL(out, "}],\n\"security\":[],\n\"paths\":{");
    for (size_t i = 0; i < route_count; i++) {
        if (!route_table[i].about)
            continue;
        out_raw(out, ",\n", first ? 0 : 2);
        first = false;
        add_operation(out, request, &route_table[i], false);
        if (!strstr(route_table[i].extensions, "csv"))
            continue;
        OUT_LITERAL(out, ",\n");
        add_operation(out, request, &route_table[i], true);
    }
    OUT_LITERAL(
        out,
        "},\n\"components\":{\"responses\":{\"Problem\":{\"description\":\"RFC 9457: what is wrong, and which field.\","
        "\"content\":{\"application/problem+json\":{\"schema\":{\"type\":\"object\",\"required\":[\"type\",\"title\","
        "\"status\",\"detail\"],\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
        "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},\"field\":{\"type\":\"string\"}}}}}}}}}\n");
    return true;
}
