/* The starter incidents of the project itself: data/incidents.csv, described in data/README.md. */
#include "intake/build.h"
#include "intake/notes.h"
#include "intake/report.h"

extern const char asset_conflicts_csv[], asset_conflicts_csv_end[];

enum {
    ID,
    DATE,
    PRECISION,
    BASIS,
    ORGANISATION,
    ORG_TYPE,
    COUNTRY,
    PLACE,
    TYPE,
    ACTOR,
    ACTOR_BASIS,
    DAYS,
    APPOINTMENTS,
    PROCEDURES,
    DIVERTED,
    RECORDS,
    SITES,
    PUBLISHED,
    DEMAND,
    PAID,
    DEATHS,
    IMPACT,
    CONFLICTS,
    URL,
    URL2,
    CONFIDENCE
};

const char *const starter_columns[] = {
    "incident_id",
    "event_date",
    "date_precision",
    "date_basis",
    "organisation",
    "org_type",
    "country_iso2",
    "place",
    "attack_type",
    "actor",
    "actor_basis",
    "days_disrupted",
    "appointments_cancelled",
    "procedures_cancelled",
    "ambulances_diverted",
    "records_affected",
    "sites_affected",
    "data_published",
    "ransom_demand",
    "ransom_paid",
    "deaths_alleged",
    "impact_note",
    "conflicting_claims",
    "source_url",
    "source2_url",
    "confidence",
    NULL,
};

static const char licence[] = "CC BY 4.0";

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

/* Sites that are no press with own reporting. */
static const struct {
    const char *site, *source_type, *claimant;
} sites[] = {
    { "nhsdg.co.uk", "victim", "victim" },
    { "sankt-vinzenz.de", "victim", "victim" },
    { "union.org", "victim", "victim" },
    { "synapxe.sg", "victim", "victim" },
    { "sophiahemmet.se", "victim", "victim" },
    { "england.nhs.uk", "authority", "authority" },
    { "cms.gov", "authority", "authority" },
    { "wikipedia.org", "media_relay", "media" },
    { "grokipedia.com", "aggregator_ai", "media" },
    { "durumis.news", "aggregator_ai", "media" },
    { "icsstrive.com", "dataset", "media" },
    { "halcyon.ai", "security_company", "expert" },
    { "ibm.com", "security_company", "expert" },
};

typedef struct Trust { /* what the column `confidence` says of the sources and of what they tell */
    const char *reliability, *credibility;
} Trust;

static Trust trust_of(Text confidence)
{
    if (text_is(confidence, "high"))
        return (Trust){ "b", "c2" };
    return (Trust){ "b", "c3" };
}

static bool says(Making *making, size_t column, const char *word)
{
    return text_is_nocase(text_trim(making_cell(making, column)), word);
}

/* The attacker is the only one who tells it: low confidence, and a claim of his own is the basis. */
static bool only_attacker(Making *making)
{
    return says(making, CONFIDENCE, "low") && says(making, ACTOR_BASIS, "self_claim");
}

/* The day in an address such as /2021/05/09/title; DAY_UNKNOWN without one. */
static int32_t day_in(Text url)
{
    for (size_t i = 0; i + 11 < url.length; i++) {
        char text[11];
        Span day;
        if (url.at[i] != '/' || (url.at[i + 5] != '/' && url.at[i + 5] != '-'))
            continue;
        memcpy(text, url.at + i + 1, 10);
        text[10] = '\0';
        text[4] = text[7] = '-';
        if (url.at[i + 8] == url.at[i + 5] && span_read(text_of(text), &day))
            return day.first;
    }
    return DAY_UNKNOWN;
}

/* A statement in the source that the column names, still without claims; `claimant` NULL: whoever speaks on that site.
 */
