#include "domain/grams.h"

enum {
    CODES = 1 << 24,
    BITS = 64,
    RARE = 32 /* where a list takes as much as a row of bits */,
    PIECES = 3,
    SHARED_MOST = 400
};

typedef struct Gram {
    uint32_t code, count; /* count: names that have it */
    size_t place;         /* of its row of bits, or of its list */
} Gram;

struct Grams {
    size_t names;
    Gram *items; /* by code */
    size_t count;
    uint64_t *rows;
    uint32_t *lists;
    uint16_t *sizes; /* pieces of each name */
};

typedef struct Making { /* by code; only the pages of codes that occur are ever touched */
    uint32_t *count, *last;
    const Name *names;
} Making;

static size_t row_length(const Grams *grams)
{
    return (grams->names + BITS - 1) / BITS;
}

static bool is_rare(const Grams *grams, const Gram *gram)
{
    return gram->count <= grams->names / RARE;
}

static bool is_letter(char c)
{
    return c && c != ' ';
}

/* The end of a text is read as a blank. */
static uint32_t code_of(const char *at, size_t length)
{
    uint32_t code = 0;
    for (size_t i = 0; i < length; i++)
        code = code << 8 | (unsigned char)(at[i] ? at[i] : ' ');
    return code;
}

/* The pieces that begin at a place of a folded text; answers how many. */
static size_t pieces_at(const char *folded, size_t place, uint32_t codes[PIECES])
{
    size_t count = 0;
    const char *at = folded + place;
    bool first = place == 0 || at[-1] == ' ';
    if (!is_letter(at[0]))
        return 0;
    if (first)
        codes[count++] = code_of(at, 1);
    if (first)
        codes[count++] = code_of(at, 2);
    if (is_letter(at[1]))
        codes[count++] = code_of(at, 3);
    return count;
}

/* Goes to the next different piece of a name; false at its end. */
typedef struct Walk {
    uint32_t name;
    size_t place, at, count;
    uint32_t codes[PIECES];
} Walk;

static bool walk_on(const Making *making, Walk *walk, uint32_t *code)
{
    const char *folded = making->names[walk->name].folded;
    for (;;) {
        for (; walk->at < walk->count; walk->at++) {
            *code = walk->codes[walk->at];
            if (making->last[*code] == walk->name + 1)
                continue;
            making->last[*code] = walk->name + 1;
            return true;
        }
        if (!folded[walk->place])
            return false;
        walk->count = pieces_at(folded, walk->place++, walk->codes);
        walk->at = 0;
    }
}

static int by_code(const void *a, const void *b)
{
    uint32_t left = ((const Gram *)a)->code, right = ((const Gram *)b)->code;
    return (left > right) - (left < right);
}

/* Which pieces there are, and how many names have each. */
static void count_all(Grams *grams, Arena *scratch, const Making *making)
{
    size_t room = 0;
    uint32_t code;
    for (uint32_t i = 0; i < grams->names; i++)
        for (Walk walk = { .name = i }; walk_on(making, &walk, &code);)
            if (making->count[code]++ == 0) {
                grams->items = arena_grow(scratch, grams->items, grams->count, &room, sizeof *grams->items);
                grams->items[grams->count++].code = code;
            }
}

/* Their places, in their order; from here on making->count has the number of the gram. */
static void lay_out(Grams *grams, Arena *arena, const Making *making)
{
    size_t rows = 0, lists = 0;
    Gram *items = NEW_ARRAY(arena, Gram, grams->count + 1);
    for (size_t i = 0; i < grams->count; i++)
        items[i] = grams->items[i];
    grams->items = items;
    qsort(items, grams->count, sizeof *items, by_code);
    for (size_t i = 0; i < grams->count; i++) {
        items[i].count = making->count[items[i].code];
        items[i].place = is_rare(grams, &items[i]) ? lists : rows;
        *(is_rare(grams, &items[i]) ? &lists : &rows) += is_rare(grams, &items[i]) ? items[i].count : row_length(grams);
        making->count[items[i].code] = (uint32_t)i;
    }
    grams->rows = NEW_ARRAY(arena, uint64_t, rows + 1);
    grams->lists = NEW_ARRAY(arena, uint32_t, lists + 1);
}

static void set_bit(uint64_t *row, uint32_t place)
{
    row[place / BITS] |= UINT64_C(1) << place % BITS;
}

