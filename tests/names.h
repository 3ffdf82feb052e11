/* Names of organisations that nobody has, and parts of them that somebody might type: the same each time. */
#pragma once

#include "base/base.h"

enum { NAME_SIZE = 96 };

static inline size_t name_below(uint64_t *random, size_t most)
{
    *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(*random >> 33) % most;
}

static inline const char *name_any(uint64_t *random, const char *const *words, size_t count)
{
    return words[name_below(random, count)];
}

static const char *const name_heads[] = { "saint mary", "northern",     "lakeside", "riverside",    "municipal",
                                          "university", "regional",     "central",  "valley",       "coastal",
                                          "mercy",      "green",        "hopital",  "staedtisches", "clinica",
                                          "centre",     "sacred heart", "west" };
static const char *const name_kinds_of[] = { "hospital",   "medical center", "clinic",    "health system",
                                             "laboratory", "dental group",   "care home", "pharmacy",
                                             "imaging",    "hospice",        "klinikum",  "universitatsklinikum" };
static const char *const name_syllables[] = { "ka",   "lo",    "mi",  "ne",   "ra",    "to",   "shi",   "ber",
                                              "gen",  "ville", "ton", "burg", "stein", "mont", "clair", "ham",
                                              "wick", "dor",   "lac", "sur",  "mar",   "el",   "go",    "fin" };

static inline void name_place(uint64_t *random, char *at, size_t room)
{
    const char *parts[4];
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        parts[i] = name_any(random, name_syllables, COUNT_OF(name_syllables));
    (void)snprintf(at, room, "%s%s%s%s", parts[0], parts[1], name_below(random, 2) ? parts[2] : "",
                   name_below(random, 4) ? "" : parts[3]);
}

/* A folded name, "lakeside care home bergenton 7". */
static inline void name_make(uint64_t *random, char name[NAME_SIZE])
{
    char place[NAME_SIZE / 2];
    name_place(random, place, sizeof place);
    const char *head = name_any(random, name_heads, COUNT_OF(name_heads));
    const char *kind = name_any(random, name_kinds_of, COUNT_OF(name_kinds_of));
    if (name_below(random, 5))
        (void)snprintf(name, NAME_SIZE, "%s %s %s", head, kind, place);
    else
        (void)snprintf(name, NAME_SIZE, "%s %s %s %zu", head, kind, place, name_below(random, 400));
}

/* What somebody has typed so far: one to three words in any order, the last one perhaps not to its end. */
static inline void name_type(uint64_t *random, char typed[NAME_SIZE])
{
    size_t length = 0, count = 1 + name_below(random, 3);
    for (size_t i = 0; i < count; i++) {
        char place[NAME_SIZE / 4];
        size_t sort = name_below(random, 3);
        name_place(random, place, sizeof place);
        const char *word = sort == 0   ? name_any(random, name_heads, COUNT_OF(name_heads))
                           : sort == 1 ? name_any(random, name_kinds_of, COUNT_OF(name_kinds_of))
                                       : place;
        int written = snprintf(typed + length, NAME_SIZE - length, "%s%s", i ? " " : "", word);
        length += (size_t)written;
    }
    typed[length - name_below(random, MIN(length, (size_t)6))] = '\0';
}
