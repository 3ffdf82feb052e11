/* Claim form: the fields with which something is said about a published incident: values of one variable with their
 * quotation, source, speaker and day. */
#pragma once

#include "domain/record_edit.h"
#include "domain/whole.h"
#include "work/desk_pages.h"

typedef struct ClaimForm {
    const Variable *variable;
    ValueType type;
    const Record *record;    /* whose sources are offered */
    const WholeClaim *given; /* what stands there before somebody types */
    const char **values;     /* those given, where the variable takes any number */
    size_t value_count;
} ClaimForm;

/* What was typed, or else `given`, "" for NULL. */
const char *typed_or(const WorkRequest *request, const char *name, const char *given);
/* A field with what was typed or else is given. */
Field *typed_field(const WorkRequest *request, WorkForm *form, FieldPlan plan, const char *given);
/* The codes of a variable as choices behind one that chooses none. */
Field *typed_codes(const WorkRequest *request, WorkForm *form, const Variable *variable, FieldPlan plan,
                   const char *given);

/* Without blanks around it; NULL when nothing was typed. */
const char *typed_text(const WorkRequest *request, const char *name);
/* A fault at the field unless something was typed or chosen. */
bool typed_needed(WorkRequest *request, const char *name);
/* A fault at the field when something else was sent than a code of the variable, which is named as its field is; for
 * typed_chosen also when nothing was. */
bool typed_offered(WorkRequest *request, const char *entity, const char *name);
bool typed_chosen(WorkRequest *request, const char *entity, const char *name);
/* What is in the field "country", NULL for nothing; a fault there when it is no country's code. */
const char *typed_country(WorkRequest *request);

/* A fault at the field when it is longer than a record takes. */
void typed_fits(WorkRequest *request, const char *name);
/* A fault at the field unless it is a day or empty, which is DAY_UNKNOWN. */
void typed_day(WorkRequest *request, const char *name, int32_t *day);
/* The codes of a variable that is named as its field is, under its label. */
void typed_known(const WorkRequest *request, WorkForm *form, const char *entity, const char *key, const char *given);
/* Address, title, type and reliability of a source, and what was typed there; `address` is the first one's label. A
 * title may be missing where the source itself has one. */
void typed_source_fields(const WorkRequest *request, WorkForm *form, const char *address);
void typed_source(WorkRequest *request, SourceFacts *source);
/* A fault at the address when there is neither address nor title. */
void typed_source_named(WorkRequest *request, const SourceFacts *source);

/* The value of one variable, and the fields for who says it, where, in which words: the parts of the form of one claim.
 */
void claim_value_field(const WorkRequest *request, WorkForm *form, const ClaimForm *claim, FieldPlan plan);
void claim_said_fields(const WorkRequest *request, WorkForm *form, const ClaimForm *claim);
void claim_form_fields(const WorkRequest *request, WorkForm *form, const ClaimForm *claim);

typedef struct ClaimTyped {
    ClaimEntry entry;    /* without a value */
    const char **values; /* none: entry.claim.missing says why */
    size_t value_count;
} ClaimTyped;

/* The values in the field of this name, into `typed`, whose claim has its variable; and who says it, into `entry`,
 * whose claim has its quotation. What is wrong becomes a fault at its field. */
void claim_values_read(WorkRequest *request, const char *name, const ClaimForm *claim, ClaimTyped *typed);
bool claim_said_read(WorkRequest *request, const Record *record, ClaimEntry *entry);

/* Reads the fields; what is wrong becomes a fault at its field, and false. */
bool claim_form_read(WorkRequest *request, const ClaimForm *claim, ClaimTyped *typed);
