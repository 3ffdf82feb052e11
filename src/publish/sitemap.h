/* Sitemap: the addresses that a search engine should know, each with its sisters in the other languages. */
#pragma once

#include "base/out.h"
#include "publish/words.h"

/* Of one file; a page takes one for each language. The protocol allows five times as many, but a file is made in
 * memory. */
enum { SITEMAP_ADDRESSES_MAX = 10000 };

typedef struct SitemapPage {
    const char *path; /* what follows the language: "incidents/12"; "" for its home page */
    int64_t changed;  /* moment; 0 when not known */
} SitemapPage;

/* `origin` is scheme and host without an end slash: "https://vigie.example". Pages go between begin and end, in any
 * number of pieces. */
void sitemap_begin(Out *out);
void sitemap_page(Out *out, const char *origin, const Languages *languages, const SitemapPage *page);
void sitemap_end(Out *out);

/* The list of `count` files when one is not enough: {origin}/sitemap/1.xml, ... */
void sitemap_index(Out *out, const char *origin, size_t count, int64_t changed);
