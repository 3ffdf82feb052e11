#include "intake/mapping.h"

#include "base/unicode.h"

typedef enum Section { SECTION_FACTS, SECTION_COLUMNS, SECTION_ALWAYS, SECTION_VALUES } Section;

typedef struct Reader {
    Arena *arena;
    const Codebook *codebook;
    Mapping *mapping;
    Section section;
    const char *values_of; /* the column of the [values] section */
    Translation *translations;
    size_t translation_count, translation_room, rule_room, line;
    DateOrder order;
    Problem *problem;
} Reader;

static bool wrong(const Reader *reader, const char *what, Text text)
{
    return fail(reader->problem, PROBLEM_BAD_INPUT, "mapping, line %zu: %s: \"%.*s\"", reader->line, what,
                (int)MIN(text.length, (size_t)120), text.at ? text.at : "");
}

static const struct {
    const char *word;
    Target target;
} targets[] = {
    { "key", TARGET_KEY },
    { "title", TARGET_TITLE },
    { "summary", TARGET_SUMMARY },
    { "inclusion", TARGET_INCLUSION },
    { "reason", TARGET_REASON },
    { "known_since", TARGET_KNOWN_SINCE },
    { "organisation.name", TARGET_NAME },
    { "organisation.country", TARGET_COUNTRY },
    { "organisation.subdivision", TARGET_SUBDIVISION },
    { "organisation.place", TARGET_PLACE },
    { "organisation.type", TARGET_ORG_TYPE },
    { "organisation.sector", TARGET_SECTOR },
    { "organisation.external", TARGET_EXTERNAL },
    { "affected.role", TARGET_ROLE },
    { "affected.naming", TARGET_NAMING },
    { "source.url", TARGET_SOURCE_URL },
    { "source.title", TARGET_SOURCE_TITLE },
    { "source.published", TARGET_SOURCE_PUBLISHED },
};

/* The fact called `word`, where its text goes. */
static const char **fact_of(Mapping *mapping, Text word)
{
    const struct {
        const char *word;
        const char **fact;
    } facts[] = {
        { "name", &mapping->name },
        { "licence", &mapping->licence },
        { "claimant", &mapping->claimant },
        { "stance", &mapping->stance },
        { "credibility", &mapping->credibility },
        { "language", &mapping->language },
        { "sum", &mapping->sum },
        { "source.url", &mapping->source_url },
        { "source.title", &mapping->source_title },
        { "source.type", &mapping->source_type },
        { "source.reliability", &mapping->source_reliability },
    };
    for (size_t i = 0; i < COUNT_OF(facts); i++)
        if (text_is(word, facts[i].word))
            return facts[i].fact;
    return NULL;
}

static bool order_read(const Reader *reader, Text text, DateOrder *order)
{
    if (text_is(text, "day-month-year"))
        *order = ORDER_DAY_MONTH_YEAR;
    else if (text_is(text, "month-day-year"))
        *order = ORDER_MONTH_DAY_YEAR;
    else
        return wrong(reader, "the order of dates is day-month-year or month-day-year, not", text);
    return true;
}

static bool fact_read(Reader *reader, Text word, Text text)
{
    if (text_is(word, "dates"))
        return order_read(reader, text, &reader->order);
    const char **fact = fact_of(reader->mapping, word);
    if (!fact)
        return wrong(reader,
                     "expected name, licence, claimant, stance, credibility, language, dates, sum, source.url, "
                     "source.title, source.type, source.reliability or a [section], not",
                     word);
    if (!text.length)
        return wrong(reader, "nothing stands behind", word);
    *fact = arena_text(reader->arena, text);
    return true;
}

/* Cuts a word, or a text in quotes, off the front. */
static Text next_word(Text *rest)
{
    *rest = text_trim(*rest);
    bool quoted = rest->length && rest->at[0] == '"';
    size_t from = quoted, end = from;
    while (end < rest->length && (quoted ? rest->at[end] != '"' : rest->at[end] != ' '))
        end++;
    Text word = text_slice(*rest, from, end - from);
    *rest = text_slice(*rest, end + (quoted && end < rest->length), rest->length);
    return word;
}

