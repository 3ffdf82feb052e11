#include "publish/oembed.h"

#include "publish/plain.h"

static int64_t fit(int64_t size, int64_t most)
{
    return most > 0 ? MIN(size, most) : size;
}

static void put_text_member(Out *out, const char *name, const char *value)
{
    OUT_LITERAL(out, ",");
    out_json(out, name);
    OUT_LITERAL(out, ":");
    out_json(out, value);
}

static void put_number_member(Out *out, const char *name, int64_t value)
{
    OUT_LITERAL(out, ",");
    out_json(out, name);
    OUT_LITERAL(out, ":");
    out_int(out, value);
}

void embed_iframe(Out *out, const Embed *embed)
{
    OUT_LITERAL(out, "<iframe src=\"");
    out_href(out, embed->frame);
    OUT_LITERAL(out, "\" title=\"");
    out_text(out, embed->title);
    OUT_LITERAL(out, "\" width=\"");
    out_int(out, fit(EMBED_WIDTH, embed->most_width));
    OUT_LITERAL(out, "\" height=\"");
    out_int(out, fit(EMBED_HEIGHT, embed->most_height));
    OUT_LITERAL(out, "\" loading=\"lazy\" referrerpolicy=\"no-referrer\" sandbox=\"allow-popups\"></iframe>");
}

void embed_image(Out *out, const Embed *embed, const char *picture, const char *page)
{
    OUT_LITERAL(out, "<a href=\"");
    out_href(out, page);
    OUT_LITERAL(out, "\"><img src=\"");
    out_href(out, picture);
    OUT_LITERAL(out, "\" alt=\"");
    out_text(out, embed->title);
    OUT_LITERAL(out, "\" width=\"");
    out_int(out, EMBED_WIDTH);
    OUT_LITERAL(out, "\" loading=\"lazy\"></a>");
}

void embed_json(Out *out, const Embed *embed)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT html = { 0 };
    embed_iframe(&html, embed);
    OUT_LITERAL(out, "{\"version\":\"1.0\",\"type\":\"rich\"");
    put_text_member(out, "title", plain_line(arena, embed->title));
    put_text_member(out, "provider_name", embed->provider);
    put_text_member(out, "provider_url", embed->home);
    put_text_member(out, "html", html.text);
    put_number_member(out, "width", fit(EMBED_WIDTH, embed->most_width));
    put_number_member(out, "height", fit(EMBED_HEIGHT, embed->most_height));
    if (embed->cache_seconds > 0)
        put_number_member(out, "cache_age", embed->cache_seconds);
    if (embed->picture) {
        put_text_member(out, "thumbnail_url", embed->picture);
        put_number_member(out, "thumbnail_width", embed->picture_width);
        put_number_member(out, "thumbnail_height", embed->picture_height);
    }
    OUT_LITERAL(out, "}\n");
}
