/* Candidates over the API: what partners' programs send, and what becomes of it. */
#include "domain/repeat.h"
#include "intake/partner.h"
#include "publish/problem_json.h"
#include "work/api.h"
#include "work/flight.h"
#include "work/pages.h"

enum { PAGE_MOST = 100, UNPROCESSABLE = 422 };

static void put_candidate(Out *out, const PartnerCandidate *candidate)
{
    char moment[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, "{\"external\":");
    out_json(out, candidate->external);
    OUT_LITERAL(out, ",\"id\":");
    out_int(out, candidate->id);
    OUT_LITERAL(out, ",\"incident\":");
    if (candidate->incident)
        out_int(out, candidate->incident);
    else
        OUT_LITERAL(out, "null");
    OUT_LITERAL(out, ",\"reason\":");
    out_json(out, candidate->reason);
    OUT_LITERAL(out, ",\"received\":");
    out_json(out, moment_write(candidate->received, moment));
    OUT_LITERAL(out, ",\"state\":");
    out_json(out, candidate->state);
    OUT_LITERAL(out, ",\"tlp\":");
    out_json(out, tlp_words[candidate->mark]);
    OUT_LITERAL(out, "}");
}

/* What the token may see. */
static PartnerPage page_of(const WorkRequest *request, int64_t after)
{
    return (PartnerPage){ request->bearer.account, after, PAGE_MOST + 1, request->ceiling };
}

/* That the token was used to read, in a transaction of its own. */
static bool note_reading(const WorkRequest *request, const char *subject, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    Store *work = writing.store;
    AUTO_UNDO *undo = work;
    TokenUse use = { "candidate.read", subject,
                     arena_format(request->arena, "{\"token\":%lld}", (long long)request->bearer.id) };
    return store_begin(work, problem) && token_used(work, &request->bearer, request->now, &use, problem) &&
           store_commit(work, problem);
}

static const char *subject_of(const WorkRequest *request, int64_t candidate)
{
    return arena_format(request->arena, "candidate/%lld", (long long)candidate);
}

bool api_candidate(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    PartnerCandidate candidate;
    int64_t id = 0;
    const PartnerPage page = page_of(request, 0);
    (void)text_int(request->parts[3], &id); /* the route has seen that it is a number */
    if (!reader_take(request, &reader, problem) ||
        !partner_find(request->arena, reader.store, &page, id, &candidate, problem) ||
        !note_reading(request, subject_of(request, id), problem))
        return false;
    reply->type = "application/json";
    put_candidate(&reply->body, &candidate);
    OUT_LITERAL(&reply->body, "\n");
    return true;
}

bool api_candidates(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    PartnerCandidates found;
    Out *out = &reply->body;
    const char *behind = sent(request, "after");
    int64_t after = 0;
    if (*behind && (!text_int(text_of(behind), &after) || after < 0))
        return fail_field(problem, PROBLEM_BAD_INPUT, "after", "'%.40s' is no number of a candidate", behind);
    const PartnerPage page = page_of(request, after);
    if (!reader_take(request, &reader, problem) ||
        !partner_list(request->arena, reader.store, &page, &found, problem) ||
        !note_reading(request, arena_format(request->arena, "account/%s", request->bearer.name), problem))
        return false;
    reply->type = "application/json";
    OUT_LITERAL(out, "{\"candidates\":[");
    for (size_t i = 0; i < MIN(found.count, (size_t)PAGE_MOST); i++) {
        out_raw(out, ",\n", i ? 2 : 0);
        put_candidate(out, &found.items[i]);
    }
    OUT_LITERAL(out, "],\"next\":");
    out_json(out, found.count > PAGE_MOST ? arena_format(request->arena, "/api/v1/candidates?after=%lld",
                                                         (long long)found.items[PAGE_MOST - 1].id)
                                          : NULL);
    OUT_LITERAL(out, "}\n");
    return true;
}

/* The key of the header: a string as RFC 8941 writes it, or, because many clients write it so, without quotes. */
static const char *key_of(const WorkRequest *request)
{
    Text key = text_trim(text_of(request->idempotency));
    if (key.length >= 2 && key.at[0] == '"' && key.at[key.length - 1] == '"')
        key = text_slice(key, 1, key.length - 2);
    for (size_t i = 0; i < key.length; i++)
        if (key.at[i] <= ' ' || key.at[i] > '~' || strchr("\"\\,;", key.at[i]))
            return NULL;
    return key.length > 0 && key.length <= REPEAT_KEY_MOST ? arena_text(request->arena, key) : NULL;
}

static void hash_sent(const WorkRequest *request, Hash *hash)
{
    Hashing hashing;
    hash_start(&hashing);
    hash_add(&hashing, text_of("POST "));
    hash_add(&hashing, text_of(request->path));
    hash_add(&hashing, text_of("\n"));
    hash_add(&hashing, request->body);
    hash_end(&hashing, hash);
}

static bool refuse(WorkReply *reply, int status, const char *word, const char *detail)
{
    reply->status = status;
    reply->type = PROBLEM_JSON_TYPE;
    problem_json(&reply->body, &(Told){ .word = word, .status = status, .detail = detail });
    return true;
}

