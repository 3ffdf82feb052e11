#include "work/refusal.h"

#include "domain/account.h"
#include "work/desk_pages.h"

enum { SLOTS_MAX = 6, SLOT_NAME_MAX = 24 };

static const char *const patterns[] = {
#define REFUSED(words) words,
#include "work/refused.def"
#undef REFUSED
};

typedef struct Match { /* what stood in the slots of a pattern */
    char names[SLOTS_MAX][SLOT_NAME_MAX];
    const char *values[SLOTS_MAX];
    size_t count;
} Match;

/* The slot at the start of `rest`, "{name}", is taken off; what is behind it up to the next slot comes next. */
static Text next_literal(Text rest)
{
    return text_slice(rest, 0, text_find(rest, "{"));
}

static void take_slot(Match *match, Text *pattern)
{
    size_t end = text_find(*pattern, "}");
    (void)snprintf(match->names[match->count], SLOT_NAME_MAX, "%.*s", (int)(end - 1), pattern->at + 1);
    *pattern = text_slice(*pattern, end + 1, pattern->length);
}

/* Each slot takes what stands before the next words of the pattern; the last one takes the rest. */
static bool fits(Arena *arena, Text pattern, Text sentence, Match *match)
{
    match->count = 0;
    for (;;) {
        Text words = next_literal(pattern);
        const char *needle = arena_text(arena, words);
        if (!text_starts(sentence, needle))
            return false;
        sentence = text_slice(sentence, words.length, sentence.length);
        pattern = text_slice(pattern, words.length, pattern.length);
        if (!pattern.length || match->count == SLOTS_MAX)
            return !sentence.length && !pattern.length;
        take_slot(match, &pattern);
        Text behind = next_literal(pattern);
        size_t end = behind.length ? text_find(sentence, arena_text(arena, behind)) : sentence.length;
        match->values[match->count++] = arena_text(arena, text_slice(sentence, 0, end));
        sentence = text_slice(sentence, end, sentence.length);
    }
}

static const char *field_words(const Language *language, const char *field)
{
    static const struct {
        const char *field, *words;
    } fields[] = { { "reason", N_("the reason") },
                   { "reviewer", N_("the second person") },
                   { "value", N_("the value") },
                   { "into", N_("the number into which it is merged") },
                   { "undoes", N_("the entry that is taken back") },
                   { "dataset", N_("the data set") },
                   { "external", N_("the number in its data set") } };
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (strcmp(fields[i].field, field) == 0)
            return say(language, fields[i].words);
    return NULL;
}

static const char *variable_words(const Language *language, const Codebook *codebook, const char *key)
{
    ValueType type;
    const char *words = field_words(language, key);
    const Variable *variable = codebook_claimable(codebook, text_of(key), &type);
    if (!variable)
        variable = codebook_variable(codebook, key);
    return words ? words : variable ? label_in(variable->label, language->code) : key;
}

static const char *state_words(const Language *language, const Codebook *codebook, const char *code)
{
    const Variable *states = codebook_variable_of(codebook, "incident", "record_status");
    const Value *state = states ? variable_value(states, code) : NULL;
    return state ? label_in(state->label, language->code) : desk_state(language, code);
}

static const char *role_words(const Language *language, const char *word)
{
    AccountRole role;
    return account_role_find(text_of(word), &role) ? role_label(language, role) : word;
}

static bool ends_with(const char *name, const char *end)
{
    return text_ends(text_of(name), end);
}

static const char *slot_words(Arena *arena, const Language *language, const Codebook *codebook, const char *name,
                              const char *value)
{
    bool said = strcmp(language->code, "en") == 0; /* in its sentence already, but for what a variable is called */
    return ends_with(name, "variable")   ? variable_words(language, codebook, value)
           : said                        ? value
           : ends_with(name, "state")    ? state_words(language, codebook, value)
           : ends_with(name, "role")     ? role_words(language, value)
           : ends_with(name, "expected") ? refusal_say(arena, language, codebook, value)
                                         : value;
}

const char *refusal_say(Arena *arena, const Language *language, const Codebook *codebook, const char *english)
{
    Match match = { 0 };
    size_t found = 0;
    Slot slots[SLOTS_MAX + 1] = { 0 };
    while (found < COUNT_OF(patterns) && !fits(arena, text_of(patterns[found]), text_of(english), &match))
        found++;
    if (found == COUNT_OF(patterns))
        return english;
    for (size_t i = 0; i < match.count; i++)
        slots[i] = (Slot){ match.names[i], slot_words(arena, language, codebook, match.names[i], match.values[i]) };
    return say_with(arena, language, patterns[found], slots);
}

const char *refusal_sentence(Arena *arena, const Language *language, const Codebook *codebook, const char *english)
{
    char *sentence = (char *)arena_format(arena, "%s.", refusal_say(arena, language, codebook, english));
    if (sentence[0] >= 'a' && sentence[0] <= 'z')
        sentence[0] = (char)(sentence[0] - 'a' + 'A');
    return sentence;
}
