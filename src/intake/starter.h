/* Starter: the columns of the starter incidents, and who speaks in their sources. Private to the importer. */
#pragma once

#include "intake/build.h"

typedef enum StarterColumn {
#define COLUMN(name, text) name,
#include "intake/starter.def"
#undef COLUMN
} StarterColumn;

/* Whether the cell is that word. */
bool starter_says(const Making *making, size_t column, const char *word);

/* A new statement in the source that the column names; `claimant` NULL: whoever speaks on that site. */
size_t starter_state(Build *build, size_t column, const char *claimant, const char *stance);

/* A new statement of the list itself, which carries its licence. */
size_t starter_state_list(Build *build, const char *locator);
