#include "domain/actor.h"

static Standing own_standing(const Record *record, size_t source)
{
    const SourceFacts *facts = &record->sources[source];
    return (Standing){ (int64_t)source, facts->source_type, facts->reliability, facts->origin, facts->group };
}

static Evidence claim_evidence(const ClaimFacts *claim, const StatementFacts *statement, const Standing *source)
{
    return (Evidence){
        .variable = claim->variable,
        .value = claim->value,
        .missing = claim->missing,
        .raw = claim->raw,
        .claimant = statement->claimant,
        .stance = statement->stance,
        .credibility = statement->credibility,
        .definition = claim->definition,
        .type = claim->type,
        .parsed = claim->parsed,
        .rank = claim->rank ? claim->rank : "normal",
        .source_type = source->source_type,
        .reliability = source->reliability,
        .origin = source->origin,
        .group = source->group,
        .source = source->id,
        .as_of = statement->as_of,
        .known_since = statement->known_since,
    };
}

static size_t claims_of(const Record *record)
{
    size_t count = 0;
    for (size_t i = 0; i < record->statement_count; i++)
        count = size_add(count, record->statements[i].claim_count);
    return count;
}

bool evidence_of_record(Arena *arena, const Codebook *codebook, const Record *record, const Placing *placing,
                        Run *evidence, Problem *problem)
{
    const Placing alone = { 0 }, *place = placing ? placing : &alone;
    size_t count = 0;
    Evidence *all = NEW_ARRAY(arena, Evidence, claims_of(record));
    for (size_t i = 0; i < record->statement_count; i++) {
        const StatementFacts *facts = &record->statements[i];
        if (facts->source < 0 || (size_t)facts->source >= record->source_count)
            return fail_field(problem, PROBLEM_BAD_INPUT, "source", "a statement names no source of the record");
        Standing source = placing ? placing->sources[facts->source] : own_standing(record, (size_t)facts->source);
        for (size_t j = 0; j < facts->claim_count; j++) {
            if (!claim_understand(codebook, &facts->claims[j], problem))
                return false;
            Evidence *one = &all[count];
            *one = claim_evidence(&facts->claims[j], facts, &source);
            one->claim = place->claim + (int64_t)count++;
            one->statement = place->statement + (int64_t)i;
            one->recorded = place->recorded;
            one->recorded_on = place->recorded_on;
        }
    }
    evidence_sort(all, count);
    *evidence = (Run){ all, count };
    return true;
}

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

static int32_t day_at(const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? DAY_UNKNOWN : (int32_t)rows_int(rows, column);
}

/* Columns as in the statement evidence_of. */
static Evidence row_evidence(Arena *arena, const Rows *rows)
{
    return (Evidence){
        .claim = rows_int(rows, 0),
        .variable = kept(arena, rows, 1),
        .value = kept(arena, rows, 2),
        .missing = kept(arena, rows, 3),
        .raw = kept(arena, rows, 4),
        .rank = kept(arena, rows, 5),
        .recorded = rows_int(rows, 6),
        .statement = rows_int(rows, 7),
        .claimant = kept(arena, rows, 8),
        .stance = kept(arena, rows, 9),
        .credibility = kept(arena, rows, 10),
        .known_since = day_at(rows, 11),
        .as_of = day_at(rows, 12),
        .source = rows_int(rows, 13),
        .source_type = kept(arena, rows, 14),
        .reliability = kept(arena, rows, 15),
        .origin = kept(arena, rows, 16),
        .group = kept(arena, rows, 17),
        .recorded_on = day_at(rows, 18),
    };
}

/* False for what the codebook does not know any more. */
static bool understand(const Codebook *codebook, Evidence *evidence)
{
    Problem unknown = { 0 };
    ClaimFacts claim = { .variable = evidence->variable, .value = evidence->value };
    if (!claim_understand(codebook, &claim, &unknown))
        return false;
    evidence->definition = claim.definition;
    evidence->type = claim.type;
    evidence->parsed = claim.parsed;
    return true;
}

bool evidence_read(Arena *arena, Store *public_store, const Codebook *codebook, Asked asked, Run *evidence,
                   Problem *problem)
{
    size_t count = 0, room = 0;
    Evidence *all = NULL;
    int64_t first = asked.incident * ROWS_PER_INCIDENT, last = first + ROWS_PER_INCIDENT - 1;
    Rows *rows = store_run(public_store, problem, SQL_EVIDENCE_OF, "iii", first, last, asked.at);
    if (!rows)
        return false;
    while (rows_next(rows)) {
        all = arena_grow(arena, all, count, &room, sizeof *all);
        all[count] = row_evidence(arena, rows);
        count += understand(codebook, &all[count]);
    }
    if (!rows_close(rows))
        return false;
    if (count)
        evidence_sort(all, count);
    *evidence = (Run){ all, count };
    return actors_meant(arena, public_store, asked.at, all, count, problem);
}