static bool placeholders_read(const Reader *reader, Rule *rule, Text text)
{
    Text part;
    while (text_split(&text, ',', &part)) {
        if (rule->placeholder_count == PLACEHOLDERS_MAX ||
            !text_number(text_trim(part), &rule->placeholders[rule->placeholder_count++]))
            return wrong(reader, "expected up to 8 numbers with commas between them, not", part);
    }
    return true;
}

/* split ";"   placeholder 500,501   dates day-month-year */
static bool options_read(const Reader *reader, Rule *rule, Text rest)
{
    while (text_trim(rest).length) {
        Text word = next_word(&rest), argument = next_word(&rest);
        bool good = false;
        if (text_is(word, "split") && argument.length == 1) {
            rule->split = argument.at[0];
            good = true;
        } else if (text_is(word, "placeholder"))
            good = placeholders_read(reader, rule, argument);
        else if (text_is(word, "dates"))
            good = order_read(reader, argument, &rule->order);
        if (!good)
            return wrong(reader, "expected split \";\", placeholder 500,501 or dates day-month-year, not", word);
    }
    return true;
}

static bool target_read(const Reader *reader, Rule *rule, Text word)
{
    for (size_t i = 0; i < COUNT_OF(targets); i++)
        if (text_is(word, targets[i].word)) {
            rule->target = targets[i].target;
            return true;
        }
    const Variable *variable = codebook_claimable(reader->codebook, word, &rule->type);
    if (!variable || variable->visibility != VISIBLE_PUBLIC)
        return wrong(reader,
                     "it is neither a variable of the codebook nor key, title, summary, inclusion, reason, "
                     "known_since, organisation..., affected... or source...",
                     word);
    rule->variable = variable->key;
    return true;
}

static Rule *rule_add(Reader *reader)
{
    Mapping *mapping = reader->mapping;
    if (mapping->rule_count == MAPPING_RULES_MAX) {
        wrong(reader, "a mapping has at most 512 lines for columns", (Text){ 0 });
        return NULL;
    }
    mapping->rules =
        arena_grow(reader->arena, mapping->rules, mapping->rule_count, &reader->rule_room, sizeof *mapping->rules);
    Rule *rule = &mapping->rules[mapping->rule_count++];
    *rule = (Rule){ .line = reader->line };
    return rule;
}

/* Column = variable options     First column .. Last column = variable */
static bool column_read(Reader *reader, Text left, Text right)
{
    Rule *rule = rule_add(reader);
    size_t dots = text_find(left, " .. ");
    if (!rule || !left.length)
        return wrong(reader, "the name of a column is missing before", right);
    rule->column = arena_text(reader->arena, text_trim(text_slice(left, 0, dots)));
    if (dots < left.length)
        rule->until = arena_text(reader->arena, text_trim(text_slice(left, dots + 4, left.length)));
    if (!target_read(reader, rule, next_word(&right)) || !options_read(reader, rule, right))
        return false;
    bool is_date = rule->target == TARGET_CLAIM && rule->type == TYPE_DATE;
    return !rule->until || is_date || wrong(reader, "only a date can have its start and end in two columns", left);
}

/* variable = text */
static bool always_read(Reader *reader, Text left, Text right)
{
    Rule *rule = rule_add(reader);
    if (!rule || !target_read(reader, rule, left))
        return false;
    if (!right.length)
        return wrong(reader, "nothing stands behind", left);
    rule->fixed = arena_text(reader->arena, right);
    return true;
}

static bool translation_read(Reader *reader, Text left, Text right)
{
    if (!left.length || !right.length)
        return wrong(reader, "expected a text of the file = a code", left.length ? left : right);
    reader->translations = arena_grow(reader->arena, reader->translations, reader->translation_count,
                                      &reader->translation_room, sizeof *reader->translations);
    reader->translations[reader->translation_count++] =
        (Translation){ arena_text(reader->arena, left), arena_text(reader->arena, right) };
    return true;
}

