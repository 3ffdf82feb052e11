/* Records made of the rows of any CSV file, as its mapping says. */
#include "base/unicode.h"
#include "intake/build.h"
#include "intake/mapping.h"
#include "intake/report.h"

enum { TITLE_MAX = 300, SUMMARY_MAX = 600 };

typedef struct Sheet { /* one row on its way to a record */
    Making *making;
    Build build;
    Text parts[TARGET_COUNT]; /* the cells that are no claims */
    const char *key;
    size_t statement;
    double sum;
} Sheet;

static Text cell_at(const Making *making, int place)
{
    const CsvRow *cells = making->row->cells;
    return place >= 0 && (size_t)place < cells->count ? text_trim(cells->cells[place]) : (Text){ 0 };
}

/* What the mapping says that `cell` means: its codes, or the cell itself. */
static Text translate(const Rule *rule, Text cell)
{
    const Translation *other = NULL;
    for (size_t i = 0; i < rule->translation_count; i++) {
        const Translation *translation = &rule->translations[i];
        if (text_is_nocase(cell, translation->cell))
            return text_of(translation->codes);
        if (strcmp(translation->cell, "*") == 0)
            other = translation;
    }
    return other && cell.length ? text_of(other->codes) : cell;
}

static bool is_placeholder(const Rule *rule, Text cell)
{
    double number;
    if (rule->placeholder_count == 0 || !text_number(cell, &number))
        return false;
    for (size_t i = 0; i < rule->placeholder_count; i++)
        if (!(number < rule->placeholders[i]) && !(number > rule->placeholders[i]))
            return true;
    return false;
}

/* A claim from one value; a translated one keeps the cell as its raw text. */
static void claim_value(Sheet *sheet, const Rule *rule, Text cell)
{
    const char *column = rule->column ? rule->column : rule->variable;
    if (rule->type == TYPE_DATE) {
        build_date(&sheet->build, sheet->statement, rule->variable, column, cell, rule->order);
        return;
    }
    Text codes = translate(rule, cell), code;
    if (codes.at == cell.at) {
        build_cell(&sheet->build, sheet->statement, rule->variable, column, cell, SILENCE_IS_NOTHING);
        return;
    }
    while (text_split(&codes, ',', &code))
        build_code(&sheet->build, sheet->statement, rule->variable, column, text_trim(code), cell);
}

static void claim_span(Sheet *sheet, const Rule *rule, Text first, Text last)
{
    if (!last.length || clean_missing(last))
        claim_value(sheet, rule, first);
    else if (!first.length || clean_missing(first))
        claim_value(sheet, rule, last);
    else
        claim_value(sheet, rule,
                    text_of(arena_format(sheet->making->arena, "%.*s .. %.*s", (int)first.length, first.at,
                                         (int)last.length, last.at)));
}

static void claim_cell(Sheet *sheet, const Rule *rule, Text cell)
{
    Text part;
    if (is_placeholder(rule, cell)) {
        if (sheet->making->report)
            sheet->making->report->placeholders++;
        build_missing(&sheet->build, sheet->statement, rule->variable, "placeholder",
                      clean_text(sheet->making->arena, cell));
    } else if (rule->split) {
        while (text_split(&cell, rule->split, &part))
            if (text_trim(part).length)
                claim_value(sheet, rule, text_trim(part));
    } else
        claim_value(sheet, rule, cell);
}

static void sum_cell(Sheet *sheet, const Rule *rule, Text cell)
{
    char number[CLEAN_NUMBER_SIZE];
    double value;
    if (sheet->making->mapping->sum && strcmp(rule->variable, sheet->making->mapping->sum) == 0 &&
        clean_number(cell, number) && text_number(text_of(number), &value))
        sheet->sum = value;
}

static void take_part(Sheet *sheet, const Rule *rule, Text cell)
{
    if (rule->target == TARGET_KEY) {
        const char *folded = unicode_fold(sheet->making->arena, text_of(clean_text(sheet->making->arena, cell)));
        sheet->key = sheet->key ? arena_format(sheet->making->arena, "%s|%s", sheet->key, folded) : folded;
    } else if (cell.length)
        sheet->parts[rule->target] = translate(rule, cell);
}

