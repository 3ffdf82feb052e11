/* Actor book: what the project itself knows of attackers beside the claims: which names are the same attacker's
 * (data/actors.csv), and what groups promised about health care (data/pledges.csv). Read once, at start. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

typedef struct ActorName {
    const char *actor, *name, *from; /* from: where it is known from */
    const char *folded;              /* unicode_fold of name */
} ActorName;

typedef struct Bilingual {
    const char *english, *french; /* "" when nothing is said */
} Bilingual;

typedef struct Pledge {
    const char *id, *actor;
    const char *date, *precision; /* "2020-03-18", code of date_precision */
    const char *kind, *status;    /* codes of pledge_kind, pledge_status */
    Bilingual promise, exceptions, channel, explanation, remedy;
    const char *covers;   /* codes of pledge_scope with "|" between them */
    const char *incident; /* of the starter data set; "" when there is none */
    const char *breach_date, *breach_organisation, *breach_assessment; /* "" when there is none */
    const char *source, *second_source;                                /* addresses; the second may be "" */
    const char *confidence;                                            /* code of attribution_confidence */
} Pledge;

typedef struct ActorBook {
    const ActorName *names;
    size_t name_count;
    const Pledge *pledges; /* those of an actor together, the oldest first */
    size_t pledge_count;
} ActorBook;

/* Memory: `arena`. BAD_INPUT names the file and the line. */
bool actor_book_read(Arena *arena, Text names_csv, Text pledges_csv, ActorBook *book, Problem *problem);

/* The name under which a claim's name stands; itself when nothing is known of it. */
const char *actor_main_name(const ActorBook *book, const char *name);
/* The name as a part of an address: "lockbit" for LockBit; "" when there is no letter in it. */
const char *actor_slug(Arena *arena, const char *name);
