/* Partner: one record that a partner's program sends, on its way to the queue. It passes the same checks as what
 * importers read and what people enter, and then waits for a person: nothing here publishes.
 *
 * Its own id (`external`) says which record it is. Sent again with other content it takes the place of what waits; when
 * it was published meanwhile, what is new in it waits as more claims about that incident. */
#pragma once

#include "domain/account.h"
#include "domain/record_tree.h"
#include "domain/tlp.h"

enum { PARTNER_EXTERNAL_MOST = 200 }; /* bytes */

typedef struct Arrival { /* what came, and from whom */
    const char *account; /* its name */
    Tlp ceiling;         /* nothing that is marked higher is taken from it */
    Text json;
} Arrival;

typedef struct Arrived {
    Record record;
    Tlp mark; /* its member `tlp`; TLP:CLEAR when there is none */
} Arrived;

/* BAD_INPUT with the JSON Pointer of the place. The data set, the decision about inclusion and the reviewer are not the
 * partner's to say. Memory: `arena`. */
bool partner_read(Arena *arena, const Codebook *codebook, const Arrival *arrival, Arrived *arrived,
                  char pointer[POINTER_SIZE], Problem *problem);

typedef enum PartnerFate { PARTNER_ADDED, PARTNER_CHANGED, PARTNER_UNCHANGED } PartnerFate;

typedef struct Sending {
    int64_t account;
    const char *name; /* of the account */
    int64_t now;
    Text json;            /* as it came: it is kept */
    const Record *record; /* of partner_read */
    Tlp mark, ceiling;
} Sending;

/* Within the caller's transaction. `id` is the candidate's. It keeps its mark or gets a higher one: the register's
 * people lower it. CONFLICT while somebody works on it; NOT_FOUND when it is marked above the ceiling by now. */
bool partner_store(Arena *arena, Store *work, const Sending *sending, int64_t *id, PartnerFate *fate, Problem *problem);

typedef struct PartnerCandidate {
    int64_t id, incident; /* 0: not published */
    const char *external;
    const char *state;  /* waiting, in_work, refused, given_up, published */
    const char *reason; /* code of domain/refusals.def of one that was refused; else NULL */
    int64_t received;   /* moment of the last time that it said something new */
    Tlp mark;
} PartnerCandidate;

typedef struct PartnerPage {
    int64_t account, after; /* after: id behind which it begins; 0 */
    size_t most;
    Tlp ceiling; /* nothing that is marked higher */
} PartnerPage;

typedef struct PartnerCandidates {
    PartnerCandidate *items;
    size_t count;
} PartnerCandidates;

/* Of what the account has sent, by id. Memory: `arena`. */
bool partner_list(Arena *arena, Store *work, const PartnerPage *page, PartnerCandidates *candidates, Problem *problem);
/* The one with this id, of `page`'s account and ceiling. NOT_FOUND */
bool partner_find(Arena *arena, Store *work, const PartnerPage *page, int64_t id, PartnerCandidate *candidate,
                  Problem *problem);
