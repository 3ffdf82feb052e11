#include "intake/build.h"

#include "intake/report.h"

Build build_start(Making *making, Record *record)
{
    return (Build){ .arena = making->arena, .making = making, .record = record };
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

int build_source(Build *build, SourceFacts source)
{
    Record *record = build->record;
    for (size_t i = 0; i < record->source_count; i++) {
        const SourceFacts *other = &record->sources[i];
        if (same(other->url, source.url) && same(other->title, source.title) &&
            same(other->source_type, source.source_type))
            return (int)i;
    }
    record->sources =
        arena_grow(build->arena, record->sources, record->source_count, &build->source_room, sizeof *record->sources);
    record->sources[record->source_count] = source;
    return (int)record->source_count++;
}

void build_affected(Build *build, AffectedFacts affected)
{
    Record *record = build->record;
    record->affected = arena_grow(build->arena, record->affected, record->affected_count, &build->affected_room,
                                  sizeof *record->affected);
    record->affected[record->affected_count++] = affected;
}

size_t build_statement(Build *build, StatementFacts statement)
{
    Record *record = build->record;
    size_t rooms = build->statement_room;
    record->statements = arena_grow(build->arena, record->statements, record->statement_count, &build->statement_room,
                                    sizeof *record->statements);
    build->claim_rooms =
        arena_grow(build->arena, build->claim_rooms, record->statement_count, &rooms, sizeof *build->claim_rooms);
    build->claim_rooms[record->statement_count] = 0;
    statement.claims = NULL;
    statement.claim_count = 0;
    record->statements[record->statement_count] = statement;
    return record->statement_count++;
}

void build_claim_facts(Build *build, size_t statement, ClaimFacts claim)
{
    StatementFacts *facts = &build->record->statements[statement];
    facts->claims = arena_grow(build->arena, facts->claims, facts->claim_count, &build->claim_rooms[statement],
                               sizeof *facts->claims);
    facts->claims[facts->claim_count++] = claim;
}

void build_claim(Build *build, size_t statement, const char *variable, const char *value)
{
    build_claim_facts(build, statement, (ClaimFacts){ .variable = variable, .value = value });
}

void build_missing(Build *build, size_t statement, const char *variable, const char *missing, const char *raw)
{
    build_claim_facts(build, statement, (ClaimFacts){ .variable = variable, .missing = missing, .raw = raw });
}

void build_end(Build *build)
{
    Record *record = build->record;
    size_t kept = 0;
    for (size_t i = 0; i < record->statement_count; i++)
        if (record->statements[i].claim_count)
            record->statements[kept++] = record->statements[i];
    record->statement_count = kept;
}

const char *build_enum(const Variable *variable, Text cell)
{
    for (size_t i = 0; i < variable->value_count; i++) {
        const Value *value = &variable->values[i];
        if (text_is_nocase(cell, value->code) || text_is_nocase(cell, value->label.en) ||
            text_is_nocase(cell, value->label.fr))
            return value->code;
    }
    return NULL;
}

/* The canonical form of what `cell` says; NULL when it is not understood. */
static const char *clean_value(Build *build, const Variable *variable, ValueType type, Text cell)
{
    char number[CLEAN_NUMBER_SIZE];
    switch (type) {
    case TYPE_ENUM: return build_enum(variable, cell);
    case TYPE_FLAG: return clean_flag(cell);
    case TYPE_COUNT:
    case TYPE_NUMBER:
    case TYPE_RANGE: return clean_number(cell, number) ? arena_string(build->arena, number) : NULL;
    case TYPE_MONEY: return clean_money(cell, number) ? arena_string(build->arena, number) : NULL;
    case TYPE_ID:
    case TYPE_TEXT:
    case TYPE_TEXT_I18N:
    case TYPE_CODE:
    case TYPE_REF:
    case TYPE_DATE:
    case TYPE_DATETIME:
    case TYPE_URL:
    case TYPE_HASH:
    case TYPE_POINT:
    case TYPE_ANY:
    case TYPE_COUNT_OF_TYPES: break;
    }
    return clean_text(build->arena, cell);
}

static const char *why_not(ValueType type)
{
    switch ((int)type) {
    case TYPE_ENUM: return "it is none of the variable's codes";
    case TYPE_FLAG: return "it is neither yes nor no";
    case TYPE_COUNT:
    case TYPE_NUMBER: return "it is not a number";
    case TYPE_RANGE: return "it is not a number or a span of numbers";
    case TYPE_MONEY: return "it is not an amount with its currency";
    default: return "it is not understood";
    }
}

/* What stood in the cell, as far as a record may hold it; the work store has all of it. */
static const char *raw_text(Build *build, Text cell)
{
    return arena_text(build->arena, clean_cut(text_of(clean_text(build->arena, cell)), VALUE_MAX));
}

static void misread(Build *build, size_t statement, const char *variable, const char *column, Text cell,
                    const char *reason)
{
    report_misread(build->making->report, build->making->row, column, cell, reason);
    build_missing(build, statement, variable, "not_reported", raw_text(build, cell));
}

static void claim_checked(Build *build, size_t statement, ClaimFacts claim, const char *column, Text cell)
{
    ValueType type;
    Problem problem = { 0 };
    const Variable *variable = codebook_claimable(build->making->codebook, text_of(claim.variable), &type);
    if (variable && type != TYPE_ENUM && !value_check(variable, type, text_of(claim.value), NULL, &problem))
        misread(build, statement, claim.variable, column, cell, problem.message);
    else
        build_claim_facts(build, statement, claim);
}

void build_cell(Build *build, size_t statement, const char *name, const char *column, Text cell, Silence silence)
{
    ValueType type;
    cell = text_trim(cell);
    const Variable *variable = codebook_claimable(build->making->codebook, text_of(name), &type);
    if (!variable || (cell.length == 0 && silence == SILENCE_IS_NOTHING))
        return;
    const char *value = cell.length ? clean_value(build, variable, type, cell) : NULL;
    const char *missing = value && type == TYPE_ENUM ? NULL : clean_missing(cell); /* "none" may be a code */
    if (missing) {
        build_missing(build, statement, name, missing, cell.length ? raw_text(build, cell) : NULL);
        return;
    }
    if (!value) {
        misread(build, statement, name, column, cell, why_not(type));
        return;
    }
    ClaimFacts claim = { .variable = name, .value = value };
    claim.raw = text_is(cell, value) ? NULL : raw_text(build, cell);
    claim_checked(build, statement, claim, column, cell);
}

void build_code(Build *build, size_t statement, const char *name, const char *column, Text code, Text cell)
{
    size_t before = build->record->statements[statement].claim_count;
    build_cell(build, statement, name, column, code, SILENCE_IS_NOTHING);
    const StatementFacts *facts = &build->record->statements[statement];
    if (facts->claim_count > before)
        facts->claims[facts->claim_count - 1].raw = raw_text(build, cell);
}

/* "2021-05-09", as most dates are, needs no other words. */
static bool is_plain_day(Text cell)
{
    static const char shape[] = "0000-00-00";
    bool plain = cell.length == sizeof shape - 1;
    for (size_t i = 0; plain && i < cell.length; i++)
        plain = shape[i] == '-' ? cell.at[i] == '-' : cell.at[i] >= '0' && cell.at[i] <= '9';
    return plain;
}

void build_date(Build *build, size_t statement, const char *variable, const char *column, Text cell, DateOrder order)
{
    Span span = { 0 };
    const char *reason, *missing = clean_missing(cell);
    char text[DATE_TEXT_SIZE];
    cell = text_trim(cell);
    if (cell.length == 0)
        return;
    if (missing)
        build_missing(build, statement, variable, missing, raw_text(build, cell));
    else if (!clean_date(cell, order, &span, &reason))
        misread(build, statement, variable, column, cell, reason);
    else {
        const char *value =
            is_plain_day(cell) ? arena_text(build->arena, cell) : arena_string(build->arena, span_write(span, text));
        const char *raw = text_is(cell, value) ? NULL : raw_text(build, cell);
        build_claim_facts(build, statement, (ClaimFacts){ .variable = variable, .value = value, .raw = raw });
    }
}

const char *build_excerpt(Arena *arena, Text text, size_t most)
{
    if (text.length <= most)
        return arena_text(arena, text);
    Text cut = clean_cut(text, most - 3); /* the ellipsis has three bytes */
    size_t blank = cut.length;
    while (blank > most / 2 && cut.at[blank - 1] != ' ')
        blank--;
    if (blank > most / 2)
        cut = text_trim(text_slice(cut, 0, blank));
    return arena_format(arena, "%.*s\xE2\x80\xA6", (int)cut.length, cut.at);
}

/* Second-level names under which countries register sites. */
static bool is_registry(Text label)
{
    static const char *const labels[] = { "co",  "com", "org", "net", "gov", "gob", "gouv", "govt", "ac",
                                          "edu", "or",  "ne",  "go",  "nhs", "gc",  "mil",  "govt", "in" };
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (text_is(label, labels[i]))
            return true;
    return false;
}

/* The host of an address in small letters. */
static Text host_of(Arena *arena, Text url)
{
    size_t scheme = text_find(url, "://"), length = 0;
    if (scheme == url.length)
        return (Text){ 0 };
    Text host = text_slice(url, scheme + 3, url.length);
    while (length < host.length && host.at[length] && !strchr("/?#:", host.at[length]))
        length++;
    char *lower = arena_text(arena, text_slice(host, 0, length));
    for (char *c = lower; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + ('a' - 'A')) : *c;
    return text_of(lower);
}

const char *build_site(Arena *arena, Text url)
{
    Text host = host_of(arena, url);
    size_t dots[3] = { 0 }, found = 0; /* the last three, from the right */
    for (size_t i = host.length; i > 0 && found < 3; i--)
        if (host.at[i - 1] == '.')
            dots[found++] = i;
    if (found < 2)
        return host.length ? host.at : NULL;
    Text second = text_slice(host, dots[1], dots[0] - dots[1] - 1);
    bool country = host.length - dots[0] == 2;
    size_t from = country && is_registry(second) ? (found == 3 ? dots[2] : 0) : dots[1];
    return host.at + from;
}

const char *build_row_name(Arena *arena, size_t number)
{
    char text[32] = "row ";
    size_t end = sizeof text - 1, from = end;
    do
        text[--from] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    memmove(text + 4, text + from, end - from);
    return arena_copy(arena, text, 4 + end - from);
}

const char *build_day(Arena *arena, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    day_write(day, text);
    return arena_string(arena, text);
}
