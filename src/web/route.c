#include "web/route.h"

#include "base/date.h"
#include "http/header.h"

enum { KEY_SHOWN = 40 }; /* bytes of a key that nobody knows */

const Route route_table[] = {
#define ROUTE(path, extensions, asks, own_keys, answer) \
    { path, extensions, asks, own_keys, answer, NULL, NULL, NULL, NULL },
#define API(path, extensions, asks, own_keys, answer, deprecated, sunset, members, about) \
    { path, extensions, asks, own_keys, answer, deprecated, sunset, members, about },
#include "web/routes.def"
#undef API
#undef ROUTE
};
const size_t route_count = COUNT_OF(route_table);

static const char *const oembed_formats[] = { "json", NULL };

const OwnKey own_keys[] = {
    { "page", N_("Page of the list, from 1."), offsetof(Request, page), 1, INT32_MAX, 1, NULL },
    { "limit", N_("At most so many rows; the header Link says where the rest is."), offsetof(Request, limit), 1,
      INT32_MAX, 0, NULL },
    { "cursor", N_("Where the answer before ended: it stands in its header Link and fits the same question only."),
      offsetof(Request, cursor), 0, 0, 0, NULL },
    { "before", N_("Only what came before this entry."), offsetof(Request, before), 0, INT64_MAX, 0, NULL },
    { "after", N_("Only what comes after this number of entries."), offsetof(Request, after), 0, INT64_MAX, 0, NULL },
    { "since", N_("Only what came from this moment on: a date, or a moment as 2021-05-09T12:00:00Z."),
      offsetof(Request, since), 0, 0, 0, NULL },
    { "bom", N_("1: CSV for spreadsheets, with a byte order mark and cells that are never run as formulas."),
      offsetof(Request, spreadsheet), 0, 1, 0, NULL },
    { "url", N_("The address of a figure."), offsetof(Request, url), 0, 0, 0, NULL },
    { "maxwidth", N_("At most so many pixels wide."), offsetof(Request, max_width), 1, INT32_MAX, 0, NULL },
    { "maxheight", N_("At most so many pixels high."), offsetof(Request, max_height), 1, INT32_MAX, 0, NULL },
    { "format", N_("json, which is the only one."), offsetof(Request, format), 0, 0, 0, oembed_formats },
    { "sort", N_("What comes first; what is not known comes last."), offsetof(Request, sort), 0, ORDERS - 1, 0,
      order_words },
};
const size_t own_key_count = COUNT_OF(own_keys);

/* The path without its extension, which is cut off into the request: "/en/incidents.csv". */
static Text cut_extension(Request *request)
{
    Text path = text_of(request->path);
    for (size_t i = path.length; i-- > 0 && path.at[i] != '/';)
        if (path.at[i] == '.') {
            request->extension = text_slice(path, i + 1, path.length);
            return text_slice(path, 0, i);
        }
    return path;
}

static bool is_number(Text text)
{
    int64_t number;
    return text.length && text.at[0] >= '1' && text.at[0] <= '9' && text_int(text, &number);
}

/* Whether one part of a path fits what the pattern has in its place. */
static bool part_fits(const Request *request, Text pattern, Text part)
{
    if (text_is(pattern, "L"))
        return language_find(&request->app->site->languages, part) != NULL;
    if (text_is(pattern, "#"))
        return is_number(part);
    return text_is(pattern, "*") ? part.length > 0 : text_equal(pattern, part);
}

static bool fits(Request *request, const char *pattern, Text path)
{
    Text rest = text_of(pattern + 1), wanted, part;
    path = (Text){ path.at + 1, path.length - 1 };
    request->part_count = 0;
    while (text_split(&rest, '/', &wanted)) {
        if (text_is(wanted, "**"))
            return path.at && path.length;
        if (request->part_count == PARTS_MAX || !text_split(&path, '/', &part) || !part_fits(request, wanted, part))
            return false;
        request->parts[request->part_count++] = part;
    }
    return path.at == NULL;
}

static bool offers(const Route *route, Text extension)
{
    Text rest = text_of(route->extensions), one;
    while (text_split(&rest, ' ', &one))
        if (text_equal(one, extension) || (extension.length == 0 && (text_is(one, "html") || route->about)))
            return true;
    return false;
}

