/* Build: a record made piece by piece, from cells. Memory: the arena it was made with. */
#pragma once

#include "intake/importer.h"

typedef struct Build {
    Arena *arena;
    Making *making;
    Record *record;
    size_t source_room, affected_room, statement_room;
    size_t *claim_rooms; /* by statement */
} Build;

Build build_start(Making *making, Record *record);

/* The index of the source; one that says the same is found again. */
int build_source(Build *build, SourceFacts source);
void build_affected(Build *build, AffectedFacts affected);

/* The index of a new statement without claims; statements left without claims are dropped by build_end. */
size_t build_statement(Build *build, StatementFacts statement);
void build_claim(Build *build, size_t statement, const char *variable, const char *value);
void build_claim_facts(Build *build, size_t statement, ClaimFacts claim);
void build_missing(Build *build, size_t statement, const char *variable, const char *missing, const char *raw);

typedef enum Silence { SILENCE_IS_NOTHING, SILENCE_IS_MISSING } Silence;

/* A claim of what `cell` of the column named `column` says about `variable`, cleaned as the variable's type asks. An
 * empty cell makes a claim only when `silence` says so; a spelling of unknown gives its missing code; what is not
 * understood gives not_reported with the raw text and is counted in the report. */
void build_cell(Build *build, size_t statement, const char *variable, const char *column, Text cell, Silence silence);
void build_date(Build *build, size_t statement, const char *variable, const char *column, Text cell, DateOrder order);

/* The same from a code that stands for the text `cell`. */
void build_code(Build *build, size_t statement, const char *variable, const char *column, Text code, Text cell);

/* The code of an enum that `cell` writes: the code itself or one of its labels, in any case; NULL when it is none. */
const char *build_enum(const Variable *variable, Text cell);

void build_end(Build *build);

/* The text cut after `most` characters at a blank, with an ellipsis. */
const char *build_excerpt(Arena *arena, Text text, size_t most);
/* The name of the site that an address belongs to ("bbc.co.uk"): pages of one site do not confirm each other. NULL when
 * the address has none. */
const char *build_site(Arena *arena, Text url);
/* "row 17" */
const char *build_row_name(Arena *arena, size_t number);
/* "2021-05-09" */
const char *build_day(Arena *arena, int32_t day);
