#include "publish/problem_json.h"

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
        "\"pointer\":{\"type\":\"string\",\"description\":\"JSON Pointer of the place in what was sent.\"}}}}}}");
}
