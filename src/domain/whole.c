#include "domain/whole.h"

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

static int32_t day_at(const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? DAY_UNKNOWN : (int32_t)rows_int(rows, column);
}

static bool read_incident(Arena *arena, Store *published, int64_t incident, Whole *whole, Problem *problem)
{
    int64_t first = incident * ROWS_PER_INCIDENT;
    AUTO_ROWS *rows =
        store_run(published, problem, SQL_WHOLE_INCIDENT, "iii", incident, first, first + ROWS_PER_INCIDENT - 1);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no incident %lld", (long long)incident);
    whole->record = (Record){ .dataset = kept(arena, rows, 0),
                              .external = kept(arena, rows, 1),
                              .title = kept(arena, rows, 2),
                              .summary = kept(arena, rows, 3) };
    whole->left = kept(arena, rows, 4);
    return true;
}

/* From numbers of organisations to places in the record. */
static void place_suppliers(Record *record, const WholeLink *links)
{
    for (size_t i = 0; i < record->affected_count; i++) {
        int64_t number = record->affected[i].supplier;
        record->affected[i].supplier = 0;
        for (size_t j = 0; number && j < record->affected_count; j++)
            if (links[j].organisation == number)
                record->affected[i].supplier = (int64_t)j + 1;
    }
}

static bool read_links(Arena *arena, Store *published, int64_t first, Whole *whole, Problem *problem)
{
    Record *record = &whole->record;
    WholeLink *links = NULL;
    size_t room = 0, link_room = 0;
    AUTO_ROWS *rows = store_run(published, problem, SQL_WHOLE_LINKS, "ii", first, first + ROWS_PER_INCIDENT - 1);
    while (rows && rows_next(rows)) {
        links = arena_grow(arena, links, record->affected_count, &link_room, sizeof *links);
        record->affected = arena_grow(arena, record->affected, record->affected_count, &room, sizeof *record->affected);
        links[record->affected_count] = (WholeLink){ rows_int(rows, 0), rows_int(rows, 1) };
        record->affected[record->affected_count++] = (AffectedFacts){
            .role = kept(arena, rows, 2),
            .naming = kept(arena, rows, 3),
            .naming_basis = kept(arena, rows, 11),
            .supplier = rows_is_null(rows, 12) ? 0 : rows_int(rows, 12),
            .organisation = { kept(arena, rows, 4), kept(arena, rows, 5), kept(arena, rows, 6), kept(arena, rows, 7),
                              kept(arena, rows, 8), kept(arena, rows, 9), kept(arena, rows, 10) },
        };
    }
    whole->links = links;
    place_suppliers(record, links);
    return !problem->kind;
}

typedef struct Gathering { /* a whole on its way from rows */
    Arena *arena;
    Whole *whole;
    int64_t *claims, *sources; /* numbers: of all claims, and of the record's sources */
    int64_t statement;         /* number of the last one */
    size_t claim_room, number_room, statement_room, source_room, id_room;
} Gathering;

/* Columns as in the statement whole_claims. */
static int source_of(Gathering *to, const Rows *rows)
{
    Record *record = &to->whole->record;
    int64_t number = rows_int(rows, 14);
    for (size_t i = 0; i < record->source_count; i++)
        if (to->sources[i] == number)
            return (int)i;
    to->sources = arena_grow(to->arena, to->sources, record->source_count, &to->id_room, sizeof *to->sources);
    record->sources =
        arena_grow(to->arena, record->sources, record->source_count, &to->source_room, sizeof *record->sources);
    to->sources[record->source_count] = number;
    record->sources[record->source_count] = (SourceFacts){ .url = kept(to->arena, rows, 15),
                                                           .title = kept(to->arena, rows, 16),
                                                           .source_type = kept(to->arena, rows, 17),
                                                           .reliability = kept(to->arena, rows, 18),
                                                           .origin = kept(to->arena, rows, 19),
                                                           .language = kept(to->arena, rows, 20),
                                                           .access = kept(to->arena, rows, 21),
                                                           .licence = kept(to->arena, rows, 22),
                                                           .group = kept(to->arena, rows, 23),
                                                           .published = day_at(rows, 24) };
    return (int)record->source_count++;
}

