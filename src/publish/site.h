/* Site: what is the same for every page: languages, texts, the style's address. Opened once, constant from then on. */
#pragma once

#include "codebook/codebook.h"
#include "publish/markdown.h"

enum { LANGUAGES_MAX = 16 };

typedef struct Site {
    const Codebook *codebook;
    Languages languages;
    const char *style;               /* "/assets/site.css?v=..." */
    Document methods[LANGUAGES_MAX]; /* the methodology, by language */
} Site;

/* Memory: `arena`, which must outlive the site. Ended by site_close. */
bool site_open(Arena *arena, const Codebook *codebook, Site *site, Problem *problem);
void site_close(Site *site);

const Document *site_method(const Site *site, const Language *language);

/* A file that the program carries, in the parts of which it is put together. */
typedef struct Asset {
    const char *type;
    Text parts[2];
} Asset;

bool asset_find(Text name, Asset *asset); /* "site.css", "icon.svg"; false when there is no such file */