static bool give(const WorkRequest *request, const Repeat *repeat, WorkReply *reply)
{
    reply->status = repeat->status;
    reply->type = "application/json";
    reply->location = api_address(request, repeat->candidate);
    out_raw(&reply->body, repeat->answer, strlen(repeat->answer));
    return true;
}

/* "added" and so on, which the partner is told with the candidate's state. */
static const char *fate_words[] = {
    [PARTNER_ADDED] = "added", [PARTNER_CHANGED] = "changed", [PARTNER_UNCHANGED] = "unchanged"
};

static const char *answer_of(const WorkRequest *request, const PartnerCandidate *candidate, PartnerFate fate)
{
    AUTO_OUT out = { 0 };
    OUT_LITERAL(&out, "{\"candidate\":");
    put_candidate(&out, candidate);
    OUT_LITERAL(&out, ",\"outcome\":");
    out_json(&out, fate_words[fate]);
    OUT_LITERAL(&out, "}\n");
    return arena_text(request->arena, out_view(&out));
}

static bool note_sending(const WorkRequest *request, Store *work, const Repeat *repeat, PartnerFate fate,
                         Problem *problem)
{
    char digits[2 * HASH_SIZE + 1];
    hash_hex(&repeat->sent, digits);
    TokenUse use = { "candidate.send", subject_of(request, repeat->candidate),
                     arena_format(request->arena, "{\"outcome\":\"%s\",\"sent\":\"%s\",\"token\":%lld}",
                                  fate_words[fate], digits, (long long)request->bearer.id) };
    return token_used(work, &request->bearer, request->now, &use, problem);
}

/* Candidate, answer and deed in one transaction. */
static bool store(const WorkRequest *request, const Arrived *arrived, Repeat *repeat, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    Store *work = writing.store;
    AUTO_UNDO *undo = work;
    PartnerFate fate;
    PartnerCandidate candidate;
    const PartnerPage page = page_of(request, 0);
    Sending sending = { request->bearer.account, request->bearer.name, request->now,    request->body,
                        &arrived->record,        arrived->mark,        request->ceiling };
    if (!store_begin(work, problem) ||
        !partner_store(request->arena, work, &sending, &repeat->candidate, &fate, problem) ||
        !partner_find(request->arena, work, &page, repeat->candidate, &candidate, problem))
        return false;
    repeat->status = fate == PARTNER_ADDED ? 201 : 200;
    repeat->answer = answer_of(request, &candidate, fate);
    return repeat_keep(work, request->now, repeat, problem) && note_sending(request, work, repeat, fate, problem) &&
           store_commit(work, problem);
}

/* What is refused keeps no key: mended, it may be sent with the same one. */
static bool take(WorkRequest *request, Repeat *repeat, WorkReply *reply, Problem *problem)
{
    Arrived arrived;
    char *pointer = arena_take(request->arena, POINTER_SIZE);
    Arrival arrival = { request->bearer.name, request->ceiling, request->body };
    if (!partner_read(request->arena, request->bench->site->codebook, &arrival, &arrived, pointer, problem)) {
        request->pointer = pointer;
        return false;
    }
    return store(request, &arrived, repeat, problem) && give(request, repeat, reply);
}

static bool find_repeat(const WorkRequest *request, Repeat *repeat, Problem *finding, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) &&
           (repeat_find(request->arena, reader.store, request->now, repeat, finding) ||
            finding->kind == PROBLEM_NOT_FOUND || finding->kind == PROBLEM_CONFLICT ||
            fail(problem, finding->kind, "%s", finding->message));
}

/* What was answered before, if the record may still be seen. */
static bool repeat_answer(const WorkRequest *request, const Repeat *repeat, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    PartnerCandidate candidate;
    const PartnerPage page = page_of(request, 0);
    return reader_take(request, &reader, problem) &&
           partner_find(request->arena, reader.store, &page, repeat->candidate, &candidate, problem) &&
           note_reading(request, subject_of(request, repeat->candidate), problem) && give(request, repeat, reply);
}

static bool take_or_repeat(WorkRequest *request, Repeat *repeat, WorkReply *reply, Problem *problem)
{
    Problem finding = { 0 };
    if (!find_repeat(request, repeat, &finding, problem))
        return false;
    if (finding.kind == PROBLEM_CONFLICT)
        return refuse(reply, UNPROCESSABLE, "key-used",
                      "Something else was sent with this Idempotency-Key: give each record a key of its own.");
    if (finding.kind == PROBLEM_NOT_FOUND)
        return take(request, repeat, reply, problem);
    return repeat_answer(request, repeat, reply, problem);
}

bool api_candidates_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Repeat repeat = { .token = request->bearer.id, .key = key_of(request) };
    Hash flight;
    if (!repeat.key)
        return refuse(reply, 400, "key-missing",
                      "The header Idempotency-Key is needed: a text of your own, 1 to 128 characters such as "
                      "\"8e03978e-40d5-43e8-bc93-6894a57f9324\", new for each record that is sent.");
    hash_sent(request, &repeat.sent);
    hash_bytes(text_of(arena_format(request->arena, "%lld %s", (long long)repeat.token, repeat.key)), &flight);
    if (!flight_begin(request->bench->flights, &flight))
        return refuse(reply, 409, "key-in-use", "What was sent with this Idempotency-Key is still being taken.");
    bool done = take_or_repeat(request, &repeat, reply, problem);
    flight_end(request->bench->flights, &flight);
    return done;
}
