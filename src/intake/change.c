#include "intake/change.h"

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_source(const SourceFacts *a, const SourceFacts *b)
{
    return same(a->url, b->url) && same(a->title, b->title) && same(a->source_type, b->source_type);
}

typedef struct Slot { /* what one speaker says about one variable in one source of a record */
    const Record *record;
    const StatementFacts *statement;
    const char *variable;
} Slot;

static bool speaks_in(const Slot *slot, const Record *record, const StatementFacts *statement)
{
    return same(statement->claimant, slot->statement->claimant) && same(statement->stance, slot->statement->stance) &&
           same_source(&record->sources[statement->source], &slot->record->sources[slot->statement->source]);
}

/* How often `record` claims what `claim` does in the slot; with `quoted`, its quotation and raw text too. */
static size_t times_said(const Record *record, const Slot *slot, const ClaimFacts *claim, bool quoted)
{
    size_t count = 0;
    for (size_t i = 0; i < record->statement_count; i++) {
        const StatementFacts *statement = &record->statements[i];
        for (size_t k = 0; k < statement->claim_count; k++) {
            const ClaimFacts *other = &statement->claims[k];
            count += same(other->variable, slot->variable) && same(other->value, claim->value) &&
                     same(other->missing, claim->missing) && (!quoted || same(other->quote, claim->quote)) &&
                     (!quoted || claim->value || same(other->raw, claim->raw)) && speaks_in(slot, record, statement);
        }
    }
    return count;
}

static size_t times_spoken(const Record *record, const Slot *slot)
{
    size_t count = 0;
    for (size_t i = 0; i < record->statement_count; i++) {
        const StatementFacts *statement = &record->statements[i];
        for (size_t k = 0; k < statement->claim_count; k++)
            count += same(statement->claims[k].variable, slot->variable) && speaks_in(slot, record, statement);
    }
    return count;
}

typedef enum Difference { DIFFERENCE_NONE, DIFFERENCE_QUOTE, DIFFERENCE_VALUE } Difference;

static Difference differs(const Record *before, const Slot *slot)
{
    if (times_spoken(before, slot) != times_spoken(slot->record, slot))
        return DIFFERENCE_VALUE;
    Difference found = DIFFERENCE_NONE;
    for (size_t i = 0; i < slot->record->statement_count; i++) {
        const StatementFacts *statement = &slot->record->statements[i];
        for (size_t k = 0; k < statement->claim_count; k++) {
            const ClaimFacts *claim = &statement->claims[k];
            if (!same(claim->variable, slot->variable) || !speaks_in(slot, slot->record, statement))
                continue;
            if (times_said(before, slot, claim, false) != times_said(slot->record, slot, claim, false))
                return DIFFERENCE_VALUE;
            if (times_said(before, slot, claim, true) != times_said(slot->record, slot, claim, true))
                found = DIFFERENCE_QUOTE;
        }
    }
    return found;
}

typedef struct Writer {
    Arena *arena;
    Record *change;
    int32_t day;
    size_t source_room, statement_room;
    size_t *claim_rooms;
} Writer;

static int source_in(Writer *writer, const SourceFacts *source)
{
    Record *change = writer->change;
    for (size_t i = 0; i < change->source_count; i++)
        if (same_source(&change->sources[i], source))
            return (int)i;
    change->sources =
        arena_grow(writer->arena, change->sources, change->source_count, &writer->source_room, sizeof *change->sources);
    change->sources[change->source_count] = *source;
    return (int)change->source_count++;
}

/* The statement of the change for the same speaker, source and credibility with `stance`; made when missing. */
static StatementFacts *statement_in(Writer *writer, const Slot *slot, const char *stance, size_t *place)
{
    Record *change = writer->change;
    int source = source_in(writer, &slot->record->sources[slot->statement->source]);
    for (size_t i = 0; i < change->statement_count; i++) {
        StatementFacts *statement = &change->statements[i];
        if (statement->source == source && same(statement->claimant, slot->statement->claimant) &&
            same(statement->credibility, slot->statement->credibility) && same(statement->stance, stance)) {
            *place = i;
            return statement;
        }
    }
    size_t rooms = writer->statement_room;
    change->statements = arena_grow(writer->arena, change->statements, change->statement_count, &writer->statement_room,
                                    sizeof *change->statements);
    writer->claim_rooms =
        arena_grow(writer->arena, writer->claim_rooms, change->statement_count, &rooms, sizeof *writer->claim_rooms);
    *place = change->statement_count++;
    writer->claim_rooms[*place] = 0;
    StatementFacts *statement = &change->statements[*place];
    *statement = *slot->statement;
    statement->source = source;
    statement->stance = stance;
    statement->known_since = statement->as_of = writer->day;
    statement->claims = NULL;
    statement->claim_count = 0;
    return statement;
}

