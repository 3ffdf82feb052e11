/* Feed: what is new under a filter, as Atom 1.0 (RFC 4287) and as JSON Feed 1.1. Both say the same. */
#pragma once

#include "base/out.h"
#include "publish/words.h"

typedef struct FeedEntry {
    const char *address;         /* absolute, and the entry's identity: never another one for the same incident */
    const char *title, *summary; /* plain text; summary NULL when there is none */
    const char *language;        /* of title and summary: "fr" */
    int64_t published, updated;  /* moments; updated never before published */
} FeedEntry;

typedef struct Feed {
    const Language *language;
    const char *title, *subtitle;
    const char *address; /* of the feed itself in this form, absolute; its identity */
    const char *page;    /* of the same list for people, absolute */
    const char *author, *licence;
    int64_t updated; /* of the newest entry; of the register when there is none */
    const FeedEntry *entries;
    size_t count;
} Feed;

#define FEED_ATOM_TYPE "application/atom+xml; charset=utf-8"
#define FEED_JSON_TYPE "application/feed+json; charset=utf-8"

void feed_atom(Out *out, const Feed *feed);
void feed_json(Out *out, const Feed *feed);
