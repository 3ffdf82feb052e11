/* Alert words: an alert in a sentence, for its mail and for the workbench. */
#pragma once

#include "domain/alert.h"
#include "publish/habits.h"

/* "Change 7 was given to you to see to." Nothing of what the record says. Memory: `arena`. */
const char *alert_sentence(Arena *arena, const Language *language, const Alert *alert);
/* What a kind is called where one chooses: "A change is given to me to see to" */
const char *alert_kind_label(const Language *language, AlertKind kind);
