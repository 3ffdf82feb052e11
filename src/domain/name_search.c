#include "domain/name_search.h"

#include "base/unicode.h"
#include "domain/similar.h"

enum { LATER_LEAST = 1024, LATER_SHARE = 64, TEXT_BLOCK = 64 * 1024, BITS = 64 };

NameWords name_words(Arena *arena, const char *typed)
{
    NameWords words = { .whole = unicode_fold(arena, text_of(typed)) };
    Text rest = text_trim(text_of(words.whole)), word;
    while (words.count < NAME_WORDS_MOST && text_split(&rest, ' ', &word))
        if (word.length)
            words.items[words.count++] = arena_format(arena, " %.*s", (int)word.length, word.at);
    return words;
}

static bool has_word(const char *folded, const char *blank_and_word)
{
    const char *word = blank_and_word + 1;
    size_t length = strlen(word);
    if (length > WORD_SHORT)
        return strstr(folded, word) != NULL;
    return strncmp(folded, word, length) == 0 || strstr(folded, blank_and_word) != NULL;
}

bool name_has(const char *folded, const NameWords *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (!has_word(folded, words->items[i]))
            return false;
    return words->count > 0;
}

NameSearch name_search_new(void)
{
    return (NameSearch){ .arena = arena_new(ARENA_NO_CAP) };
}

void name_search_free(NameSearch *search)
{
    arena_free(search->arena);
    *search = (NameSearch){ 0 };
}

/* Without the padding that an arena puts between texts. */
static const char *keep_text(NameSearch *search, const char *text)
{
    size_t size = size_add(strlen(text), 1);
    if (!search->text_end || size > search->text_room) {
        search->text_room = MAX(size, (size_t)TEXT_BLOCK);
        search->text_end = arena_take(search->arena, search->text_room);
    }
    char *kept = search->text_end;
    memcpy(kept, text, size);
    search->text_end += size;
    search->text_room -= size;
    return kept;
}

void name_search_add(NameSearch *search, Name name)
{
    search->names = arena_grow(search->arena, search->names, search->count, &search->room, sizeof *search->names);
    name.folded = keep_text(search, name.folded);
    search->names[search->count++] = name;
}

static int by_name(const void *a, const void *b)
{
    const Name *left = a, *right = b;
    int order = strcmp(left->folded, right->folded);
    if (order)
        return order;
    return left->owner != right->owner ? (left->owner > right->owner ? 1 : -1)
                                       : (left->use > right->use) - (left->use < right->use);
}

/* All of it anew, without what growing left behind. */
static void make_known(NameSearch *search)
{
    NameSearch made = name_search_new();
    made.known = made.count = made.room = search->count;
    made.names = NEW_ARRAY(made.arena, Name, made.count);
    qsort(search->names, search->count, sizeof *search->names, by_name);
    for (size_t i = 0; i < made.count; i++) {
        made.names[i] = search->names[i];
        made.names[i].folded = keep_text(&made, search->names[i].folded);
    }
    made.grams = grams_new(made.arena, made.names, made.known);
    name_search_free(search);
    *search = made;
}

void name_search_settle(NameSearch *search)
{
    size_t later = search->count - search->known;
    if (later > MAX((size_t)LATER_LEAST, search->known / LATER_SHARE))
        make_known(search);
    else if (later)
        qsort(search->names + search->known, later, sizeof *search->names, by_name);
}

