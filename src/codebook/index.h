/* Index: finds what a name means. Private to this room. */
#pragma once

#include "base/table.h"
#include "codebook/codebook.h"

struct CodebookIndex {
    const Table *variables; /* key to place in `found`: the first entity that has it */
    const Table *qualified; /* "entity.key" to place in `found` */
    const Table *claims;    /* name of a claimable thing to place in `found` */
    const Variable *const *found;
    const Variable *needed[NEEDED_COUNT];
};

enum { QUALIFIED_MAX = 2 * CODEBOOK_KEY_MAX + 2 };

/* "entity.key", in `name`. */
Text index_qualified(const char *entity, const char *key, char name[QUALIFIED_MAX]);

void codebook_index(Arena *arena, Codebook *codebook); /* once all is read; memory: `arena` */

/* Finds the value of `code`; made once the variable's values are known. NULL when the variable has no list of codes. */
const Table *index_of_codes(Arena *arena, const Variable *variable);

/* What one line alone does not show: groups that values name exist, and the variables and codes that the program's
 * rules read are there. `lines`: the line of "entity.variable" and "entity.variable.code". */
bool codebook_check(const Codebook *codebook, const Table *lines, Problem *problem);
