/* Attribution status: how well it is known who did it, by all that is said of it: the codebook's attribution_status. */
#pragma once

#include "domain/published.h"

/* A code of attribution_status. Somebody is named by a live claim about `actor`; what a model wrote without an editor
 * counts for nothing.
 *
 * none: nobody is named. judicial: a court names somebody. contested: of the claims that are credible (c1 to c3) or the
 * attackers' own, two name different ones; names are compared as they are written. corroborated: two of others than the
 * attacker, of different independence groups, name the same. attributed: one other than the attacker. claimed: only
 * attackers themselves. */
const char *derive_attribution(Run all);
