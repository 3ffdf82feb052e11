/* Deed: one entry of the private journal, in the work store: who did what, when. Append-only; each row's hash takes in
 * the hash of the row before, so that a changed or removed row is seen.
 *
 * Whatever changes the work store on a person's behalf writes one, in the same transaction. */
#pragma once

#include "store/store.h"

typedef struct Deed {
    int64_t id;          /* from 1, without gaps; set by deed_add */
    int64_t at;          /* moment */
    const char *author;  /* name of an account, or DEED_COMMAND_LINE */
    const char *kind;    /* "account.add" */
    const char *subject; /* "account/maria" */
    const char *detail;  /* a JSON object; NULL: {} */
} Deed;

enum { DEED_WORDS_MOST = 1000 /* bytes of what somebody says beside a step: a reason, a note */ };
/* BAD_INPUT at `field` when the words are more. `words` may be NULL. */
bool deed_words_fit(const char *field, const char *words, Problem *problem);

#define DEED_COMMAND_LINE "command-line"

/* Within the caller's transaction. */
bool deed_add(Store *work, Deed *deed, Problem *problem);

/* With at most 2,000 characters of their details: what an import tells of its rows is long.
 * The newest `most` before the id `before` (0: from the end), newest first. Memory: `arena`. */
typedef struct Deeds {
    Deed *items;
    size_t count;
} Deeds;

bool deed_list(Arena *arena, Store *work, int64_t before, size_t most, Deeds *deeds, Problem *problem);

/* Those about one subject, oldest first. Memory: `arena`. */
bool deed_about(Arena *arena, Store *work, const char *subject, Deeds *deeds, Problem *problem);

/* Computes all hashes again. `wrong` is the first row that is not as it was written or behind which one is missing; 0
 * when there is none. */
bool deed_verify(Store *work, int64_t *count, int64_t *wrong, Problem *problem);