/* The language of a header like "fr-CH, fr;q=0.9, en;q=0.8": the one offered that is wanted most. */
static const Language *language_accepted(const Languages *languages, const char *header)
{
    const Language *best = &languages->items[0];
    double best_weight = 0;
    Text rest = text_of(header), one;
    while (text_split(&rest, ',', &one)) {
        double weight = 1;
        size_t semicolon = text_find(one, ";"), q = text_find(one, "q=");
        Text tag = text_trim(text_slice(one, 0, semicolon));
        if (q < one.length && !text_number(text_trim(text_slice(one, q + 2, one.length)), &weight))
            continue;
        const Language *language = language_find(languages, text_slice(tag, 0, text_find(tag, "-")));
        if (language && weight > best_weight) {
            best = language;
            best_weight = weight;
        }
    }
    return best;
}

const Language *route_reader(const Request *request)
{
    const Languages *languages = &request->app->site->languages;
    Text path = text_of(request->path), part;
    const Language *language = NULL;
    if (text_split(&path, '/', &part) && path.at) { /* what stands before the first slash, then the language */
        text_split(&path, '/', &part);
        language = language_find(languages, part);
    }
    return language ? language : language_accepted(languages, request->accept_language);
}

bool route_find(Request *request, Problem *problem)
{
    Text path = cut_extension(request);
    request->language = route_reader(request);
    const Route *other = NULL; /* the address exists, in other forms */
    for (size_t i = 0; i < route_count; i++) {
        const Route *route = &route_table[i];
        if (!text_starts(path, "/") || !fits(request, route->path, path))
            continue;
        request->route = route;
        if (route->about)
            request->language = &request->app->site->languages.items[0];
        if (offers(route, request->extension))
            return true;
        other = other ? other : route;
    }
    if (other)
        return fail(problem, PROBLEM_NOT_OFFERED, "%.200s is not offered as %.20s; it is offered as %s", request->path,
                    arena_text(request->arena, request->extension), other->extensions);
    return fail(problem, PROBLEM_NOT_FOUND, "there is nothing at %.200s", request->path);
}

static int64_t *number_at(Request *request, const OwnKey *key)
{
    return (int64_t *)(void *)((char *)request + key->place);
}

static Text *text_at(Request *request, const OwnKey *key)
{
    return (Text *)(void *)((char *)request + key->place);
}

static const char *words_taken(Arena *arena, const OwnKey *key)
{
    AUTO_OUT list = { 0 };
    for (const char *const *word = key->words; *word; word++) {
        out_raw(&list, ", ", word == key->words ? 0 : 2);
        out_raw(&list, *word, strlen(*word));
    }
    return arena_text(arena, out_view(&list));
}

static bool read_word(Request *request, const OwnKey *key, Text value, Problem *problem)
{
    for (int64_t i = 0; key->words[i]; i++)
        if (text_is(value, key->words[i])) {
            *number_at(request, key) = i;
            return true;
        }
    return fail_field(problem, PROBLEM_BAD_INPUT, key->key, "%s takes one of: %s", key->key,
                      words_taken(request->arena, key));
}

static bool read_own(Request *request, const OwnKey *key, Text value, Problem *problem)
{
    if (value.length == 0)
        return true;
    if (key->words)
        return read_word(request, key, value, problem);
    if (key->most == 0) {
        return query_decode(request->arena, value, text_at(request, key)) ||
               fail_field(problem, PROBLEM_BAD_INPUT, key->key, "%s is not valid percent-encoded UTF-8", key->key);
    }
    int64_t *number = number_at(request, key);
    if (!text_int(value, number) || *number < key->least || *number > key->most)
        return fail_field(problem, PROBLEM_BAD_INPUT, key->key, "%s takes a whole number from %lld to %lld", key->key,
                          (long long)key->least, (long long)key->most);
    return true;
}

const char *route_template(Arena *arena, const Route *route)
{
    size_t variable = strcspn(route->path, "#*");
    const char *name = route->path[variable] == '#' ? "{id}" : route->path[variable] == '*' ? "{name}" : "";
    return arena_format(arena, "%.*s%s", (int)variable, route->path, name);
}

