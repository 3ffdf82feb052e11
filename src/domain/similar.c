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
    size_t all = left.count + right.count;
    return all ? (int)(200 * shared / all) : 0;
}

typedef struct Search {
    Arena *arena;
    Store *store;
    SimilarFound *found;
    Problem *problem;
} Search;

/* Keeps the best ones in order, each incident once. */
static void keep(const Search *search, int64_t incident, const char *title, int likeness)
{
    SimilarFound *found = search->found;
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].incident == incident) {
            if (found->items[i].likeness >= likeness)
                return;
            memmove(&found->items[i], &found->items[i + 1], (found->count - i - 1) * sizeof *found->items);
            found->count--;
            break;
        }
    size_t place = found->count;
    while (place > 0 && found->items[place - 1].likeness < likeness)
        place--;
    if (place == SIMILAR_MOST)
        return;
    found->count = MIN(found->count + 1, (size_t)SIMILAR_MOST);
    memmove(&found->items[place + 1], &found->items[place], (found->count - place - 1) * sizeof *found->items);
    found->items[place] = (Similar){ incident, arena_string(search->arena, title), likeness };
}

static bool find_in(const Search *search, Span days, const OrganisationFacts *organisation)
{
    const char *folded = unicode_fold(search->arena, text_of(organisation->name));
    AUTO_ROWS *rows =
        store_run(search->store, search->problem, SQL_SIMILAR_INCIDENTS, "iit", (int64_t)days.first - SIMILAR_DAYS,
                  (int64_t)days.last + SIMILAR_DAYS, organisation->country);
    while (rows && rows_next(rows)) {
        int likeness = similar_names(folded, rows_text(rows, 2));
        if (likeness >= SIMILAR_LEAST)
            keep(search, rows_int(rows, 0), rows_text(rows, 1), likeness);
    }
    return rows && !search->problem->kind;
}

bool similar_find(Arena *arena, Store *public_store, const Codebook *codebook, const Record *record,
                  SimilarFound *found, Problem *problem)
{
    Run evidence;
    Derived derived;
    Problem incomplete = { 0 };
    Search search = { .arena = arena, .store = public_store, .found = found, .problem = problem };
    found->count = 0;
    if (!evidence_of_record(arena, codebook, record, NULL, &evidence, &incomplete))
        return true; /* a draft that says nothing yet resembles nothing */
    derive_incident(record, evidence, &derived);
    for (size_t i = 0; derived.reference_basis && i < record->affected_count; i++)
        if (record->affected[i].organisation.name &&
            !find_in(&search, derived.reference, &record->affected[i].organisation))
            return false;
    return true;
}
