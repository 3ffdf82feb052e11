#include "guard/passkey.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include "base/json.h"
#include "guard/cbor.h"
#include "guard/seal.h"

/* Authenticator data: SHA-256 of the party's id, a byte of flags, four of a counter; of a new key its maker's number,
 * its id behind two bytes of length, and the key as CBOR; then extensions as CBOR. */
enum { FLAGS_AT = HASH_SIZE, DATA_LEAST = HASH_SIZE + 5, ID_LENGTH_AT = DATA_LEAST + 16, ID_AT = ID_LENGTH_AT + 2 };

const int passkey_algorithms[] = { COSE_ES256, COSE_EDDSA, COSE_RS256, 0 };

const char *passkey_fault_word(PasskeyFault fault)
{
    static const char *const words[] = {
#define FAULT(name, word) word,
        PASSKEY_FAULTS(FAULT)
#undef FAULT
    };
    return words[fault];
}

static bool is_name(Text host)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    bool letter = false;
    for (size_t i = 0; i < host.length; i++) {
        if (!strchr(plain, host.at[i]))
            return false;
        letter = letter || (host.at[i] >= 'a' && host.at[i] <= 'z');
    }
    return letter && host.length <= 253;
}

static bool is_port(Text port)
{
    int64_t number;
    return port.length && port.at[0] != '+' && text_int(port, &number) && number > 0 && number < 65536;
}

bool passkey_place(Arena *arena, const char *address, PasskeyPlace *place, Problem *problem)
{
    bool secure = text_starts(text_of(address), "https://"), plain = text_starts(text_of(address), "http://");
    Text all = text_of(address), rest = text_slice(all, secure ? 8 : 7, all.length), host = { 0 };
    if (text_ends(rest, "/"))
        rest.length--;
    text_split(&rest, ':', &host);
    bool fits = (secure || (plain && text_is(host, "localhost"))) && is_name(host) && (!rest.at || is_port(rest));
    if (!fits)
        return fail(problem, PROBLEM_BAD_INPUT,
                    "'%.200s' is no address for passkeys: https:// and a name in small letters, perhaps a port, or "
                    "http://localhost",
                    address);
    bool usual = !rest.at || text_is(rest, secure ? "443" : "80"); /* which browsers leave out */
    place->party = arena_text(arena, host);
    place->origin = arena_format(arena, "%s://%s%s%s", secure ? "https" : "http", place->party, usual ? "" : ":",
                                 usual ? "" : arena_text(arena, rest));
    return true;
}

bool passkey_start(Problem *problem)
{
    /* The base point of P-256 (FIPS 186-4): as a key it makes the cryptographic library read all that it needs. */
    static const unsigned char base[] =
        "\x6B\x17\xD1\xF2\xE1\x2C\x42\x47\xF8\xBC\xE6\xE5\x63\xA4\x40\xF2\x77\x03\x7D\x81\x2D\xEB\x33\xA0\xF4\xA1\x39"
        "\x45\xD8\x98\xC2\x96\x4F\xE3\x42\xE2\xFE\x1A\x7F\x9B\x8E\xE7\xEB\x4A\x7C\x0F\x9E\x16\x2B\xCE\x33\x57\x6B\x31"
        "\x5E\xCE\xCB\xB6\x40\x68\x37\xBF\x51\xF5";
    fido_init(0);
    es256_pk_t *key = es256_pk_new();
    bool works = key && es256_pk_from_ptr(key, base, sizeof base - 1) == FIDO_OK;
    es256_pk_free(&key);
    return works || fail(problem, PROBLEM_BROKEN, "the library of passkeys does not start");
}

