/* Sight: who may see what was coded of a new incident before it is published. A second coding is worth something only
 * when it is made without the first one in sight, so that until somebody has handed one in, the record is seen by those
 * who wrote it, and by those who chose to see it and can therefore not code it any more. */
#pragma once

#include "domain/account.h"

typedef struct SightFacts { /* of one person and one change */
    bool open;              /* a new incident that is neither published nor given up */
    bool wrote;             /* a version of it */
    bool looked;            /* chose to see it */
    bool coding;            /* is coding it a second time */
    bool coded;             /* has handed in a second coding */
    bool twice;             /* somebody has */
} SightFacts;

typedef enum Sight { SIGHT_CLEAR, SIGHT_BLIND } Sight;

/* Decided by the facts alone. */
Sight sight_decide(const SightFacts *facts);

/* All false when there is no such change. */
bool sight_facts(Store *work, int64_t change, const char *account, SightFacts *facts, Problem *problem);

typedef enum SightSubject { SIGHT_OF_CHANGE, SIGHT_OF_CANDIDATE } SightSubject;

/* The change that hides it from the account: itself, or one that was made from the candidate. 0: none. */
bool sight_hidden(Store *work, SightSubject subject, int64_t id, const char *account, int64_t *change,
                  Problem *problem);

/* The person chooses to see it, and gives up its second coding if there is one. */
bool sight_look(Store *work, const Hand *hand, int64_t change, Problem *problem);
