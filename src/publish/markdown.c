#include "publish/markdown.h"

#include <cmark.h>

#include "base/unicode.h"

/* The text of a heading, without its markup. */
static const char *heading_text(Arena *arena, cmark_node *heading)
{
    AUTO_OUT out = { 0 };
    cmark_iter *walk = cmark_iter_new(heading);
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        const char *literal = event == CMARK_EVENT_ENTER ? cmark_node_get_literal(node) : NULL;
        if (literal)
            out_raw(&out, literal, strlen(literal));
    }
    cmark_iter_free(walk);
    return arena_text(arena, out_view(&out));
}

static const char *id_of(Arena *arena, const char *text)
{
    char *id = unicode_fold(arena, text_of(text));
    for (char *at = id; *at; at++)
        if (*at == ' ')
            *at = '-';
    return id;
}

/* cmark gives headings no ids: the heading becomes a block of ours around the same content. */
static void give_id(Arena *arena, cmark_node *node, Document *document)
{
    AUTO_OUT open = { 0 };
    if (document->heading_count == HEADINGS_MAX)
        return;
    Heading *heading = &document->headings[document->heading_count++];
    heading->text = heading_text(arena, node);
    heading->id = id_of(arena, heading->text);
    OUT_LITERAL(&open, "<h2 id=\"");
    out_text(&open, heading->id);
    OUT_LITERAL(&open, "\">");
    cmark_node *block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK), *line = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    cmark_node_set_on_enter(line, open.text);
    cmark_node_set_on_exit(line, "</h2>");
    for (cmark_node *child; (child = cmark_node_first_child(node));)
        cmark_node_append_child(line, child);
    cmark_node_insert_before(node, block);
    cmark_node_append_child(block, line);
    cmark_node_free(node);
}

static void read_headings(Arena *arena, cmark_node *root, Document *document)
{
    for (cmark_node *node = cmark_node_first_child(root), *next; node; node = next) {
        next = cmark_node_next(node);
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
            continue;
        if (cmark_node_get_heading_level(node) == 1 && !document->title)
            document->title = heading_text(arena, node);
        else if (cmark_node_get_heading_level(node) == 2)
            give_id(arena, node, document);
    }
}

/* What cmark does not write and a page of ours needs. Wide blocks of code scroll sideways, also for those who have a
 * keyboard only; another site is not told where its reader came from. */
static const struct {
    const char *plain, *completed;
} COMPLETIONS[] = {
    { "<pre>", "<pre tabindex=\"0\">" },
    { "<a href=\"http", "<a rel=\"noopener noreferrer\" href=\"http" },
};

static const char *completed(Arena *arena, const char *html, const char *plain, const char *instead)
{
    AUTO_OUT out = { 0 };
    Text rest = text_of(html);
    for (size_t at; (at = text_find(rest, plain)) < rest.length;) {
        out_raw(&out, rest.at, at);
        out_raw(&out, instead, strlen(instead));
        rest = text_slice(rest, at + strlen(plain), rest.length);
    }
    out_raw(&out, rest.at, rest.length);
    return arena_text(arena, out_view(&out));
}

bool markdown_read(Arena *arena, Text text, Document *document, Problem *problem)
{
    *document = (Document){ 0 };
    cmark_node *root = cmark_parse_document(text.at, text.length, CMARK_OPT_DEFAULT);
    if (!root)
        return fail(problem, PROBLEM_BROKEN, "a text of the site cannot be read");
    read_headings(arena, root, document);
    char *html = cmark_render_html(root, CMARK_OPT_DEFAULT);
    cmark_node_free(root);
    if (!html)
        return fail(problem, PROBLEM_BROKEN, "a text of the site cannot be written");
    document->html = arena_text(arena, text_of(html));
    cmark_get_default_mem_allocator()->free(html);
    for (size_t i = 0; i < COUNT_OF(COMPLETIONS); i++)
        document->html = completed(arena, document->html, COMPLETIONS[i].plain, COMPLETIONS[i].completed);
    return true;
}

static size_t start_of(const Document *document)
{
    return text_find(text_of(document->html), "<h2 ");
}

void markdown_write_start(Out *out, const Document *document)
{
    out_raw(out, document->html, start_of(document));
}

void markdown_write_rest(Out *out, const Document *document)
{
    const char *rest = document->html + start_of(document);
    out_raw(out, rest, strlen(rest));
}
