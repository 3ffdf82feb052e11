/* Nearest: the word somebody probably meant. */
#pragma once

#include "base/base.h"

/* The place in `words` of the one that takes the fewest changed letters to become `typed`; -1 when none is close. */
int nearest_word(const char *typed, const char *const *words, size_t count);
