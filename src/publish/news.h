/* News: the incidents that were published or changed last under a filter, newest first, as a feed tells them. */
#pragma once

#include "publish/feed.h"
#include "publish/incident.h"

typedef struct NewsOrder {
    int64_t *matching; /* incidents of the filter, in any order; news_read sorts them */
    size_t count;
    const char *self; /* path of the feed in the form that is asked for: "/fr/incidents.atom" */
} NewsOrder;

enum { NEWS_MOST = 50 };

/* Walks the journal backwards until NEWS_MOST incidents are found. Memory: the view's arena. */
bool news_read(const View *view, Store *public_store, NewsOrder *order, Feed *feed, Problem *problem);
