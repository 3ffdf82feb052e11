#include "guard/challenge.h"

#include "guard/seal.h"

enum { SEALED = sizeof(int64_t) + VAULT_EXTRA };

_Static_assert(SEALED % 3 == 0 && SEALED / 3 * 4 == CHALLENGE_SIZE, "base64 fills it");

void challenge_make(const Vault *vault, const char *purpose, int64_t now, char text[CHALLENGE_SIZE + 1])
{
    unsigned char sealed[SEALED];
    vault_seal(vault, purpose, (Text){ (const char *)&now, sizeof now }, sealed);
    seal_base64url((Text){ (const char *)sealed, sizeof sealed }, text, CHALLENGE_SIZE + 1);
}

bool challenge_holds(const Vault *vault, const char *purpose, int64_t now, Text text)
{
    unsigned char sealed[SEALED];
    Problem problem = { 0 };
    int64_t made;
    size_t length;
    return seal_unbase64url(text, sealed, sizeof sealed, &length) && length == sizeof sealed &&
           vault_unseal(vault, purpose, (Text){ (const char *)sealed, length }, (unsigned char *)&made, &problem) &&
           made <= now && now - made < CHALLENGE_MS;
}
