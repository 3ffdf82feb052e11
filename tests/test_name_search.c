/* An organisation that the register knows must never be missed by whoever types a part of its name, however many there
 * are; and nothing that has not the words may be shown. */
#include "base/unicode.h"
#include "domain/name_search.h"
#include "domain/similar.h"
#include "names.h"
#include "test.h"

enum { NAMES = 20000, LATER = 500, QUESTIONS = 300, ALIKE = 30 };

typedef struct Row { /* what is typed, a name, and whether it is found */
    const char *typed, *name;
    bool found;
} Row;

static const Row rows[] = {
    { "saint mary", "Saint Mary Hospital", true },
    { "mary saint", "Saint Mary Hospital", true },
    { "klinik", "Universitätsklinikum Köln", true },
    { "koln", "Universitätsklinikum Köln", true },
    { "KÖLN univ", "Universitätsklinikum Köln", true },
    { "ln", "Universitätsklinikum Köln", false },
    { "st", "Klinik St. Anna", true },
    { "st", "Hospital East", false },
    { "s", "Klinik St. Anna", true },
    { "s", "Krankenhaus", false },
    { "hopital st etienne", "Hôpital Saint-Étienne", false },
    { "hôpital etienne", "Hôpital Saint-Étienne", true },
    { "больница", "Городская больница № 1", true },
    { "病院", "東京大学病院", true },
    { "ror org 05a28rw58", "https://ror.org/05a28rw58", true },
    { "", "Saint Mary Hospital", false },
    { " - ", "Saint Mary Hospital", false },
};

static void check_rows(void)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        NameWords words = name_words(arena, rows[i].typed);
        bool found = name_has(unicode_fold(arena, text_of(rows[i].name)), &words);
        CHECK(found == rows[i].found, "\"%s\" %s \"%s\"", rows[i].typed, rows[i].found ? "finds" : "does not find",
              rows[i].name);
    }
}

static void add(NameSearch *search, uint64_t *random, uint32_t first, uint32_t count)
{
    char name[NAME_SIZE];
    for (uint32_t i = 0; i < count; i++) {
        name_make(random, name);
        name_search_add(search,
                        (Name){ name, first + i, i % 7 ? NAME_PROPER : NAME_ALIAS, { i % 3 ? 'F' : 'D', 'R' } });
    }
    name_search_settle(search);
}

/* What is found must be those names that have the words, by the plain rule, in order. */
static const char *wrong(const NameSearch *search, const NameWords *words, Arena *arena)
{
    NameHits hits = name_search_find(search, arena, words);
    size_t expected = 0, length = strlen(words->whole), found = 0;
    const Name *last = NULL, *name;
    for (size_t i = 0; i < search->count; i++)
        expected += name_has(search->names[i].folded, words);
    for (; (name = name_hits_next(&hits)); last = name, found++) {
        bool begins = !strncmp(name->folded, words->whole, length);
        bool began = !last || !strncmp(last->folded, words->whole, length);
        if (!name_has(name->folded, words))
            return "it has not the words";
        if (last && (begins > began || (begins == began && strcmp(last->folded, name->folded) > 0)))
            return "it is out of order";
    }
    return found == expected ? NULL : found < expected ? "some are missing" : "some come twice";
}

static void check_all(const NameSearch *search, const char *what)
{
    uint64_t random = 7;
    size_t asked = 0;
    const char *problem = NULL;
    for (; asked < QUESTIONS && !problem; asked++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        char typed[NAME_SIZE];
        name_type(&random, typed);
        NameWords words = name_words(arena, typed);
        problem = wrong(search, &words, arena);
        if (problem)
            printf("# \"%s\": %s\n", typed, problem);
    }
    CHECK(!problem, "%zu questions about %s", asked, what);
}

/* The most alike ones by the plain rule, all names looked at. */
static const char *unlike(const NameSearch *search, const NameSought *sought, Arena *arena)
{
    NameLike *found;
    size_t count = name_search_like(search, arena, sought, &found), better = 0, same = 0;
    int worst = count ? found[count - 1].likeness : sought->least;
    for (size_t i = 0; i < search->count; i++) {
        if (memcmp(search->names[i].country, sought->country, 2))
            continue;
        int likeness = similar_names(sought->folded, search->names[i].folded);
        better += likeness > worst;
        same += likeness == worst;
    }
    for (size_t i = 0; i < count; i++)
        if (found[i].likeness != similar_names(sought->folded, found[i].name->folded) ||
            memcmp(found[i].name->country, sought->country, 2) || (i && found[i].likeness > found[i - 1].likeness))
            return "one is not as alike as is said";
    if (better > count || better + same < count)
        return "a more alike one is missing";
    return count < sought->most && better + same > count ? "some are missing" : NULL;
}

static void check_alike(const NameSearch *search, const char *what)
{
    uint64_t random = 11;
    const char *problem = NULL;
    for (size_t i = 0; i < ALIKE && !problem; i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        char name[NAME_SIZE];
        name_make(&random, name);
        const NameSought sought = { name, i % 2 ? "FR" : "DR", 20 + (int)(i % 50), 1 + i % 40 };
        problem = unlike(search, &sought, arena);
        if (problem)
            printf("# \"%s\": %s\n", name, problem);
    }
    CHECK(!problem, "names that resemble one, among %s", what);
}

/* What is the same letter by letter is found as by looking at each, though others begin so. */
static void check_same(const NameSearch *search, const char *what)
{
    size_t wrong = 0, several = 0;
    for (size_t i = 0; i < search->count; i += 1 + search->count / ALIKE) {
        NameLike *found;
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        const Name *one = &search->names[i];
        const char country[] = { one->country[0], one->country[1], 0 };
        size_t same = 0;
        for (size_t j = 0; j < search->count; j++)
            same += !strcmp(search->names[j].folded, one->folded) && !memcmp(search->names[j].country, country, 2);
        const NameSought sought = { one->folded, country, NAME_SAME, search->count };
        size_t count = name_search_like(search, arena, &sought, &found);
        for (size_t j = 0; j < count; j++)
            wrong += strcmp(found[j].name->folded, one->folded) || memcmp(found[j].name->country, country, 2);
        wrong += count != same;
        several += same > 1;
    }
    CHECK(!wrong && (several || search->count < NAMES), "the same names, among %s: %zu are there more than once", what,
          several);
}

int main(void)
{
    uint64_t random = 1;
    NameSearch search = name_search_new();
    check_rows();
    check_all(&search, "no names at all");
    add(&search, &random, 1, LATER);
    CHECK(!search.grams, "few names need no index");
    check_all(&search, "few names");
    check_alike(&search, "few names");
    check_same(&search, "few names");
    add(&search, &random, LATER + 1, NAMES);
    CHECK(search.grams && search.known == NAMES + LATER, "many names have one");
    check_all(&search, "many names");
    add(&search, &random, NAMES + LATER + 1, LATER);
    CHECK(search.known == NAMES + LATER && search.count == NAMES + 2 * LATER, "what comes later stands beside it");
    check_all(&search, "many names and some that came later");
    check_alike(&search, "many names and some that came later");
    Name twin = search.names[0];
    twin.owner = UINT32_MAX;
    name_search_add(&search, twin);
    name_search_settle(&search);
    check_same(&search, "many names and some that came later");
    name_search_free(&search);
    return DONE();
}
