/* The API's description for tools: OpenAPI 3.1, printed from the route table. */
#include "publish/figures_json.h"
#include "publish/problem_json.h"
#include "publish/schema.h"
#include "stats/facet.h"
#include "web/route.h"

typedef struct Key { /* of the query */
    const char *name, *about, *type;
    const char *const *words; /* the only ones it takes, ended by NULL; NULL when it takes others */
    int64_t least, most;      /* of an integer */
} Key;

enum { AS_OF };

/* The filter's keys that are not facets. */
static const Key filter_keys[] = {
    [AS_OF] = { "as_of", "What the register said at the end of that day, or at a moment as 2021-05-09T12:00:00Z.",
                "string", NULL, 0, 0 },
    { "from", "First day: YYYY, YYYY-MM or YYYY-MM-DD.", "string", NULL, 0, 0 },
    { "to", "Last day: YYYY, YYYY-MM or YYYY-MM-DD.", "string", NULL, 0, 0 },
    { "known_by", "What had been said in the world by the end of that day; not together with as_of.", "string", NULL, 0,
      0 },
    { "q", "Words in the title, the organisation, the place and the names of those who are said to have attacked.",
      "string", NULL, 0, 0 },
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
    if (strcmp(key->type, "integer") == 0) {
        OUT_LITERAL(out, ",\"minimum\":");
        out_int(out, key->least);
        OUT_LITERAL(out, ",\"maximum\":");
        out_int(out, key->most);
    }
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
        add_key(out, &(Key){ facet_info[i].key, about, "string", NULL, 0, 0 }, first);
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
                         "list: the member actor or code.\",\"schema\":{\"type\":\"string\",\"minLength\":1}}");
        first = false;
    }
    for (size_t i = 0; i < own_key_count; i++)
        if (route_takes(route, &own_keys[i]))
            add_key(out,
                    &(Key){ own_keys[i].key, own_keys[i].about, type_of(&own_keys[i]), own_keys[i].words,
                            own_keys[i].least, own_keys[i].most },
                    &first);
    if (route->asks == ASKS_MOMENT)
        add_key(out, &filter_keys[AS_OF], &first);
    if (route->asks == ASKS_FILTER)
        add_filter(out, request, &first);
    OUT_LITERAL(out, "]");
}

static const struct {
    const char *word;
    ColumnType type;
} member_types[] = { { "text", COLUMN_TEXT },        { "day", COLUMN_DAY },       { "moment", COLUMN_MOMENT },
                     { "integer", COLUMN_INTEGER },  { "number", COLUMN_NUMBER }, { "objects", COLUMN_OBJECTS },
                     { "integers", COLUMN_INTEGERS } };

/* "integer", "object", "incident" or "[incident]". */
static void add_type(Out *out, Text type)
{
    for (size_t i = 0; i < COUNT_OF(member_types); i++)
        if (text_is(type, member_types[i].word)) {
            schema_type(out, member_types[i].type);
            return;
        }
    if (text_is(type, "object")) {
        OUT_LITERAL(out, "{\"type\":[\"object\",\"null\"]}");
        return;
    }
    bool many = text_starts(type, "[");
    Text name = many ? text_slice(type, 1, type.length - 2) : type;
    if (many)
        OUT_LITERAL(out, "{\"type\":\"array\",\"items\":");
    OUT_LITERAL(out, "{\"$ref\":\"#/components/schemas/");
    out_raw(out, name.at, name.length);
    OUT_LITERAL(out, "\"}");
    out_raw(out, "}", many);
}

typedef enum MemberPart { MEMBER_NAMES, MEMBER_TYPES } MemberPart;

static void add_member(Out *out, Text name, MemberPart part)
{
    if (!strchr("[{", out->text[out->length - 1]))
        OUT_LITERAL(out, ",");
    out_json_text(out, name);
    if (part == MEMBER_TYPES)
        OUT_LITERAL(out, ":");
}

