#include "publish/sitemap.h"

#include "base/date.h"

#define PROTOCOL "http://www.sitemaps.org/schemas/sitemap/0.9"

void sitemap_begin(Out *out)
{
    OUT_LITERAL(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"" PROTOCOL
                     "\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
}

void sitemap_end(Out *out)
{
    OUT_LITERAL(out, "</urlset>\n");
}

static void put_address(Out *out, const char *origin, const Language *language, const SitemapPage *page)
{
    out_text(out, origin);
    OUT_LITERAL(out, "/");
    out_text(out, language->code);
    OUT_LITERAL(out, "/");
    out_text(out, page->path);
}

static void put_alternate(Out *out, const char *origin, const Language *language, const char *code,
                          const SitemapPage *page)
{
    OUT_LITERAL(out, "<xhtml:link rel=\"alternate\" hreflang=\"");
    out_text(out, code);
    OUT_LITERAL(out, "\" href=\"");
    put_address(out, origin, language, page);
    OUT_LITERAL(out, "\"/>");
}

static void put_changed(Out *out, int64_t moment)
{
    char text[MOMENT_TEXT_SIZE];
    if (!moment)
        return;
    OUT_LITERAL(out, "<lastmod>");
    out_text(out, moment_write(moment, text));
    OUT_LITERAL(out, "</lastmod>");
}

void sitemap_page(Out *out, const char *origin, const Languages *languages, const SitemapPage *page)
{
    for (size_t i = 0; i < languages->count; i++) {
        OUT_LITERAL(out, "<url><loc>");
        put_address(out, origin, &languages->items[i], page);
        OUT_LITERAL(out, "</loc>");
        put_changed(out, page->changed);
        for (size_t j = 0; j < languages->count; j++)
            put_alternate(out, origin, &languages->items[j], languages->items[j].code, page);
        put_alternate(out, origin, &languages->items[0], "x-default", page);
        OUT_LITERAL(out, "</url>\n");
    }
}

void sitemap_index(Out *out, const char *origin, size_t count, int64_t changed)
{
    OUT_LITERAL(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"" PROTOCOL "\">\n");
    for (size_t i = 1; i <= count; i++) {
        OUT_LITERAL(out, "<sitemap><loc>");
        out_text(out, origin);
        OUT_LITERAL(out, "/sitemap/");
        out_count(out, i);
        OUT_LITERAL(out, ".xml</loc>");
        put_changed(out, changed);
        OUT_LITERAL(out, "</sitemap>\n");
    }
    OUT_LITERAL(out, "</sitemapindex>\n");
}
