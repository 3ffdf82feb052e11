#include "intake/article.h"

#include <libxml/HTMLparser.h>

#include "base/unicode.h"

enum { LOOK = 4096, CHARSET_MOST = 40 };

typedef struct Words {
    Out *out;
    bool blank, line; /* white space or the end of a passage was read, and nothing behind it */
} Words;

static void put(Words *words, Text character)
{
    const Out *out = words->out;
    bool begins = !out->length || out->text[out->length - 1] == '\n';
    if (words->line && !begins)
        OUT_LITERAL(words->out, "\n");
    else if (words->blank && !begins)
        OUT_LITERAL(words->out, " ");
    out_raw(words->out, character.at, character.length);
    words->blank = words->line = false;
}

static void put_text(Words *words, Text text)
{
    for (size_t at = 0, start = 0; at < text.length; start = at) {
        int32_t c = unicode_next(text, &at);
        Look look = c < 0 ? LOOK_SEEN : unicode_look(c);
        if (look == LOOK_BLANK)
            words->blank = true;
        else if (look == LOOK_SEEN)
            put(words, c < 0 ? TEXT("\xEF\xBF\xBD") : (Text){ text.at + start, at - start });
    }
}

/* HTML */

static bool is_in(const xmlNode *node, const char *const *names)
{
    for (; *names; names++)
        if (strcmp((const char *)node->name, *names) == 0)
            return true;
    return false;
}

static bool is_unseen(const xmlNode *node)
{
    static const char *const unseen[] = { "head",   "script", "style",  "noscript", "template", "svg",      "iframe",
                                          "object", "select", "button", "audio",    "video",    "textarea", NULL };
    return is_in(node, unseen) || xmlHasProp(node, (const xmlChar *)"hidden");
}

static bool is_within_a_line(const xmlNode *node)
{
    static const char *const inner[] = { "a",    "abbr",   "acronym", "b",    "bdi", "bdo",  "big",  "cite",
                                         "code", "data",   "del",     "dfn",  "em",  "font", "i",    "img",
                                         "ins",  "kbd",    "label",   "mark", "q",   "s",    "samp", "small",
                                         "span", "strike", "strong",  "sub",  "sup", "time", "tt",   "u",
                                         "var",  "wbr",    "td",      "th",   NULL };
    return is_in(node, inner);
}

/* Cells of a table stand side by side, other blocks below each other. */
static void edge(Words *words, const xmlNode *node)
{
    static const char *const cells[] = { "td", "th", NULL };
    words->line = words->line || !is_within_a_line(node);
    words->blank = words->blank || is_in(node, cells);
}

static const xmlNode *enter(Words *words, const xmlNode *node)
{
    bool element = node->type == XML_ELEMENT_NODE;
    if (element)
        edge(words, node);
    if (node->type == XML_TEXT_NODE)
        put_text(words, text_of((const char *)node->content));
    return element && !is_unseen(node) ? node->children : NULL;
}

/* In the order of the document, without recursion: what is nested how deep is the document's choice. */
static void walk(Words *words, const xmlNode *root)
{
    for (const xmlNode *node = root, *inner; node;) {
        if ((inner = enter(words, node))) {
            node = inner;
            continue;
        }
        while (node && node != root && !node->next) {
            node = node->parent;
            if (node && node->type == XML_ELEMENT_NODE)
                edge(words, node);
        }
        node = node && node != root ? node->next : NULL;
    }
}

static const xmlNode *find(const xmlNode *parent, const char *name)
{
    for (const xmlNode *node = parent ? parent->children : NULL; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0)
            return node;
    return NULL;
}

static void put_title(Words *words, const xmlNode *root)
{
    const xmlNode *title = find(find(root, "head"), "title");
    for (const xmlNode *node = title ? title->children : NULL; node; node = node->next)
        if (node->type == XML_TEXT_NODE)
            put_text(words, text_of((const char *)node->content));
    words->blank = words->line = false;
    OUT_LITERAL(words->out, "\n");
}

