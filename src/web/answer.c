#include "web/answer.h"

#include "base/sys.h"
#include "http/gzip.h"
#include "http/header.h"
#include "web/fault.h"
#include "web/memento.h"
#include "web/route.h"
#include "web/stream.h"

enum { NO_CONTENT = 204, ADDRESS_MAX = 6000, ETAG_BYTES = 12, ETAG_SIZE = 2 * ETAG_BYTES + 5, GZIP_LEAST = 600 };

static const char METHODS[] = "GET, HEAD, OPTIONS";

typedef struct Talk {
    Arena *arena; /* this struct lives in it */
    const Desk *desk;
    const char *raw; /* the address as it was written */
    Request request;
    Problem problem; /* set at first when method or headers are refused */
    bool begun, made;
    bool kept;      /* what is asked has a past */
    bool preflight; /* OPTIONS: what may be asked here */
    Reply reply;
    bool cached; /* by the key */
    Hash key;
    struct MHD_Connection *connection; /* suspended, while the painters have it */
    unsigned holders;                  /* the exchange itself, and a file that is being sent; always the same thread */
} Talk;

static void *talk_begin(void *site, const char *address)
{
    Arena *arena = arena_new(ARENA_NO_CAP);
    Talk *talk = NEW(arena, Talk);
    const Desk *desk = site;
    const char *question = strchr(address, '?');
    *talk = (Talk){ .arena = arena, .desk = desk, .holders = 1 };
    talk->request = (Request){ .app = desk->app, .arena = arena, .edition = live_hold(desk->app->live) };
    talk->raw = arena_string(arena, address);
    talk->request.path = arena_copy(arena, address, question ? (size_t)(question - address) : strlen(address));
    talk->request.query = arena_string(arena, question ? question + 1 : "");
    return talk;
}

static void talk_end(void *ended)
{
    Talk *talk = ended;
    if (!talk || --talk->holders)
        return;
    edition_release(talk->request.edition);
    arena_free(talk->arena);
}

static bool talk_is_new(const void *talk)
{
    return !((const Talk *)talk)->begun;
}

static bool check_headers(struct MHD_Connection *connection, Problem *problem)
{
    const char *length = header_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    if (!headers_are_fine(connection))
        return fail(problem, PROBLEM_BAD_INPUT, "a header's name is not a token");
    if (*header_of(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING) || (*length && strcmp(length, "0") != 0))
        return fail(problem, PROBLEM_BAD_INPUT, "a question is asked without a body");
    return true;
}

static bool talk_accepts(void *begun, struct MHD_Connection *connection, const char *method)
{
    Talk *talk = begun;
    Request *request = &talk->request;
    Problem *problem = &talk->problem;
    talk->begun = true;
    request->accept_language = arena_string(talk->arena, header_of(connection, MHD_HTTP_HEADER_ACCEPT_LANGUAGE));
    if (strlen(request->path) + strlen(request->query) > ADDRESS_MAX)
        return fail(problem, PROBLEM_TOO_LONG, "the address is longer than %d bytes", ADDRESS_MAX);
    talk->preflight = strcmp(method, "OPTIONS") == 0;
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 && !talk->preflight)
        return fail(problem, PROBLEM_METHOD, "the register is only read: GET and HEAD");
    return check_headers(connection, problem);
}

/* What names an answer: the program's pages, the edition and the canonical address. */
static void name_answer(const Talk *talk, const char *encoding, Hash *hash)
{
    const Request *request = &talk->request;
    const char *text = arena_format(talk->arena, "%s\n%s\n%lld\n%s\n%s", VERSION, request->app->site->style,
                                    (long long)edition_number(request->edition), request->address, encoding);
    hash_bytes(text_of(text), hash);
}

static void write_etag(const Hash *hash, char etag[ETAG_SIZE])
{
    char hex[2 * HASH_SIZE + 1];
    hash_hex(hash, hex);
    (void)snprintf(etag, ETAG_SIZE, "W/\"%.*s\"", 2 * ETAG_BYTES, hex);
}

