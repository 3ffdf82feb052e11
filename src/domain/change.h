/* Change: what somebody prepares for publication, from the first draft to the entry of the public journal: a new
 * incident, more claims, or an act (domain/act.h).
 *
 *   draft → in_review → publishing → published
 *   draft ← in_review (returned, or refused by the log)      draft, in_review → dropped
 *
 * What was saved is never overwritten: each save is a version of its own, and names the version that it was made from.
 * Nobody agrees to what they have written a part of. Every step is one transaction with its row of the private journal.
 */
#pragma once

#include "domain/account.h"
#include "domain/deed.h"
#include "domain/ledger.h"
#include "domain/mark.h"

typedef struct Change {
    int64_t id, subject, origin, version, incident, moved; /* subject, origin, incident: 0 where there is none */
    const char *kind, *title, *state, *author, *reviewer, *trouble; /* the last two may be NULL */
    Tlp mark;
    Text body; /* of its newest version */
} Change;

typedef struct ChangeDraft { /* what is to be begun */
    const char *kind;        /* KIND_OPEN, KIND_ADD or that of an act */
    int64_t subject;         /* 0 for KIND_OPEN */
    int64_t origin;          /* import_row of the candidate; 0 */
    Tlp mark;                /* the candidate gets it too */
    Text body;
} ChangeDraft;

/* A draft may be incomplete, but its body is the canonical form of its kind. */
bool change_begin(Store *work, const Hand *hand, const ChangeDraft *draft, int64_t *id, Problem *problem);
/* CONFLICT when `version` is not the newest one: somebody else has saved since. */
bool change_save(Store *work, const Hand *hand, int64_t id, int64_t version, Text body, Problem *problem);
/* BAD_INPUT names what is missing or wrong. */
bool change_submit(Store *work, const Hand *hand, const Codebook *codebook, int64_t id, Problem *problem);
bool change_return(Store *work, const Hand *hand, int64_t id, const char *why, Problem *problem);
bool change_drop(Store *work, const Hand *hand, int64_t id, const char *why, Problem *problem);

/* NOT_FOUND when there is none. Memory: `arena`. */
bool change_find(Arena *arena, Store *work, int64_t id, Change *change, Problem *problem);
bool change_version(Arena *arena, Store *work, int64_t id, int64_t version, Text *body, Problem *problem);
typedef struct ChangePlace { /* which changes, by number */
    const char *state;       /* NULL: all that are not over */
    int64_t after;
    size_t most;
    Tlp ceiling; /* nothing that is marked higher */
} ChangePlace;

/* Without their bodies. Memory: `arena`. */
bool change_list(Arena *arena, Store *work, ChangePlace place, Change **changes, size_t *count, Problem *problem);

typedef struct ChangeStep { /* one version, or one step, for the history */
    int64_t version, at;
    const char *author;
    Text body;
} ChangeStep;
bool change_history(Arena *arena, Store *work, int64_t id, ChangeStep **steps, size_t *count, Problem *problem);

typedef struct ChangeDesk {
    Store *work;
    Ledger *ledger;
    const Codebook *codebook;
} ChangeDesk;

typedef struct ChangeAgreed {
    int64_t id;
    int64_t version; /* that was looked at; 0: whichever stands */
} ChangeAgreed;

/* The second person agrees: the log appends the entry, and `incident` is the number of what it is about. NOT_ALLOWED
 * for whoever wrote a version of it, or whose role may not publish; CONFLICT when it is not in review, when it is
 * another version by now, when it is not TLP:CLEAR, when the blind second coding that the method asks for is missing,
 * or when the log finds that it does not suit what is published: then it is a draft again and says why. Killed at any
 * moment, it is published or in review; change_resume finishes what was begun.
 */
bool change_publish(const ChangeDesk *desk, const Hand *hand, ChangeAgreed agreed, int64_t *incident, Problem *problem);
bool change_resume(const ChangeDesk *desk, int64_t now, Problem *problem);
/* Whether change_publish would take the agreement: fails as it would before it asks the log, and changes nothing. The
 * desk needs no ledger. */
bool change_lets_publish(const ChangeDesk *desk, const Hand *hand, int64_t id, Problem *problem);

/* NOT_ALLOWED unless the account is active and may publish. */
bool change_may_publish(Store *work, const char *account, Problem *problem);

/* The proposal that the log would get, with `reviewer` in its body. Memory: `arena`. */
bool change_proposal(Arena *arena, const Change *change, const char *reviewer, const Codebook *codebook,
                     Proposal *proposal, Problem *problem);

/* Whether the method asks for a blind second coding of a new incident: documented level 3 or more, and one in ten. */
bool change_needs_coding(Arena *arena, const Codebook *codebook, const Change *change, bool *needed, Problem *problem);

/* The folders of releases that are prepared and neither published nor given up, with blanks between them: see
 * release_folder. Memory: `arena`. */
bool change_releases(Arena *arena, Store *work, const char **folders, Problem *problem);
