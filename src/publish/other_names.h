/* Other names: what an organisation or an attacker is called beside its name, its numbers in registers, and which
 * others it was taken for. */
#pragma once

#include "publish/entity.h"

typedef struct OtherName {
    const char *kind, *value; /* kind: of domain/name_kinds.def, or "register" */
} OtherName;

typedef struct OtherNames {
    OtherName *items;
    size_t count, room;
} OtherNames;

void other_names_add(Arena *arena, OtherNames *names, OtherName name);
/* Adds kinds and values, the first two columns. Closes the rows, which may be NULL. */
bool other_names_take(Arena *arena, Rows *rows, OtherNames *names);

typedef enum OtherPart { OTHER_NAMES, IDENTIFIERS } OtherPart; /* identifiers as "wikidata:Q1" */
Cell other_names_cell(Arena *arena, const OtherNames *names, OtherPart part);

/* A section of the page, and ,"names":[other_name]. */
void other_names_section(const View *view, const OtherNames *names, EntityPage *page);
void other_names_json(const View *view, const OtherNames *names, Out *out);

/* How one of them is shown: the words, and the address when it has a page of its own still. */
typedef PageLink OtherShown(const View *view, const Rows *rows, bool apart);

/* A section with those that were merged into it or told apart from it, and the reasons: whom, the kind of the act and
 * its reason are the first three columns. Closes the rows, which may be NULL. */
void others_section(const View *view, Rows *rows, OtherShown *shown, const char *heading, EntityPage *page);