static PasskeyFault judge_client(const PasskeyPlace *place, Text challenge, Text client, const char *purpose)
{
    Problem unreadable = { 0 };
    if (client.length > PASSKEY_CLIENT_MOST)
        return PASSKEY_BYTES;
    AUTO_JSON *said = json_parse(client, &unreadable);
    const char *type = json_string_of(said, "type"), *made_for = json_string_of(said, "challenge"),
               *origin = json_string_of(said, "origin");
    if (!type || !made_for || !origin)
        return PASSKEY_BYTES;
    if (strcmp(type, purpose) != 0)
        return PASSKEY_PURPOSE;
    if (!challenge.length || !seal_same(challenge, text_of(made_for)))
        return PASSKEY_CHALLENGE;
    bool framed = json_is_true(json_object_get(said, "crossOrigin"));
    return framed || strcmp(origin, place->origin) != 0 ? PASSKEY_ORIGIN : PASSKEY_FINE;
}

static PasskeyFault judge_data(const PasskeyPlace *place, Text data)
{
    Hash party;
    if (data.length < DATA_LEAST || data.length > PASSKEY_DATA_MOST)
        return PASSKEY_BYTES;
    unsigned flags = (unsigned char)data.at[FLAGS_AT];
    hash_bytes(text_of(place->party), &party);
    if (memcmp(data.at, party.bytes, sizeof party.bytes) != 0)
        return PASSKEY_PARTY;
    if (!(flags & CTAP_AUTHDATA_USER_PRESENT))
        return PASSKEY_PRESENCE;
    return flags & CTAP_AUTHDATA_USER_VERIFIED ? PASSKEY_FINE : PASSKEY_PERSON;
}

typedef enum Purpose { TO_MAKE, TO_USE } Purpose;

static size_t has(Text data, unsigned flag)
{
    return (unsigned char)data.at[FLAGS_AT] & flag ? 1 : 0;
}

/* Whether all is there that the flags and lengths of the data claim, and no more. */
static bool is_whole(Text data, Purpose purpose)
{
    size_t behind = DATA_LEAST, new_key = purpose == TO_MAKE;
    if (has(data, CTAP_AUTHDATA_ATT_CRED) != new_key)
        return false;
    if (new_key) {
        if (data.length < ID_AT)
            return false;
        size_t id = (size_t)(unsigned char)data.at[ID_LENGTH_AT] << 8 | (unsigned char)data.at[ID_LENGTH_AT + 1];
        if (!id || id > PASSKEY_ID_MOST || id > data.length - ID_AT)
            return false;
        behind = ID_AT + id;
    }
    return cbor_is_whole(text_slice(data, behind, data.length), new_key + has(data, CTAP_AUTHDATA_EXT_DATA));
}

static PasskeyFault judge(const PasskeyPlace *place, Text challenge, const PasskeyAnswer *answer, Purpose purpose)
{
    const char *type = purpose == TO_MAKE ? "webauthn.create" : "webauthn.get";
    PasskeyFault fault = judge_client(place, challenge, answer->client, type);
    if (fault == PASSKEY_FINE)
        fault = judge_data(place, answer->data);
    if (fault != PASSKEY_FINE)
        return fault;
    return is_whole(answer->data, purpose) ? PASSKEY_FINE : PASSKEY_BYTES;
}

typedef union PublicKey { /* as the library has it; none: `any` is NULL */
    void *any;
    es256_pk_t *es256;
    eddsa_pk_t *eddsa;
    rs256_pk_t *rs256;
} PublicKey;

static void public_end(int algorithm, PublicKey *key)
{
    if (algorithm == COSE_ES256)
        es256_pk_free(&key->es256);
    else if (algorithm == COSE_EDDSA)
        eddsa_pk_free(&key->eddsa);
    else
        rs256_pk_free(&key->rs256);
}

/* False when it is no key of its algorithm, such as a point beside the curve. */
static bool public_read(const PasskeyKey *key, PublicKey *read)
{
    const void *at = key->bytes.at;
    size_t length = key->bytes.length;
    *read = (PublicKey){ NULL };
    switch (key->algorithm) {
    case COSE_ES256:
        read->es256 = es256_pk_new();
        return read->es256 && es256_pk_from_ptr(read->es256, at, length) == FIDO_OK;
    case COSE_EDDSA:
        read->eddsa = eddsa_pk_new();
        return read->eddsa && eddsa_pk_from_ptr(read->eddsa, at, length) == FIDO_OK;
    case COSE_RS256:
        read->rs256 = rs256_pk_new();
        return read->rs256 && rs256_pk_from_ptr(read->rs256, at, length) == FIDO_OK;
    default: return false;
    }
}

