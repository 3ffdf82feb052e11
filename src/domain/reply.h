/* Reply: an organisation's right to answer before its name adds something to what is public (METHOD.md 8): asked on a
 * day, due on a day, and in between the change that names it is not published, unless a person who may publish says why
 * it need not be waited for.
 *
 *   waiting → answered | objection | no_answer (only after the day) | waived
 *
 * An answer and a silence become a claim about right_of_reply with its source: in the change while it is a draft, else
 * as a change that adds it to the published incident. Each step is one transaction with its row of the private journal.
 */
#pragma once

#include "domain/change.h"
#include "domain/record_edit.h"

enum { REPLY_WORKING_DAYS = 5, REPLY_TEXT_MOST = 200 /* bytes of way and organisation */ };

typedef struct Reply {
    int64_t id, change, incident; /* 0 where there is none; incident also of a change that was published */
    const char *organisation, *way, *state, *reason, *account; /* reason may be NULL */
    int32_t asked, due, ended;                                 /* days; ended DAY_UNKNOWN while it waits */
    const char *title;                                         /* of the change; NULL */
    Tlp mark;                                                  /* of the change */
} Reply;

/* The last of so many working days (Monday to Friday) behind a day. */
int32_t reply_due(int32_t asked, int working_days);

/* Asks: `reply` says change or incident, organisation, way, asked and due (DAY_UNKNOWN: the method's notice). BAD_INPUT
 * with the field; `due` may be later than the method asks, never earlier. CONFLICT for a change that is over. */
bool reply_ask(Store *work, const Hand *hand, const Reply *reply, int64_t *id, Problem *problem);

typedef struct ReplyEnd {
    const char *state;       /* answered, objection, no_answer */
    int32_t day;             /* when it came, or is found to be missing */
    const char *quote;       /* of the answer, up to QUOTE_MAX characters; may be NULL */
    const char *url, *title; /* of the answer; one of them; of no_answer: NULL */
} ReplyEnd;

typedef struct Replies {
    Reply *items;
    size_t count;
} Replies;

/* Written into what `desk` opens; its ledger is not used. `change` is the change that holds the claim. CONFLICT when it
 * was ended already, when the change is in review, or for a silence before the day has passed. */
bool reply_end(const ChangeDesk *desk, const Hand *hand, int64_t id, const ReplyEnd *end, int64_t *change,
               Problem *problem);
/* NOT_ALLOWED for who may not publish; `basis` is a code of naming_basis by which the name is public anyway. */
bool reply_waive(const ChangeDesk *desk, const Hand *hand, int64_t id, const char *basis, const char *reason,
                 Problem *problem);

bool reply_find(Arena *arena, Store *work, int64_t id, Reply *reply, Problem *problem); /* NOT_FOUND */
/* Those of a change and of what it became, or of an incident (the other 0); by number. Memory: `arena`. */
bool reply_of(Arena *arena, Store *work, int64_t change, int64_t incident, Replies *replies, Problem *problem);
typedef struct ReplyPlace {
    const char *state;
    size_t most;
    Tlp ceiling; /* nothing that is marked higher */
} ReplyPlace;

/* In a state, the first due first. */
bool reply_list(Arena *arena, Store *work, ReplyPlace place, Replies *replies, Problem *problem);

/* CONFLICT while an organisation that the change names may still answer. */
bool reply_lets(Arena *arena, Store *work, const Change *change, int32_t today, Problem *problem);
