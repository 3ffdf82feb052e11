/* Naming: METHOD.md 8, no name from a leak site before v2. What the attacker alone tells is published without what
 * could name the victim; the log takes it out before the entry is made, since entries are public for good.
 *
 * Left are codes, numbers and dates: the organisation by its kind and country, a source by its kind, how far it is
 * trusted and who stands behind it. Words of people (summary, quotations, addresses and titles of pages) and claims
 * that tell an organisation apart stay with the drafts. */
#pragma once

#include "domain/verification.h"

/* Whether an organisation may be named with this evidence of the incident: it is probable or confirmed, or the attacker
 * tells nothing of it, or the victim, an authority or a court says itself that it happened. */
bool naming_lets(Run evidence);

/* What may be published of a source of the record when it may not name. All that the rules read of it is in its title,
 * since pages of one kind become one source. Memory: `arena`. */
SourceFacts naming_source(Arena *arena, const Codebook *codebook, const Record *record, const SourceFacts *source);

/* Leaves of the record what may be published when it may not name. Done twice it changes nothing more. Memory: `arena`;
 * what the record pointed to stays as it was, and its claims are understood. */
void naming_conceal(Arena *arena, const Codebook *codebook, Record *record);
