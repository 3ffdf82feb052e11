/* The breach register of the United States health department (HHS OCR), as its portal exports it.
 *
 * The register is an authority that publishes what the organisation itself filed. Its types of breach tell attacks
 * ("Hacking/IT Incident") from lost papers; unauthorised access alone does not tell the intent. */
#include "base/unicode.h"
#include "intake/build.h"
#include "intake/report.h"

enum { NAME, STATE, ENTITY, PERSONS, SUBMITTED, TYPE, LOCATION, ASSOCIATE, DESCRIPTION };

const char *const hhs_columns[] = {
    "Name of Covered Entity",
    "State",
    "Covered Entity Type",
    "Individuals Affected",
    "Breach Submission Date",
    "Type of Breach",
    "?Location of Breached Information",
    "?Business Associate Present",
    "?Web Description",
    NULL,
};

typedef struct Kinds { /* what the type cell names */
    bool hacking, unclear, theft;
    bool accident; /* loss or improper disposal */
} Kinds;

/* Counts each of several values in a cell, "Laptop, Paper/Films", in the report. */
static void tally_each(Making *making, const char *group, Text cell, double amount)
{
    Text rest = cell, part;
    if (!text_trim(cell).length)
        report_tally(making->report, group, (Text){ 0 }, amount);
    else
        while (text_split(&rest, ',', &part))
            report_tally(making->report, group, text_of(clean_text(making->arena, part)), amount);
}

static Kinds kinds_of(Making *making, Text cell)
{
    Kinds kinds = { 0 };
    Text rest = cell, part;
    if (clean_missing(cell))
        return (Kinds){ .unclear = true };
    while (text_split(&rest, ',', &part)) {
        part = text_trim(part);
        if (text_is_nocase(part, "Hacking/IT Incident"))
            kinds.hacking = true;
        else if (text_is_nocase(part, "Theft"))
            kinds.theft = true;
        else if (text_is_nocase(part, "Loss") || text_is_nocase(part, "Improper Disposal"))
            kinds.accident = true;
        else {
            kinds.unclear = true;
            if (!text_is_nocase(part, "Unauthorized Access/Disclosure") && !text_is_nocase(part, "Other") &&
                !text_is_nocase(part, "Unknown"))
                report_misread(making->report, making->row, "Type of Breach", part, "it is no type of the register");
        }
    }
    return kinds;
}

typedef struct Decision {
    const char *inclusion, *reason, *intent;
} Decision;

static Decision decide(Kinds kinds)
{
    if (kinds.hacking)
        return (Decision){ "included", NULL, "intentional" };
    if (kinds.unclear)
        return (Decision){ "pending", N_("The register names no hacking, and its type does not tell the intent"),
                           "unclear" };
    if (kinds.theft)
        return (Decision){ "excluded_no_effect", N_("A thing was taken; the register shows no access to systems"),
                           "intentional" };
    return (Decision){ "excluded_not_intentional", N_("The register names a loss or improper disposal only"),
                       "unintentional" };
}

static void claim_type(Build *build, size_t statement, Kinds kinds)
{
    Making *making = build->making;
    Text cell = text_trim(making_cell(making, TYPE)), words = text_trim(making_cell(making, DESCRIPTION));
    const char *raw = cell.length ? clean_text(making->arena, cell) : NULL;
    ClaimFacts claim = { .variable = "attack_type", .raw = raw };
    if (kinds.hacking)
        claim.value = "intrusion";
    else
        claim.missing = kinds.unclear ? "not_reported" : "not_applicable";
    if (!clean_missing(words))
        claim.quote = build_excerpt(making->arena, text_of(clean_text(making->arena, words)), QUOTE_MAX);
    build_claim_facts(build, statement, claim);
    build_claim(build, statement, "intent", decide(kinds).intent);
}

/* The number of persons; 500 and 501 stand for "not yet known" in this register. */
static double claim_persons(Build *build, size_t statement)
{
    Making *making = build->making;
    Text cell = text_trim(making_cell(making, PERSONS));
    char number[CLEAN_NUMBER_SIZE];
    double persons = NAN;
    if (!clean_missing(cell) && clean_number(cell, number) && !text_number(text_of(number), &persons))
        persons = NAN;
    report_amount(making->report, persons);
    if (text_is(cell, "500") || text_is(cell, "501")) {
        if (making->report)
            making->report->placeholders++;
        build_missing(build, statement, "persons_affected", "placeholder", clean_text(making->arena, cell));
    } else
        build_cell(build, statement, "persons_affected", "Individuals Affected", cell, SILENCE_IS_MISSING);
    return persons;
}

