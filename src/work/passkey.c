#include "work/passkey.h"

#include "work/proof.h"
#include "work/talk.h"
#include "work/writer.h"

#define ADDING "add"

static const char *const sentences[PASSKEY_FAULT_COUNT] = {
    [PASSKEY_FINE] = "",
    [PASSKEY_BYTES] = N_("What your browser sent for the passkey cannot be read. Please try again."),
    [PASSKEY_PURPOSE] = N_("What your browser sent was made for something else. Please try again."),
    [PASSKEY_CHALLENGE] = N_("This page was open for too long, or its passkey was taken already. Please try again."),
    [PASSKEY_ORIGIN] = N_("A page of another site asked for this passkey. Was the address right? Nothing was done."),
    [PASSKEY_PARTY] = N_("This passkey was made for another site."),
    [PASSKEY_PRESENCE] = N_("Nobody touched the device of this passkey. Please try again."),
    [PASSKEY_PERSON] = N_("The device has not checked that it is you: it has to ask for a PIN, a finger or a face."),
    [PASSKEY_KEY] = N_("This device makes a kind of key that is not taken here."),
    [PASSKEY_SIGNATURE] = N_("The signature of this passkey does not fit."),
    [PASSKEY_UNKNOWN] = N_("This passkey is not known here, or its account cannot be used."),
    [PASSKEY_COPIED] =
        N_("There is a copy of this passkey: it opens nothing any more. Please go in another way and remove it."),
    [PASSKEY_TWICE] = N_("This device already has a passkey of yours."),
};

bool passkeys_work_here(const WorkRequest *request)
{
    const char *slashes = strstr(request->bench->place.origin, "://");
    return slashes && strcmp(slashes + 3, request->host) == 0;
}

static const char *purpose_of(const WorkRequest *request, const char *use)
{
    return arena_format(request->arena, "passkey %s %s", use, form_token(request));
}

static const char *base64_of(Arena *arena, Text bytes)
{
    size_t size = bytes.length * 4 / 3 + 4;
    char *text = arena_take(arena, size);
    seal_base64url(bytes, text, size);
    return text;
}

static const char *ids_of(Arena *arena, const Passkey *passkeys, size_t count)
{
    AUTO_OUT out = { 0 };
    for (size_t i = 0; i < count; i++) {
        const char *id = base64_of(arena, passkeys[i].key.id);
        if (i)
            OUT_LITERAL(&out, " ");
        out_raw(&out, id, strlen(id));
    }
    return arena_text(arena, out_view(&out));
}

static bool list(const WorkRequest *request, Passkey **passkeys, size_t *count, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) &&
           passkey_list(request->arena, reader.store, request->session.account, passkeys, count, problem);
}

static PasskeyOffer *offer_of(const WorkRequest *request, const char *use)
{
    PasskeyOffer *offer = NEW(request->arena, PasskeyOffer);
    char *challenge = arena_take(request->arena, CHALLENGE_SIZE + 1);
    challenge_make(request->bench->vault, purpose_of(request, use), request->now, challenge);
    *offer = (PasskeyOffer){
        .challenge = challenge,
        .party = request->bench->place.party,
        .script = request->bench->passkey_script,
        .keys = "",
        .owner = "",
        .name = "",
        .nothing = say(request->language, N_("No passkey came from your device. You can try again.")),
        .twice = say(request->language, sentences[PASSKEY_TWICE]),
    };
    return offer;
}

bool passkey_offer(const WorkRequest *request, WorkForm *form, const char *use, Problem *problem)
{
    Passkey *passkeys = NULL;
    size_t count = 0;
    bool inside = request->known && request->session.live;
    if (!passkeys_work_here(request) || (inside && !request->session.has_passkeys))
        return true;
    if (inside && !list(request, &passkeys, &count, problem))
        return false;
    PasskeyOffer *offer = offer_of(request, use);
    offer->keys = ids_of(request->arena, passkeys, count);
    offer->label = say(request->language, N_("Use a passkey"));
    form->passkey = offer;
    return true;
}

bool passkey_offer_new(const WorkRequest *request, WorkForm *form, Problem *problem)
{
    Passkey *passkeys;
    Account account;
    Hash owner;
    size_t count;
    if (!list(request, &passkeys, &count, problem) || !account_of(request, &account, problem))
        return false;
    passkey_owner(&account, &owner);
    PasskeyOffer *offer = offer_of(request, ADDING);
    offer->makes = true;
    offer->keys = ids_of(request->arena, passkeys, count);
    offer->owner = base64_of(request->arena, (Text){ (const char *)owner.bytes, sizeof owner.bytes });
    offer->name = account.name;
    offer->label = say(request->language, N_("Make a passkey"));
    form->passkey = offer;
    return true;
}

bool passkey_was_sent(const WorkRequest *request)
{
    return *sent(request, "passkey.client") != '\0';
}

/* Undoes base64url; false when it is none or has more than `most` bytes. */
static bool read_bytes(const WorkRequest *request, const char *field, size_t most, Text *bytes)
{
    Text text = text_of(sent(request, field));
    char *read = arena_take(request->arena, most + 1);
    *bytes = (Text){ read, 0 };
    return seal_unbase64url(text, read, most, &bytes->length);
}

