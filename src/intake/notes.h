/* Notes: the column `conflicting_claims` of the starter incidents, read by people, as claims that contradict each
 * other. They are data (data/conflicts.csv, part of the program); each keeps the words of the note as its quotation. */
#pragma once

#include "intake/build.h"

/* Memory: `arena`. BAD_INPUT when the data is not as expected. */
bool notes_read(Arena *arena, Text csv, const Notes **notes, Problem *problem);

/* Adds the claims that stand in `note` about the incident `id`, said in the source with index `source`. A claim whose
 * words no longer stand in the note is left out. Returns how many were added. */
size_t notes_add(Build *build, const Notes *notes, Text id, Text note, int source);
