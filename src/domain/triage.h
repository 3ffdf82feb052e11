/* Triage: what people decide about the candidates of the queue: records that importers left in the work store. Each
 * decision is a transaction with its row of the private journal, and the next one replaces it. */
#pragma once

#include "domain/change.h"

typedef struct Refusal {
    const char *code, *words; /* words: in English, for translation */
} Refusal;
extern const Refusal refusals[]; /* ended by a NULL code */

typedef struct Candidate {
    int64_t id;                                   /* of the imported row */
    const char *dataset, *external, *title, *why; /* why: it was not published; may be NULL */
    const char *state;                            /* open, taken, postponed, refused */
    const char *account, *reason, *note;          /* of the decision; may be NULL */
    int32_t until;                                /* day; DAY_UNKNOWN */
    int64_t change, incident, at;                 /* 0 where there is none */
    int score;                                    /* candidate_score */
    const char *country;                          /* of its first organisation; may be NULL */
    Tlp mark;
    Text body;
} Candidate;

typedef struct CandidatePage {
    const char *state; /* NULL: open, and postponed until a day that has come */
    int32_t today;
    int64_t after;
    size_t most;
    Tlp ceiling; /* nothing that is marked higher */
} CandidatePage;

/* In the order of their ids. Memory: `arena`. */
typedef struct Candidates {
    Candidate *items;
    size_t count;
} Candidates;

bool candidate_list(Arena *arena, Store *work, const Codebook *codebook, const CandidatePage *page, Candidates *found,
                    Problem *problem);
bool candidate_find(Arena *arena, Store *work, const Codebook *codebook, int64_t id, Candidate *candidate,
                    Problem *problem); /* NOT_FOUND */

/* What it is worth to look at first, 0 to 100: points for what it tells and how surely (triage.c says which). */
int candidate_score(Arena *arena, const Codebook *codebook, const Record *record);

/* Begins a change from it, which has its mark; with a higher `mark` both have that. CONFLICT when somebody else has
 * taken or refused it. */
bool triage_take(Store *work, const Hand *hand, int64_t id, Tlp mark, int64_t *change, Problem *problem);
bool triage_postpone(Store *work, const Hand *hand, int64_t id, int32_t until, Problem *problem);
/* `reason` is a code of refusals; `note` may be NULL. */
bool triage_refuse(Store *work, const Hand *hand, int64_t id, const char *reason, const char *note, Problem *problem);
/* Opens again what was postponed or refused. */
bool triage_reopen(Store *work, const Hand *hand, int64_t id, Problem *problem);
/* Within the caller's transaction: opens again what was decided, because whoever sent it has sent it anew. */
bool triage_open_within(Store *work, const Hand *hand, int64_t id, Problem *problem);
