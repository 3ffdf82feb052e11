#include "intake/ask.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>

#include "base/client.h"
#include "base/sys.h"
#include "base/table.h"

enum { CONNECT_SECONDS = 10, HOST_MOST = 300 };

struct Ask {
    const AskPlan *plan;
    CURL *curl;
    Table *hosts;   /* by name: when each was asked last, in milliseconds of sys_tick */
    size_t headers; /* bytes of them that came */
    bool met_private;
};

/* What is connected to, after names were looked up: nothing that a name or a redirection can talk round. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *place)
{
    Ask *ask = context;
    (void)purpose;
    if (reach_is_public(&place->addr) || network_has(&ask->plan->allowed, &place->addr))
        return socket(place->family, place->socktype | SOCK_CLOEXEC, place->protocol);
    ask->met_private = true;
    return CURL_SOCKET_BAD;
}

static size_t take_header(const char *bytes, size_t size, size_t count, void *context)
{
    Ask *ask = context;
    (void)bytes;
    ask->headers += size * count;
    return ask->headers > ASK_HEADERS_MOST ? 0 : size * count;
}

/* The first byte of a page ends the answer: what it says does not matter here. */
static size_t refuse_body(const char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes, (void)size, (void)count, (void)context;
    return 0;
}

static bool set_up(Ask *ask)
{
    CURL *curl = ask->curl;
    const ClientLimits limits = { .schemes = "http,https",
                                  .authorities = ask->plan->authorities,
                                  .connect_seconds = MIN(CONNECT_SECONDS, ask->plan->seconds),
                                  .whole_seconds = ask->plan->seconds };
    return client_limit(curl, &limits) && curl_easy_setopt(curl, CURLOPT_USERAGENT, ask->plan->agent) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)ASK_REDIRECTS) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, ask) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERDATA, ask) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, refuse_body) == CURLE_OK;
}

Ask *ask_open(Arena *arena, const AskPlan *plan, Problem *problem)
{
    Ask *ask = NEW(arena, Ask);
    bool begun = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    *ask = (Ask){ .plan = plan, .curl = begun ? curl_easy_init() : NULL, .hosts = table_new(arena) };
    if (ask->curl && set_up(ask))
        return ask;
    fail(problem, PROBLEM_UNAVAILABLE, "the library that asks the web does not start");
    ask_close(ask);
    return NULL;
}

void ask_close(Ask *ask)
{
    if (!ask)
        return;
    curl_easy_cleanup(ask->curl);
    curl_global_cleanup();
}

static bool is_number(const char *host)
{
    unsigned char bytes[16];
    return strchr(host, ':') || inet_pton(AF_INET, host, bytes) == 1;
}

/* "example.org", "[2001:db8::1]"; "" when there is none. */
static void host_of(CURLU *url, char host[HOST_MOST])
{
    char *part = NULL;
    host[0] = '\0';
    if (curl_url_get(url, CURLUPART_HOST, &part, 0) == CURLUE_OK)
        (void)snprintf(host, HOST_MOST, "%s", part);
    curl_free(part);
}

static void host_of_address(const char *address, char host[HOST_MOST])
{
    CURLU *url = curl_url();
    host[0] = '\0';
    if (url && address && curl_url_set(url, CURLUPART_URL, address, 0) == CURLUE_OK)
        host_of(url, host);
    curl_url_cleanup(url);
}

static void wait_for_turn(Ask *ask, const char *host)
{
    const int64_t *last = table_get(ask->hosts, text_of(host));
    int64_t rest = last ? *last + ASK_PAUSE_MS - sys_tick() / 1000 : 0;
    if (rest > 0)
        (void)poll(NULL, 0, (int)MIN(rest, (int64_t)ASK_PAUSE_MS));
}

static void note_turn(Ask *ask, const char *host)
{
    if (*host)
        table_put(ask->hosts, text_of(host), sys_tick() / 1000);
}

static CURLcode perform(Ask *ask, bool whole)
{
    CURL *curl = ask->curl;
    ask->headers = 0;
    ask->met_private = false;
    bool set = curl_easy_setopt(curl, CURLOPT_NOBODY, whole ? 0L : 1L) == CURLE_OK &&
               (!whole || curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L) == CURLE_OK) &&
               curl_easy_setopt(curl, CURLOPT_RANGE, whole ? "0-1023" : NULL) == CURLE_OK;
    return set ? curl_easy_perform(curl) : CURLE_OUT_OF_MEMORY;
}