static bool is_known(struct MHD_Connection *connection, const char *etag)
{
    const char *known = header_of(connection, MHD_HTTP_HEADER_IF_NONE_MATCH);
    return strcmp(known, "*") == 0 || strstr(known, etag + 2) != NULL;
}

static const char *cache_control(Freshness freshness)
{
    switch (freshness) {
    case FRESH_NEVER: return "no-store";
    case FRESH_MINUTE: return "public, max-age=60";
    case FRESH_DAY: return "public, max-age=86400";
    case FRESH_FOREVER: return "public, max-age=31536000, immutable";
    }
    return "no-store";
}

static void add_policies(const Talk *talk, struct MHD_Response *response, const Reply *reply)
{
    const char *type = reply->type;
    bool page = text_starts(text_of(type), "text/html"), picture = text_starts(text_of(type), "image/svg");
    header_policies(response, type, REFERRER_NONE, reply->framing, SCRIPTS_SILENT);
    if (!page)
        header_add(response, "Content-Security-Policy",
                   picture ? talk->desk->picture_policy : "default-src 'none'; frame-ancestors 'none'");
    /* Figures and data are there to be used elsewhere; pages are not to be framed. */
    header_add(response, "Cross-Origin-Resource-Policy",
               page && reply->framing == FRAMED_NOWHERE ? "same-origin" : "cross-origin");
    if (page)
        return;
    header_add(response, "Access-Control-Allow-Origin", "*");
    header_add(response, "Access-Control-Expose-Headers", "Link, ETag, Deprecation, Sunset, Memento-Datetime");
}

/* What a browser asks before a script of another site may read data with headers of its own (Fetch, 4.8). */
static void add_preflight(const Request *request, struct MHD_Response *response)
{
    if (!route_is_shared(request))
        return;
    header_add(response, "Access-Control-Allow-Origin", "*");
    header_add(response, "Access-Control-Allow-Methods", METHODS);
    header_add(response, "Access-Control-Allow-Headers", "*");
    header_add(response, "Access-Control-Max-Age", "86400");
}

/* What is chosen by a reader's header: the language of "/", the moment, the compression. */
static const char *vary_of(const Talk *talk, const Reply *reply)
{
    bool gate = talk->kept && !talk->request.filter.as_of_text;
    if (reply->location)
        return gate ? "Accept-Datetime" : "Accept-Language";
    return gate ? "Accept-Encoding, Accept-Datetime" : "Accept-Encoding";
}

static void add_memento(const Talk *talk, struct MHD_Response *response, const Reply *reply)
{
    if (!talk->kept || reply->status >= 400)
        return;
    header_add(response, "Link", memento_links(&talk->request));
    header_add(response, "Memento-Datetime", reply->status == 200 ? memento_moment(&talk->request) : NULL);
}

