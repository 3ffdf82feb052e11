/* Whatever a browser sends as the answer of a device: no fault, no key that could not be kept, and nothing passes as
 * signed that the key has not signed. The bytes are clientDataJSON, authenticatorData and signature, each followed by
 * its length in two bytes; one more byte says for what they are. */
#include "fuzz.h"
#include "guard/passkey.h"
#include "guard/seal.h"

static const PasskeyPlace place = { .origin = "https://work.vigie.example:8443", .party = "work.vigie.example" };
static const char challenge[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v";

/* Cuts a part off the end. */
static Text cut(Text *rest)
{
    if (rest->length < 2)
        return (Text){ rest->at, 0 };
    const unsigned char *end = (const unsigned char *)rest->at + rest->length - 2;
    size_t length = MIN((size_t)end[0] << 8 | end[1], rest->length - 2);
    rest->length -= 2 + length;
    return (Text){ rest->at + rest->length, length };
}

static void make(const PasskeyAnswer *answer)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    PasskeyKey key;
    int64_t counter = -1;
    if (passkey_made(arena, &place, text_of(challenge), answer, &key, &counter) != PASSKEY_FINE)
        return;
    if (!key.id.length || key.id.length > PASSKEY_ID_MOST || !key.bytes.length || key.bytes.length > PASSKEY_KEY_MOST ||
        counter < 0 || counter > UINT32_MAX)
        abort();
}

/* The key is the curve's base point, by which nobody signs. */
static void use(const PasskeyAnswer *answer)
{
    static const char base[] = "\x6B\x17\xD1\xF2\xE1\x2C\x42\x47\xF8\xBC\xE6\xE5\x63\xA4\x40\xF2\x77\x03\x7D\x81\x2D"
                               "\xEB\x33\xA0\xF4\xA1\x39\x45\xD8\x98\xC2\x96\x4F\xE3\x42\xE2\xFE\x1A\x7F\x9B\x8E\xE7"
                               "\xEB\x4A\x7C\x0F\x9E\x16\x2B\xCE\x33\x57\x6B\x31\x5E\xCE\xCB\xB6\x40\x68\x37\xBF\x51"
                               "\xF5";
    const PasskeyKey key = { .id = TEXT("id"), .algorithm = passkey_algorithms[0], .bytes = { base, sizeof base - 1 } };
    int64_t counter;
    PasskeyFault fault = passkey_used(&place, text_of(challenge), answer, &key, &counter);
    if (fault == PASSKEY_FINE || fault >= PASSKEY_FAULT_COUNT)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static bool started;
    Problem problem = { 0 };
    if (!started && !(started = seal_start(&problem) && passkey_start(&problem)))
        abort();
    Text rest = { (const char *)bytes, size };
    bool makes = size && bytes[size - 1] & 1;
    rest.length -= size ? 1 : 0;
    PasskeyAnswer answer = { 0 };
    answer.signature = cut(&rest);
    answer.data = cut(&rest);
    answer.client = cut(&rest);
    makes ? make(&answer) : use(&answer);
    return 0;
}