static bool read_html(Text html, Words *words)
{
    int options =
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    if (html.length > INT32_MAX)
        return false;
    xmlDoc *document = htmlReadMemory(html.at, (int)html.length, NULL, "UTF-8", options);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (root) {
        put_title(words, root);
        walk(words, root);
    }
    xmlFreeDoc(document);
    return root != NULL;
}

/* Plain text */

/* Passages are what blank lines part; where there are none, each line is one. */
static void read_plain(Text text, Words *words)
{
    bool parted = text_find(text, "\n\n") < text.length;
    Text rest = text, line;
    OUT_LITERAL(words->out, "\n");
    while (text_split(&rest, '\n', &line)) {
        words->line = words->line || !parted || !text_trim(line).length;
        words->blank = true;
        put_text(words, line);
    }
}

/* Charsets */

static bool is_named(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-_.:", c);
}

/* What the document says of itself, charset="..."; else what most that say nothing are. What calls itself Latin-1 is
 * read as its superset, as browsers do (encoding.spec.whatwg.org). */
static void charset_of(Text bytes, char charset[CHARSET_MOST])
{
    static const char *const latin[] = { "iso-8859-1", "latin1", "us-ascii", "ascii", "utf-8", "utf8" };
    Text head = text_slice(bytes, 0, LOOK);
    size_t at = text_find(head, "charset="), length = 0;
    at = at == head.length ? text_find(head, "CHARSET=") : at;
    at = MIN(at + sizeof "charset=" - 1, head.length);
    at += at < head.length && (head.at[at] == '"' || head.at[at] == '\'') ? 1 : 0;
    while (at < head.length && head.at[at] && is_named(head.at[at]) && length + 1 < CHARSET_MOST)
        charset[length++] = head.at[at++];
    charset[length] = '\0';
    for (size_t i = 0; i < COUNT_OF(latin); i++)
        if (text_is_nocase((Text){ charset, length }, latin[i]))
            length = 0;
    if (!length)
        (void)snprintf(charset, CHARSET_MOST, "windows-1252");
}

static bool has_nul(Text bytes)
{
    return bytes.length && memchr(bytes.at, '\0', bytes.length);
}

static Text in_charset(Arena *arena, Text bytes, const char *charset)
{
    return text_of(unicode_from(arena, bytes, charset));
}

/* As UTF-8; without bytes at all when it is no text. */
static Text decode(Arena *arena, Text bytes)
{
    char charset[CHARSET_MOST];
    if (text_starts(bytes, "\xEF\xBB\xBF"))
        bytes = text_slice(bytes, 3, bytes.length);
    if (text_starts(bytes, "\xFE\xFF") || text_starts(bytes, "\xFF\xFE"))
        return in_charset(arena, bytes, "UTF-16");
    if (text_starts(bytes, "%PDF-") || has_nul(bytes))
        return (Text){ 0 };
    if (unicode_valid(bytes))
        return bytes;
    charset_of(bytes, charset);
    Text text = in_charset(arena, bytes, charset);
    return text.at ? text : in_charset(arena, bytes, "windows-1252");
}

static bool is_html(Text text)
{
    static const char *const marks[] = { "<!doctype", "<!DOCTYPE", "<html", "<HTML", "<body", "<p>", "<P>", "<div" };
    Text head = text_slice(text, 0, LOOK);
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (text_find(head, marks[i]) < head.length)
            return true;
    return false;
}

bool article_words(Text bytes, Out *words)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    bool typed = text_starts(bytes, ARTICLE_TYPED);
    Text text = decode(arena, text_slice(bytes, 1, bytes.length));
    Words reading = { .out = words };
    if (!text.at)
        return false;
    if (!typed && is_html(text))
        return read_html(text, &reading);
    read_plain(text, &reading);
    return true;
}
