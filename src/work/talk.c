#include "work/talk.h"

#include <arpa/inet.h>

#include "base/sys.h"
#include "http/header.h"
#include "http/lane.h"
#include "work/decide.h"
#include "work/parts.h"

#define COOKIE "__Host-vigie"

enum { ADDRESS_MAX = 4000, CLIENT_SIZE = 64 };

typedef struct Talk {
    Arena *arena; /* this struct lives in it */
    WorkRequest request;
    Head head;
    Out body;
    Form parts; /* of a form that came with a file */
    WorkReply reply;
    const Problem *refused;
    struct MHD_Connection *connection; /* suspended, while the lane has it */
    bool begun, made;                  /* made: the reply is */
    bool passes_by;                    /* the body is not kept */
    bool parted;                       /* the body is a form with a file */
    char token[WORK_TOKEN_SIZE + 1];   /* of a reader who had none */
} Talk;

void token_make(char token[WORK_TOKEN_SIZE + 1])
{
    Hash random;
    sys_random(random.bytes, sizeof random.bytes);
    hash_hex(&random, token);
}

void token_hash(const char *token, Hash *hash)
{
    hash_bytes(text_of(token), hash);
}

const char *form_token(const WorkRequest *request)
{
    char *text = arena_take(request->arena, WORK_TOKEN_SIZE + 1);
    Hash hash;
    hash_bytes(text_of(arena_format(request->arena, "form %s", request->token)), &hash);
    hash_hex(&hash, text);
    return text;
}

static void *talk_begin(void *site, const char *address)
{
    Arena *arena = arena_new(ARENA_NO_CAP);
    Talk *talk = NEW(arena, Talk);
    const char *question = strchr(address, '?');
    *talk = (Talk){ .arena = arena, .request = { .bench = site, .arena = arena, .now = sys_now() } };
    talk->request.path = arena_copy(arena, address, question ? (size_t)(question - address) : strlen(address));
    talk->request.query = arena_string(arena, question ? question + 1 : "");
    talk->request.api = text_starts(text_of(talk->request.path), "/api/");
    return talk;
}

static void talk_end(void *ended)
{
    Talk *talk = ended;
    if (!talk)
        return;
    out_free(&talk->body);
    out_free(&talk->reply.body);
    arena_free(talk->arena);
}

static bool talk_is_new(const void *talk)
{
    return !((const Talk *)talk)->begun;
}

/* The address that asks: of a proxy, when there is one. */
static const char *client_of(Arena *arena, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char *text = arena_take(arena, CLIENT_SIZE);
    if (!info || !info->client_addr)
        return text;
    if (info->client_addr->sa_family == AF_INET)
        (void)inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, text,
                        CLIENT_SIZE);
    else if (info->client_addr->sa_family == AF_INET6) /* a network of 64 bits is one customer's */
        (void)snprintf(
            text, CLIENT_SIZE, "%016llx",
            (unsigned long long)text_hash(
                (Text){ (const char *)&((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr, 8 }));
    return text;
}

/* Whether a browser says that a page of another site made it ask. */
static bool is_foreign(const WorkRequest *request, struct MHD_Connection *connection)
{
    const char *origin = header_of(connection, "Origin"), *site = header_of(connection, "Sec-Fetch-Site");
    const char *slashes = strstr(origin, "://");
    if (*site && strcmp(site, "same-origin") != 0)
        return true;
    return *origin && (!slashes || strcmp(slashes + 3, request->host) != 0);
}

static bool token_is_whole(const char *token)
{
    return token && strlen(token) == WORK_TOKEN_SIZE && strspn(token, "0123456789abcdef") == WORK_TOKEN_SIZE;
}

/* A browser has a cookie, a program a header of its own; neither opens what the other may. */
static void take_token(Talk *talk, struct MHD_Connection *connection)
{
    if (talk->request.api) {
        talk->request.token = "";
        talk->request.authorization = arena_string(talk->arena, header_of(connection, MHD_HTTP_HEADER_AUTHORIZATION));
        talk->request.idempotency = arena_string(talk->arena, header_of(connection, "Idempotency-Key"));
        return;
    }
    const char *token = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, COOKIE);
    if (token_is_whole(token)) {
        talk->request.token = arena_string(talk->arena, token);
        return;
    }
    token_make(talk->token);
    talk->request.token = talk->token;
    talk->reply.cookie = talk->token;
}