bool route_is_shared(const Request *request)
{
    bool page = request->extension.length == 0 || text_is(request->extension, "html");
    return !page || !text_starts(text_of(request->route->path), "/L/");
}

/* The first moment of a day of the table. */
static int64_t moment_of(const char *day)
{
    Span span;
    return span_read(text_of(day), &span) ? span.first * DAY_MS : 0;
}

const char *route_deprecation(Arena *arena, const Route *route)
{
    enum { SECOND_MS = 1000 };
    if (!route->deprecated)
        return NULL;
    return arena_format(arena, "@%lld", (long long)(moment_of(route->deprecated) / SECOND_MS));
}

const char *route_sunset(Arena *arena, const Route *route)
{
    return route->sunset ? header_date(arena, moment_of(route->sunset)) : NULL;
}

bool route_takes(const Route *route, const OwnKey *key)
{
    Text rest = text_of(route->own_keys), one;
    while (text_split(&rest, ',', &one))
        if (text_is(one, key->key))
            return true;
    return false;
}

static const OwnKey *own_key_of(const Route *route, Text name)
{
    for (size_t i = 0; i < own_key_count; i++)
        if (text_is(name, own_keys[i].key) && route_takes(route, &own_keys[i]))
            return &own_keys[i];
    return NULL;
}

static bool read_own_keys(Request *request, Problem *problem)
{
    Text rest = text_of(request->query), pair;
    while (text_split(&rest, '&', &pair)) {
        size_t equals = text_find(pair, "=");
        Text key = text_slice(pair, 0, equals), value = text_slice(pair, equals + 1, pair.length);
        const OwnKey *own = own_key_of(request->route, key);
        if (own && !read_own(request, own, value, problem))
            return false;
        if (!own && request->route->asks == ASKS_OWN && pair.length)
            return fail_field(problem, PROBLEM_BAD_INPUT, arena_text(request->arena, text_slice(key, 0, KEY_SHOWN)),
                              "%s takes %s only", request->path, request->route->own_keys);
    }
    return true;
}

static void put_own(Out *out, const Request *request, const OwnKey *key)
{
    const char *place = (const char *)request + key->place;
    Text text = key->most || key->words ? (Text){ 0 } : *(const Text *)(const void *)place;
    int64_t number = key->most || key->words ? *(const int64_t *)(const void *)place : 0;
    if (text.length == 0 && (number == 0 || number == key->same))
        return;
    if (out->length)
        OUT_LITERAL(out, "&");
    out_url(out, key->key);
    OUT_LITERAL(out, "=");
    if (key->words)
        out_url(out, key->words[number]);
    else if (key->most)
        out_int(out, number);
    else
        out_url(out, arena_text(request->arena, text));
}

const char *route_address(const Request *request, const Filter *filter)
{
    AUTO_OUT query = { 0 };
    filter_write(&query, filter);
    for (size_t i = 0; i < own_key_count; i++)
        put_own(&query, request, &own_keys[i]);
    return arena_format(request->arena, "%s%s%s", request->path, query.length ? "?" : "",
                        query.length ? query.text : "");
}

/* What stands at one address already takes the moment only. */
static bool only_moment(const Filter *filter, Problem *problem)
{
    const char *other = filter->facet_count     ? filter->facets[0].key
                        : filter->from_text     ? "from"
                        : filter->to_text       ? "to"
                        : filter->known_by_text ? "known_by"
                        : filter->q             ? "q"
                                                : NULL;
    return !other || fail_field(problem, PROBLEM_BAD_INPUT, other, "this page takes as_of only");
}

static bool read_filter(Request *request, Problem *problem)
{
    const Route *route = request->route;
    return route->asks == ASKS_OWN ||
           (filter_read(request->arena, request->app->site->codebook, text_of(request->query), route->own_keys,
                        &request->filter, problem) &&
            (route->asks == ASKS_FILTER || only_moment(&request->filter, problem)));
}

bool route_read(Request *request, Problem *problem)
{
    request->filter = (Filter){ .from = INT32_MIN, .to = INT32_MAX, .as_of = INT64_MAX };
    if (request->route->asks != ASKS_NOTHING && (!read_filter(request, problem) || !read_own_keys(request, problem)))
        return false;
    request->address = route_address(request, &request->filter);
    return true;
}
