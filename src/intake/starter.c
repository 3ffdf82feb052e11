/* The starter incidents of the project itself: data/incidents.csv, described in data/README.md. */
#include "intake/starter.h"

#include "intake/notes.h"
#include "intake/report.h"

extern const char asset_conflicts_csv[], asset_conflicts_csv_end[];

const char *const starter_columns[] = {
#define COLUMN(name, text) text,
#include "intake/starter.def"
#undef COLUMN
    NULL,
};

/* Codes of the file that differ from the codebook's: one or two attack types. */
static const struct {
    const char *code, *types[2];
} attack_codes[] = {
    { "data_theft_extortion", { "data_extortion" } },
    { "data_theft_leak", { "data_theft", "data_leak" } },
    { "data_theft_sale", { "data_theft" } },
    { "data_destruction", { "destruction" } },
    { "data_destruction_extortion", { "destruction", "data_extortion" } },
    { "espionage_data_theft", { "espionage", "data_theft" } },
    { "unspecified_malware", { "malware_unspecified" } },
};

static const struct {
    const char *code, *org_type;
} organisation_codes[] = {
    { "public_health_agency", "ministry_agency" },
    { "government_health", "ministry_agency" },
    { "regulator", "ministry_agency" },
    { "health_insurer_public", "insurer_public" },
    { "health_insurer_private", "insurer_private" },
};

/* Who speaks when an actor is named on this basis. */
static const struct {
    const char *basis, *code, *claimant;
} actor_bases[] = {
    { "self_claim", "self_claim", "actor" },     { "victim", "victim", "victim" },
    { "authority", "authority", "authority" },   { "court", "court", "authority" },
    { "technical_report", "company", "expert" }, { "media", "media", "media" },
};

static void claim_types(Build *build, size_t statement)
{
    Text code = text_trim(making_cell(build->making, TYPE));
    for (size_t i = 0; i < COUNT_OF(attack_codes); i++)
        if (text_is(code, attack_codes[i].code)) {
            for (size_t k = 0; k < 2 && attack_codes[i].types[k]; k++)
                build_claim_facts(build, statement,
                                  (ClaimFacts){ .variable = "attack_type",
                                                .value = attack_codes[i].types[k],
                                                .raw = attack_codes[i].code });
            return;
        }
    build_cell(build, statement, "attack_type", "attack_type", code, SILENCE_IS_MISSING);
}

/* The column writes the first day of a span whose length stands in another one. */
static const char *date_text(Making *making)
{
    Text date = text_trim(making_cell(making, DATE)), precision = text_trim(making_cell(making, PRECISION));
    Span day;
    int year, month, of_month;
    if (!span_read(date, &day) || day.first != day.last || text_is(precision, "day"))
        return clean_text(making->arena, date);
    day_split(day.first, &year, &month, &of_month);
    if (text_is(precision, "month"))
        return arena_format(making->arena, "%04d-%02d", year, month);
    if (text_is(precision, "quarter"))
        return arena_format(making->arena, "%04d-Q%d", year, (month + 2) / 3);
    return text_is(precision, "year") ? arena_format(making->arena, "%04d", year) : clean_text(making->arena, date);
}

static void claim_date(Build *build, size_t statement)
{
    Making *making = build->making;
    const char *event = starter_says(making, BASIS, "start")      ? "event_kind.impact_start"
                        : starter_says(making, BASIS, "detected") ? "event_kind.detected"
                                                                  : "event_kind.disclosed";
    build_date(build, statement, event, "event_date", text_of(date_text(making)), ORDER_UNKNOWN);
}