static bool is_language(const void *languages, Text code)
{
    return language_find(languages, code) != NULL;
}

/* The language of the path, else the one of those offered that the reader's header names first. */
static const Language *language_of(const Languages *languages, const WorkRequest *request, const char *header)
{
    const Language *language = request->part_count ? language_find(languages, request->parts[0]) : NULL;
    Text rest = text_of(header), one;
    while (!language && text_split(&rest, ',', &one)) {
        Text tag = text_trim(text_slice(one, 0, text_find(one, ";")));
        language = language_find(languages, text_slice(tag, 0, text_find(tag, "-")));
    }
    return language ? language : &languages->items[0];
}

static void find_route(Talk *talk, struct MHD_Connection *connection, const char *method)
{
    static const Problem other_method = { .kind = PROBLEM_METHOD };
    WorkRequest *request = &talk->request;
    const Languages *languages = &request->bench->site->languages;
    RouteFound found = work_route_find(method, request->path, is_language, languages);
    request->route = found.route;
    request->part_count = found.part_count;
    memcpy(request->parts, found.parts, sizeof request->parts);
    request->language = language_of(languages, request, header_of(connection, MHD_HTTP_HEADER_ACCEPT_LANGUAGE));
    if (!found.route && found.other)
        talk->refused = &other_method;
}

static bool takes_files(const WorkRoute *route)
{
    return route && route->rate == RATE_FILE;
}

static const char *type_taken(const WorkRoute *route)
{
    return route && route->rule.takes == TAKES_JSON ? "application/json" : "application/x-www-form-urlencoded";
}

/* Of what is sent along: its length must be told before, and it must be of the kind that the route takes. */
static bool read_lengths(Talk *talk, struct MHD_Connection *connection)
{
    static const Problem unreadable = { .kind = PROBLEM_BAD_INPUT };
    const char *length = header_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    const char *type = header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE);
    int64_t bytes = 0;
    bool fine = headers_are_fine(connection) && !*header_of(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING) &&
                (!*length || (text_int(text_of(length), &bytes) && bytes >= 0)) &&
                strlen(talk->request.path) + strlen(talk->request.query) <= ADDRESS_MAX;
    talk->head.body = (size_t)bytes;
    talk->parted = takes_files(talk->request.route) && text_starts(text_of(type), "multipart/form-data");
    talk->head.suits = bytes == 0 || talk->parted || text_starts(text_of(type), type_taken(talk->request.route));
    if (!fine)
        talk->refused = &unreadable;
    return fine;
}

/* Nobody fills the memory with files who has no session: what they send is let pass by. */
static bool may_send_much(WorkRequest *request)
{
    Problem ignored = { 0 };
    return !takes_files(request->route) || (session_read(request, &ignored) && request->known && request->session.live);
}

static bool talk_accepts(void *begun, struct MHD_Connection *connection, const char *method)
{
    Talk *talk = begun;
    WorkRequest *request = &talk->request;
    talk->begun = true;
    request->method = arena_string(talk->arena, method);
    request->host = arena_string(talk->arena, header_of(connection, MHD_HTTP_HEADER_HOST));
    request->agent = arena_string(talk->arena, header_of(connection, MHD_HTTP_HEADER_USER_AGENT));
    request->client = client_of(talk->arena, connection);
    find_route(talk, connection, method);
    take_token(talk, connection);
    if (!read_lengths(talk, connection) || talk->refused)
        return false;
    talk->head.foreign = is_foreign(request, connection);
    talk->passes_by = !may_send_much(request);
    return request->route && talk->head.body <= request->route->rule.body_most;
}

static bool talk_take(void *begun, Text piece)
{
    Talk *talk = begun;
    if (talk->passes_by)
        return true;
    if (talk->body.length + piece.length > talk->head.body)
        return false;
    out_raw(&talk->body, piece.at, piece.length);
    return true;
}

