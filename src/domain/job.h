/* Job: one entry on its way into rows: what the files of the projector share. Private to them. */
#pragma once

#include "domain/facts.h"
#include "domain/names.h"
#include "domain/project.h"

struct Projector {
    Store *store;
    const Codebook *codebook;
    Names *names;
    int64_t last_incident, last_actor;
    bool strict; /* new entries are looked at by the rules of today, those of the journal are not */
    bool acted;  /* an act stands in the journal: incidents and organisations may have been merged */
};

typedef struct Job {
    Projector *projector;
    Arena *arena;
    const Record *record;
    int64_t incident, since;
    int32_t day;                              /* of the entry */
    int64_t statement, claim, version, value; /* the next ids below the incident */
    Decisions decisions;                      /* of the entries about it, this one included */
    bool names_nobody; /* whom it names afterwards was named before; nothing that bears the name ended */
    Problem *problem;
} Job;

/* Of one incident; the next ids are those of one that has no rows. */
Job job_of(Projector *projector, Arena *scratch, const Entry *entry, int64_t incident, Problem *problem);
/* The number in "incident/7" or "organisation/7"; DAMAGED when it is none. */
bool job_subject(const Entry *entry, const char *prefix, int64_t *number, Problem *problem);

bool job_open(Job *job); /* the record's rows, as a new incident */
bool job_find_ends(Job *job);
bool job_add_claims(Job *job, Run *evidence); /* the record's sources, statements and claims as rows */
/* The version before ends; one follows from the claims that are in force now, unless the incident was merged, split or
 * withdrawn. Rows that wait have been written. */
bool job_derive(Job *job);

/* METHOD.md 8: CONFLICT when a new entry leaves an organisation named that this evidence does not let be named. */
bool job_may_name(const Job *job, const Record *facts, Run evidence);
/* Whether it does nothing but change or end links, and none of them names. */
bool act_unnames(const Act *act);

/* The words by which it is found follow from the organisations that are linked to it now. */
bool job_reword(Job *job);
/* Below the incident there is room for the rows of one more act; else BAD_INPUT. */
bool job_has_room(Projector *projector, int64_t incident, Problem *problem);
/* An act upon the links of an incident to organisations. CONFLICT when it does not suit what stands. */
bool project_links(Job *job, const Act *act);
/* Whoever somebody was hit through is linked too, and the way through them has an end: else CONFLICT. */
bool project_suppliers(Projector *projector, int64_t incident, Problem *problem);

/* The row of an act upon `number`. */
bool job_note(Projector *projector, const Entry *entry, const Act *act, int64_t number, Problem *problem);
/* An act upon an organisation or an actor. */
bool project_party(Projector *projector, Arena *scratch, const Entry *entry, const Act *act, Problem *problem);
/* The organisation that stands for this one: itself, or the one that it was merged into. */
bool projector_same(Projector *projector, int64_t *organisation, Problem *problem);
