#include "publish/subdivision.h"

static const struct {
    const char *code, *name;
} subdivisions[] = {
#define SUBDIVISION(code, name) { code, name },
#include "publish/subdivisions.def"
#undef SUBDIVISION
};

const char *subdivision_name(const Language *language, const char *code)
{
    for (size_t i = 0; i < COUNT_OF(subdivisions); i++)
        if (strcmp(subdivisions[i].code, code) == 0)
            return say(language, subdivisions[i].name);
    return code;
}
