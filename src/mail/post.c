#include "mail/post.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include "base/client.h"

enum { CONNECT_SECONDS = 15, WHOLE_SECONDS = 60, ADDRESSES_MOST = 8, REFUSED = 400 /* answers of SMTP from here on */ };

struct Post {
    const MailSettings *settings;
    const char *url;
    struct curl_slist *places; /* "server:port:address,address" */
    CURL *curl;
};

/* One address in numbers, with the brackets of IPv6. */
static const char *in_numbers(Arena *arena, const struct addrinfo *one)
{
    char text[INET6_ADDRSTRLEN + 1];
    if (getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0)
        return NULL;
    return arena_format(arena, one->ai_family == AF_INET6 ? "[%s]" : "%s", text);
}

/* "192.0.2.1,[2001:db8::1]" */
static const char *addresses_of(Arena *arena, const char *server, Problem *problem)
{
    struct addrinfo *found = NULL;
    const struct addrinfo wanted = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
    const char *list = NULL;
    int error = getaddrinfo(server, NULL, &wanted, &found);
    int count = 0;
    for (const struct addrinfo *one = found; !error && one && count < ADDRESSES_MOST; one = one->ai_next, count++) {
        const char *address = in_numbers(arena, one);
        list = address ? arena_format(arena, "%s%s%s", list ? list : "", list ? "," : "", address) : list;
    }
    if (found)
        freeaddrinfo(found);
    if (!list)
        fail(problem, PROBLEM_UNAVAILABLE, "the mail server %.100s is not found: %s", server,
             error ? gai_strerror(error) : "it has no address");
    return list;
}

/* What is the same for every letter. */
static bool set_up(Post *post)
{
    const MailSettings *settings = post->settings;
    CURL *curl = post->curl;
    const ClientLimits limits = { .schemes = "smtp,smtps",
                                  .authorities = settings->authorities,
                                  .connect_seconds = CONNECT_SECONDS,
                                  .whole_seconds = WHOLE_SECONDS };
    bool done = curl_easy_setopt(curl, CURLOPT_URL, post->url) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_RESOLVE, post->places) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_DNS_CACHE_TIMEOUT, -1L) == CURLE_OK && client_limit(curl, &limits) &&
                curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_MAIL_FROM, settings->sender) == CURLE_OK;
    if (done && settings->security != MAIL_NONE)
        done = curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL) == CURLE_OK;
    if (done && settings->user)
        done = curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user) == CURLE_OK &&
               curl_easy_setopt(curl, CURLOPT_PASSWORD, settings->password) == CURLE_OK;
    return done;
}

Post *post_open(Arena *arena, const MailSettings *settings, Problem *problem)
{
    const char *addresses = addresses_of(arena, settings->server, problem);
    if (!addresses)
        return NULL;
    Post *post = NEW(arena, Post);
    bool numbers = strchr(settings->server, ':') != NULL;
    const char *host = arena_format(arena, numbers ? "[%s]" : "%s", settings->server);
    const char *scheme = settings->security == MAIL_TLS ? "smtps" : "smtp";
    const char *domain = strchr(settings->sender, '@') + 1; /* what is said to be the sender's machine */
    *post = (Post){ .settings = settings,
                    .url = arena_format(arena, "%s://%s:%u/%s", scheme, host, settings->port, domain) };
    bool begun = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    post->curl = begun ? curl_easy_init() : NULL;
    post->places =
        curl_slist_append(NULL, arena_format(arena, "%s:%u:%s", settings->server, settings->port, addresses));
    if (post->curl && post->places && set_up(post))
        return post;
    fail(problem, PROBLEM_UNAVAILABLE, "the library that sends mails does not start");
    post_close(post);
    return NULL;
}

void post_close(Post *post)
{
    if (!post)
        return;
    curl_easy_cleanup(post->curl);
    curl_slist_free_all(post->places);
    curl_global_cleanup();
}

static size_t give(char *room, size_t size, size_t count, void *context)
{
    Text *rest = context;
    size_t taken = MIN(size * count, rest->length);
    if (taken)
        memcpy(room, rest->at, taken);
    *rest = text_slice(*rest, taken, rest->length);
    return taken;
}

/* What the server answered, when it did, says more than the library. */
static bool told(Post *post, CURLcode code, Problem *problem)
{
    long answer = 0;
    if (code == CURLE_OK)
        return true;
    (void)curl_easy_getinfo(post->curl, CURLINFO_RESPONSE_CODE, &answer);
    if (answer >= REFUSED && code != CURLE_LOGIN_DENIED)
        return fail(problem, PROBLEM_CONFLICT, "the mail server did not take it and answered %ld", answer);
    return fail(problem, PROBLEM_UNAVAILABLE, "the mail server was not reached: %s", curl_easy_strerror(code));
}

bool post_send(Post *post, const char *address, Text letter, Problem *problem)
{
    CURL *curl = post->curl;
    struct curl_slist *to = curl_slist_append(NULL, address);
    bool ready = to && curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to) == CURLE_OK &&
                 curl_easy_setopt(curl, CURLOPT_READFUNCTION, give) == CURLE_OK &&
                 curl_easy_setopt(curl, CURLOPT_READDATA, &letter) == CURLE_OK;
    CURLcode code = ready ? curl_easy_perform(curl) : CURLE_OUT_OF_MEMORY;
    bool sent = told(post, code, problem);
    (void)curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(to);
    return sent;
}
