#include "work/party_desk.h"

static const PartyDesk desks[ACT_SUBJECTS] = {
    [ACT_ORGANISATION] = { .path = "/organisations",
                           .heading = N_("Organisations"),
                           N2_("{n} organisation found", "{n} organisations found"),
                           .none = N_("The register knows no organisation by these words."),
                           .found = N_("Organisations found"),
                           .fresh = N_("A new organisation"),
                           .fresh_intro = N_("It is published by another person, and shown in public once an incident "
                                             "hit it."),
                           .number = N_("Organisation number {number}"),
                           .divide = N_("A part of it is another organisation"),
                           .divide_intro = N_("What is ticked goes over to another organisation, which is made; the "
                                              "rest stays."),
                           .itself = N_("The organisation"),
                           .unknown = N_("An organisation that the register does not know yet."),
                           .joined = N_("Organisation {number} goes into organisation {into}."),
                           .undone = N_("What entry {entry} did to organisation {number} is taken back."),
                           .about = N_("About organisation {number}.") },
    [ACT_ACTOR] = { .path = "/actors",
                    .heading = N_("Attackers"),
                    N2_("{n} attacker found", "{n} attackers found"),
                    .none = N_("The register knows no attacker by these words."),
                    .found = N_("Attackers found"),
                    .fresh = N_("A new attacker"),
                    .fresh_intro = N_("It is published by another person, and shown in public once somebody names it "
                                      "in an incident, by any of its names."),
                    .number = N_("Attacker number {number}"),
                    .divide = N_("A part of it is another attacker"),
                    .divide_intro = N_("The names that are ticked go over to another attacker, which is made, and the "
                                       "incidents where they are named go with them; the rest stays."),
                    .itself = N_("The attacker"),
                    .unknown = N_("An attacker that the register does not know yet."),
                    .joined = N_("Attacker {number} goes into attacker {into}."),
                    .undone = N_("What entry {entry} did to attacker {number} is taken back."),
                    .about = N_("About attacker {number}.") },
};

const PartyDesk *party_desk(ActSubject subject)
{
    return subject < ACT_SUBJECTS && desks[subject].path ? &desks[subject] : NULL;
}

ActSubject party_desk_subject(const WorkRequest *request)
{
    return text_is(request->parts[1], "actors") ? ACT_ACTOR : ACT_ORGANISATION;
}

const PartyDesk *party_desk_of(const WorkRequest *request)
{
    return party_desk(party_desk_subject(request));
}