static void fill(const Grams *grams, Arena *scratch, Making *making)
{
    uint32_t code, *filled = NEW_ARRAY(scratch, uint32_t, grams->count + 1);
    making->last = NEW_ARRAY(scratch, uint32_t, CODES);
    for (uint32_t i = 0; i < grams->names; i++)
        for (Walk walk = { .name = i }; walk_on(making, &walk, &code);) {
            const Gram *gram = &grams->items[making->count[code]];
            grams->sizes[i] = (uint16_t)MIN(grams->sizes[i] + 1, UINT16_MAX);
            if (is_rare(grams, gram))
                grams->lists[gram->place + filled[making->count[code]]++] = i;
            else
                set_bit(grams->rows + gram->place, i);
        }
}

Grams *grams_new(Arena *arena, const Name *names, size_t count)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Grams *grams = NEW(arena, Grams);
    Making making = { NEW_ARRAY(scratch, uint32_t, CODES), NEW_ARRAY(scratch, uint32_t, CODES), names };
    grams->names = count;
    grams->sizes = NEW_ARRAY(arena, uint16_t, count + 1);
    count_all(grams, scratch, &making);
    lay_out(grams, arena, &making);
    fill(grams, scratch, &making);
    return grams;
}

/* NULL: no name has it. */
static const Gram *gram_of(const Grams *grams, uint32_t code)
{
    const Gram sought = { .code = code };
    return grams->count ? bsearch(&sought, grams->items, grams->count, sizeof *grams->items, by_code) : NULL;
}

/* Takes away the bits of names that have not the piece. */
static void keep_those(const Grams *grams, Arena *scratch, uint32_t code, uint64_t *found)
{
    const Gram *gram = gram_of(grams, code);
    const uint64_t *row = gram && !is_rare(grams, gram) ? grams->rows + gram->place : NULL;
    if (!row) {
        uint64_t *made = NEW_ARRAY(scratch, uint64_t, row_length(grams) + 1);
        for (size_t i = 0; gram && i < gram->count; i++)
            set_bit(made, grams->lists[gram->place + i]);
        row = made;
    }
    for (size_t i = 0; i < row_length(grams); i++)
        found[i] &= row[i];
}

static void keep_word(const Grams *grams, const char *word, uint64_t *found)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    size_t length = strlen(word);
    if (length <= WORD_SHORT) {
        keep_those(grams, scratch, code_of(word, length), found);
        return;
    }
    for (size_t i = 0; i + PIECES <= length; i++)
        keep_those(grams, scratch, code_of(word + i, PIECES), found);
}

uint64_t *grams_find(const Grams *grams, Arena *arena, const NameWords *words)
{
    uint64_t *found = NEW_ARRAY(arena, uint64_t, row_length(grams) + 1);
    memset(found, UCHAR_MAX, row_length(grams) * sizeof *found);
    if (grams->names % BITS)
        found[row_length(grams) - 1] = (UINT64_C(1) << grams->names % BITS) - 1;
    for (size_t i = 0; i < words->count; i++)
        keep_word(grams, words->items[i] + 1, found);
    return found;
}

static void count_shared(const Grams *grams, const Gram *gram, const uint64_t *only, uint16_t *shared)
{
    if (is_rare(grams, gram)) {
        for (size_t i = 0; i < gram->count; i++)
            shared[grams->lists[gram->place + i]]++;
        return;
    }
    for (size_t i = 0; i < row_length(grams); i++)
        for (uint64_t rest = grams->rows[gram->place + i] & only[i]; rest; rest &= rest - 1)
            shared[i * BITS + (size_t)__builtin_ctzll(rest)]++;
}

static bool is_among(const uint32_t *codes, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++)
        if (codes[i] == code)
            return true;
    return false;
}

uint16_t *grams_shared(const Grams *grams, Arena *arena, const char *folded, const uint64_t *only)
{
    uint32_t seen[SHARED_MOST], codes[PIECES];
    size_t seen_count = 0;
    uint16_t *shared = NEW_ARRAY(arena, uint16_t, grams->names + 1);
    for (size_t place = 0; folded[place] && seen_count + PIECES <= SHARED_MOST; place++) {
        size_t count = pieces_at(folded, place, codes);
        for (size_t i = 0; i < count; i++) {
            const Gram *gram = is_among(seen, seen_count, codes[i]) ? NULL : gram_of(grams, codes[i]);
            if (!gram)
                continue;
            seen[seen_count++] = codes[i];
            count_shared(grams, gram, only, shared);
        }
    }
    return shared;
}

size_t grams_size(const Grams *grams, size_t name)
{
    return grams->sizes[name];
}
