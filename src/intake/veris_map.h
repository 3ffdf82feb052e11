/* Veris map: the codebook's mappings to VERIS ("action.malware.variety=Ransomware + attribute...=Obscuration"), asked
 * of one VERIS document. */
#pragma once

#include "base/json.h"
#include "codebook/codebook.h"

/* Whether one of the values at `path` ("action.hacking.variety", through lists) is `value`, or, for a path without
 * value (value.length 0), whether anything stands there. */
bool veris_has(const json_t *document, const char *path, Text value);

/* How much the mapping says when all of its conditions hold, else 0: more conditions say more, and a longer prefix more
 * than a shorter one. An empty mapping never holds. A condition "path~prefix" holds when the value starts with the
 * prefix. */
size_t veris_holds(const json_t *document, const char *mapping);

/* The code of an enum whose mapping holds and says most, the first in the order of the codebook among
 * equals; NULL when none does. */
const char *veris_code(const json_t *document, const Variable *variable);

/* All codes whose mappings hold; of codes with the same mapping only the first, since it cannot tell them apart.
 * Returns their number, at most `most`. */
size_t veris_codes(const json_t *document, const Variable *variable, const char **codes, size_t most);