/* Gives the collected values to every rule of their column. */
static bool values_end(Reader *reader)
{
    bool found = !reader->values_of;
    for (size_t i = 0; reader->values_of && i < reader->mapping->rule_count; i++) {
        Rule *rule = &reader->mapping->rules[i];
        if (!rule->column || strcmp(rule->column, reader->values_of) != 0)
            continue;
        rule->translations = reader->translations;
        rule->translation_count = reader->translation_count;
        found = true;
    }
    if (!found)
        return wrong(reader, "the values above are of a column that no line of [columns] names",
                     text_of(reader->values_of));
    reader->values_of = NULL;
    reader->translations = NULL;
    reader->translation_count = reader->translation_room = 0;
    return true;
}

static bool section_read(Reader *reader, Text line)
{
    if (!values_end(reader) || !text_ends(line, "]"))
        return wrong(reader, "expected [columns], [always] or [values COLUMN], not", line);
    Text name = text_trim(text_slice(line, 1, line.length - 2));
    if (text_is(name, "columns"))
        reader->section = SECTION_COLUMNS;
    else if (text_is(name, "always"))
        reader->section = SECTION_ALWAYS;
    else if (text_starts(name, "values ")) {
        reader->section = SECTION_VALUES;
        reader->values_of = arena_text(reader->arena, text_trim(text_slice(name, 7, name.length)));
    } else
        return wrong(reader, "expected [columns], [always] or [values COLUMN], not", line);
    return true;
}

/* The place of the " = " that separates: the last one, since names of columns may hold one too. */
static bool sides_of(Text line, Text *left, Text *right)
{
    size_t place = line.length;
    for (size_t i = 0; i < line.length; i++)
        if (line.at[i] == '=' && (i == 0 || line.at[i - 1] == ' ') && (i + 1 == line.length || line.at[i + 1] == ' '))
            place = i;
    if (place == line.length)
        return false;
    *left = text_trim(text_slice(line, 0, place));
    *right = text_trim(text_slice(line, place + 1, line.length));
    return true;
}

static bool line_read(Reader *reader, Text line)
{
    Text left, right;
    line = text_trim(line);
    if (!line.length || line.at[0] == '#')
        return true;
    if (line.at[0] == '[')
        return section_read(reader, line);
    if (!sides_of(line, &left, &right))
        return wrong(reader, "expected \"this = that\" with blanks around the sign, not", line);
    switch (reader->section) {
    case SECTION_FACTS: return fact_read(reader, left, right);
    case SECTION_COLUMNS: return column_read(reader, left, right);
    case SECTION_ALWAYS: return always_read(reader, left, right);
    case SECTION_VALUES: return translation_read(reader, left, right);
    default: return false;
    }
}

static bool fact_is_code(const Reader *reader, const char *entity, const char *variable, const char *code)
{
    const Variable *known = codebook_variable_of(reader->codebook, entity, variable);
    return (known && variable_value(known, code)) ||
           fail(reader->problem, PROBLEM_BAD_INPUT, "mapping: \"%.60s\" is no %s of the codebook", code, variable);
}

static bool has_target(const Mapping *mapping, Target target)
{
    for (size_t i = 0; i < mapping->rule_count; i++)
        if (mapping->rules[i].target == target)
            return true;
    return false;
}

static bool name_is_good(Text name)
{
    for (size_t i = 0; i < name.length; i++)
        if (!((name.at[i] >= 'a' && name.at[i] <= 'z') || (name.at[i] >= '0' && name.at[i] <= '9') ||
              name.at[i] == '-'))
            return false;
    return name.length > 0 && name.length <= 40;
}

