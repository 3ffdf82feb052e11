/* Public: the published register, opened for the commands that read it. */
#pragma once

#include "cli/command.h"
#include "publish/search.h"
#include "stats/figures.h"

typedef struct Published {
    Codebook codebook;
    Store *store;
    Snapshot *snapshot;
    Filter filter; /* of the QUERY among the arguments */
    Found found;   /* of its search words */
} Published;

/* `query` may be NULL. Ended by public_close, also after a failure. */
bool public_open(const Call *call, const char *query, Published *published, Problem *problem);
void public_close(Published *published);

#define AUTO_PUBLISHED __attribute__((cleanup(public_close))) Published