static int64_t status_of(const Ask *ask)
{
    long status = 0;
    (void)curl_easy_getinfo(ask->curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* The library cannot tell a name that is not there from one that cannot be looked up now. */
static SourceSight unknown_host(const Ask *ask)
{
    const struct addrinfo wanted = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    char *address = NULL, host[HOST_MOST];
    (void)curl_easy_getinfo(ask->curl, CURLINFO_EFFECTIVE_URL, &address);
    host_of_address(address, host);
    int error = *host ? getaddrinfo(host, NULL, &wanted, &found) : EAI_AGAIN;
    if (found)
        freeaddrinfo(found);
    return error == EAI_NONAME ? SEEN_NO_HOST : SEEN_UNREACHED;
}

static const struct {
    CURLcode code;
    SourceSight seen;
} failures[] = {
    { CURLE_OPERATION_TIMEDOUT, SEEN_TIMEOUT },
    { CURLE_TOO_MANY_REDIRECTS, SEEN_REDIRECTS },
    { CURLE_PEER_FAILED_VERIFICATION, SEEN_CERTIFICATE },
    { CURLE_SSL_CACERT_BADFILE, SEEN_CERTIFICATE },
    { CURLE_SSL_CONNECT_ERROR, SEEN_CERTIFICATE },
    { CURLE_UNSUPPORTED_PROTOCOL, SEEN_UNUSABLE },
    { CURLE_URL_MALFORMAT, SEEN_UNUSABLE },
    { CURLE_LOGIN_DENIED, SEEN_UNUSABLE },
};

static SourceSight failure(const Ask *ask, CURLcode code)
{
    if (ask->met_private)
        return SEEN_PRIVATE;
    if (code == CURLE_COULDNT_RESOLVE_HOST)
        return unknown_host(ask);
    for (size_t i = 0; i < COUNT_OF(failures); i++)
        if (failures[i].code == code)
            return failures[i].seen;
    return SEEN_UNREACHED;
}

enum { OK_FIRST = 200, OK_LAST = 299, NOT_FOUND = 404, REMOVED = 410, ERRORS = 400, TOO_MANY = 429, TOO_BUSY = 503 };

static SourceSight sight_of(int64_t status)
{
    if (status >= OK_FIRST && status <= OK_LAST)
        return SEEN_ANSWER;
    return status == NOT_FOUND ? SEEN_NOT_FOUND : status == REMOVED ? SEEN_REMOVED : SEEN_REFUSED;
}

/* An answer whose page was refused has come whole, but for one that was cut off while it still led on. */
static bool has_come(const Ask *ask, CURLcode code)
{
    return code == CURLE_OK || (code == CURLE_WRITE_ERROR && ask->headers <= ASK_HEADERS_MOST);
}

/* Many servers do not know HEAD or answer it wrongly, so that nothing but an answer is believed; those that ask to be
 * left in peace are. */
static bool asks_again(const Ask *ask, CURLcode code)
{
    int64_t status = status_of(ask);
    if (code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR)
        return true;
    return has_come(ask, code) && status >= ERRORS && status != TOO_MANY && status != TOO_BUSY;
}

static bool is_plain(const char *address)
{
    size_t length = strlen(address);
    for (size_t i = 0; i < length; i++)
        if (address[i] <= ' ' || address[i] > '~')
            return false;
    return length > 0 && length <= SOURCE_ADDRESS_MOST;
}

/* Where it led to, when that is elsewhere and fit to be kept. */
static const char *final_address(const Ask *ask, Arena *arena)
{
    long redirects = 0;
    char *address = NULL;
    (void)curl_easy_getinfo(ask->curl, CURLINFO_REDIRECT_COUNT, &redirects);
    (void)curl_easy_getinfo(ask->curl, CURLINFO_EFFECTIVE_URL, &address);
    return redirects > 0 && address && is_plain(address) ? arena_string(arena, address) : NULL;
}

static void ask_url(Ask *ask, Arena *arena, Asked *asked)
{
    SourceAnswer *answer = &asked->answer;
    CURLcode code = perform(ask, false);
    if (asks_again(ask, code))
        code = perform(ask, true);
    bool come = has_come(ask, code);
    answer->status = come ? status_of(ask) : 0;
    answer->seen = come ? sight_of(answer->status) : failure(ask, code);
    answer->address = final_address(ask, arena);
}

/* Of this kind are the hidden services of Tor, about which no resolver is to be asked. */
static bool is_hidden(const char *host)
{
    Text text = text_of(host);
    return text_ends(text, ".onion") || text_ends(text, ".onion.");
}

/* The address as it is sent: what a URL may not hold is escaped. NULL when it is none, has a password, or leads to a
 * hidden service. Given back by curl_free. */
static char *address_to_ask(const char *address, char host[HOST_MOST])
{
    CURLU *url = curl_url();
    char *whole = NULL;
    host[0] = '\0';
    if (url && curl_url_set(url, CURLUPART_URL, address, CURLU_URLENCODE | CURLU_DISALLOW_USER) == CURLUE_OK)
        host_of(url, host);
    if (*host && !is_hidden(host))
        (void)curl_url_get(url, CURLUPART_URL, &whole, 0);
    curl_url_cleanup(url);
    return whole;
}

void ask_address(Ask *ask, Arena *arena, const char *address, Asked *asked)
{
    char host[HOST_MOST], *whole = address_to_ask(address, host);
    *asked = (Asked){ .answer.seen = SEEN_UNUSABLE };
    if (whole && curl_easy_setopt(ask->curl, CURLOPT_URL, whole) == CURLE_OK) {
        wait_for_turn(ask, host);
        ask_url(ask, arena, asked);
        note_turn(ask, host);
        asked->name_known = asked->answer.status > 0 && !is_number(host);
    }
    curl_free(whole);
}
