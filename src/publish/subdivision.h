/* The names of the parts of a country, such as the states of the United States. */
#pragma once

#include "publish/words.h"

/* The name of a part by its ISO 3166-2 code, or the code itself when it has no name here. */
const char *subdivision_name(const Language *language, const char *code);