static void add_headers(Talk *talk, struct MHD_Response *response, const Reply *reply, const char *etag)
{
    header_add(response, MHD_HTTP_HEADER_CACHE_CONTROL, cache_control(reply->freshness));
    header_add(response, MHD_HTTP_HEADER_VARY, vary_of(talk, reply));
    header_add(response, MHD_HTTP_HEADER_LOCATION, reply->location);
    header_add(response, MHD_HTTP_HEADER_ETAG, reply->status == 200 || reply->status == 304 ? etag : NULL);
    if (reply->type) {
        header_add(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
        add_policies(talk, response, reply);
    }
    if (reply->file_name)
        header_add(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION,
                   arena_format(talk->arena, "attachment; filename=\"%s\"", reply->file_name));
    if (reply->next)
        header_add(response, "Link", arena_format(talk->arena, "<%s>; rel=\"next\"", reply->next));
    add_memento(talk, response, reply);
    if (reply->status == 405 || reply->status == NO_CONTENT)
        header_add(response, MHD_HTTP_HEADER_ALLOW, METHODS);
    if (talk->request.route) {
        header_add(response, "Deprecation", route_deprecation(talk->arena, talk->request.route));
        header_add(response, "Sunset", route_sunset(talk->arena, talk->request.route));
    }
    if (reply->status == 503)
        header_add(response, MHD_HTTP_HEADER_RETRY_AFTER, "5");
}

/* The whole body, which then belongs to the response. */
static struct MHD_Response *whole(Reply *reply, bool gzip, bool *packed, size_t *length)
{
    Out smaller = { 0 };
    *packed = gzip && reply->body.length >= GZIP_LEAST && gzip_whole(out_view(&reply->body), &smaller);
    Out *sent = *packed ? &smaller : &reply->body;
    *length = sent->length;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        sent->length, sent->length ? sent->text : NULL, sent->length ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (response)
        *sent = (Out){ 0 };
    out_free(&smaller);
    return response;
}

static struct MHD_Response *streamed(Talk *talk, Reply *reply, bool gzip)
{
    Stream *stream = stream_begin(&talk->request, reply, gzip ? STREAM_GZIP : STREAM_PLAIN);
    talk->holders++;
    stream_then(stream, talk_end, talk);
    return stream_response(stream);
}

/* Forms that are compressed in themselves. */
static bool is_packed(const char *type)
{
    Text text = text_of(type ? type : "");
    return text_starts(text, "application/vnd.openxmlformats") || text_is(text, "image/png");
}

static enum MHD_Result send_reply(Talk *talk, struct MHD_Connection *connection, Reply *reply, const Hash *key)
{
    char etag[ETAG_SIZE];
    Hash name;
    bool gzip = header_accepts_gzip(connection) && !is_packed(reply->type), packed = gzip && reply->stream,
         keep = false;
    size_t size = 0;
    struct MHD_Response *response =
        reply->stream ? streamed(talk, reply, gzip) : whole(reply, gzip && reply->status != 304, &packed, &size);
    bool one_body = !reply->stream;
    if (!response)
        return MHD_NO;
    if (talk->request.address) {
        name_answer(talk, "", &name);
        write_etag(&name, etag);
    }
    add_headers(talk, response, reply, talk->request.address ? etag : NULL);
    if (packed)
        header_add(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)reply->status, response);
    if (result == MHD_YES && key && one_body && reply->status == 200)
        keep = cache_keep(talk->desk->cache, key, response, size);
    if (!keep)
        MHD_destroy_response(response);
    return result;
}

static bool is_of_store(const Problem *problem)
{
    return problem->kind == PROBLEM_STORE || problem->kind == PROBLEM_DAMAGED || problem->kind == PROBLEM_BUSY;
}

/* The door where problems are told: once, on stderr, when they are ours. While the store rests it was told already. */
static void tell(const Request *request, const Problem *problem)
{
    if (problem_http_status(problem) >= 500 && problem->kind != PROBLEM_UNAVAILABLE)
        (void)fprintf(stderr, "vigie: %s: %s\n", request->path, problem->message);
    if (is_of_store(problem))
        pool_rest(request->app->pool);
}

static Freshness freshness_of(const Request *request)
{
    return request->filter.as_of < sys_now() ? FRESH_DAY : FRESH_MINUTE;
}

static Asked asked_of(const Talk *talk, struct MHD_Connection *connection)
{
    return (Asked){ .address = text_of(talk->raw),
                    .edition = edition_number(talk->request.edition),
                    .form = header_accepts_gzip(connection) ? ASKED_PACKED : ASKED_PLAIN };
}

/* What most readers ask was asked before, by the letter. Only the headers that choose among answers must be missing. */
static bool answer_again(const Talk *talk, struct MHD_Connection *connection)
{
    if (talk->problem.kind || talk->preflight || *header_of(connection, MHD_HTTP_HEADER_IF_NONE_MATCH) ||
        *header_of(connection, "Accept-Datetime"))
        return false;
    Asked asked = asked_of(talk, connection);
    return cache_send_again(talk->desk->cache, &asked, connection);
}

