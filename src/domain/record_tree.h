/* Record tree: a record that another program wrote as JSON, in any layout, and where in it a fault is: what the API
 * takes, while the journal takes the canonical form only. Both know the fields from one table (shape.h). */
#pragma once

#include "base/json.h"
#include "domain/record.h"

enum { POINTER_SIZE = 160 };

/* Refuses unknown members, members of another type and what must be there and is not: BAD_INPUT, and `pointer` is the
 * JSON Pointer (RFC 6901) of the place. An empty text is refused: what is not known is left out. `record` shares
 * nothing with `tree`. Memory: `arena`. */
bool record_take(Arena *arena, const json_t *tree, Record *record, char pointer[POINTER_SIZE], Problem *problem);

/* The pointer of a fault that record_check_at found: to the member that problem->field names, where it has that one. */
void record_pointer(const Record *record, const RecordPlace *place, const Problem *problem, char pointer[POINTER_SIZE]);
