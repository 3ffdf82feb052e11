#include "place.h"

#include <ctype.h>
#include <string.h>

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool is_void(const char *name)
{
    static const char *const names[] = { "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr" };
    return is_one_of(name, names, COUNT_OF(names));
}

/* Elements whose end tag HTML lets out. */
static bool may_stay_open(const char *name)
{
    static const char *const names[] = { "li",     "dt",    "dd",    "p",     "tr",   "td",   "th",
                                         "option", "thead", "tbody", "tfoot", "html", "body", "head" };
    return is_one_of(name, names, COUNT_OF(names));
}

static size_t block_floor(const Place *place)
{
    return place->block_depth ? place->floors[place->block_depth - 1] : 0;
}

static const char *open_name(const Place *place)
{
    return place->depth ? place->open[place->depth - 1].name : "";
}

/* A start tag of the same kind closes the one before: <li>a<li>b. */
static void close_siblings(Place *place)
{
    if (!may_stay_open(place->name))
        return;
    for (size_t depth = place->depth; depth > block_floor(place); depth--) {
        const char *name = place->open[depth - 1].name;
        if (!may_stay_open(name))
            return;
        if (strcmp(name, place->name) == 0) {
            place->depth = depth - 1;
            return;
        }
    }
}

static const char *start_tag(Place *place)
{
    place->state = TEXT;
    if (strcmp(place->name, "style") == 0)
        return "no <style>: the Content-Security-Policy refuses it; use assets/site.css";
    if (is_void(place->name) || place->closes_itself)
        return NULL;
    close_siblings(place);
    if (place->depth == DEPTH_MAX)
        return "elements are nested too deeply";
    place->untranslated = place->untranslated || place_untranslated(place);
    memcpy(place->open[place->depth].name, place->name, NAME_SIZE);
    place->open[place->depth++].untranslated = place->untranslated;
    return NULL;
}

static const char *end_tag(Place *place)
{
    place->state = TEXT;
    while (place->depth > block_floor(place)) {
        bool found = strcmp(open_name(place), place->name) == 0;
        if (!found && !may_stay_open(open_name(place)))
            return "an end tag does not match the element that is open";
        place->depth--;
        if (found)
            return NULL;
    }
    return "an end tag closes an element that was not opened in this block";
}

static const char *add_to_name(char *name, size_t *length, char c)
{
    if (!isalnum((unsigned char)c) && c != '-' && c != ':')
        return "a name may hold only letters, digits, '-' and ':'";
    if (*length == NAME_SIZE - 1)
        return "a name is too long";
    name[(*length)++] = (char)tolower((unsigned char)c);
    name[*length] = '\0';
    return NULL;
}

static const char *step_text(Place *place, const char *rest)
{
    const char *open = open_name(place);
    bool ends = rest[0] == '<' && rest[1] == '/';
    if (strcmp(open, "script") == 0 && !ends)
        return "no inline script: the Content-Security-Policy refuses it";
    if (rest[0] != '<')
        return NULL;
    if (place_where(place) == IN_TEXT_ONLY && !ends)
        return "only text may stand here";
    if (strncmp(rest, "<!--", 4) == 0)
        return "write comments in a line of C: readers need not load them";
    if (rest[1] == '!')
        place->state = DOCTYPE;
    else if (!ends && !isalpha((unsigned char)rest[1]))
        return "write < as &lt;";
    else
        place->state = TAG_START;
    place->name_length = 0;
    place->untranslated = place->closes_itself = false;
    return NULL;
}

static const char *step_tag(Place *place, char c)
{
    if (c == '>')
        return start_tag(place);
    if (c == '/') {
        place->closes_itself = true;
        return NULL;
    }
    if (isspace((unsigned char)c))
        return NULL;
    place->state = ATTRIBUTE_NAME;
    place->attribute_length = place->value_length = 0;
    place->has_value = false;
    place->value[0] = '\0';
    return add_to_name(place->attribute, &place->attribute_length, c);
}

static const char *step_attribute_name(Place *place, char c)
{
    if (c == '=') {
        place->state = ATTRIBUTE_QUOTE;
        if (strncmp(place->attribute, "on", 2) == 0 || strcmp(place->attribute, "style") == 0)
            return "no event handlers and no style attributes: the Content-Security-Policy refuses them";
        if (strcmp(place->attribute, "srcdoc") == 0 || strcmp(place->attribute, "http-equiv") == 0)
            return "this attribute may not be used";
        return NULL;
    }
    if (c == '>' || c == '/' || isspace((unsigned char)c)) {
        place->state = TAG;
        return step_tag(place, c);
    }
    return add_to_name(place->attribute, &place->attribute_length, c);
}

static const char *step_value(Place *place, char c)
{
    if (c == '"') {
        place->state = TAG;
        if (strcmp(place->attribute, "translate") == 0)
            place->untranslated = strcmp(place->value, "no") == 0;
        return NULL;
    }
    if (c == '<')
        return "write < as &lt; in an attribute";
    if (place->value_length == VALUE_SIZE - 1)
        return "an attribute is too long";
    place->value[place->value_length++] = c;
    place->value[place->value_length] = '\0';
    return NULL;
}