static size_t state(Build *build, size_t column, const char *claimant, const char *stance)
{
    Making *making = build->making;
    Text url = text_trim(making_cell(making, column));
    Trust trust = trust_of(text_trim(making_cell(making, CONFIDENCE)));
    const char *address = clean_text(build->arena, url), *site = build_site(build->arena, text_of(address));
    const char *speaker = "media";
    SourceFacts source = { .url = address,
                           .source_type = "media_own",
                           .reliability = trust.reliability,
                           .origin = "human",
                           .access = "open",
                           .group = site,
                           .published = day_in(url) };
    for (size_t i = 0; i < COUNT_OF(sites); i++)
        if (site && strcmp(site, sites[i].site) == 0) {
            source.source_type = sites[i].source_type;
            speaker = sites[i].claimant;
        }
    if (strcmp(source.source_type, "aggregator_ai") == 0) {
        source.origin = "machine";
        source.reliability = "d";
    }
    if (only_attacker(making)) {
        speaker = "actor";
        trust.credibility = "c4";
    }
    return build_statement(build, (StatementFacts){ .source = build_source(build, source),
                                                    .claimant = claimant ? claimant : speaker,
                                                    .stance = stance,
                                                    .credibility = trust.credibility,
                                                    .known_since = source.published,
                                                    .as_of = DAY_UNKNOWN });
}

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
    const char *event = says(making, BASIS, "start")      ? "event_kind.impact_start"
                        : says(making, BASIS, "detected") ? "event_kind.detected"
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
        size_t register_says = state(build, URL, "authority", "asserts");
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
    if (says(build->making, DIVERTED, "yes")) /* the codebook: diversion of emergencies is a service that stopped */
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
    if (!says(making, TYPE, "ransomware"))
        return;
    bool told = says(making, ACTOR_BASIS, "victim") || says(making, ACTOR_BASIS, "authority") ||
                says(making, ACTOR_BASIS, "court");
    bool confirmed = says(making, CONFIDENCE, "high") || (told && !says(making, CONFIDENCE, "low"));
    build_claim(build, statement, "ransomware_status", confirmed ? "confirmed" : "suspected");
}

static void claim_data(Build *build, size_t statement)
{
    Making *making = build->making;
    if (says(making, PUBLISHED, "yes"))
        build_claim_facts(
            build, statement,
            (ClaimFacts){ .variable = "data_disclosure", .value = "published", .raw = "data_published: yes" });
    else if (says(making, TYPE, "data_theft_sale"))
        build_claim_facts(build, statement,
                          (ClaimFacts){ .variable = "data_disclosure", .value = "sold", .raw = "data_theft_sale" });
    if (says(making, PUBLISHED, "no"))
        build_claim_facts(
            build, state(build, URL, NULL, "denies"),
            (ClaimFacts){ .variable = "data_disclosure", .value = "published", .raw = "data_published: no" });
}

/* A death is never told without how well its cause is known: both in one statement. */
static void claim_deaths(Build *build)
{
    Text deaths = text_trim(making_cell(build->making, DEATHS));
    if (!deaths.length)
        return;
    size_t statement = state(build, URL, NULL, "asserts");
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
        size_t statement = state(build, URL, actor_bases[i].claimant, "asserts");
        if (actor.length)
            build_claim(build, statement, "actor", clean_text(build->arena, actor));
        build_claim(build, statement, "attribution_basis", actor_bases[i].code);
    }
}

static void claim_notes(Build *build)
{
    Making *making = build->making;
    Text note = text_trim(making_cell(making, CONFLICTS)), id = text_trim(making_cell(making, ID));
    if (!note.length)
        return;
    int source = build_source(build, (SourceFacts){ .title = "Vigie starter incidents: notes on conflicting claims",
                                                    .source_type = "dataset",
                                                    .reliability = "b",
                                                    .origin = "human",
                                                    .language = "en",
                                                    .licence = licence,
                                                    .group = "vigie",
                                                    .published = DAY_UNKNOWN });
    if (notes_add(build, making->notes, id, note, source) > 0)
        return;
    size_t statement = build_statement(build, (StatementFacts){ .source = source,
                                                                .claimant = "project",
                                                                .stance = "asserts",
                                                                .credibility = "c3",
                                                                .locator = "column conflicting_claims",
                                                                .known_since = DAY_UNKNOWN,
                                                                .as_of = DAY_UNKNOWN });
    const char *words = build_excerpt(build->arena, text_of(clean_text(build->arena, note)), QUOTE_MAX);
    build_claim_facts(build, statement,
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
    size_t first = state(&build, URL, NULL, "asserts");
    claim_types(&build, first);
    claim_date(&build, first);
    claim_records(&build, first);
    claim_care(&build, first);
    claim_ransom(&build, first);
    claim_data(&build, first);
    if (text_trim(making_cell(making, URL2)).length) {
        size_t second = state(&build, URL2, NULL, "asserts");
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
