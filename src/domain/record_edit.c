#include "domain/record_edit.h"

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_speaker(const StatementFacts *statement, const StatementFacts *said, int source)
{
    return statement->source == source && same(statement->claimant, said->claimant) &&
           same(statement->stance, said->stance) && same(statement->credibility, said->credibility) &&
           same(statement->locator, said->locator) && statement->known_since == said->known_since &&
           statement->as_of == said->as_of;
}

/* A copy with room for one more. */
static void *longer(Arena *arena, const void *items, size_t count, size_t size)
{
    char *copy = arena_take(arena, size_times(count + 1, size));
    if (count)
        memcpy(copy, items, count * size);
    return copy;
}

static int source_of(Arena *arena, Record *record, const ClaimEntry *entry)
{
    if (entry->source != RECORD_NO_SOURCE)
        return entry->source;
    record->sources = longer(arena, record->sources, record->source_count, sizeof *record->sources);
    record->sources[record->source_count] = entry->new_source;
    return (int)record->source_count++;
}

static StatementFacts *new_statement(Arena *arena, Record *record, const StatementFacts *said, int source)
{
    record->statements = longer(arena, record->statements, record->statement_count, sizeof *record->statements);
    StatementFacts *statement = &record->statements[record->statement_count++];
    *statement = *said;
    statement->source = source;
    statement->claims = NULL;
    statement->claim_count = 0;
    return statement;
}

static StatementFacts *statement_of(Arena *arena, Record *record, const StatementFacts *said, int source)
{
    for (size_t i = 0; i < record->statement_count; i++)
        if (same_speaker(&record->statements[i], said, source))
            return &record->statements[i];
    return new_statement(arena, record, said, source);
}

void record_add_statement(Arena *arena, Record *record, const ClaimEntry *entry, const ClaimFacts *claims, size_t count)
{
    StatementFacts *statement = new_statement(arena, record, &entry->said, source_of(arena, record, entry));
    statement->claims = arena_take(arena, size_times(count, sizeof *claims));
    memcpy(statement->claims, claims, count * sizeof *claims);
    statement->claim_count = count;
}

void record_add_claim(Arena *arena, Record *record, const ClaimEntry *entry)
{
    StatementFacts *statement = statement_of(arena, record, &entry->said, source_of(arena, record, entry));
    statement->claims = longer(arena, statement->claims, statement->claim_count, sizeof *statement->claims);
    statement->claims[statement->claim_count++] = entry->claim;
}

static void take_out(void *items, size_t *count, size_t place, size_t size)
{
    char *at = (char *)items + place * size;
    memmove(at, at + size, (*count - place - 1) * size);
    (*count)--;
}

bool record_remove_claim(Record *record, size_t number)
{
    for (size_t i = 0; i < record->statement_count; i++) {
        StatementFacts *statement = &record->statements[i];
        if (number >= statement->claim_count) {
            number -= statement->claim_count;
            continue;
        }
        take_out(statement->claims, &statement->claim_count, number, sizeof *statement->claims);
        if (!statement->claim_count)
            take_out(record->statements, &record->statement_count, i, sizeof *record->statements);
        return true;
    }
    return false;
}

static const ClaimFacts *claim_at(const Record *record, size_t number)
{
    for (size_t i = 0; i < record->statement_count; i++) {
        if (number < record->statements[i].claim_count)
            return &record->statements[i].claims[number];
        number -= record->statements[i].claim_count;
    }
    return NULL;
}

void record_remove_about(Record *record, const char *variable)
{
    const ClaimFacts *claim;
    for (size_t number = 0; (claim = claim_at(record, number));)
        if (strcmp(claim->variable, variable) == 0)
            (void)record_remove_claim(record, number);
        else
            number++;
}
