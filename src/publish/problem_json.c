#include "publish/problem_json.h"

static void put_allowed(Out *out, const Choices *allowed)
{
    OUT_LITERAL(out, ",\"allowed\":[");
    for (size_t i = 0; i < allowed->count; i++) {
        out_raw(out, ",", i ? 1 : 0);
        out_json(out, allowed->items[i].code);
    }
    OUT_LITERAL(out, "]");
}

void problem_json(Out *out, const Told *told)
{
    OUT_LITERAL(out, "{\"type\":\"urn:vigie:problem:");
    out_raw(out, told->word, strlen(told->word));
    OUT_LITERAL(out, "\",\"title\":");
    out_json(out, told->word);
    OUT_LITERAL(out, ",\"status\":");
    out_int(out, told->status);
    OUT_LITERAL(out, ",\"detail\":");
    out_json(out, told->detail);
    if (told->field && *told->field) {
        OUT_LITERAL(out, ",\"field\":");
        out_json(out, told->field);
    }
    if (told->allowed && told->allowed->count)
        put_allowed(out, told->allowed);
    if (told->pointer) {
        OUT_LITERAL(out, ",\"pointer\":");
        out_json(out, told->pointer);
    }
    OUT_LITERAL(out, "}\n");
}

void problem_response(Out *out)
{
    OUT_LITERAL(
        out,
        "\"Problem\":{\"description\":\"RFC 9457: what is wrong, and which field.\","
        "\"content\":{\"application/problem+json\":{\"schema\":{\"type\":\"object\",\"required\":[\"type\",\"title\","
        "\"status\",\"detail\"],\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
        "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},\"field\":{\"type\":\"string\"},"
        "\"allowed\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"description\":\"The values that the field "
        "takes, "
        "when they are a list.\"},"
        "\"pointer\":{\"type\":\"string\",\"description\":\"JSON Pointer of the place in what was sent.\"}}}}}}");
}