static StatementFacts *statement_of(Gathering *to, const Rows *rows)
{
    Record *record = &to->whole->record;
    if (record->statement_count && rows_int(rows, 7) == to->statement)
        return &record->statements[record->statement_count - 1];
    record->statements = arena_grow(to->arena, record->statements, record->statement_count, &to->statement_room,
                                    sizeof *record->statements);
    StatementFacts *statement = &record->statements[record->statement_count++];
    *statement = (StatementFacts){ .source = source_of(to, rows),
                                   .claimant = kept(to->arena, rows, 8),
                                   .stance = kept(to->arena, rows, 9),
                                   .credibility = kept(to->arena, rows, 10),
                                   .locator = kept(to->arena, rows, 11),
                                   .known_since = day_at(rows, 12),
                                   .as_of = day_at(rows, 13) };
    to->statement = rows_int(rows, 7);
    to->claim_room = 0;
    return statement;
}

static void add_claim(Gathering *to, const Rows *rows)
{
    Whole *whole = to->whole;
    StatementFacts *statement = statement_of(to, rows);
    const char *rank = kept(to->arena, rows, 6);
    statement->claims =
        arena_grow(to->arena, statement->claims, statement->claim_count, &to->claim_room, sizeof *statement->claims);
    statement->claims[statement->claim_count++] = (ClaimFacts){ .variable = kept(to->arena, rows, 1),
                                                                .value = kept(to->arena, rows, 2),
                                                                .missing = kept(to->arena, rows, 3),
                                                                .raw = kept(to->arena, rows, 4),
                                                                .quote = kept(to->arena, rows, 5),
                                                                .rank = strcmp(rank, "normal") == 0 ? NULL : rank };
    to->claims = arena_grow(to->arena, to->claims, whole->claim_count, &to->number_room, sizeof *to->claims);
    to->claims[whole->claim_count++] = rows_int(rows, 0);
    whole->claims = to->claims;
}

bool whole_read(Arena *arena, Store *published, int64_t incident, Whole *whole, Problem *problem)
{
    *whole = (Whole){ 0 };
    if (incident <= 0 || incident > INT64_MAX / ROWS_PER_INCIDENT - 1)
        return fail(problem, PROBLEM_NOT_FOUND, "there is no incident %lld", (long long)incident);
    int64_t first = incident * ROWS_PER_INCIDENT;
    Gathering gathering = { .arena = arena, .whole = whole };
    if (!read_incident(arena, published, incident, whole, problem) ||
        !read_links(arena, published, first, whole, problem))
        return false;
    AUTO_ROWS *rows = store_run(published, problem, SQL_WHOLE_CLAIMS, "ii", first, first + ROWS_PER_INCIDENT - 1);
    while (rows && rows_next(rows))
        add_claim(&gathering, rows);
    return !problem->kind;
}

WholeClaim whole_claim(const Whole *whole, int64_t number)
{
    size_t place = 0;
    for (size_t i = 0; i < whole->record.statement_count; i++) {
        const StatementFacts *statement = &whole->record.statements[i];
        for (size_t j = 0; j < statement->claim_count; j++)
            if (whole->claims[place++] == number)
                return (WholeClaim){ statement, &statement->claims[j] };
    }
    return (WholeClaim){ NULL, NULL };
}

const int64_t *whole_beside(Arena *arena, const Whole *whole, int64_t number, size_t *count)
{
    size_t place = 0;
    WholeClaim found = whole_claim(whole, number);
    int64_t *numbers = NEW_ARRAY(arena, int64_t, found.claim ? found.statement->claim_count : 1);
    *count = 0;
    for (size_t i = 0; found.claim && i < whole->record.statement_count; i++) {
        const StatementFacts *statement = &whole->record.statements[i];
        for (size_t j = 0; j < statement->claim_count; j++, place++)
            if (statement == found.statement && strcmp(statement->claims[j].variable, found.claim->variable) == 0)
                numbers[(*count)++] = whole->claims[place];
    }
    return numbers;
}
