/* Any bytes as a codebook, and, after a NUL, as a value of every variable of the embedded one. */
#include "codebook/value.h"
#include "fuzz.h"

static void read_codebook(Text text)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook;
    Problem problem = { 0 };
    bool read = codebook_read(arena, text, &codebook, &problem);
    if (read == (problem.kind != PROBLEM_NONE))
        abort();
    if (read && (!codebook_variable(&codebook, "attack_type") || !missing_is_code(&codebook, "placeholder")))
        abort();
}

static void check_value(Arena *arena, const Variable *variable, ValueType type, Text value)
{
    Parsed parsed;
    Problem problem = { 0 };
    bool right = value_check(variable, type, value, &parsed, &problem);
    const char *text = arena_text(arena, value);
    if (right == (problem.kind != PROBLEM_NONE) || (right && parsed.low > parsed.high) ||
        (right && value_contradicts(variable, type, text, text)))
        abort();
}

static void check_values(Text value)
{
    static const char *const names[] = { "attack_type",
                                         "country",
                                         "event_kind.detected",
                                         "retrieved_at",
                                         "beds",
                                         "disclosure_delay",
                                         "persons_affected",
                                         "demand_amount",
                                         "metric.penalty",
                                         "url",
                                         "sha256",
                                         "geo",
                                         "title",
                                         "conflicting" };
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        ValueType type;
        const Variable *variable = codebook_claimable(fuzz_codebook(), text_of(names[i]), &type);
        if (!variable)
            abort();
        check_value(arena, variable, type, value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Text whole = { (const char *)data, size }, book;
    if (size == 0 || !text_split(&whole, '\0', &book))
        return 0;
    read_codebook(book);
    check_values(whole.at ? whole : book);
    return 0;
}
