/* Outbox: the mails of alerts that wait to be sent. Each is sent at least once, under one Message-ID: whoever sends it
 * twice, because a process ended in between, sends what mail programs show once. What cannot be sent is tried again
 * after a while that grows from seconds to hours, and given up after OUTBOX_DAYS. */
#pragma once

#include "domain/alert.h"

enum { OUTBOX_DAYS = 3, OUTBOX_TROUBLE_MOST = 200 /* bytes */ };

typedef struct Waiting { /* one mail */
    Alert alert;
    int64_t tries;
    const char *address, *language;
} Waiting;

typedef struct Outbox {
    Waiting *items;
    size_t count;
} Outbox;

/* Those whose time has come, the oldest first, at most `most`. None about what is marked above the ceiling of who would
 * get it: that waits until the mark is lowered, or is given up. Memory: `arena`. */
bool outbox_due(Arena *arena, Store *work, int64_t now, size_t most, Outbox *due, Problem *problem);
/* Whether one of these may still be sent: sending others takes a while, in which marks are raised and people leave. */
bool outbox_stands(Store *work, const Waiting *waiting, int64_t now, bool *stands, Problem *problem);
/* Whether anything is to be given up. */
bool outbox_stale(Store *work, int64_t now, bool *stale, Problem *problem);

/* Each one transaction. */
bool outbox_sent(Store *work, int64_t alert, Problem *problem);
bool outbox_failed(Store *work, const Waiting *waiting, int64_t now, const char *trouble, Problem *problem);
bool outbox_give_up(Store *work, int64_t now, Problem *problem); /* what is older than OUTBOX_DAYS */

/* Milliseconds until a mail that failed `tries` times is tried again. */
int64_t outbox_pause(int64_t tries);
