#include "domain/record.h"

#include "base/unicode.h"

typedef struct Checker {
    const Codebook *codebook;
    RecordPlace *place; /* of what is looked at */
    Problem *problem;
} Checker;

static bool text_check(const Checker *checker, const char *field, const char *text)
{
    if (!text)
        return true;
    Text view = text_of(text);
    if (view.length == 0)
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, field, "%s is empty; leave it out", field);
    if (view.length > VALUE_MAX)
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, field, "%s is longer than %d bytes", field, VALUE_MAX);
    if (!unicode_valid(view))
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, field, "%s is not UTF-8 text", field);
    return true;
}

static bool required_check(const Checker *checker, const char *field, const char *text)
{
    if (!text)
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, field, "%s is missing", field);
    return text_check(checker, field, text);
}

/* NULL is fine. */
static bool code_check(const Checker *checker, NeededName name, const char *code)
{
    if (!code)
        return true;
    const Variable *variable = codebook_needed(checker->codebook, name);
    return variable_value(variable, code) || fail_field(checker->problem, PROBLEM_BAD_INPUT, variable->key,
                                                        "'%.60s' is not a value of %s", code, variable->key);
}

static bool required_code(const Checker *checker, NeededName name, const char *code)
{
    const char *key = codebook_needed(checker->codebook, name)->key;
    if (!code)
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, key, "%s is missing", key);
    return code_check(checker, name, code);
}

static bool country_check(const Checker *checker, const char *code)
{
    if (!code || (strlen(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'))
        return true;
    return fail_field(checker->problem, PROBLEM_BAD_INPUT, "country", "'%.60s' is not an ISO 3166-1 alpha-2 code",
                      code);
}

static bool archive_check(const Checker *checker, const SourceFacts *source)
{
    enum { DIGITS = 64 };
    const char *sha256 = source->sha256;
    if (sha256 && (strlen(sha256) != DIGITS || strspn(sha256, "0123456789abcdef") != DIGITS))
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, "sha256", "sha256 takes 64 hexadecimal digits");
    if (source->archive && !sha256)
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, "archive", "an archived copy needs its sha256");
    return text_check(checker, "archive", source->archive);
}

static bool source_check(const Checker *checker, const SourceFacts *source)
{
    if (!source->url && !source->title)
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, "source", "a source has neither address nor title");
    return text_check(checker, "url", source->url) && text_check(checker, "title", source->title) &&
           text_check(checker, "licence", source->licence) && text_check(checker, "group", source->group) &&
           text_check(checker, "language", source->language) && archive_check(checker, source) &&
           required_code(checker, NEEDED_SOURCE_SOURCE_TYPE, source->source_type) &&
           required_code(checker, NEEDED_SOURCE_RELIABILITY, source->reliability) &&
           code_check(checker, NEEDED_SOURCE_ORIGIN, source->origin) &&
           code_check(checker, NEEDED_SOURCE_ACCESS, source->access);
}

bool source_facts_check(const SourceFacts *source, const Codebook *codebook, Problem *problem)
{
    RecordPlace unasked;
    const Checker checker = { codebook, &unasked, problem };
    return source_check(&checker, source);
}

static bool one_affected_check(const Checker *checker, const AffectedFacts *affected)
{
    const OrganisationFacts *organisation = &affected->organisation;
    return required_check(checker, "name", organisation->name) && country_check(checker, organisation->country) &&
           text_check(checker, "subdivision", organisation->subdivision) &&
           text_check(checker, "place", organisation->place) &&
           text_check(checker, "external", organisation->external) &&
           code_check(checker, NEEDED_ORGANISATION_ORG_TYPE, organisation->org_type) &&
           code_check(checker, NEEDED_ORGANISATION_SECTOR_GROUP, organisation->sector_group) &&
           required_code(checker, NEEDED_AFFECTED_ROLE, affected->role) &&
           code_check(checker, NEEDED_AFFECTED_NAMING, affected->naming) &&
           code_check(checker, NEEDED_AFFECTED_NAMING_BASIS, affected->naming_basis);
}