static bool read_answer(const WorkRequest *request, PasskeyAnswer *answer)
{
    return read_bytes(request, "passkey.client", PASSKEY_CLIENT_MOST, &answer->client) &&
           read_bytes(request, "passkey.data", PASSKEY_DATA_MOST, &answer->data) &&
           read_bytes(request, "passkey.signature", PASSKEY_SIGNATURE_MOST, &answer->signature);
}

/* The challenge that came back, when it is one of ours for this use in this session; else NULL. */
static const char *challenge_of(const WorkRequest *request, const char *use)
{
    const char *challenge = sent(request, "passkey.challenge");
    bool holds = challenge_holds(request->bench->vault, purpose_of(request, use), request->now, text_of(challenge));
    return holds ? challenge : NULL;
}

/* The passkey of the answer; left as it is when there is none such. */
static bool find(const WorkRequest *request, const Passkey **found, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Passkey *passkey = NEW(request->arena, Passkey);
    Problem finding = { 0 };
    Text id;
    if (!read_bytes(request, "passkey.key", PASSKEY_ID_MOST, &id) || !id.length)
        return true;
    if (!reader_take(request, &reader, problem))
        return false;
    if (passkey_find(request->arena, reader.store, id, passkey, &finding))
        *found = passkey;
    return !finding.kind || finding.kind == PROBLEM_NOT_FOUND || fail(problem, finding.kind, "%s", finding.message);
}

static PasskeyFault judge(const WorkRequest *request, PasskeyUse *use)
{
    PasskeyAnswer answer;
    if (!use->challenge)
        return PASSKEY_CHALLENGE;
    if (!read_answer(request, &answer))
        return PASSKEY_BYTES;
    if (!use->passkey)
        return PASSKEY_UNKNOWN;
    if (use->passkey->copied)
        return PASSKEY_COPIED;
    return passkey_used(&request->bench->place, text_of(use->challenge), &answer, &use->passkey->key, &use->counter);
}

static bool settle(WorkRequest *request, const PasskeyUse *use, const Hand *hand, PasskeyFault fault, bool *taken,
                   Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    if (!passkey_take(writing.store, hand, use, &fault, problem))
        return false;
    *taken = fault == PASSKEY_FINE;
    if (!*taken)
        fault_add(request, "", say(request->language, sentences[fault]));
    return true;
}

bool passkey_proves(WorkRequest *request, const char *use, bool *taken, Problem *problem)
{
    Hand hand = hand_of(request);
    PasskeyUse asked = { .account = request->session.name,
                         .challenge = challenge_of(request, use),
                         .session = request->session.id };
    if (!find(request, &asked.passkey, problem))
        return false;
    if (asked.passkey && asked.passkey->account != request->session.account)
        asked.passkey = NULL;
    return settle(request, &asked, &hand, judge(request, &asked), taken, problem);
}

/* The account of a passkey, when it may be used and the device has named it. */
static bool find_owner(const WorkRequest *request, const Passkey *passkey, Account *account, bool *may,
                       Problem *problem)
{
    AUTO_READER reader = { 0 };
    Hash owner;
    Text named;
    *may = false;
    if (!passkey)
        return true;
    if (!reader_take(request, &reader, problem) ||
        !account_at(request->arena, reader.store, passkey->account, account, problem))
        return false;
    passkey_owner(account, &owner);
    *may = account_opens(account, request->now) && read_bytes(request, "passkey.owner", sizeof owner.bytes, &named) &&
           seal_same(named, (Text){ (const char *)owner.bytes, sizeof owner.bytes });
    return true;
}

bool passkey_opens(WorkRequest *request, const char *token, bool *taken, Problem *problem)
{
    Hand hand = { .author = "nobody", .now = request->now };
    PasskeyUse asked = { .challenge = challenge_of(request, "login"), .agent = request->agent };
    Account account = { 0 };
    Hash hash;
    bool may;
    token_hash(token, &hash);
    asked.token = &hash;
    if (!find(request, &asked.passkey, problem) || !find_owner(request, asked.passkey, &account, &may, problem))
        return false;
    asked.account = account.name;
    if (!may)
        asked.passkey = NULL;
    PasskeyFault fault = judge(request, &asked);
    if (fault == PASSKEY_FINE)
        hand.author = account.name;
    return settle(request, &asked, &hand, fault, taken, problem);
}

static bool add(WorkRequest *request, const PasskeyAddition *addition, PasskeyFault *fault, RecoverySheet *sheet,
                Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    return passkey_add(writing.store, &hand, addition, fault, sheet, problem);
}

bool passkey_added(WorkRequest *request, const char *name, bool *taken, RecoverySheet *sheet, Problem *problem)
{
    Account account;
    PasskeyKey key;
    PasskeyAnswer answer;
    PasskeyAddition addition = { .account = &account, .session = request->session.id, .name = name, .key = &key };
    PasskeyFault fault = PASSKEY_CHALLENGE;
    addition.challenge = challenge_of(request, ADDING);
    sheet->made = false;
    if (!account_of(request, &account, problem))
        return false;
    if (addition.challenge)
        fault = read_answer(request, &answer)
                    ? passkey_made(request->arena, &request->bench->place, text_of(addition.challenge), &answer, &key,
                                   &addition.counter)
                    : PASSKEY_BYTES;
    if (fault == PASSKEY_FINE && !add(request, &addition, &fault, sheet, problem))
        return false;
    *taken = fault == PASSKEY_FINE;
    if (!*taken)
        fault_add(request, "", say(request->language, sentences[fault]));
    return true;
}