static void take_rule(Sheet *sheet, size_t i)
{
    const Making *making = sheet->making;
    const Rule *rule = &making->mapping->rules[i];
    Text cell = rule->fixed ? text_of(rule->fixed) : cell_at(making, making->places[2 * i]);
    if (rule->target != TARGET_CLAIM)
        take_part(sheet, rule, cell);
    else if (rule->until)
        claim_span(sheet, rule, cell, cell_at(making, making->places[2 * i + 1]));
    else if (cell.length) {
        sum_cell(sheet, rule, cell);
        claim_cell(sheet, rule, cell);
    }
}

/* The cell as text; NULL when it is empty or says that it is unknown. */
static const char *part_text(const Sheet *sheet, Target target)
{
    Text cell = sheet->parts[target];
    return clean_missing(cell) ? NULL : clean_text(sheet->making->arena, clean_cut(cell, VALUE_MAX));
}

/* The cell as a code of `variable`; counted in the report when it is none. */
static const char *part_code(const Sheet *sheet, Target target, const char *entity, const char *name)
{
    Text cell = sheet->parts[target];
    const Variable *variable = codebook_variable_of(sheet->making->codebook, entity, name);
    const char *code = clean_missing(cell) ? NULL : build_enum(variable, cell);
    if (!code && cell.length && !clean_missing(cell))
        report_misread(sheet->making->report, sheet->making->row, name, cell, "it is none of the variable's codes");
    return code;
}

static const char *country_of(Sheet *sheet)
{
    Text cell = sheet->parts[TARGET_COUNTRY];
    const char *code = clean_missing(cell) ? NULL : country_find(sheet->making->countries, cell);
    if (!code && !clean_missing(cell)) {
        report_misread(sheet->making->report, sheet->making->row, "organisation.country", cell, "it is no country");
        build_missing(&sheet->build, sheet->statement, "country", "not_reported",
                      clean_text(sheet->making->arena, cell));
    }
    report_tally(sheet->making->report, "country", text_of(code ? code : ""), sheet->sum);
    return code;
}

/* What may not be said does not enter the journal, which everybody may read; the row itself stays in the work store. */
static void forget_name(OrganisationFacts *organisation)
{
    organisation->name = "Unnamed organisation";
    organisation->place = organisation->external = organisation->subdivision = NULL;
}

static void affect(Sheet *sheet)
{
    OrganisationFacts organisation = {
        .name = part_text(sheet, TARGET_NAME),
        .country = country_of(sheet),
        .subdivision = part_text(sheet, TARGET_SUBDIVISION),
        .place = part_text(sheet, TARGET_PLACE),
        .org_type = part_code(sheet, TARGET_ORG_TYPE, "organisation", "org_type"),
        .sector_group = part_code(sheet, TARGET_SECTOR, "organisation", "sector_group"),
        .external = part_text(sheet, TARGET_EXTERNAL),
    };
    const char *role = part_code(sheet, TARGET_ROLE, "affected", "role");
    const char *naming = part_code(sheet, TARGET_NAMING, "affected", "naming");
    if (naming && strcmp(naming, "named") != 0)
        forget_name(&organisation);
    if (organisation.org_type && !organisation.sector_group)
        organisation.sector_group = codebook_sector_of(sheet->making->codebook, organisation.org_type);
    build_affected(&sheet->build,
                   (AffectedFacts){ .organisation = organisation, .role = role ? role : "direct", .naming = naming });
}

static int32_t part_day(const Sheet *sheet, Target target)
{
    Span span;
    const char *reason;
    DateOrder order = ORDER_UNKNOWN;
    const Mapping *mapping = sheet->making->mapping;
    for (size_t i = 0; i < mapping->rule_count; i++)
        if (mapping->rules[i].target == target)
            order = mapping->rules[i].order;
    Text cell = sheet->parts[target];
    if (!cell.length || clean_missing(cell))
        return DAY_UNKNOWN;
    if (clean_date(cell, order, &span, &reason))
        return span.first;
    report_misread(sheet->making->report, sheet->making->row,
                   target == TARGET_KNOWN_SINCE ? "known_since" : "source.published", cell, reason);
    return DAY_UNKNOWN;
}

