/* Name form: whether a name that is added to an organisation has the form of its kind. */
#pragma once

#include "domain/act.h"

typedef enum NameKind {
#define NAME(code, words, expected) NAME_##code,
#include "domain/name_kinds.def"
#undef NAME
    NAME_KIND_COUNT
} NameKind;

typedef struct NameInfo {
    const char *code;     /* "ror" */
    const char *words;    /* for people, in English */
    const char *expected; /* its form; NULL: any text */
} NameInfo;

extern const NameInfo name_kinds[NAME_KIND_COUNT];

/* BAD_INPUT at "kind" when there is no such kind, at "value" when the value has not its form. */
bool name_check(const ActName *name, Problem *problem);
