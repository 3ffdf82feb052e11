#include "mail/settings.h"

#include <sys/stat.h>

#include "base/client.h"
#include "base/sys.h"
#include "domain/mailbox.h"

enum { FILE_MOST = 16384, HOST_MOST = 253, PORT_MOST = 65535, OTHERS = 077 };

static const struct {
    const char *word;
    uint16_t port;
} securities[MAIL_SECURITY_COUNT] = {
    [MAIL_STARTTLS] = { "starttls", 587 },
    [MAIL_TLS] = { "tls", 465 },
    [MAIL_NONE] = { "none", 25 },
};

static bool take_text(Arena *arena, Text value, const char **text)
{
    *text = arena_text(arena, value);
    for (size_t i = 0; i < value.length; i++)
        if ((unsigned char)value.at[i] < ' ' || value.at[i] == 127)
            return false;
    return value.length > 0;
}

/* A name, or an address in numbers. */
static bool take_server(Arena *arena, Text value, MailSettings *settings)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:";
    settings->server = arena_text(arena, value);
    return value.length > 0 && value.length <= HOST_MOST && strspn(settings->server, signs) == value.length;
}

static bool take_sender(Arena *arena, Text value, MailSettings *settings)
{
    settings->sender = arena_text(arena, value);
    return mailbox_address_is_good(value);
}

static bool take_security(Arena *arena, Text value, MailSettings *settings)
{
    (void)arena;
    int one = 0;
    while (one < MAIL_SECURITY_COUNT && !text_is(value, securities[one].word))
        one++;
    settings->security = (MailSecurity)one;
    return one < MAIL_SECURITY_COUNT;
}

static bool take_port(Arena *arena, Text value, MailSettings *settings)
{
    (void)arena;
    int64_t port = 0;
    bool good = text_int(value, &port) && port > 0 && port <= PORT_MOST;
    settings->port = good ? (uint16_t)port : 0;
    return good;
}

static bool take_user(Arena *arena, Text value, MailSettings *settings)
{
    return take_text(arena, value, &settings->user);
}

static bool take_password(Arena *arena, Text value, MailSettings *settings)
{
    return take_text(arena, value, &settings->password);
}

static bool take_authorities(Arena *arena, Text value, MailSettings *settings)
{
    return take_text(arena, value, &settings->authorities) && value.at[0] == '/';
}

static const struct {
    const char *name;
    bool (*take)(Arena *arena, Text value, MailSettings *settings);
    const char *expected;
} names[] = {
    { "server", take_server, "the name or the address of a server" },
    { "sender", take_sender, "an address such as vigie@example.org" },
    { "security", take_security, "starttls, tls or none" },
    { "port", take_port, "a number from 1 to 65535" },
    { "user", take_user, "a name" },
    { "password", take_password, "a password" },
    { "authorities", take_authorities, "the path of a file, from the root" },
};

static bool read_line(Arena *arena, Text line, MailSettings *settings, Problem *problem)
{
    size_t end = MIN(text_find(line, " "), text_find(line, "\t"));
    Text name = text_slice(line, 0, end), value = text_trim(text_slice(line, end, line.length));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (text_is(name, names[i].name))
            return names[i].take(arena, value, settings) ||
                   fail(problem, PROBLEM_USAGE, "%s: %s is expected", names[i].name, names[i].expected);
    return fail(problem, PROBLEM_USAGE, "'%.*s' is no setting of mails", (int)MIN(name.length, (size_t)40),
                name.length ? name.at : "");
}

static bool read_lines(Arena *arena, Text rest, MailSettings *settings, Problem *problem)
{
    Text line;
    for (int number = 1; text_split(&rest, '\n', &line); number++) {
        Problem wrong = { 0 };
        line = text_trim(line);
        if (line.length && line.at[0] != '#' && !read_line(arena, line, settings, &wrong))
            return fail(problem, wrong.kind, "line %d: %s", number, wrong.message);
    }
    return true;
}

static bool is_whole(MailSettings *settings, Problem *problem)
{
    if (!settings->server || !settings->sender)
        return fail(problem, PROBLEM_USAGE, "server and sender are needed");
    if (!settings->user != !settings->password)
        return fail(problem, PROBLEM_USAGE, "user and password are given together or not at all");
    if (settings->password && settings->security == MAIL_NONE)
        return fail(problem, PROBLEM_USAGE, "a password is not sent without encryption: security must not be none");
    settings->port = settings->port ? settings->port : securities[settings->security].port;
    return true;
}

bool mail_settings_read(Arena *arena, const char *path, MailSettings *settings, Problem *problem)
{
    Text bytes;
    Problem wrong = { 0 };
    struct stat facts;
    *settings = (MailSettings){ .authorities = CLIENT_AUTHORITIES };
    if (!sys_read_file(arena, path, FILE_MOST, &bytes, problem))
        return false;
    if (!read_lines(arena, bytes, settings, &wrong) || !is_whole(settings, &wrong))
        return fail_field(problem, wrong.kind, "mail", "%.200s: %s", path, wrong.message);
    return !settings->password || (stat(path, &facts) == 0 && !(facts.st_mode & OTHERS)) ||
           fail_field(problem, PROBLEM_NOT_ALLOWED, "mail",
                      "%.200s has a password in it: nobody but its owner may read it (chmod 600)", path);
}
