/* Words: what the program says to people, in their language.
 *
 * The English text is the key of its translation (po/<language>.po, compiled into the program); a text without a
 * translation stays English. Names of codes come from the codebook, not from here. Languages are opened once and
 * constant from then on. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

enum { PLURAL_FORMS = 4 };

typedef struct Message { /* made by tools/po.awk */
    const char *english;
    const char *forms[PLURAL_FORMS]; /* in the order of Catalogue.categories; [0] alone when it has no plural */
} Message;

typedef struct Catalogue {
    const char *code, *name; /* "fr", "français" */
    const char *categories;  /* plural categories of ICU in the order of the forms: "one other" */
    const Message *messages;
    size_t count;
} Catalogue;

extern const Catalogue catalogues[];
extern const size_t catalogue_count;

typedef struct Language {
    const char *code, *name;
    const Catalogue *catalogue;
    const struct Habits *habits; /* private: see habits.h */
} Language;

typedef struct Languages {
    const Language *items; /* English first */
    size_t count;
} Languages;

/* Memory: `arena`, which must outlive every use. UNAVAILABLE when ICU's data is not there. */
bool languages_open(Arena *arena, Languages *languages, Problem *problem);
void languages_close(Languages *languages);                           /* what ICU holds outside the arena */
const Language *language_find(const Languages *languages, Text code); /* NULL when it is not offered */

/* The translation of `english`. Lifetime: the program's. */
const char *say(const Language *language, const char *english);

/* The language in which `say` gives it: "en" when it has no translation. */
const char *told_in(const Language *language, const char *english);

#define N2_(one, other) one, other /* where say_count meets them */

typedef struct Slot { /* what stands instead of {name} */
    const char *name, *value;
} Slot;

/* A translation with its {slots} filled; `slots` ends with a NULL name. */
const char *say_with(Arena *arena, const Language *language, const char *english, const Slot *slots);
#define SLOTS(...) ((const Slot[]){ __VA_ARGS__, { NULL, NULL } })

/* The form for `count` by the language's plural rules, with {n} as the number in the language's habits. */
const char *say_count(Arena *arena, const Language *language, int64_t count, const char *one, const char *other);