static bool is_person_word(Text word)
{
    static const char *const words[] = {
        "patients", "persons", "people", "beneficiaries", "volunteers", "individuals"
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (text_is_nocase(word, words[i]))
            return true;
    return false;
}

/* Whether `note` counts persons: a number of four digits or more, or in millions, and within two words behind it a word
 * for persons: "254000 Medicare beneficiaries". */
static bool counts_persons(Text note)
{
    Text rest = note, word;
    int since = 3; /* words since the last such number */
    while (text_split(&rest, ' ', &word)) {
        double number;
        bool scaled = since == 0 && text_is(word, "million");
        if (text_number(word, &number) && (word.length >= 4 || text_starts(rest, "million")))
            since = 0;
        else if (since < 3 && is_person_word(word))
            return true;
        else if (!scaled)
            since++;
    }
    return false;
}

/* Persons when the notes of the row say persons, records otherwise: the two are never added. */
static void claim_records(Build *build, size_t statement)
{
    Making *making = build->making;
    Text cell = text_trim(making_cell(making, RECORDS)), note = making_cell(making, IMPACT);
    Text conflicts = making_cell(making, CONFLICTS);
    const char *as_records = arena_format(build->arena, "%.*s records", (int)cell.length, cell.at);
    bool records = text_find(conflicts, as_records) < conflicts.length;
    if (text_find(note, "HHS OCR") < note.length && cell.length) {
        size_t register_says = starter_state(build, URL, "authority", "asserts");
        build_cell(build, register_says, "persons_affected", "records_affected", cell, SILENCE_IS_NOTHING);
        return;
    }
    bool persons = !records && (counts_persons(note) || counts_persons(conflicts));
    build_cell(build, statement, persons ? "persons_affected" : "records_affected", "records_affected", cell,
               SILENCE_IS_NOTHING);
}

static void claim_care(Build *build, size_t statement)
{
    static const struct {
        size_t column;
        const char *variable;
    } numbers[] = { { DAYS, "metric.clinical_disruption_days" },
                    { APPOINTMENTS, "metric.appointments_cancelled" },
                    { PROCEDURES, "metric.procedures_cancelled" },
                    { SITES, "sites_affected" } };
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        build_cell(build, statement, numbers[i].variable, starter_columns[numbers[i].column],
                   making_cell(build->making, numbers[i].column), SILENCE_IS_NOTHING);
    if (starter_says(build->making, DIVERTED,
                     "yes")) /* the codebook: diversion of emergencies is a service that stopped */
        build_claim_facts(build, statement,
                          (ClaimFacts){ .variable = "care_disruption",
                                        .value = "s3_service_stopped",
                                        .raw = "ambulances_diverted: yes" });
}

static void claim_ransom(Build *build, size_t statement)
{
    Making *making = build->making;
    Text demand = text_trim(making_cell(making, DEMAND));
    if (demand.length) {
        build_claim(build, statement, "demand", "yes");
        build_cell(build, statement, "demand_amount", "ransom_demand", demand, SILENCE_IS_NOTHING);
    }
    build_cell(build, statement, "paid", "ransom_paid", making_cell(making, PAID), SILENCE_IS_NOTHING);
    if (!starter_says(making, TYPE, "ransomware"))
        return;
    bool told = starter_says(making, ACTOR_BASIS, "victim") || starter_says(making, ACTOR_BASIS, "authority") ||
                starter_says(making, ACTOR_BASIS, "court");
    bool confirmed = starter_says(making, CONFIDENCE, "high") || (told && !starter_says(making, CONFIDENCE, "low"));
    build_claim(build, statement, "ransomware_status", confirmed ? "confirmed" : "suspected");
}

static void claim_data(Build *build, size_t statement)
{
    Making *making = build->making;
    if (starter_says(making, PUBLISHED, "yes"))
        build_claim_facts(
            build, statement,
            (ClaimFacts){ .variable = "data_disclosure", .value = "published", .raw = "data_published: yes" });
    else if (starter_says(making, TYPE, "data_theft_sale"))
        build_claim_facts(build, statement,
                          (ClaimFacts){ .variable = "data_disclosure", .value = "sold", .raw = "data_theft_sale" });
    if (starter_says(making, PUBLISHED, "no"))
        build_claim_facts(
            build, starter_state(build, URL, NULL, "denies"),
            (ClaimFacts){ .variable = "data_disclosure", .value = "published", .raw = "data_published: no" });
}

/* A death is never told without how well its cause is known: both in one statement. */
static void claim_deaths(Build *build)
{
    Text deaths = text_trim(making_cell(build->making, DEATHS));
    if (!deaths.length)
        return;
    size_t statement = starter_state(build, URL, NULL, "asserts");
    build_claim(build, statement, "harm_level", "h4_death");
    build_claim(build, statement, "causal_status", "alleged");
    build_cell(build, statement, "persons", "deaths_alleged", deaths, SILENCE_IS_NOTHING);
}

static void claim_actor(Build *build)
{
    Making *making = build->making;
    Text basis = text_trim(making_cell(making, ACTOR_BASIS)), actor = text_trim(making_cell(making, ACTOR));
    for (size_t i = 0; i < COUNT_OF(actor_bases); i++) {
        if (!text_is(basis, actor_bases[i].basis))
            continue;
        size_t statement = starter_state(build, URL, actor_bases[i].claimant, "asserts");
        if (actor.length)
            build_claim(build, statement, "actor", clean_text(build->arena, actor));
        build_claim(build, statement, "attribution_basis", actor_bases[i].code);
    }
}

static void claim_notes(Build *build)
{
    Making *making = build->making;
    Text note = text_trim(making_cell(making, CONFLICTS)), id = text_trim(making_cell(making, ID));
    const char *words = clean_text(build->arena, id);
    size_t list = starter_state_list(build, build_excerpt(build->arena, text_of(words), QUOTE_MAX));
    build_claim(build, list, "intent", "intentional");
    if (!note.length || notes_add(build, making->notes, id, note, build->record->statements[list].source) > 0)
        return;
    words = build_excerpt(build->arena, text_of(clean_text(build->arena, note)), QUOTE_MAX);
    build_claim_facts(build, starter_state_list(build, "column conflicting_claims"),
                      (ClaimFacts){ .variable = "attack_type", .missing = "not_reported", .quote = words });
}

static void affect(Build *build)
{
    Making *making = build->making;
    Text type = text_trim(making_cell(making, ORG_TYPE)), place = text_trim(making_cell(making, PLACE));
    Text code = text_trim(making_cell(making, COUNTRY)), note = text_trim(making_cell(making, IMPACT));
    OrganisationFacts organisation = { .name = clean_text(build->arena, making_cell(making, ORGANISATION)),
                                       .country = country_find(making->countries, code),
                                       .place = place.length ? clean_text(build->arena, place) : NULL };
    if (!organisation.country)
        report_misread(making->report, making->row, "country_iso2", code, "it is no country");
    const Variable *types = codebook_variable(making->codebook, "org_type");
    for (size_t i = 0; i < COUNT_OF(organisation_codes); i++)
        if (text_is(type, organisation_codes[i].code))
            type = text_of(organisation_codes[i].org_type);
    const Value *value = variable_value(types, clean_text(build->arena, type));
    if (value)
        organisation.org_type = value->code;
    else
        report_misread(making->report, making->row, "org_type", type, "it is no type of the codebook");
    organisation.sector_group = value ? codebook_sector_of(making->codebook, value->code) : NULL;
    build_affected(build, (AffectedFacts){ .organisation = organisation,
                                           .role = text_starts(note, "Collateral") ? "collateral" : "direct" });
}

static void name_record(Build *build)
{
    Making *making = build->making;
    Record *record = build->record;
    const Variable *types = codebook_variable(making->codebook, "attack_type");
    const ClaimFacts *first = &record->statements[0].claims[0];
    const Value *type = first->value ? variable_value(types, first->value) : NULL;
    Text note = text_trim(making_cell(making, IMPACT));
    Text month = clean_cut(text_of(date_text(making)), 7);
    record->title = arena_format(build->arena, "%s: %s, %.*s", record->affected[0].organisation.name,
                                 type ? type->label.en : "Cyberattack", (int)month.length, month.at);
    record->summary = note.length ? build_excerpt(build->arena, text_of(clean_text(build->arena, note)), 600) : NULL;
}

static void tally(Making *making)
{
    static const struct {
        const char *group;
        size_t column, length;
    } groups[] = { { "year", DATE, 4 },
                   { "country", COUNTRY, 2 },
                   { "type", TYPE, 60 },
                   { "organisation", ORG_TYPE, 60 },
                   { "confidence", CONFIDENCE, 20 } };
    double records;
    bool known = text_number(text_trim(making_cell(making, RECORDS)), &records);
    report_amount(making->report, known ? records : NAN);
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        report_tally(making->report, groups[i].group,
                     text_of(clean_text(making->arena, text_slice(text_trim(making_cell(making, groups[i].column)), 0,
                                                                  groups[i].length))),
                     known ? records : NAN);
}

bool starter_prepare(Arena *arena, Making *making, Problem *problem)
{
    Text csv = { asset_conflicts_csv, (size_t)(asset_conflicts_csv_end - asset_conflicts_csv) };
    return notes_read(arena, csv, &making->notes, problem);
}

bool starter_make(Making *making, Made *made, Problem *problem)
{
    Text id = text_trim(making_cell(making, ID));
    if (!id.length || !text_trim(making_cell(making, ORGANISATION)).length ||
        !text_trim(making_cell(making, URL)).length)
        return fail(problem, PROBLEM_BAD_INPUT, "the row lacks its incident_id, organisation or source_url");
    Build build = build_start(making, &made->record);
    made->key = clean_text(making->arena, id);
    made->day = DAY_UNKNOWN;
    size_t first = starter_state(&build, URL, NULL, "asserts");
    claim_types(&build, first);
    claim_date(&build, first);
    claim_records(&build, first);
    claim_care(&build, first);
    claim_ransom(&build, first);
    claim_data(&build, first);
    if (text_trim(making_cell(making, URL2)).length) {
        size_t second = starter_state(&build, URL2, NULL, "asserts");
        claim_types(&build, second);
        claim_date(&build, second);
    }
    claim_deaths(&build);
    claim_actor(&build);
    claim_notes(&build);
    affect(&build);
    name_record(&build);
    build_end(&build);
    made->record.inclusion = "included";
    tally(making);
    return true;
}
