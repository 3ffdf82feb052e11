/* Editing a record claim by claim, as a form does: a claim comes with who says it where. */
#pragma once

#include "domain/record.h"

typedef struct ClaimEntry {
    int source;             /* index into the record's sources, or RECORD_NO_SOURCE: */
    SourceFacts new_source; /* one that the record has not got */
    StatementFacts said;    /* claimant, stance, credibility, locator, known_since, as_of */
    ClaimFacts claim;
} ClaimEntry;

/* Adds the claim to the statement by the same speaker in the same source on the same day, or to a new one. Memory:
 * `arena`; texts are not copied. */
void record_add_claim(Arena *arena, Record *record, const ClaimEntry *entry);

/* Adds the claims as one statement of their own, with the entry's source and speaker: what belongs together, as who did
 * it and on what basis. In the same way. */
void record_add_statement(Arena *arena, Record *record, const ClaimEntry *entry, const ClaimFacts *claims,
                          size_t count);

/* Takes out the claim with this number (from 0, in the record's order), and its statement when that says nothing else.
 * The source stays. False when there is none. */
bool record_remove_claim(Record *record, size_t number);
/* Takes out all claims about the variable in the same way. */
void record_remove_about(Record *record, const char *variable);
