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
    const SimilarAsked *asked;
    SimilarFound *found;
    Problem *problem;
} Search;

void similar_keep(SimilarFound *found, Similar one)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].number == one.number)
            return;
    size_t place = found->count;
    while (place > 0 && found->items[place - 1].likeness < one.likeness)
        place--;
    if (place == SIMILAR_MOST)
        return;
    found->count = MIN(found->count + 1, (size_t)SIMILAR_MOST);
    memmove(&found->items[place + 1], &found->items[place], (found->count - place - 1) * sizeof *found->items);
    found->items[place] = one;
}

bool similar_full(const SimilarFound *found, int likeness)
{
    return found->count == SIMILAR_MOST && found->items[SIMILAR_MOST - 1].likeness >= likeness;
}

/* The incidents of an organisation of those days. */
static bool find_of(const Search *search, const FinderLike *like)
{
    Span days = search->asked->days;
    AUTO_ROWS *rows =
        store_run(search->place->published, search->problem, SQL_SIMILAR_INCIDENTS, "iii", like->organisation,
                  (int64_t)days.first - SIMILAR_DAYS, (int64_t)days.last + SIMILAR_DAYS);
    while (rows && rows_next(rows))
        similar_keep(search->found,
                     (Similar){ rows_int(rows, 0), arena_string(search->arena, rows_text(rows, 1)), like->likeness });
    return rows && !search->problem->kind;
}

static bool find_in(const Search *search, const OrganisationFacts *organisation)
{
    FinderLikes likes;
    if (!organisation->country)
        return true;
    const NameSought sought = { unicode_fold(search->arena, text_of(organisation->name)), organisation->country,
                                search->asked->least, SIMILAR_NAMES };
    if (!finder_like(search->place->finder, search->arena, search->place->published, &sought, &likes, search->problem))
        return false;
    for (size_t i = 0; i < likes.count; i++)
        if (!similar_full(search->found, likes.items[i].likeness) && !find_of(search, &likes.items[i]))
            return false;
    return true;
}

bool similar_days(Arena *arena, const Codebook *codebook, const Record *record, Span *days)
{
    Run evidence;
    Derived derived;
    Problem incomplete = { 0 };
    if (!evidence_of_record(arena, codebook, record, NULL, &evidence, &incomplete))
        return false; /* a draft that says nothing yet */
    derive_inclusion(record, evidence, &derived);
    *days = derived.reference;
    return derived.reference_basis != NULL;
}

bool similar_near(Span days, Span others)
{
    return days.first - SIMILAR_DAYS <= others.last && others.first <= days.last + SIMILAR_DAYS;
}

bool similar_find(Arena *arena, const SimilarPlace *place, const SimilarAsked *asked, SimilarFound *found,
                  Problem *problem)
{
    Search search = { arena, place, asked, found, problem };
    found->count = 0;
    for (size_t i = 0; i < asked->record->affected_count; i++)
        if (asked->record->affected[i].organisation.name && !find_in(&search, &asked->record->affected[i].organisation))
            return false;
    return true;
}
