#include "domain/tlp.h"

const char *const tlp_words[TLP_COUNT] = {
#define MARK(name, word) word,
    TLP_MARKS(MARK)
#undef MARK
};

Tlp tlp_of(int64_t number)
{
    return number >= TLP_CLEAR && number < TLP_COUNT ? (Tlp)number : TLP_RED;
}

bool tlp_find(Text word, Tlp *mark)
{
    static const char prefix[] = "TLP:";
    if (text_starts(word, prefix))
        word = text_slice(word, sizeof prefix - 1, word.length);
    for (size_t i = 0; i < TLP_COUNT; i++)
        if (text_is(word, tlp_words[i])) {
            *mark = (Tlp)i;
            return true;
        }
    return false;
}
