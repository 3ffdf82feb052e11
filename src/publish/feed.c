#include "publish/feed.h"

#include "base/date.h"
#include "publish/plain.h"

/* `<name>text</name>` */
static void put_element(Out *out, const char *name, const char *text)
{
    OUT_LITERAL(out, "<");
    out_text(out, name);
    OUT_LITERAL(out, ">");
    out_text(out, text);
    OUT_LITERAL(out, "</");
    out_text(out, name);
    OUT_LITERAL(out, ">");
}

static void put_moment(Out *out, const char *name, int64_t moment)
{
    char text[MOMENT_TEXT_SIZE];
    put_element(out, name, moment_write(moment, text));
}

static void put_link(Out *out, const char *relation, const char *type, const char *address)
{
    OUT_LITERAL(out, "<link rel=\"");
    out_text(out, relation);
    OUT_LITERAL(out, "\" type=\"");
    out_text(out, type);
    OUT_LITERAL(out, "\" href=\"");
    out_href(out, address);
    OUT_LITERAL(out, "\"/>");
}

static void put_entry(Out *out, const FeedEntry *entry)
{
    OUT_LITERAL(out, "<entry xml:lang=\"");
    out_text(out, entry->language);
    OUT_LITERAL(out, "\">");
    put_element(out, "id", entry->address);
    put_element(out, "title", entry->title);
    put_link(out, "alternate", "text/html", entry->address);
    put_moment(out, "published", entry->published);
    put_moment(out, "updated", MAX(entry->updated, entry->published));
    put_element(out, "summary", entry->summary ? entry->summary : entry->title);
    OUT_LITERAL(out, "</entry>\n");
}

void feed_atom(Out *out, const Feed *feed)
{
    OUT_LITERAL(out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    out_text(out, feed->language->code);
    OUT_LITERAL(out, "\">");
    put_element(out, "id", feed->address);
    put_element(out, "title", feed->title);
    put_element(out, "subtitle", feed->subtitle);
    put_link(out, "self", "application/atom+xml", feed->address);
    put_link(out, "alternate", "text/html", feed->page);
    put_moment(out, "updated", feed->updated);
    OUT_LITERAL(out, "<author>");
    put_element(out, "name", feed->author);
    OUT_LITERAL(out, "</author>");
    put_element(out, "rights", feed->licence);
    OUT_LITERAL(out, "\n");
    for (size_t i = 0; i < feed->count; i++)
        put_entry(out, &feed->entries[i]);
    OUT_LITERAL(out, "</feed>\n");
}

typedef enum Separator { FIRST, NEXT } Separator;

static void put_member(Out *out, Separator separator, const char *name, const char *value)
{
    if (separator == NEXT)
        OUT_LITERAL(out, ",");
    out_json(out, name);
    OUT_LITERAL(out, ":");
    out_json(out, value);
}

static void put_item(Out *out, Arena *arena, const FeedEntry *entry)
{
    char moment[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, "{");
    put_member(out, FIRST, "id", entry->address);
    put_member(out, NEXT, "url", entry->address);
    put_member(out, NEXT, "title", plain_line(arena, entry->title));
    put_member(out, NEXT, "content_text", plain_line(arena, entry->summary ? entry->summary : entry->title));
    put_member(out, NEXT, "date_published", moment_write(entry->published, moment));
    put_member(out, NEXT, "date_modified", moment_write(MAX(entry->updated, entry->published), moment));
    put_member(out, NEXT, "language", entry->language);
    OUT_LITERAL(out, "}");
}

void feed_json(Out *out, const Feed *feed)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    OUT_LITERAL(out, "{");
    put_member(out, FIRST, "version", "https://jsonfeed.org/version/1.1");
    put_member(out, NEXT, "title", plain_line(arena, feed->title));
    put_member(out, NEXT, "description", plain_line(arena, feed->subtitle));
    put_member(out, NEXT, "home_page_url", feed->page);
    put_member(out, NEXT, "feed_url", feed->address);
    put_member(out, NEXT, "language", feed->language->code);
    OUT_LITERAL(out, ",\"authors\":[{");
    put_member(out, FIRST, "name", feed->author);
    OUT_LITERAL(out, "}],\"items\":[");
    for (size_t i = 0; i < feed->count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        put_item(out, arena, &feed->entries[i]);
    }
    OUT_LITERAL(out, "]}\n");
}
