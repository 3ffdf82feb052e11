#include "intake/notes.h"

enum { INCIDENT, VARIABLE, VALUE, MISSING, CLAIMANT, STANCE, CREDIBILITY, WORDS, COLUMNS };

typedef struct Note {
    const char *cells[COLUMNS];
} Note;

struct Notes {
    Note *items;
    size_t count;
};

bool notes_read(Arena *arena, Text bytes, const Notes **notes, Problem *problem)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Csv *csv = csv_of(scratch, bytes);
    CsvRow *row = NEW(scratch, CsvRow);
    Notes *read = NEW(arena, Notes);
    size_t room = 0;
    bool header = true;
    while (csv_next(csv, row, problem)) {
        if (row->error || row->count != COLUMNS)
            return fail(problem, PROBLEM_BAD_INPUT, "conflicts.csv, line %zu: expected %d cells", row->line, COLUMNS);
        if (header) {
            header = false;
            continue;
        }
        read->items = arena_grow(arena, read->items, read->count, &room, sizeof *read->items);
        for (size_t i = 0; i < COLUMNS; i++)
            read->items[read->count].cells[i] = arena_text(arena, row->cells[i]);
        read->count++;
    }
    *notes = read;
    return !problem->kind;
}

static bool same_speaker(const StatementFacts *statement, const Note *note)
{
    return strcmp(statement->claimant, note->cells[CLAIMANT]) == 0 &&
           strcmp(statement->stance, note->cells[STANCE]) == 0 &&
           strcmp(statement->credibility, note->cells[CREDIBILITY]) == 0;
}

/* The statement of the note's speaker in `source`, among those from `first` on. */
static size_t statement_of(Build *build, size_t first, const Note *note, int source)
{
    for (size_t i = first; i < build->record->statement_count; i++)
        if (same_speaker(&build->record->statements[i], note))
            return i;
    return build_statement(build, (StatementFacts){ .source = source,
                                                    .claimant = note->cells[CLAIMANT],
                                                    .stance = note->cells[STANCE],
                                                    .credibility = note->cells[CREDIBILITY],
                                                    .locator = "column conflicting_claims",
                                                    .known_since = DAY_UNKNOWN,
                                                    .as_of = DAY_UNKNOWN });
}

size_t notes_add(Build *build, const Notes *notes, Text id, Text words, int source)
{
    size_t first = build->record->statement_count, added = 0;
    for (size_t i = 0; i < notes->count; i++) {
        const Note *note = &notes->items[i];
        if (!text_is(id, note->cells[INCIDENT]) || text_find(words, note->cells[WORDS]) == words.length)
            continue;
        ClaimFacts claim = { .variable = note->cells[VARIABLE], .quote = note->cells[WORDS] };
        if (*note->cells[MISSING])
            claim.missing = note->cells[MISSING];
        else
            claim.value = note->cells[VALUE];
        build_claim_facts(build, statement_of(build, first, note, source), claim);
        added++;
    }
    return added;
}
