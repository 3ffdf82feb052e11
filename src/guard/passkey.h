/* Passkey: a key in somebody's device that signs, after the device has checked who asks, what a page of ours gave it.
 * Here the bytes that a browser sends are judged, as Web Authentication (W3C, level 2, sections 7.1 and 7.2) says, by
 * libfido2. Whose passkey it is, and that nothing is taken twice, is domain/passkey.h's part.
 *
 * Who made the device is not asked ("attestation"): a register of volunteers has no list of good makers. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"

enum {
    PASSKEY_ID_MOST = 1023, /* bytes, as CTAP 2 allows */
    PASSKEY_KEY_MOST = 259, /* of RS256 */
    PASSKEY_CLIENT_MOST = 4096,
    PASSKEY_DATA_MOST = 4096,
    PASSKEY_SIGNATURE_MOST = 1024,
};

/* clang-format off */
/*      name        word for the private journal */
#define PASSKEY_FAULTS(FAULT)                                                                               \
    FAULT(FINE,      "fine")                                                                                \
    FAULT(BYTES,     "bytes")     /* not to be read: cut off, too long, of another form */                   \
    FAULT(PURPOSE,   "purpose")   /* made for something else than was asked */                              \
    FAULT(CHALLENGE, "challenge") /* not the challenge of this page, or too old, or taken before */         \
    FAULT(ORIGIN,    "origin")    /* a page of another site asked */                                        \
    FAULT(PARTY,     "party")     /* made for another site */                                               \
    FAULT(PRESENCE,  "presence")  /* nobody touched the device */                                           \
    FAULT(PERSON,    "person")    /* the device has not checked who touched it */                           \
    FAULT(KEY,       "key")       /* no key, or of a kind that is not taken here */                            \
    FAULT(SIGNATURE, "signature")                                                                           \
    FAULT(UNKNOWN,   "unknown")   /* no such passkey of an account that may be used */                      \
    FAULT(COPIED,    "copied")    /* its counter went back: there is a second device with the same key */   \
    FAULT(TWICE,     "twice")     /* to be added, but there already */

typedef enum PasskeyFault {
#define FAULT(name, word) PASSKEY_##name,
    PASSKEY_FAULTS(FAULT)
#undef FAULT
    PASSKEY_FAULT_COUNT
} PasskeyFault;
/* clang-format on */

const char *passkey_fault_word(PasskeyFault fault);

typedef struct PasskeyPlace { /* where passkeys are asked for */
    const char *origin;       /* "https://work.vigie.example:8443" */
    const char *party;        /* "work.vigie.example": devices bind their keys to it */
} PasskeyPlace;

/* Of an address without a path. BAD_INPUT when it is none under which browsers use passkeys: https and a name, or http
 * and localhost. */
bool passkey_place(Arena *arena, const char *address, PasskeyPlace *place, Problem *problem);

typedef struct PasskeyKey {
    Text id;       /* by which its device finds it */
    int algorithm; /* of COSE (RFC 9053): a row of passkey_algorithms */
    Text bytes;    /* the public key: ES256 x and y, EdDSA as it is, RS256 modulus and exponent */
} PasskeyKey;

/* Those that are taken, the best first; ended by 0. */
extern const int passkey_algorithms[];

typedef struct PasskeyAnswer { /* raw, as the browser has it */
    Text client;               /* clientDataJSON */
    Text data;                 /* authenticatorData */
    Text signature;            /* of a use */
} PasskeyAnswer;

bool passkey_start(Problem *problem); /* once, before the process shuts itself in */

/* A new key, in answer to `challenge` (base64url). Memory: `arena`. `counter` as the device has it now. */
PasskeyFault passkey_made(Arena *arena, const PasskeyPlace *place, Text challenge, const PasskeyAnswer *answer,
                          PasskeyKey *key, int64_t *counter);
/* A use of a key. */
PasskeyFault passkey_used(const PasskeyPlace *place, Text challenge, const PasskeyAnswer *answer, const PasskeyKey *key,
                          int64_t *counter);
