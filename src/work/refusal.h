/* Refusal: what the domain refuses, in the reader's language.
 *
 * The domain says it in English, for the command line and the API too. Its sentences stand in refused.def as patterns
 * with slots; a sentence that fits one is said by the pattern's translation. What stood in a slot is translated by the
 * slot's name: {variable} is a variable of the codebook or a field, {state} that of a change or an incident, {role}
 * that of an account, {expected} another pattern; anything else stays as it is. */
#pragma once

#include "codebook/codebook.h"
#include "publish/words.h"

/* A sentence without a final full stop; one that fits no pattern comes back as it is: what a person wrote, or English.
 * Memory: `arena`. */
const char *refusal_say(Arena *arena, const Language *language, const Codebook *codebook, const char *english);

/* The same as a sentence of its own, with a capital letter and a full stop. */
const char *refusal_sentence(Arena *arena, const Language *language, const Codebook *codebook, const char *english);