static void add_claim(Writer *writer, const Slot *slot, const char *stance, ClaimFacts claim)
{
    size_t place;
    StatementFacts *statement = statement_in(writer, slot, stance, &place);
    statement->claims = arena_grow(writer->arena, statement->claims, statement->claim_count,
                                   &writer->claim_rooms[place], sizeof *statement->claims);
    statement->claims[statement->claim_count++] = claim;
}

static const char *stance_of(const Slot *slot, Difference difference)
{
    bool denies = same(slot->statement->stance, "denies");
    return denies || difference == DIFFERENCE_QUOTE ? slot->statement->stance : "corrects";
}

static void add_gone(Writer *writer, const Record *before, const Record *after)
{
    for (size_t i = 0; i < before->statement_count; i++) {
        const StatementFacts *statement = &before->statements[i];
        for (size_t k = 0; k < statement->claim_count; k++) {
            Slot slot = { before, statement, statement->claims[k].variable };
            bool first = true;
            for (size_t other = 0; other < k; other++)
                first = first && !same(statement->claims[other].variable, slot.variable);
            if (first && times_spoken(after, &slot) == 0 && !same(statement->stance, "denies"))
                add_claim(writer, &slot, "corrects",
                          (ClaimFacts){ .variable = slot.variable, .missing = "not_reported" });
        }
    }
}

void change_between(Arena *arena, const Record *before, const Record *after, int32_t day, Record *change)
{
    *change = (Record){
        .dataset = after->dataset, .external = after->external, .inclusion = after->inclusion, .reason = after->reason
    };
    Writer writer = { .arena = arena, .change = change, .day = day };
    for (size_t i = 0; i < after->statement_count; i++)
        for (size_t k = 0; k < after->statements[i].claim_count; k++) {
            const ClaimFacts *claim = &after->statements[i].claims[k];
            Slot slot = { after, &after->statements[i], claim->variable };
            Difference difference = differs(before, &slot);
            if (difference)
                add_claim(&writer, &slot, stance_of(&slot, difference), *claim);
        }
    add_gone(&writer, before, after);
}

void record_append(Arena *arena, Record *record, const Record *more)
{
    size_t sources = record->source_count + more->source_count;
    size_t statements = record->statement_count + more->statement_count;
    SourceFacts *all_sources = NEW_ARRAY(arena, SourceFacts, sources + 1);
    StatementFacts *all = NEW_ARRAY(arena, StatementFacts, statements + 1);
    if (record->source_count)
        memcpy(all_sources, record->sources, record->source_count * sizeof *all_sources);
    if (record->statement_count)
        memcpy(all, record->statements, record->statement_count * sizeof *all);
    record->sources = all_sources;
    record->statements = all;
    for (size_t i = 0; i < more->statement_count; i++) {
        StatementFacts statement = more->statements[i];
        const SourceFacts *source = &more->sources[statement.source];
        size_t place = 0;
        while (place < record->source_count && !same_source(&record->sources[place], source))
            place++;
        if (place == record->source_count)
            record->sources[record->source_count++] = *source;
        statement.source = (int)place;
        record->statements[record->statement_count++] = statement;
    }
}

static void put(Out *out, const char *text)
{
    if (text)
        out_raw(out, text, strlen(text));
    out_raw(out, "\x1F", 1);
}

int64_t record_values_hash(Out *scratch, const Record *record)
{
    out_clear(scratch);
    put(scratch, record->inclusion);
    for (size_t i = 0; i < record->affected_count; i++) {
        const AffectedFacts *affected = &record->affected[i];
        put(scratch, affected->organisation.name);
        put(scratch, affected->organisation.country);
        put(scratch, affected->organisation.subdivision);
        put(scratch, affected->organisation.org_type);
        put(scratch, affected->role);
    }
    for (size_t i = 0; i < record->statement_count; i++) {
        const StatementFacts *statement = &record->statements[i];
        put(scratch, record->sources[statement->source].url);
        put(scratch, record->sources[statement->source].title);
        put(scratch, statement->claimant);
        put(scratch, statement->stance);
        for (size_t k = 0; k < statement->claim_count; k++) {
            put(scratch, statement->claims[k].variable);
            put(scratch, statement->claims[k].value);
            put(scratch, statement->claims[k].missing);
        }
    }
    return (int64_t)text_hash(out_view(scratch));
}
