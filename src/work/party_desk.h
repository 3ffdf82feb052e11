/* Party desk: what the pages of organisations and those of actors say each in its own words; all else is the same. */
#pragma once

#include "domain/party.h"
#include "work/request.h"

typedef struct PartyDesk {
    const char *path;                              /* "/organisations": of their pages */
    const char *heading, *one, *other;             /* in English, as all words here; one, other: how many were found */
    const char *none, *found;                      /* found: what the table of those found is called */
    const char *fresh, *fresh_intro;               /* of the form that makes one */
    const char *number;                            /* "Organisation number {number}" */
    const char *divide, *divide_intro;             /* of the form that tells two apart */
    const char *itself;                            /* "The organisation", as a link to its page */
    const char *unknown, *joined, *undone, *about; /* what an act says of {number}, {into} and {entry} */
} PartyDesk;

/* NULL of incidents. */
const PartyDesk *party_desk(ActSubject subject);
/* Of the address, /L/organisations... or /L/actors... */
ActSubject party_desk_subject(const WorkRequest *request);
const PartyDesk *party_desk_of(const WorkRequest *request);

enum { PARTIES_SHOWN = 50 };
/* How many were found, or that there are more than are shown. */
const char *party_told(const WorkRequest *request, const PartyDesk *desk, size_t found);
