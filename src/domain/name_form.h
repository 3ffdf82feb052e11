/* Name form: whether a name that is added to an organisation or an actor has the form of its kind. */
#pragma once

#include "domain/act.h"

typedef enum NameKind {
#define NAME(code, of, words, expected) NAME_##code,
#include "domain/name_kinds.def"
#undef NAME
    NAME_KIND_COUNT
} NameKind;

enum { OF_ORGANISATIONS = 1 << ACT_ORGANISATION, OF_ACTORS = 1 << ACT_ACTOR, OF_BOTH = OF_ORGANISATIONS | OF_ACTORS };

typedef struct NameInfo {
    const char *code;     /* "ror" */
    unsigned of;          /* whom it may be a name of */
    const char *words;    /* for people, in English */
    const char *expected; /* its form; NULL: any text */
} NameInfo;

extern const NameInfo name_kinds[NAME_KIND_COUNT];

bool name_is_own(const char *kind); /* by which it is called itself: an alias or a former name */
bool name_is_of(const NameInfo *kind, ActSubject subject);

/* BAD_INPUT at "kind" when the subject has no such kind, at "value" when the value has not its form. */
bool name_check(ActSubject subject, const ActName *name, Problem *problem);
