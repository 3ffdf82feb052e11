#include "work/route.h"

#include "work/pages.h"

#define GET "GET"
#define POST "POST"
#define ANYBODY UINT_MAX
#define ANALYSTS (ANYBODY & ~ACCESS_ROLE(PARTNER))
#define CODERS (ACCESS_ROLE(CODER) | ACCESS_ROLE(REVIEWER) | ACCESS_ROLE(EDITOR) | ACCESS_ROLE(ADMINISTRATOR))
#define PUBLISHERS (ACCESS_ROLE(REVIEWER) | ACCESS_ROLE(EDITOR))
#define KEEPERS ACCESS_ROLE(ADMINISTRATOR)
#define WARDENS (KEEPERS | ACCESS_ROLE(LEGAL))
#define FORM 262144 /* bytes */
#define IS_POST(method) (sizeof(method) == sizeof(POST))
#define FORM_OF(method) (IS_POST(method) ? TAKES_FORM : TAKES_NO_FORM)
#define JSON_OF(method) (IS_POST(method) ? TAKES_JSON : TAKES_NO_FORM)

const WorkRoute work_routes[] = {
#define WORK(method, path, roles, needs, ceiling, bytes, rate, fields, answer) \
    { method, path, { roles, needs, FORM_OF(method), ceiling, bytes, 0 }, rate, fields, NULL, answer },
#define API(method, path, scope, bytes, fields, about, answer)                                               \
    { method,       path,   { ACCESS_ROLE(PARTNER), NEEDS_TOKEN, JSON_OF(method), TLP_GREEN, bytes, scope }, \
      RATE_PARTNER, fields, about,                                                                           \
      answer },
#include "work/routes.def"
#undef WORK
#undef API
};
const size_t work_route_count = COUNT_OF(work_routes);

static bool part_fits(Text pattern, Text part, IsLanguage *is_language, const void *context)
{
    int64_t number;
    if (text_is(pattern, "L"))
        return is_language(context, part);
    if (text_is(pattern, "#"))
        return text_int(part, &number) && number > 0;
    return text_is(pattern, "*") ? part.length > 0 : text_equal(pattern, part);
}

static bool fits(const char *pattern, const char *path, IsLanguage *is_language, const void *context, RouteFound *found)
{
    Text patterns = text_of(pattern + 1), rest = text_of(path + 1), one, part;
    found->part_count = 0;
    while (text_split(&patterns, '/', &one)) {
        if (found->part_count == WORK_PARTS_MAX || !text_split(&rest, '/', &part) ||
            !part_fits(one, part, is_language, context))
            return false;
        found->parts[found->part_count++] = part;
    }
    return rest.at == NULL;
}

RouteFound work_route_find(const char *method, const char *path, IsLanguage *is_language, const void *context)
{
    RouteFound found = { 0 };
    for (size_t i = 0; i < work_route_count && *path == '/'; i++) {
        if (!fits(work_routes[i].path, path, is_language, context, &found))
            continue;
        if (strcmp(method, work_routes[i].method) == 0 ||
            (strcmp(method, "HEAD") == 0 && *work_routes[i].method == 'G')) {
            found.route = &work_routes[i];
            return found;
        }
        found.other = &work_routes[i];
    }
    found.part_count = 0;
    return found;
}

const WorkRoute *work_route_of(const char *method, const char *template)
{
    for (size_t i = 0; i < work_route_count; i++)
        if (strcmp(work_routes[i].method, method) == 0 && strcmp(work_routes[i].path, template) == 0)
            return &work_routes[i];
    return NULL;
}

static bool is_below(const char *path, const char *place)
{
    size_t length = strlen(place);
    return strncmp(path, place, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

Shows work_route_shows(const WorkRoute *route)
{
    if (is_below(route->path, "/L/candidates/#"))
        return SHOWS_CANDIDATE;
    bool shows = is_below(route->path, "/L/changes/#") && !is_below(route->path, "/L/changes/#/second");
    return shows ? SHOWS_CHANGE : SHOWS_NO_CODING;
}

static bool names(Text pattern, Text field, Sent sent)
{
    if (text_ends(pattern, ".*"))
        return field.length >= pattern.length && memcmp(field.at, pattern.at, pattern.length - 1) == 0;
    if (text_ends(pattern, "+"))
        return text_equal(text_slice(pattern, 0, pattern.length - 1), field);
    return sent == SENT_FIRST && text_equal(pattern, field);
}

bool work_route_takes(const WorkRoute *route, Text field, Sent sent)
{
    Text rest = text_of(route->fields), pattern;
    if (route->rule.takes == TAKES_FORM && text_is(field, "token"))
        return sent == SENT_FIRST;
    while (text_split(&rest, ' ', &pattern))
        if (pattern.length && names(pattern, field, sent))
            return true;
    return false;
}
