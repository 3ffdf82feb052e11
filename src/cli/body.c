#include "cli/body.h"

#include "base/json.h"
#include "base/sys.h"
#include "domain/record.h"

bool body_read(const Call *call, const char *path, Text *body, Problem *problem)
{
    Text text;
    AUTO_OUT out = { 0 };
    if (!sys_read_file(call->arena, path, RECORD_BYTES_MAX, &text, problem))
        return false;
    AUTO_JSON *json = json_parse(text, problem);
    if (!json)
        return false;
    json_write(&out, json);
    *body = text_of(arena_text(call->arena, out_view(&out)));
    return true;
}
