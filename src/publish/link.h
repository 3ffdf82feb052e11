/* Link: addresses of the site's own pages: a path in the reader's language and the filter's canonical query. */
#pragma once

#include "publish/view.h"

/* "/fr/incidents?type=ransomware": `path` is what follows the language ("/incidents", "/"). */
NEVER_NULL const char *link_to(const View *view, const char *path);
/* The same with one key changed to `code`; `code` NULL leaves it out. */
const char *link_with(const View *view, const char *path, const char *key, const char *code);
/* The same without one of the codes that are asked of a facet. */
const char *link_without(const View *view, const char *path, const char *key, const char *code);
/* The incidents of one month, "2021-05", or of a year; NULL of any time. */
const char *link_to_month(const View *view, const char *path, const char *month);
/* As the register was when entry `seq` came in. */
const char *link_as_of(const View *view, const char *path, int64_t moment);
const char *country_link(const View *view, const char *code); /* to its page */
const char *link_in(Arena *arena, const Language *language, const char *path, const Filter *filter);
