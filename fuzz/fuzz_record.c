/* What a partner sends must never crash the program; and what is taken must come back from the journal's form as it
 * was. */
#include "fuzz.h"
#include "intake/partner.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT first = { 0 };
    AUTO_OUT second = { 0 };
    Problem problem = { 0 };
    Arrived arrived;
    Record again;
    char pointer[POINTER_SIZE];
    Arrival arrival = { "partner", TLP_GREEN, { (const char *)bytes, size } };
    if (!partner_read(arena, fuzz_codebook(), &arrival, &arrived, pointer, &problem)) {
        if (!problem.kind || !problem.message[0] || (*pointer && *pointer != '/'))
            abort();
        return 0;
    }
    record_write(&first, &arrived.record);
    if (!record_read(arena, out_view(&first), &again, &problem))
        abort();
    record_write(&second, &again);
    if (!text_equal(out_view(&first), out_view(&second)))
        abort();
    return 0;
}
