/* Alert: tells one account of one thing that happened. Made in the transaction of what happened, or, for what only time
 * or the public journal brings, found afterwards (alert_replies, contest_follow). Nobody is alerted to a thing twice,
 * and nobody to what they did themselves.
 *
 * An alert has a number and a place in the workbench and nothing of what the record says, so that its mail gives
 * nothing away. */
#pragma once

#include "domain/account.h"
#include "domain/record.h"

/* clang-format off */
/*    name       word         when */
#define ALERT_KINDS(KIND)                                                                                   \
    KIND(ASSIGNED,  "assigned")  /* a change was given to the account to see to */                          \
    KIND(REPLY,     "reply")     /* an organisation may answer for a few days more: the account asked or wrote */ \
    KIND(CONTESTED, "contested") /* a published value became contested */                                   \
    KIND(GONE,      "gone")      /* a source of an incident is no longer where it was */

typedef enum AlertKind {
#define KIND(name, word) ALERT_##name,
    ALERT_KINDS(KIND)
#undef KIND
    ALERT_KIND_COUNT
} AlertKind;
/* clang-format on */

extern const char *const alert_words[ALERT_KIND_COUNT];
AlertKind alert_find(Text word); /* ALERT_KIND_COUNT when it is none */

enum { ALERT_NOTICE_DAYS = 3 /* before a reply is due, so that a weekend does not hide it */ };

typedef struct Alert {
    int64_t id, change, incident, at; /* change or incident, the other 0 */
    AlertKind kind;
    int32_t day;         /* of ALERT_REPLY; else DAY_UNKNOWN */
    const char *path;    /* "/changes/7" */
    const char *mail;    /* none, waiting, sent, given_up */
    const char *trouble; /* why its mail failed last; NULL */
} Alert;

typedef struct Alerts {
    Alert *items;
    size_t count;
} Alerts;

typedef struct AlertPlace {
    int64_t account;
    size_t most;
    Tlp ceiling; /* nothing about what is marked higher */
} AlertPlace;

/* The newest of an account, newest first. Memory: `arena`. */
bool alert_list(Arena *arena, Store *work, AlertPlace place, Alerts *alerts, Problem *problem);

/* Of a row whose first columns are those of alert_page. */
bool alert_take(Arena *arena, const Rows *rows, Alert *alert, Problem *problem);

typedef struct AlertFacts { /* what happened */
    AlertKind kind;
    const char *cause, *path; /* path NULL: the page of the incident */
    const char *author;       /* whose deed it was, who is not told; NULL: nobody's */
    int64_t change, incident, now;
    int32_t day;
} AlertFacts;

/* All within the caller's transaction. To one account: */
bool alert_tell(Store *work, int64_t account, const AlertFacts *facts, Problem *problem);
/* To all who wrote a version of a change about the incident, coded it a second time or were assigned to it. */
bool alert_incident(Store *work, const AlertFacts *facts, Problem *problem);
/* To those whose replies are due within ALERT_NOTICE_DAYS of `now`. */
bool alert_replies(Store *work, int64_t now, Problem *problem);

/* Whether alert_replies would tell anybody: it needs no transaction. */
bool alert_replies_wait(Store *work, int64_t now, bool *wait, Problem *problem);
/* Whether anybody would be told about the incident. */
bool alert_concerns(Store *work, int64_t incident, bool *concerns, Problem *problem);
