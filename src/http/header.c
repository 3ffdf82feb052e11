#include "http/header.h"

#include "base/date.h"

const char *header_of(struct MHD_Connection *connection, const char *name)
{
    const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    return value ? value : "";
}

static enum MHD_Result check_name(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    bool *fine = context;
    (void)kind;
    (void)value;
    for (; *name; name++)
        *fine = *fine && *name > ' ' && *name < 127 && !strchr("()<>@,;:\\\"/[]?={}", *name);
    return MHD_YES;
}

bool headers_are_fine(struct MHD_Connection *connection)
{
    bool fine = true;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, check_name, &fine);
    return fine;
}

bool header_accepts_gzip(struct MHD_Connection *connection)
{
    Text rest = text_of(header_of(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING)), one;
    while (text_split(&rest, ',', &one)) {
        double weight = 1;
        size_t q = text_find(one, "q=");
        bool named = text_is_nocase(text_trim(text_slice(one, 0, text_find(one, ";"))), "gzip");
        if (named && q < one.length && !text_number(text_trim(text_slice(one, q + 2, one.length)), &weight))
            continue;
        if (named)
            return weight > 0;
    }
    return false;
}

enum { SECOND_MS = 1000, MINUTE = 60, HOUR = 3600, MONTHS = 12 };

const char *header_date(Arena *arena, int64_t moment)
{
    char text[MOMENT_WORDS_SIZE];
    return arena_string(arena, moment_words(moment, "GMT", text));
}

static bool read_part(Text text, size_t from, size_t length, int64_t most, int64_t *number)
{
    Text digits = text_slice(text, from, length);
    return digits.length == length && digits.at[0] >= '0' && digits.at[0] <= '9' && text_int(digits, number) &&
           *number <= most;
}

/* Read by place, then written again: what is written otherwise, or has no such day, differs. */
bool header_date_read(const char *text, int64_t *moment)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Text given = text_of(text);
    int64_t of_month, year, hour, minute, second, month = 0;
    while (month < MONTHS && !text_is(text_slice(given, 8, 3), month_words[month]))
        month++;
    if (month == MONTHS || !read_part(given, 5, 2, 31, &of_month) || !read_part(given, 12, 4, 9999, &year) ||
        !read_part(given, 17, 2, 23, &hour) || !read_part(given, 20, 2, 59, &minute) ||
        !read_part(given, 23, 2, 59, &second))
        return false;
    *moment = day_of((int)year, (int)month + 1, (int)of_month) * DAY_MS +
              (hour * HOUR + minute * MINUTE + second) * SECOND_MS;
    return strcmp(header_date(arena, *moment), text) == 0;
}

void header_add(struct MHD_Response *response, const char *name, const char *value)
{
    if (value)
        (void)MHD_add_response_header(response, name, value);
}

void header_policies(struct MHD_Response *response, const char *type, Referrer referrer, Framing framing,
                     Scripts scripts)
{
    header_add(response, "X-Content-Type-Options", "nosniff");
    header_add(response, "Referrer-Policy", referrer == REFERRER_NONE ? "no-referrer" : "same-origin");
    header_add(response, "Cross-Origin-Opener-Policy", "same-origin");
    if (!text_starts(text_of(type), "text/html"))
        return;
#define STRICT                                                                                                     \
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; base-uri " \
    "'none'; frame-ancestors 'none'"
    header_add(response, "Content-Security-Policy",
               framing == FRAMED_ANYWHERE
                   ? "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
               : scripts == SCRIPTS_SEND ? STRICT "; connect-src 'self'"
                                         : STRICT);
}