static void read_parts(Talk *talk)
{
    talk->head.suits = parts_read(talk->arena, talk->connection, out_view(&talk->body), &talk->parts);
    talk->head.parts = &talk->parts;
}

static void make_reply(Talk *talk)
{
    WorkRequest *request = &talk->request;
    if (talk->parted && !talk->passes_by && !talk->refused)
        read_parts(talk);
    if (talk->refused)
        work_refused(request, talk->refused->kind, &talk->reply);
    else
        work_answer(request, &talk->head, out_view(&talk->body), &talk->reply);
    talk->made = true;
}

static void make_in_lane(void *context)
{
    Talk *talk = context;
    make_reply(talk);
    MHD_resume_connection(talk->connection); /* the last word: from here on the talk is the server's again */
}

static void add_cookie(Arena *arena, struct MHD_Response *response, const char *token)
{
    if (token)
        header_add(response, MHD_HTTP_HEADER_SET_COOKIE,
                   arena_format(arena, COOKIE "=%s; Path=/; Secure; HttpOnly; SameSite=Strict%s", token,
                                *token ? "" : "; Max-Age=0"));
}

static void add_headers(const Talk *talk, struct MHD_Response *response)
{
    const WorkReply *reply = &talk->reply;
    header_add(response, MHD_HTTP_HEADER_CACHE_CONTROL, reply->cache ? reply->cache : "no-store");
    header_add(response, MHD_HTTP_HEADER_LOCATION, reply->location);
    header_add(response, "X-Robots-Tag", "noindex, nofollow");
    if (reply->type) {
        header_add(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
        header_policies(response, reply->type, REFERRER_SAME_ORIGIN, FRAMED_NOWHERE, SCRIPTS_SEND);
        header_add(response, "Cross-Origin-Resource-Policy", "same-origin");
    }
    if (reply->download) {
        header_add(response, "Content-Disposition",
                   arena_format(talk->arena, "attachment; filename=\"%s\"", reply->download));
        header_add(response, "Content-Security-Policy", "sandbox; default-src 'none'");
    }
    header_add(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, reply->authenticate);
    if (reply->retry_after)
        header_add(response, MHD_HTTP_HEADER_RETRY_AFTER, arena_format(talk->arena, "%d", reply->retry_after));
    if (reply->status == 405)
        header_add(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD, POST");
    add_cookie(talk->arena, response, reply->cookie);
}

static enum MHD_Result send_reply(Talk *talk, struct MHD_Connection *connection)
{
    Out *body = &talk->reply.body;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        body->length, body->length ? body->text : NULL, body->length ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    *body = (Out){ 0 };
    add_headers(talk, response);
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)talk->reply.status, response);
    MHD_destroy_response(response);
    return result;
}

/* What tries passwords, and what is understood in the jail, goes to the lane; its end is that the server asks again. */
static bool goes_to_lane(Talk *talk, struct MHD_Connection *connection)
{
    const WorkRoute *route = talk->request.route;
    talk->connection = connection;
    if (talk->refused || !route || (route->rate != RATE_PROOF && !takes_files(route)))
        return false;
    MHD_suspend_connection(connection);
    if (lane_put(talk->request.bench->lane, make_in_lane, talk))
        return true;
    work_busy(&talk->request, &talk->reply);
    talk->made = true;
    MHD_resume_connection(connection);
    return true;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the form of every site */
static enum MHD_Result talk_answer(void *begun, struct MHD_Connection *connection, Phase *phase)
{
    Talk *talk = begun;
    (void)phase;
    if (!talk->made) {
        if (goes_to_lane(talk, connection))
            return MHD_YES;
        make_reply(talk);
    }
    return send_reply(talk, connection);
}

const Exchange work_exchange = { .begin = talk_begin,
                                 .end = talk_end,
                                 .is_new = talk_is_new,
                                 .accepts = talk_accepts,
                                 .take = talk_take,
                                 .answer = talk_answer };