bool affected_check(const AffectedFacts *affected, const Codebook *codebook, Problem *problem)
{
    RecordPlace unasked;
    const Checker checker = { codebook, &unasked, problem };
    return one_affected_check(&checker, affected);
}

/* Who was hit through whom leads from each organisation to one that was not hit through another. */
bool record_suppliers_check(const Record *record, Problem *problem)
{
    for (size_t i = 0; i < record->affected_count; i++) {
        size_t hops = 0;
        int64_t at = record->affected[i].supplier;
        for (; at > 0 && at <= (int64_t)record->affected_count && hops < SUPPLY_CHAIN_MAX; hops++)
            at = record->affected[at - 1].supplier;
        if (at)
            return fail_field(problem, PROBLEM_BAD_INPUT, "supplier",
                              "who an organisation was hit through is another one of the incident");
    }
    return true;
}

bool affected_named(const AffectedFacts *affected)
{
    return !affected->naming || strcmp(affected->naming, "named") == 0;
}

void affected_conceal(AffectedFacts *affected)
{
    const OrganisationFacts *facts = &affected->organisation;
    if (affected_named(affected))
        return;
    affected->organisation = (OrganisationFacts){ .name = facts->org_type ? facts->org_type : "organisation",
                                                  .country = facts->country,
                                                  .org_type = facts->org_type,
                                                  .sector_group = facts->sector_group };
    affected->naming_basis = NULL;
}

void record_conceal(Arena *arena, Record *record)
{
    AffectedFacts *affected = NEW_ARRAY(arena, AffectedFacts, record->affected_count + 1);
    for (size_t i = 0; i < record->affected_count; i++) {
        affected[i] = record->affected[i];
        affected_conceal(&affected[i]);
    }
    record->affected = record->affected_count ? affected : NULL;
}

bool claim_understand(const Codebook *codebook, ClaimFacts *claim, Problem *problem)
{
    Problem inner = { 0 };
    if (claim->definition && claim->understood == claim->value)
        return true;
    const char *name = claim->variable ? claim->variable : "";
    claim->parsed = (Parsed){ .low = NAN, .high = NAN };
    const Variable *variable = codebook_claimable(codebook, text_of(name), &claim->type);
    if (!variable)
        return fail_field(problem, PROBLEM_BAD_INPUT, "variable", "the codebook has no variable '%.60s'", name);
    if (claim->value && !value_check(variable, claim->type, text_of(claim->value), &claim->parsed, &inner))
        return fail_field(problem, inner.kind, name, "%s", inner.message);
    claim->definition = variable;
    claim->understood = claim->value;
    return true;
}

/* Entities of the codebook that are about persons who turn to the project: nothing of them is a fact of an incident,
 * and what is in a journal can never be erased again. */
static bool is_about_persons(const Variable *variable)
{
    static const char *const entities[] = { "letter", "help", "report" };
    for (size_t i = 0; i < COUNT_OF(entities); i++)
        if (strcmp(variable->entity, entities[i]) == 0)
            return true;
    return false;
}

static bool claim_check(const Checker *checker, ClaimFacts *claim)
{
    Problem *problem = checker->problem;
    const char *name = claim->variable;
    if (!claim_understand(checker->codebook, claim, problem))
        return false;
    if (claim->definition->visibility != VISIBLE_PUBLIC)
        return fail_field(problem, PROBLEM_BAD_INPUT, name, "%s is not public", name);
    if (is_about_persons(claim->definition))
        return fail_field(problem, PROBLEM_BAD_INPUT, name, "%s has no meaning here", name);
    if (!claim->value == !claim->missing)
        return fail_field(problem, PROBLEM_BAD_INPUT, name, "a claim about %s needs either a value or a missing code",
                          name);
    if (claim->missing && !missing_is_code(checker->codebook, claim->missing))
        return fail_field(problem, PROBLEM_BAD_INPUT, name, "'%.60s' is not a missing code", claim->missing);
    if (unicode_count(text_of(claim->quote)) > QUOTE_MAX)
        return fail_field(problem, PROBLEM_BAD_INPUT, name, "the quotation about %s has more than %d characters", name,
                          QUOTE_MAX);
    return text_check(checker, "raw", claim->raw) && text_check(checker, "quote", claim->quote) &&
           code_check(checker, NEEDED_CLAIM_RANK, claim->rank);
}