static void affect(Build *build, size_t statement)
{
    static const struct {
        const char *entity, *org_type, *sector;
    } entities[] = { { "Healthcare Provider", NULL, "patient_care" },
                     { "Health Plan", "insurer_private", "other_medical" },
                     { "Business Associate", NULL, "other_medical" },
                     { "Healthcare Clearing House", "other_supplier", "other_medical" } };
    Making *making = build->making;
    Text state = text_trim(making_cell(making, STATE)), entity = text_trim(making_cell(making, ENTITY));
    OrganisationFacts organisation = { .name = clean_text(making->arena, making_cell(making, NAME)), .country = "US" };
    organisation.subdivision = state_find(state);
    if (state.length && !organisation.subdivision) {
        report_misread(making->report, making->row, "State", state, "it is no state of the United States");
        build_missing(build, statement, "subdivision", "not_reported", clean_text(making->arena, state));
    }
    for (size_t i = 0; i < COUNT_OF(entities); i++)
        if (text_is_nocase(entity, entities[i].entity)) {
            organisation.org_type = entities[i].org_type;
            organisation.sector_group = entities[i].sector;
        }
    build_affected(build, (AffectedFacts){ .organisation = organisation, .role = "direct" });
}

static void tally(Making *making, double persons, Span day, bool dated)
{
    int year = 0, month, of_month;
    char text[8] = "";
    if (dated) {
        day_split(day.first, &year, &month, &of_month);
        (void)snprintf(text, sizeof text, "%04d", year % 10000);
    }
    report_tally(making->report, "year", text_of(text), persons);
    report_tally(making->report, "state", text_of(clean_text(making->arena, making_cell(making, STATE))), persons);
    report_tally(making->report, "entity", text_of(clean_text(making->arena, making_cell(making, ENTITY))), persons);
    tally_each(making, "type", making_cell(making, TYPE), persons);
    tally_each(making, "location", making_cell(making, LOCATION), persons);
    report_tally(making->report, "associate", text_of(clean_text(making->arena, making_cell(making, ASSOCIATE))),
                 persons);
}

static const SourceFacts portal = {
    .url = "https://ocrportal.hhs.gov/ocr/breach/breach_report.jsf",
    .title = "Breach Portal of the Office for Civil Rights, US Department of Health and Human Services",
    .source_type = "register",
    .reliability = "a",
    .origin = "human",
    .language = "en",
    .access = "open",
    .licence = "Public domain (17 U.S.C. 105)",
    .group = "hhs.gov",
    .published = DAY_UNKNOWN,
};

bool hhs_make(Making *making, Made *made, Problem *problem)
{
    Arena *arena = making->arena;
    Text name = text_trim(making_cell(making, NAME)), state = text_trim(making_cell(making, STATE));
    Text submitted = text_trim(making_cell(making, SUBMITTED));
    if (!name.length)
        return fail(problem, PROBLEM_BAD_INPUT, "the row names no organisation");
    Build build = build_start(making, &made->record);
    Span day = { DAY_UNKNOWN, DAY_UNKNOWN };
    const char *reason;
    bool dated = clean_date(submitted, ORDER_MONTH_DAY_YEAR, &day, &reason);
    made->day = dated ? day.first : DAY_UNKNOWN;
    made->key = arena_format(arena, "%s|%s|%s", unicode_fold(arena, text_of(clean_text(arena, name))),
                             clean_text(arena, state), clean_text(arena, submitted));
    Kinds kinds = kinds_of(making, making_cell(making, TYPE));
    Decision decision = decide(kinds);
    size_t statement = build_statement(&build, (StatementFacts){ .source = build_source(&build, portal),
                                                                 .claimant = "authority",
                                                                 .stance = "asserts",
                                                                 .credibility = "c2",
                                                                 .locator = build_row_name(arena, making->row->number),
                                                                 .known_since = made->day,
                                                                 .as_of = made->day });
    claim_type(&build, statement, kinds);
    double persons = claim_persons(&build, statement);
    build_date(&build, statement, "event_kind.disclosed", "Breach Submission Date", submitted, ORDER_MONTH_DAY_YEAR);
    affect(&build, statement);
    build_end(&build);
    made->record.inclusion = decision.inclusion;
    made->record.reason = decision.reason;
    made->record.title = arena_format(arena, "%s: %s, %s", made->record.affected[0].organisation.name,
                                      kinds.hacking ? "hacking or IT incident" : "breach of data",
                                      dated ? build_day(arena, day.first) : "date not known");
    tally(making, persons, day, dated);
    return true;
}
