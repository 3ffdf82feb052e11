/* Site: what is the same for every page: languages, texts, the style's address. Opened once, constant from then on. */
#pragma once

#include "codebook/codebook.h"
#include "publish/actor_book.h"
#include "publish/markdown.h"
#include "publish/norms.h"

enum { LANGUAGES_MAX = 16 };

/* The readers' texts, by their place in texts.def. */
enum {
#define PAGE_TEXT(slug, symbol, place, description) TEXT_##symbol,
#include "publish/texts.def"
#undef PAGE_TEXT
    TEXT_COUNT
};
extern const char *const text_slugs[TEXT_COUNT];

typedef struct SiteFacts {    /* what only those who run the site can say */
    const Codebook *codebook; /* outlives the site */
    const char *address;      /* "https://vigie.example", without a slash at its end */
    const char *contact;      /* how to reach them, one line; NULL when they do not say */
} SiteFacts;

typedef struct Site {
    const Codebook *codebook;
    const char *address, *contact; /* as in SiteFacts */
    Languages languages;
    const char *style, *script; /* "/assets/site.css?v=..." */
    ActorBook actors;
    Document texts[TEXT_COUNT][LANGUAGES_MAX];
    Norms norms;
} Site;

/* Memory: `arena`, which must outlive the site. Ended by site_close. */
bool site_open(Arena *arena, const SiteFacts *facts, Site *site, Problem *problem);
void site_close(Site *site);
bool site_actors(Arena *arena, ActorBook *book, Problem *problem); /* the book that a site has. Memory: `arena` */

/* The Markdown of a text as it stands in the project, its placeholders not filled; language: "en" or "fr". */
Text text_written(size_t text, const char *language);
const Document *site_text(const Site *site, size_t text, const Language *language);
bool text_find_slug(Text slug, size_t *text); /* false when there is no such page */

/* A file that the program carries, in the parts of which it is put together. */
typedef struct Asset {
    const char *type;
    Text parts[2];
} Asset;

bool asset_find(Text name, Asset *asset); /* "site.css", "mark.js", "icon.svg"; false when there is no such file */
