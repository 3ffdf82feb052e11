/* The level that is published must never differ from what METHOD.md 6 computes: its vectors are the judge. */
#include "base/json.h"
#include "base/sys.h"
#include "domain/severity.h"
#include "test.h"

static Interval interval_of(const json_t *ends)
{
    return (Interval){ (uint8_t)json_integer_value(json_array_get(ends, 0)),
                       (uint8_t)json_integer_value(json_array_get(ends, 1)) };
}

static int number(const json_t *object, const char *key)
{
    return (int)json_integer_value(json_object_get(object, key));
}

static void test_vector(const json_t *vector, size_t i)
{
    static const char *const keys[DIMENSION_COUNT] = {
        [SERVICE] = "service", [DURATION] = "duration", [VOLUME] = "volume",          [HARM] = "harm",
        [SCALE] = "scale",     [DATA] = "data",         [RECOVERABILITY] = "recover", [SPILLOVER] = "spill",
    };
    Interval dimensions[DIMENSION_COUNT];
    const json_t *in = json_object_get(vector, "in"), *out = json_object_get(vector, "out");
    for (int d = 0; d < DIMENSION_COUNT; d++)
        dimensions[d] = interval_of(json_object_get(in, keys[d]));
    Severity severity = severity_of(dimensions);
    const char *name = json_string_of(vector, "name");
    CHECK(severity.level_low == number(out, "level_lo") && severity.level_high == number(out, "level_hi"),
          "vector %zu %s: level %d to %d", i, name ? name : "", severity.level_low, severity.level_high);
    CHECK(severity.index_low == number(out, "index_lo") && severity.index_high == number(out, "index_hi"),
          "vector %zu: index %d to %d", i, severity.index_low, severity.index_high);
    CHECK(severity.coverage == number(out, "coverage"), "vector %zu: coverage %d", i, severity.coverage);
}

int main(void)
{
    Problem problem = { 0 };
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Text text;
    const char *root = getenv("VIGIE_ROOT");
    if (!sys_read_file(arena, arena_format(arena, "%s/tests/vectors/severity.json", root ? root : "."), 1 << 20, &text,
                       &problem)) {
        CHECK(false, "the vectors are there (%s)", problem.message);
        return DONE();
    }
    AUTO_JSON *document = json_parse(text, &problem);
    const json_t *vectors = json_object_get(document, "vectors");
    CHECK(json_array_size(vectors) == 43, "there are 43 vectors");
    for (size_t i = 0; i < json_array_size(vectors); i++)
        test_vector(json_array_get(vectors, i), i);
    CHECK(strcmp(severity_name(0), "no_effect") == 0 && strcmp(severity_name(5), "catastrophic") == 0, "names");
    return DONE();
}
