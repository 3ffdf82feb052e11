/* A query string from anybody must never crash the program, and what was understood must mean the same when its
 * canonical form is read again. */
#include "fuzz.h"
#include "stats/filter.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT first = { 0 };
    AUTO_OUT second = { 0 };
    Problem problem = { 0 };
    Filter filter, again;
    if (!filter_read(arena, fuzz_codebook(), (Text){ (const char *)bytes, size }, "after,lang", &filter, &problem)) {
        if (!problem.kind || !problem.message[0])
            abort();
        return 0;
    }
    filter_write(&first, &filter);
    if (first.length > FILTER_QUERY_MAX) /* escapes can make it longer than what is read */
        return 0;
    if (!filter_read(arena, fuzz_codebook(), out_view(&first), NULL, &again, &problem))
        abort();
    filter_write(&second, &again);
    if (!text_equal(out_view(&first), out_view(&second)))
        abort();
    return 0;
}