/* Answers from what the reader or the cache has; false when the answer must be made. */
static bool answer_known(Talk *talk, struct MHD_Connection *connection, Hash *key, enum MHD_Result *result)
{
    char etag[ETAG_SIZE];
    Hash name;
    name_answer(talk, "", &name);
    write_etag(&name, etag);
    if (is_known(connection, etag)) {
        Reply reply = { .status = 304, .freshness = freshness_of(&talk->request) };
        *result = send_reply(talk, connection, &reply, NULL);
        return true;
    }
    name_answer(talk, header_accepts_gzip(connection) ? "gzip" : "plain", key);
    *result = MHD_YES;
    if (!cache_send(talk->desk->cache, key, connection))
        return false;
    Asked asked = asked_of(talk, connection);
    cache_learn(talk->desk->cache, &asked, key);
    return true;
}

static enum MHD_Result send_preflight(Talk *talk, struct MHD_Connection *connection)
{
    Reply reply = { .status = NO_CONTENT, .freshness = FRESH_DAY };
    struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    add_headers(talk, response, &reply, NULL);
    add_preflight(&talk->request, response);
    enum MHD_Result result = MHD_queue_response(connection, NO_CONTENT, response);
    MHD_destroy_response(response);
    return result;
}

/* Finds out what is asked; true when that was answered already, from the reader's or our own cache, or by
 * what may be asked here. */
static bool read_request(Talk *talk, struct MHD_Connection *connection, enum MHD_Result *result)
{
    Request *request = &talk->request;
    Problem none = { 0 };
    bool refused = talk->problem.kind != 0;
    bool found = route_find(request, refused ? &none : &talk->problem);
    if (talk->preflight && found && !refused) {
        *result = send_preflight(talk, connection);
        return true;
    }
    bool fine = !refused && found && route_read(request, &talk->problem);
    talk->kept = fine && memento_is_kept(request);
    const char *then = fine ? memento_asked(request, header_of(connection, "Accept-Datetime"), &talk->problem) : NULL;
    fine = fine && !talk->problem.kind;
    if (then) {
        Reply reply = { .status = 302, .location = then, .freshness = FRESH_NEVER };
        *result = send_reply(talk, connection, &reply, NULL);
        return true;
    }
    talk->reply = (Reply){ .status = 200, .freshness = fine ? freshness_of(request) : FRESH_NEVER };
    talk->cached = fine && request->route->answer != answer_root;
    return talk->cached && answer_known(talk, connection, &talk->key, result);
}

static void make_reply(Talk *talk)
{
    Request *request = &talk->request;
    if (talk->problem.kind || !request->route->answer(request, &talk->reply, &talk->problem)) {
        tell(request, &talk->problem);
        fault_answer(request, &talk->problem, &talk->reply);
        talk->cached = false;
    }
    talk->made = true;
}

static void make_in_lane(void *context)
{
    Talk *talk = context;
    make_reply(talk);
    MHD_resume_connection(talk->connection); /* the last word: from here on the talk is the server's again */
}

/* Pictures take long to draw, and the threads that answer pages do not wait for them. When the server asks again, the
 * picture is there. */
static bool goes_to_painters(Talk *talk, struct MHD_Connection *connection)
{
    if (talk->problem.kind || !text_is(talk->request.extension, "png"))
        return false;
    talk->connection = connection;
    MHD_suspend_connection(connection);
    if (!lane_put(talk->desk->painters, make_in_lane, talk)) {
        fail(&talk->problem, PROBLEM_UNAVAILABLE, "too many pictures are being drawn; please try again in a moment");
        make_in_lane(talk);
    }
    return true;
}

static enum MHD_Result talk_answer(void *begun, struct MHD_Connection *connection, Phase *phase)
{
    Talk *talk = begun;
    enum MHD_Result result;
    if (!talk->made) {
        if (answer_again(talk, connection))
            return MHD_YES;
        if (read_request(talk, connection, &result))
            return result;
        if (goes_to_painters(talk, connection))
            return MHD_YES;
        make_reply(talk);
    }
    if (talk->reply.stream)
        *phase = PHASE_STREAMING;
    result = send_reply(talk, connection, &talk->reply, talk->cached ? &talk->key : NULL);
    out_free(&talk->reply.body);
    return result;
}

const Exchange site_exchange = {
    .begin = talk_begin, .end = talk_end, .is_new = talk_is_new, .accepts = talk_accepts, .answer = talk_answer
};