const char *place_step(Place *place, const char *rest)
{
    char c = *rest;
    switch (place->state) {
    case TEXT: return step_text(place, rest);
    case TAG_START:
        place->state = c == '/' ? END_TAG : TAG_NAME;
        return c == '/' ? NULL : add_to_name(place->name, &place->name_length, c);
    case TAG_NAME:
        if (c != '>' && c != '/' && !isspace((unsigned char)c))
            return add_to_name(place->name, &place->name_length, c);
        place->state = TAG;
        return step_tag(place, c);
    case TAG: return step_tag(place, c);
    case ATTRIBUTE_NAME: return step_attribute_name(place, c);
    case ATTRIBUTE_QUOTE: place->state = ATTRIBUTE_VALUE; return c == '"' ? NULL : "write attributes in double quotes";
    case ATTRIBUTE_VALUE: return step_value(place, c);
    case END_TAG: return c == '>' ? end_tag(place) : add_to_name(place->name, &place->name_length, c);
    case DOCTYPE:
        if (c == '>')
            place->state = TEXT;
        return NULL;
    }
    return NULL;
}

Where place_where(const Place *place)
{
    static const char *const text_only[] = { "title", "textarea" };
    switch (place->state) {
    case TEXT:
        if (strcmp(open_name(place), "script") == 0)
            break;
        return is_one_of(open_name(place), text_only, COUNT_OF(text_only)) ? IN_TEXT_ONLY : BETWEEN_TAGS;
    case TAG: return IN_TAG;
    case ATTRIBUTE_VALUE: return IN_ATTRIBUTE;
    case TAG_START:
    case TAG_NAME:
    case ATTRIBUTE_NAME:
    case ATTRIBUTE_QUOTE:
    case END_TAG:
    case DOCTYPE: break;
    }
    return IN_BETWEEN;
}

AttributeKind place_attribute(const Place *place)
{
    static const char *const addresses[] = { "href", "src", "action", "formaction", "cite" };
    static const char *const words[] = { "title", "alt", "aria-label", "placeholder", "label" };
    static const char *const texts[] = { "class",
                                         "id",
                                         "lang",
                                         "hreflang",
                                         "for",
                                         "name",
                                         "value",
                                         "type",
                                         "autocomplete",
                                         "viewbox",
                                         "d",
                                         "datetime",
                                         "scope",
                                         "colspan",
                                         "min",
                                         "max",
                                         "aria-current",
                                         "start",
                                         "pattern",
                                         "headers",
                                         "dir",
                                         "aria-describedby",
                                         "aria-labelledby",
                                         "download",
                                         "width",
                                         "height",
                                         "content" };
    if (is_one_of(place->attribute, addresses, COUNT_OF(addresses)))
        return ATTRIBUTE_ADDRESS;
    if (is_one_of(place->attribute, words, COUNT_OF(words)))
        return ATTRIBUTE_WORDS;
    bool ours = strncmp(place->attribute, "data-", 5) == 0; /* only our own scripts and styles look at it */
    return ours || is_one_of(place->attribute, texts, COUNT_OF(texts)) ? ATTRIBUTE_TEXT : ATTRIBUTE_OTHER;
}

const char *place_address(const Place *place, bool *begins)
{
    const char *value = place->value;
    *begins = value[0] == '\0' && !place->has_value;
    if (*begins || place->has_value)
        return NULL;
    const char *host = strstr(value, "//");
    if (host && strchr(host + 2, '/'))
        return NULL;
    if (host)
        return "a value may not complete the host of a URL";
    bool local = value[0] == '/' || value[0] == '?' || value[0] == '#';
    return local || strncmp(value, "mailto:", 7) == 0 ? NULL : "a value may not complete the scheme of a URL";
}

bool place_untranslated(const Place *place)
{
    return place->depth && place->open[place->depth - 1].untranslated;
}

const char *place_block_begin(Place *place)
{
    if (place->block_depth == BLOCKS_MAX)
        return "blocks are nested too deeply";
    place->floors[place->block_depth++] = place->depth;
    return NULL;
}

const char *place_block_end(Place *place)
{
    if (place->block_depth == 0)
        return "a block of C ends that did not begin";
    size_t floor = block_floor(place);
    while (place->depth > floor && may_stay_open(open_name(place)))
        place->depth--;
    place->block_depth--;
    return place->depth == floor ? NULL : "an element that was opened in this block is not closed in it";
}

const char *place_end(Place *place)
{
    if (place->state != TEXT)
        return "the file ends inside a tag or a comment";
    while (place->depth && may_stay_open(open_name(place)))
        place->depth--;
    return place->depth || place->block_depth ? "the file ends and something is still open" : NULL;
}