static bool complete(const Reader *reader)
{
    Mapping *mapping = reader->mapping;
    Problem *problem = reader->problem;
    if (!mapping->name || !name_is_good(text_of(mapping->name)))
        return fail(problem, PROBLEM_BAD_INPUT, "mapping: name = is missing; use small letters, digits and hyphens");
    static const char *const own[] = { "starter", "veris", "hhs-ocr" };
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (strcmp(mapping->name, own[i]) == 0)
            return fail(problem, PROBLEM_BAD_INPUT, "mapping: the name \"%s\" belongs to another importer", own[i]);
    if (!mapping->licence)
        return fail(problem, PROBLEM_BAD_INPUT, "mapping: licence = is missing; write what the publisher says");
    if (!mapping->source_url && !mapping->source_title && !has_target(mapping, TARGET_SOURCE_URL))
        return fail(problem, PROBLEM_BAD_INPUT, "mapping: source.url = or source.title = is missing");
    if (!has_target(mapping, TARGET_KEY))
        return fail(problem, PROBLEM_BAD_INPUT, "mapping: no column is the key, which tells one row from the others");
    if (!has_target(mapping, TARGET_NAME))
        return fail(problem, PROBLEM_BAD_INPUT, "mapping: no column is organisation.name");
    return fact_is_code(reader, "claim", "claimant", mapping->claimant) &&
           fact_is_code(reader, "claim", "stance", mapping->stance) &&
           fact_is_code(reader, "claim", "credibility", mapping->credibility) &&
           fact_is_code(reader, "source", "source_type", mapping->source_type) &&
           fact_is_code(reader, "source", "reliability", mapping->source_reliability);
}

bool mapping_read(Arena *arena, const Codebook *codebook, Text text, Mapping *mapping, Problem *problem)
{
    if (!unicode_valid(text))
        return fail(problem, PROBLEM_BAD_INPUT, "mapping: it is not a UTF-8 text file");
    *mapping = (Mapping){ .claimant = "media",
                          .stance = "asserts",
                          .credibility = "c3",
                          .source_type = "dataset",
                          .source_reliability = "c",
                          .text = arena_text(arena, text) };
    Reader reader = { .arena = arena, .codebook = codebook, .mapping = mapping, .problem = problem };
    Text rest = text_starts(text, "\xEF\xBB\xBF") ? text_slice(text, 3, text.length) : text, line;
    while (text_split(&rest, '\n', &line)) {
        reader.line++;
        if (!line_read(&reader, line))
            return false;
    }
    for (size_t i = 0; i < mapping->rule_count; i++)
        if (mapping->rules[i].order == ORDER_UNKNOWN)
            mapping->rules[i].order = reader.order;
    return values_end(&reader) && complete(&reader);
}

static bool lacks(const Rule *rule, const char *column, const Columns *columns, Problem *problem)
{
    char names[240] = "";
    for (size_t i = 0; i < columns->count && strlen(names) < 180; i++) {
        size_t length = strlen(names);
        (void)snprintf(names + length, sizeof names - length, "%s\"%.40s\"", i ? ", " : "", columns->names[i]);
    }
    return fail_field(problem, PROBLEM_BAD_INPUT, column,
                      "the file has no column \"%.60s\", which line %zu of the mapping names; it has %s", column,
                      rule->line, names);
}

bool mapping_bind(Arena *arena, const Mapping *mapping, const Columns *columns, const int **result, Problem *problem)
{
    int *places = NEW_ARRAY(arena, int, 2 * mapping->rule_count + 1);
    for (size_t i = 0; i < mapping->rule_count; i++) {
        const Rule *rule = &mapping->rules[i];
        places[2 * i] = rule->column ? column_find(columns, rule->column) : -1;
        places[2 * i + 1] = rule->until ? column_find(columns, rule->until) : -1;
        if (rule->column && places[2 * i] < 0)
            return lacks(rule, rule->column, columns, problem);
        if (rule->until && places[2 * i + 1] < 0)
            return lacks(rule, rule->until, columns, problem);
    }
    *result = places;
    return true;
}
