/* The description of the partners' API for tools: OpenAPI 3.1, printed from the table of routes, the shape of a record
 * and the codebook. */
#include "publish/problem_json.h"
#include "publish/record_schema.h"
#include "work/pages.h"

static void put_schemas(const WorkRequest *request, Out *out)
{
    OUT_LITERAL(out, "\"schemas\":{\n\"record\":");
    record_schema(out, request->arena, request->bench->site->codebook);
    OUT_LITERAL(
        out,
        ",\n\"candidate\":{\"type\":\"object\",\"required\":[\"external\",\"id\",\"incident\",\"reason\","
        "\"received\",\"state\",\"tlp\"],\"properties\":{\"external\":{\"type\":\"string\"},\"id\":{\"type\":"
        "\"integer\"},"
        "\"incident\":{\"type\":[\"integer\",\"null\"],\"description\":\"Its public number, once it is published.\"},"
        "\"reason\":{\"type\":[\"string\",\"null\"],\"description\":\"Why it was refused.\"},"
        "\"received\":{\"type\":\"string\",\"format\":\"date-time\"},\"state\":{\"type\":\"string\","
        "\"enum\":[\"waiting\",\"in_work\",\"refused\",\"given_up\",\"published\"]},\"tlp\":{\"type\":\"string\","
        "\"enum\":[\"CLEAR\",\"GREEN\"]}}},\n"
        "\"candidates\":{\"type\":\"object\",\"required\":[\"candidates\",\"next\"],\"properties\":{"
        "\"candidates\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/candidate\"}},"
        "\"next\":{\"type\":[\"string\",\"null\"]}}},\n"
        "\"stored\":{\"type\":\"object\",\"required\":[\"candidate\",\"outcome\"],\"properties\":{"
        "\"candidate\":{\"$ref\":\"#/components/schemas/candidate\"},\"outcome\":{\"type\":\"string\","
        "\"enum\":[\"added\",\"changed\",\"unchanged\"]}}}},\n");
}

static void put_answer(Out *out, const char *status, const char *about, const char *schema)
{
    out_json(out, status);
    OUT_LITERAL(out, ":{\"description\":");
    out_json(out, about);
    OUT_LITERAL(out, ",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/");
    out_raw(out, schema, strlen(schema));
    OUT_LITERAL(out, "\"}}}},");
}

static void put_answers(Out *out, const WorkRoute *route)
{
    bool one = strchr(route->path, '#') != NULL;
    OUT_LITERAL(out, ",\"responses\":{");
    if (route->rule.takes == TAKES_JSON) {
        put_answer(out, "201", "A new candidate.", "stored");
        put_answer(out, "200", "It was there: changed, or the same.", "stored");
    } else {
        put_answer(out, "200", "The answer.", one ? "candidate" : "candidates");
    }
    OUT_LITERAL(out, "\"4XX\":{\"$ref\":\"#/components/responses/Problem\"},"
                     "\"503\":{\"$ref\":\"#/components/responses/Problem\"}}");
}

static void put_parameters(Out *out, const WorkRoute *route)
{
    Text rest = text_of(route->fields), field;
    OUT_LITERAL(out, ",\"parameters\":[");
    if (route->rule.takes == TAKES_JSON)
        OUT_LITERAL(out,
                    "{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":true,\"description\":\"Your own, "
                    "new for each record; kept for 48 hours.\",\"schema\":{\"type\":\"string\",\"minLength\":1,"
                    "\"maxLength\":128}}");
    if (strchr(route->path, '#'))
        OUT_LITERAL(out, "{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"description\":\"Its number.\","
                         "\"schema\":{\"type\":\"integer\",\"minimum\":1}}");
    while (text_split(&rest, ' ', &field) && field.length) {
        OUT_LITERAL(out, "{\"name\":");
        out_json_text(out, field);
        OUT_LITERAL(out, ",\"in\":\"query\",\"required\":false,\"description\":\"Those behind this number.\","
                         "\"schema\":{\"type\":\"integer\",\"minimum\":0}}");
    }
    OUT_LITERAL(out, "]");
}

static void put_operation(Out *out, const WorkRoute *route)
{
    static const char *const names[] = { "get-candidates", "get-candidate", "send-candidate" };
    bool sends = route->rule.takes == TAKES_JSON;
    out_json(out, sends ? "post" : "get");
    OUT_LITERAL(out, ":{\"operationId\":");
    out_json(out, names[sends ? 2 : strchr(route->path, '#') ? 1 : 0]);
    OUT_LITERAL(out, ",\"summary\":");
    out_json(out, route->about);
    put_parameters(out, route);
    if (sends)
        OUT_LITERAL(out, ",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":{"
                         "\"$ref\":\"#/components/schemas/record\"}}}}");
    put_answers(out, route);
    OUT_LITERAL(out, "}");
}

/* Whether it is the first row of the table with its path. */
static bool opens_path(size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (strcmp(work_routes[i].path, work_routes[place].path) == 0)
            return false;
    return true;
}

static void put_path(Arena *arena, Out *out, size_t place)
{
    const char *path = work_routes[place].path, *number = strchr(path, '#');
    out_json(out, number ? arena_format(arena, "%.*s{id}", (int)(number - path), path) : path);
    OUT_LITERAL(out, ":{");
    put_operation(out, &work_routes[place]);
    for (size_t i = place + 1; i < work_route_count; i++)
        if (strcmp(work_routes[i].path, path) == 0) {
            OUT_LITERAL(out, ",");
            put_operation(out, &work_routes[i]);
        }
    OUT_LITERAL(out, "}");
}

bool work_openapi(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Out *out = &reply->body;
    bool first = true;
    (void)problem;
    reply->type = "application/json";
    OUT_LITERAL(out, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Vigie for partners\",\"version\":\"1\","
                     "\"summary\":\"What contributing partners send to the register\",\"license\":{\"name\":"
                     "\"CC BY 4.0\",\"identifier\":\"CC-BY-4.0\"}},\n\"servers\":[{\"url\":\"/\"}],\n"
                     "\"security\":[{\"token\":[]}],\n\"paths\":{");
    for (size_t i = 0; i < work_route_count; i++) {
        if (!work_routes[i].about || !opens_path(i))
            continue;
        out_raw(out, ",\n", first ? 0 : 2);
        first = false;
        put_path(request->arena, out, i);
    }
    OUT_LITERAL(out,
                "},\n\"components\":{\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}},\n");
    put_schemas(request, out);
    OUT_LITERAL(out, "\"responses\":{");
    problem_response(out);
    OUT_LITERAL(out, "}}}\n");
    return true;
}
