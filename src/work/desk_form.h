/* What the forms have in common with which a record is coded. */
#pragma once

#include "work/desk_pages.h"

typedef struct Coded { /* the record that is being coded */
    Change change;
    Record record;
    const char *path; /* "/changes/7": its form and its claims stand below it */
    int64_t version;  /* that a save must name */
} Coded;

/* The one that the address names; NOT_FOUND when it is no record. */
bool coded_find(WorkRequest *request, Coded *coded, Problem *problem);

/* The codes of a variable as choices, behind one that chooses none. `variable` may be NULL. */
Choices desk_choices(const WorkRequest *request, const Variable *variable, const char *none, const char *chosen);
/* A field that asks for one of them; `first` is chosen as long as nothing else is. */
void desk_codes(const WorkRequest *request, WorkForm *form, const char *entity, const char *key, const char *first);
Field *desk_hidden(const WorkRequest *request, WorkForm *form, const char *name, const char *value);
/* Address, title, type and reliability; `address` is the first one's label. */
void desk_source_fields(const WorkRequest *request, WorkForm *form, const char *address);

/* What was typed, without blanks around it; NULL when it was nothing. */
const char *desk_text(const WorkRequest *request, const char *field);
/* These tell a fault at the field: unless something was chosen; unless it is a day or empty; and what
 * desk_source_fields asked for, but that a source needs an address or a title. */
void desk_need(WorkRequest *request, const char *field);
void desk_day(WorkRequest *request, const char *field, int32_t *day);
void desk_read_source(WorkRequest *request, SourceFacts *source);

/* The variables of the codebook that are coded, by entity, with what the record says of them. */
CodingEntity *coding_entities(const WorkRequest *request, const Coded *coded, size_t *count);
