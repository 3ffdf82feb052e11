/* TLP: how confidential something is, by the Traffic Light Protocol 2.0 of FIRST (https://www.first.org/tlp/). Each
 * mark lets fewer people see it than the one before. */
#pragma once

#include "base/text.h"

/* clang-format off */
#define TLP_MARKS(MARK)                    \
    MARK(CLEAR,        "CLEAR")            \
    MARK(GREEN,        "GREEN")            \
    MARK(AMBER,        "AMBER")            \
    MARK(AMBER_STRICT, "AMBER+STRICT")     \
    MARK(RED,          "RED")

typedef enum Tlp {
#define MARK(name, word) TLP_##name,
    TLP_MARKS(MARK)
#undef MARK
    TLP_COUNT
} Tlp;
/* clang-format on */

extern const char *const tlp_words[TLP_COUNT]; /* "AMBER+STRICT", as the protocol writes them behind "TLP:" */
Tlp tlp_of(int64_t number);                    /* as it is stored; what it cannot be is the highest mark */
bool tlp_find(Text word, Tlp *mark);           /* with or without "TLP:" before it */
