/* Whatever bytes come as a checkpoint: no fault, and nothing passes that the key has not signed. */
#include "fuzz.h"
#include "store/log.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static SigningKey key = { .name = "example.org/log" };
    Problem problem = { 0 };
    Checkpoint checkpoint;
    if (!seal_start(&problem))
        abort();
    if (checkpoint_read(&key, (Text){ (const char *)bytes, size }, &checkpoint, &problem))
        abort(); /* the key is all zeros: there is no signature by it */
    if (problem.kind != PROBLEM_DAMAGED && problem.kind != PROBLEM_BAD_INPUT)
        abort();
    return 0;
}