/* How many names of a part stand before all that begin so, or (`end`) before those behind them. */
static size_t place_of(const Name *names, size_t count, const char *start, bool end)
{
    size_t low = 0, high = count, length = strlen(start);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(names[middle].folded, start, length);
        if (order < 0 || (end && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

NameHits name_search_find(const NameSearch *search, Arena *arena, const NameWords *words)
{
    NameHits hits = { .words = words };
    if (!search->names || !words->count)
        return hits;
    for (size_t i = 0; i < 2; i++) {
        const Name *names = search->names + (i ? search->known : 0);
        size_t count = i ? search->count - search->known : search->known;
        size_t from = place_of(names, count, words->whole, false), to = place_of(names, count, words->whole, true);
        hits.runs[i] = (NameRun){ .names = names, .at = from, .end = to, .sure = true };
        hits.runs[2 + i] = (NameRun){ .names = names, .end = count, .skip_from = from, .skip_to = to };
    }
    if (search->grams)
        hits.runs[2].marks = grams_find(search->grams, arena, words);
    return hits;
}

/* The first place from `at` on with a mark. */
static size_t next_marked(const NameRun *run, size_t at)
{
    while (at < run->end) {
        uint64_t rest = run->marks[at / BITS] >> at % BITS;
        if (rest)
            return at + (size_t)__builtin_ctzll(rest);
        at = (at / BITS + 1) * BITS;
    }
    return run->end;
}

/* The next name of a run, which stays there; NULL at its end. */
static const Name *peek(NameRun *run, const NameWords *words)
{
    for (;; run->at++) {
        if (run->at >= run->skip_from && run->at < run->skip_to)
            run->at = run->skip_to;
        if (run->marks)
            run->at = next_marked(run, run->at);
        if (run->at >= run->end)
            return NULL;
        bool skipped = run->at >= run->skip_from && run->at < run->skip_to;
        if (!skipped && (run->sure || name_has(run->names[run->at].folded, words)))
            return &run->names[run->at];
    }
}

const Name *name_hits_next(NameHits *hits)
{
    for (size_t i = 0; i < COUNT_OF(hits->runs); i += 2) {
        NameRun *known = &hits->runs[i], *later = known + 1;
        const Name *left = peek(known, hits->words), *right = peek(later, hits->words);
        if (!left && !right)
            continue;
        bool first = left && (!right || by_name(left, right) <= 0);
        (first ? known : later)->at++;
        return first ? left : right;
    }
    return NULL;
}

static int by_likeness(const void *a, const void *b)
{
    const NameLike *left = a, *right = b;
    return left->likeness != right->likeness ? right->likeness - left->likeness : by_name(left->name, right->name);
}

typedef struct Liking { /* those found so far, of which the least alike go now and then */
    const NameSought *sought;
    NameLike *found;
    size_t count;
    int least;
} Liking;

static bool is_there(const Name *name, const NameSought *sought)
{
    return strncmp(name->country, sought->country, sizeof name->country) == 0;
}

/* The known names of the country: one bit each. */
static uint64_t *known_there(const NameSearch *search, Arena *arena, const NameSought *sought)
{
    uint64_t *there = NEW_ARRAY(arena, uint64_t, search->known / BITS + 1);
    char first = sought->country[0], second = first ? sought->country[1] : 0;
    for (size_t i = 0; i < search->known; i++) {
        bool is_in = (search->names[i].country[0] == first) & (search->names[i].country[1] == second);
        there[i / BITS] |= (uint64_t)is_in << i % BITS;
    }
    return there;
}

static void keep_like(Liking *liking, const Name *name, int likeness)
{
    const NameSought *sought = liking->sought;
    if (likeness < liking->least)
        return;
    liking->found[liking->count++] = (NameLike){ name, likeness };
    if (liking->count < 2 * sought->most)
        return;
    qsort(liking->found, liking->count, sizeof *liking->found, by_likeness);
    liking->count = sought->most;
    liking->least = liking->found[liking->count - 1].likeness + 1;
}

/* In both parts they stand before those that only begin so. */
static size_t find_same(const NameSearch *search, Arena *arena, const NameSought *sought, NameLike **found)
{
    size_t count = 0;
    *found = NEW_ARRAY(arena, NameLike, sought->most);
    for (size_t part = 0; part < 2; part++) {
        size_t start = part ? search->known : 0, size = part ? search->count - search->known : search->known;
        size_t at = size ? start + place_of(search->names + start, size, sought->folded, false) : start;
        for (; at < start + size && strcmp(search->names[at].folded, sought->folded) == 0 && count < sought->most; at++)
            if (is_there(&search->names[at], sought))
                (*found)[count++] = (NameLike){ &search->names[at], NAME_SAME };
    }
    return count;
}

size_t name_search_like(const NameSearch *search, Arena *arena, const NameSought *sought, NameLike **found)
{
    if (sought->least >= NAME_SAME)
        return find_same(search, arena, sought, found);
    Liking liking = { .sought = sought, .found = NEW_ARRAY(arena, NameLike, 2 * sought->most), .least = sought->least };
    size_t size = similar_size(sought->folded);
    const NameRun there = { .marks = known_there(search, arena, sought), .end = search->known };
    const uint16_t *shared = search->grams ? grams_shared(search->grams, arena, sought->folded, there.marks) : NULL;
    for (size_t i = next_marked(&there, 0); shared && i < search->known; i = next_marked(&there, i + 1))
        if (shared[i])
            keep_like(&liking, &search->names[i], similar_of(shared[i], size, grams_size(search->grams, i)));
    for (size_t i = search->known; i < search->count; i++)
        if (is_there(&search->names[i], sought))
            keep_like(&liking, &search->names[i], similar_names(sought->folded, search->names[i].folded));
    qsort(liking.found, liking.count, sizeof *liking.found, by_likeness);
    *found = liking.found;
    return MIN(liking.count, sought->most);
}