static bool statement_check(const Checker *checker, const Record *record, const StatementFacts *statement)
{
    if (statement->source < 0 || (size_t)statement->source >= record->source_count)
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, "source", "a statement names no source of the record");
    if (statement->claim_count == 0)
        return fail_field(checker->problem, PROBLEM_BAD_INPUT, "statements",
                          "a statement without a claim says nothing");
    if (!required_code(checker, NEEDED_CLAIM_CLAIMANT, statement->claimant) ||
        !required_code(checker, NEEDED_CLAIM_STANCE, statement->stance) ||
        !required_code(checker, NEEDED_CLAIM_CREDIBILITY, statement->credibility) ||
        !text_check(checker, "locator", statement->locator))
        return false;
    checker->place->part = PLACE_CLAIM;
    for (size_t i = 0; i < statement->claim_count; i++) {
        checker->place->claim = i;
        if (!claim_check(checker, &statement->claims[i]))
            return false;
    }
    return true;
}

static bool parts_check(const Checker *checker, const Record *record)
{
    size_t claims = 0;
    for (size_t i = 0; i < record->source_count; i++) {
        *checker->place = (RecordPlace){ PLACE_SOURCE, i, 0 };
        if (!source_check(checker, &record->sources[i]))
            return false;
    }
    for (size_t i = 0; i < record->affected_count; i++) {
        *checker->place = (RecordPlace){ PLACE_AFFECTED, i, 0 };
        if (!one_affected_check(checker, &record->affected[i]))
            return false;
    }
    *checker->place = (RecordPlace){ PLACE_RECORD, 0, 0 };
    if (!record_suppliers_check(record, checker->problem))
        return false;
    for (size_t i = 0; i < record->statement_count; i++) {
        *checker->place = (RecordPlace){ PLACE_STATEMENT, i, 0 };
        if (!statement_check(checker, record, &record->statements[i]))
            return false;
        claims += record->statements[i].claim_count;
    }
    *checker->place = (RecordPlace){ PLACE_RECORD, 0, 0 };
    if (claims > RECORD_PARTS_MAX)
        return fail(checker->problem, PROBLEM_BAD_INPUT, "a record has more than %d claims", RECORD_PARTS_MAX);
    return true;
}

bool record_check(const Record *record, const Codebook *codebook, Problem *problem)
{
    RecordPlace unasked;
    return record_check_at(record, codebook, &unasked, problem);
}

bool record_check_at(const Record *record, const Codebook *codebook, RecordPlace *place, Problem *problem)
{
    Checker checker = { codebook, place, problem };
    *place = (RecordPlace){ PLACE_RECORD, 0, 0 };
    if (record->source_count > RECORD_PARTS_MAX || record->affected_count > RECORD_PARTS_MAX ||
        record->statement_count > RECORD_PARTS_MAX)
        return fail(problem, PROBLEM_BAD_INPUT, "a record has more than %d parts of one kind", RECORD_PARTS_MAX);
    if (record->statement_count == 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "statements", "a record without a claim says nothing");
    return required_check(&checker, "dataset", record->dataset) &&
           required_check(&checker, "external", record->external) && text_check(&checker, "title", record->title) &&
           text_check(&checker, "summary", record->summary) && text_check(&checker, "reason", record->reason) &&
           text_check(&checker, "reviewer", record->reviewer) &&
           code_check(&checker, NEEDED_INCIDENT_INCLUSION_DECISION, record->inclusion) && parts_check(&checker, record);
}
