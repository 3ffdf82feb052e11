/* Links: which organisations an incident hit and how, in a draft or of one that is published. */
#pragma once

#include "domain/party.h"
#include "work/claim_form.h"

typedef struct Links {
    bool draft;       /* the record of a change; else a published incident */
    const char *path; /* "/changes/7/organisations" */
    const char *above;
    Change change; /* of a draft */
    Record record;
    const int64_t
        *numbers; /* by which each of record.affected is told in addresses: its place from 1, or the link's id */
    const int64_t *organisations; /* of the register; NULL of a draft */
} Links;

/* Those of the address. CONFLICT when they are no draft's, or the incident has left. */
bool links_find(const WorkRequest *request, Links *links, Problem *problem);
/* "Directly attacked · Named", and through whom. */
const char *links_about(const WorkRequest *request, const Links *links, size_t place);

/* The organisations or actors found by these words, and one of them. */
bool desk_parties(const WorkRequest *request, ActSubject subject, const char *words, PartyRows *rows, Problem *problem);
bool desk_party(const WorkRequest *request, ActSubject subject, int64_t id, PartyRecord *party, Problem *problem);
/* With an address below the workbench each; `link` writes it: a path that ends before the number. */
FoundRow *desk_found_rows(const WorkRequest *request, const PartyRows *found, const char *path);

/* What a kind of names is called: "Alias". */
const char *desk_name_words(const Language *language, const char *kind);

/* The fields of one link within a form of `actions`, with what was typed or else what stands at `place` (that of none
 * is record.affected_count). */
typedef struct LinkForm {
    const Links *links;
    size_t place;
} LinkForm;
/* The place of the link that the address names; NOT_FOUND. */
bool link_place(const WorkRequest *request, const Links *links, size_t *place, Problem *problem);
void link_fields(const WorkRequest *request, WorkForm *form, const LinkForm *link);
/* What was typed, as an act has it; false with faults at the fields. `facts` backs it. */
bool link_read(WorkRequest *request, const LinkForm *link, ActLink *read, OrganisationFacts *facts, Problem *problem);

typedef struct LinksPage {
    const char *heading, *back, *fault;
    const FoundRow *rows; /* name: the organisation; kind: how */
    size_t count;
    const char *address, *words; /* of finding one */
    bool asked;
    const FoundRow *found;
    size_t found_count;
    Actions actions;
} LinksPage;

typedef struct LinkPage {
    const char *heading, *back, *about, *fault;
    Actions actions;
} LinkPage;

void links_html(Out *out, const WorkFrame *frame, const LinksPage *page);
void link_html(Out *out, const WorkFrame *frame, const LinkPage *page);
