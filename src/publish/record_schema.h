/* Record schema: what a record of a partner may hold, as JSON Schema (2020-12), printed from the shape that is read and
 * from the codebook. */
#pragma once

#include "base/out.h"
#include "codebook/codebook.h"

void record_schema(Out *out, Arena *arena, const Codebook *codebook);