static bool is_key(const PasskeyKey *key)
{
    PublicKey read;
    bool good = key->bytes.length <= PASSKEY_KEY_MOST && public_read(key, &read);
    public_end(key->algorithm, &read);
    return good;
}

/* The library reads the key of one algorithm and refuses all others. */
static bool read_key(Arena *arena, int algorithm, Text data, PasskeyKey *key, int64_t *counter)
{
    fido_cred_t *made = fido_cred_new();
    bool good = made && fido_cred_set_type(made, algorithm) == FIDO_OK &&
                fido_cred_set_authdata_raw(made, (const unsigned char *)data.at, data.length) == FIDO_OK;
    if (good) {
        Text id = { (const char *)fido_cred_id_ptr(made), fido_cred_id_len(made) };
        Text bytes = { (const char *)fido_cred_pubkey_ptr(made), fido_cred_pubkey_len(made) };
        *key = (PasskeyKey){ .id = { arena_text(arena, id), id.length },
                             .algorithm = algorithm,
                             .bytes = { arena_text(arena, bytes), bytes.length } };
        *counter = fido_cred_sigcount(made);
    }
    fido_cred_free(&made);
    return good && is_key(key);
}

PasskeyFault passkey_made(Arena *arena, const PasskeyPlace *place, Text challenge, const PasskeyAnswer *answer,
                          PasskeyKey *key, int64_t *counter)
{
    PasskeyFault fault = judge(place, challenge, answer, TO_MAKE);
    if (fault != PASSKEY_FINE)
        return fault;
    for (size_t i = 0; passkey_algorithms[i]; i++)
        if (read_key(arena, passkey_algorithms[i], answer->data, key, counter))
            return PASSKEY_FINE;
    return PASSKEY_KEY;
}

static bool verify(const PasskeyPlace *place, const PasskeyAnswer *answer, int algorithm, const PublicKey *key,
                   int64_t *counter)
{
    fido_assert_t *use = fido_assert_new();
    bool good =
        use && fido_assert_set_count(use, 1) == FIDO_OK && fido_assert_set_rp(use, place->party) == FIDO_OK &&
        fido_assert_set_up(use, FIDO_OPT_TRUE) == FIDO_OK && fido_assert_set_uv(use, FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_clientdata(use, (const unsigned char *)answer->client.at, answer->client.length) == FIDO_OK &&
        fido_assert_set_authdata_raw(use, 0, (const unsigned char *)answer->data.at, answer->data.length) == FIDO_OK &&
        fido_assert_set_sig(use, 0, (const unsigned char *)answer->signature.at, answer->signature.length) == FIDO_OK &&
        fido_assert_verify(use, 0, algorithm, key->any) == FIDO_OK;
    *counter = good ? fido_assert_sigcount(use, 0) : 0;
    fido_assert_free(&use);
    return good;
}

PasskeyFault passkey_used(const PasskeyPlace *place, Text challenge, const PasskeyAnswer *answer, const PasskeyKey *key,
                          int64_t *counter)
{
    PublicKey read;
    PasskeyFault fault = judge(place, challenge, answer, TO_USE);
    if (fault != PASSKEY_FINE)
        return fault;
    if (!answer->signature.length || answer->signature.length > PASSKEY_SIGNATURE_MOST)
        return PASSKEY_BYTES;
    bool good = public_read(key, &read) && verify(place, answer, key->algorithm, &read, counter);
    public_end(key->algorithm, &read);
    return good ? PASSKEY_FINE : PASSKEY_SIGNATURE;
}