static void state(Sheet *sheet)
{
    const Mapping *mapping = sheet->making->mapping;
    StatementFacts *statement = &sheet->build.record->statements[sheet->statement];
    const char *url = part_text(sheet, TARGET_SOURCE_URL), *title = part_text(sheet, TARGET_SOURCE_TITLE);
    SourceFacts source = { .url = url ? url : mapping->source_url,
                           .title = title ? title : mapping->source_title,
                           .source_type = mapping->source_type,
                           .reliability = mapping->source_reliability,
                           .language = mapping->language,
                           .licence = mapping->licence,
                           .published = part_day(sheet, TARGET_SOURCE_PUBLISHED) };
    if (!source.url && !source.title)
        source.title = mapping->name;
    source.group = source.url ? build_site(sheet->making->arena, text_of(source.url)) : NULL;
    statement->source = build_source(&sheet->build, source);
    int32_t known = part_day(sheet, TARGET_KNOWN_SINCE);
    statement->known_since = known != DAY_UNKNOWN ? known : source.published;
    statement->as_of = statement->known_since;
}

static void name_record(Sheet *sheet)
{
    Arena *arena = sheet->making->arena;
    Record *record = sheet->build.record;
    const char *title = part_text(sheet, TARGET_TITLE), *summary = part_text(sheet, TARGET_SUMMARY);
    const char *date = NULL;
    for (size_t i = 0; i < record->statement_count && !date; i++)
        for (size_t k = 0; k < record->statements[i].claim_count && !date; k++)
            if (strncmp(record->statements[i].claims[k].variable, "event_kind.", 11) == 0)
                date = record->statements[i].claims[k].value;
    if (!title)
        title = date ? arena_format(arena, "%s: cyberattack, %.7s", record->affected[0].organisation.name, date)
                     : arena_format(arena, "%s: cyberattack", record->affected[0].organisation.name);
    record->title = build_excerpt(arena, text_of(title), TITLE_MAX);
    record->summary = summary ? build_excerpt(arena, text_of(summary), SUMMARY_MAX) : NULL;
    record->inclusion = part_code(sheet, TARGET_INCLUSION, "incident", "inclusion_decision");
    record->reason = part_text(sheet, TARGET_REASON);
    if (record->inclusion && strcmp(record->inclusion, "included") != 0 && !record->reason)
        record->reason = N_("The data set says so");
    report_tally(sheet->making->report, "year", text_slice(text_of(date), 0, 4), sheet->sum);
}

static void tally_types(const Sheet *sheet)
{
    const Record *record = sheet->build.record;
    for (size_t i = 0; i < record->statement_count; i++)
        for (size_t k = 0; k < record->statements[i].claim_count; k++)
            if (strcmp(record->statements[i].claims[k].variable, "attack_type") == 0)
                report_tally(sheet->making->report, "type", text_of(record->statements[i].claims[k].value), sheet->sum);
    if (sheet->making->mapping->sum)
        report_amount(sheet->making->report, sheet->sum);
}

bool mapping_make(Making *making, Made *made, Problem *problem)
{
    const Mapping *mapping = making->mapping;
    Sheet sheet = { .making = making, .build = build_start(making, &made->record), .sum = NAN };
    sheet.statement = build_statement(&sheet.build, (StatementFacts){ .claimant = mapping->claimant,
                                                                      .stance = mapping->stance,
                                                                      .credibility = mapping->credibility,
                                                                      .known_since = DAY_UNKNOWN,
                                                                      .as_of = DAY_UNKNOWN });
    sheet.build.record->statements[sheet.statement].locator = build_row_name(making->arena, making->row->number);
    for (size_t i = 0; i < mapping->rule_count; i++)
        take_rule(&sheet, i);
    if (!sheet.key || !*sheet.key)
        return fail(problem, PROBLEM_BAD_INPUT, "the key of the row is empty");
    if (clean_missing(sheet.parts[TARGET_NAME]))
        return fail(problem, PROBLEM_BAD_INPUT, "the row names no organisation");
    state(&sheet);
    affect(&sheet);
    name_record(&sheet);
    tally_types(&sheet);
    build_end(&sheet.build);
    made->key = sheet.key;
    made->day = made->record.statement_count ? made->record.statements[0].known_since : DAY_UNKNOWN;
    if (!made->record.statement_count)
        return fail(problem, PROBLEM_BAD_INPUT, "the row says nothing that the mapping takes");
    return true;
}
