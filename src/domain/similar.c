#include "domain/similar.h"

#include "base/unicode.h"
#include "domain/derive.h"

enum { TRIGRAMS_MOST = 400, FRAME = 2 };

typedef struct Trigrams {
    uint32_t items[TRIGRAMS_MOST];
    size_t count;
} Trigrams;

static void add(Trigrams *trigrams, uint32_t trigram)
{
    for (size_t i = 0; i < trigrams->count; i++)
        if (trigrams->items[i] == trigram)
            return;
    if (trigrams->count < TRIGRAMS_MOST)
        trigrams->items[trigrams->count++] = trigram;
}

/* Of the bytes of each word, with two blanks before it and one behind. */
static void trigrams_of(const char *name, Trigrams *trigrams)
{
    Text rest = text_of(name), word;
    trigrams->count = 0;
    while (text_split(&rest, ' ', &word)) {
        uint32_t last = (uint32_t)' ' << 8 | ' ';
        for (size_t i = 0; word.length && i <= word.length; i++) {
            unsigned char next = i < word.length ? (unsigned char)word.at[i] : ' ';
            last = (last << 8 | next) & 0xFFFFFF;
            add(trigrams, last);
        }
    }
}

int similar_names(const char *a, const char *b)
{
    Trigrams left, right;
    size_t shared = 0;
    trigrams_of(a, &left);
    trigrams_of(b, &right);
    for (size_t i = 0; i < left.count; i++)
        for (size_t j = 0; j < right.count; j++)
            shared += left.items[i] == right.items[j];
    return similar_of(shared, left.count, right.count);
}

int similar_of(size_t shared, size_t size, size_t other_size)
{
    return size + other_size ? (int)(200 * shared / (size + other_size)) : 0;
}

size_t similar_size(const char *name)
{
    Trigrams trigrams;
    trigrams_of(name, &trigrams);
    return trigrams.count;
}

typedef struct Search {
    Arena *arena;
    const SimilarPlace *place;
    SimilarFound *found;
    Problem *problem;
} Search;

/* Each incident once; the most alike come first. */
static void keep(const Search *search, int64_t incident, const char *title, int likeness)
{
    SimilarFound *found = search->found;
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].incident == incident)
            return;
    size_t place = found->count;
    while (place > 0 && found->items[place - 1].likeness < likeness)
        place--;
    if (place == SIMILAR_MOST)
        return;
    found->count = MIN(found->count + 1, (size_t)SIMILAR_MOST);
    memmove(&found->items[place + 1], &found->items[place], (found->count - place - 1) * sizeof *found->items);
    found->items[place] = (Similar){ incident, arena_string(search->arena, title), likeness };
}

/* The incidents of an organisation of those days. */
static bool find_of(const Search *search, Span days, const FinderLike *like)
{
    AUTO_ROWS *rows =
        store_run(search->place->published, search->problem, SQL_SIMILAR_INCIDENTS, "iii", like->organisation,
                  (int64_t)days.first - SIMILAR_DAYS, (int64_t)days.last + SIMILAR_DAYS);
    while (rows && rows_next(rows))
        keep(search, rows_int(rows, 0), rows_text(rows, 1), like->likeness);
    return rows && !search->problem->kind;
}

static bool find_in(const Search *search, Span days, const OrganisationFacts *organisation)
{
    FinderLikes likes;
    if (!organisation->country)
        return true;
    const NameSought sought = { unicode_fold(search->arena, text_of(organisation->name)), organisation->country,
                                SIMILAR_LEAST, SIMILAR_NAMES };
    if (!finder_like(search->place->finder, search->arena, search->place->published, &sought, &likes, search->problem))
        return false;
    for (size_t i = 0; i < likes.count; i++)
        if (!find_of(search, days, &likes.items[i]))
            return false;
    return true;
}

bool similar_find(Arena *arena, const SimilarPlace *place, const Record *record, SimilarFound *found, Problem *problem)
{
    Run evidence;
    Derived derived;
    Problem incomplete = { 0 };
    Search search = { .arena = arena, .place = place, .found = found, .problem = problem };
    found->count = 0;
    if (!evidence_of_record(arena, place->codebook, record, NULL, &evidence, &incomplete))
        return true; /* a draft that says nothing yet resembles nothing */
    derive_incident(record, evidence, &derived);
    for (size_t i = 0; derived.reference_basis && i < record->affected_count; i++)
        if (record->affected[i].organisation.name &&
            !find_in(&search, derived.reference, &record->affected[i].organisation))
            return false;
    return true;
}