static void add_members(Out *out, const Route *route, MemberPart part)
{
    Text rest = text_of(route->members), member;
    while (text_split(&rest, ' ', &member)) {
        size_t colon = text_find(member, ":");
        bool origin = text_is(member, "origin");
        for (size_t i = 0; origin && i < origin_schema.count; i++) {
            add_member(out, text_of(origin_schema.columns[i].name), part);
            if (part == MEMBER_TYPES)
                schema_type(out, origin_schema.columns[i].type);
        }
        if (origin)
            continue;
        add_member(out, text_slice(member, 0, colon), part);
        if (part == MEMBER_TYPES)
            add_type(out, text_slice(member, colon + 1, member.length));
    }
}

static void add_schema(Out *out, const Route *route)
{
    if (strcmp(route->members, "*figures") == 0) {
        OUT_LITERAL(out, "{\"$ref\":\"#/components/schemas/figures\"}");
        return;
    }
    OUT_LITERAL(out, "{\"type\":\"object\",\"required\":[");
    add_members(out, route, MEMBER_NAMES);
    OUT_LITERAL(out, "],\"properties\":{");
    add_members(out, route, MEMBER_TYPES);
    OUT_LITERAL(out, "}}");
}

static void add_schemas(Out *out)
{
    OUT_LITERAL(out, "\"schemas\":{\n\"figures\":");
    figures_schema(out);
    for (size_t i = 0; i < schema_count; i++) {
        if (schema_table[i]->end == SCHEMA_UNNAMED)
            continue;
        OUT_LITERAL(out, ",\n");
        out_json(out, schema_table[i]->name);
        OUT_LITERAL(out, ":");
        schema_json(out, schema_table[i]);
    }
    OUT_LITERAL(out, "},\n");
}

/* The forms of an answer, each at an address of its own; JSON needs no extension. */
static const struct Form {
    const char *extension, *type;
} forms[] = { { "", "application/json" },
              { "csv", "text/csv" },
              { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" } };

static void add_answers(Out *out, const Route *route, const struct Form *form)
{
    OUT_LITERAL(out, ",\"responses\":{\"200\":{\"description\":\"The answer.\",\"content\":{");
    out_json(out, form->type);
    OUT_LITERAL(out, ":{\"schema\":");
    if (*form->extension)
        OUT_LITERAL(out, "{\"type\":\"string\"}");
    else
        add_schema(out, route);
    OUT_LITERAL(out, "}");
    OUT_LITERAL(out, "}},\n\"4XX\":{\"$ref\":\"#/components/responses/Problem\"},"
                     "\"503\":{\"$ref\":\"#/components/responses/Problem\"}}");
}

/* "get-incidents", "one-of-incidents", "get-incidents-csv". */
static const char *name_of(const Request *request, const Route *route, const struct Form *form)
{
    static const char prefix[] = "/api/v1/";
    Text name = text_of(route->path + sizeof prefix - 1);
    size_t slash = text_find(name, "/");
    return arena_format(request->arena, "%s%.*s%s%s", slash < name.length ? "one-of-" : "get-", (int)slash, name.at,
                        *form->extension ? "-" : "", form->extension);
}

static void add_operation(Out *out, const Request *request, const Route *route, const struct Form *form)
{
    const char *path = route_template(request->arena, route);
    out_json(out, arena_format(request->arena, "%s%s%s", path, *form->extension ? "." : "", form->extension));
    OUT_LITERAL(out, ":{\"get\":{\"operationId\":");
    out_json(out, name_of(request, route, form));
    OUT_LITERAL(out, ",\"summary\":");
    out_json(out, route->about);
    if (route->deprecated)
        OUT_LITERAL(out, ",\"deprecated\":true");
    add_keys(out, request, route);
    add_answers(out, route, form);
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
        for (size_t j = 0; j < COUNT_OF(forms); j++) {
            if (!strstr(route_table[i].extensions, forms[j].extension))
                continue;
            out_raw(out, ",\n", first ? 0 : 2);
            first = false;
            add_operation(out, request, &route_table[i], &forms[j]);
        }
    }
    OUT_LITERAL(out, "},\n\"components\":{");
    add_schemas(out);
    OUT_LITERAL(out, "\"responses\":{");
    problem_response(out);
    OUT_LITERAL(out, "}}}\n");
    return true;
}
