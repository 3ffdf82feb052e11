/* VERIS incidents, as the VERIS Community Database (VCDB) writes them: one JSON object an incident.
 *
 * What the database says is one statement; the addresses that it names are sources of their own, of which the database
 * tells no more than that they tell of this incident. Names of attackers and the free summaries are not published: they
 * may name private persons. They stay in the work store with the raw document. */
#include "intake/build.h"
#include "intake/report.h"
#include "intake/veris_decide.h"
#include "intake/veris_map.h"

enum { CODES_MAX = 64, SECONDARY_MAX = 200, REFERENCES_MAX = 40 };

static const char licence[] = "CC BY-SA 4.0";

static const char *credibility_of(const json_t *document)
{
    const char *confidence = veris_text(document, NULL, "confidence");
    if (confidence && strcmp(confidence, "High") == 0)
        return "c2";
    return confidence && strcmp(confidence, "Low") == 0 ? "c4" : "c3";
}

static void drop(const char **codes, size_t *count, const char *code)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (strcmp(codes[i], code) != 0)
            codes[kept++] = codes[i];
    *count = kept;
}

static bool has(const char *const *codes, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(codes[i], code) == 0)
            return true;
    return false;
}

/* The attack types by the codebook's mappings. Ransomware needs no word on availability: VCDB's variety says it. Types
 * that the codebook defines as "nothing more" or "no demand known" give way to those that say more. */
static size_t attack_types(const Making *making, const char *types[CODES_MAX])
{
    const json_t *document = making->row->json;
    size_t count = veris_codes(document, codebook_variable(making->codebook, "attack_type"), types, CODES_MAX - 1);
    bool ransomware = veris_has(document, "action.malware.variety", TEXT("Ransomware"));
    if (ransomware && !has(types, count, "ransomware"))
        types[count++] = "ransomware";
    if (ransomware || has(types, count, "data_extortion"))
        drop(types, &count, "data_theft");
    size_t all = count;
    drop(types, &count, "intrusion");
    drop(types, &count, "malware_unspecified");
    if (count > 0)
        return count;
    bool malware = veris_acts(document, "malware");
    types[0] = malware ? "malware_unspecified" : all || !veris_acts(document, "social") ? "intrusion" : "unspecified";
    return 1;
}

static void claim_types(Build *build, size_t statement)
{
    const char *types[CODES_MAX];
    const json_t *document = build->making->row->json;
    size_t count = attack_types(build->making, types);
    for (size_t i = 0; i < count; i++)
        build_claim(build, statement, "attack_type", types[i]);
    if (has(types, count, "ransomware"))
        build_claim(build, statement, "ransomware_status",
                    veris_has(document, "attribute.availability.variety", TEXT("Obscuration")) ? "confirmed"
                                                                                               : "suspected");
}

/* What the mappings of other variables give. */
static void claim_mapped(Build *build, size_t statement)
{
    static const char *const names[] = { "data_disclosure", "data_subjects", "data_kinds", "initial_access",
                                         "targeting",       "actor_type",    "motive" };
    const json_t *document = build->making->row->json;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const Variable *variable = codebook_variable(build->making->codebook, names[i]);
        const char *codes[CODES_MAX];
        if (!variable)
            continue;
        size_t count = variable->cardinality == ANY_NUMBER ? veris_codes(document, variable, codes, CODES_MAX) : 0;
        const char *code = variable->cardinality == ANY_NUMBER ? NULL : veris_code(document, variable);
        for (size_t k = 0; k < count; k++)
            if (strcmp(codes[k], "relatives") != 0) /* VERIS has "Other", which may be anybody */
                build_claim(build, statement, variable->key, codes[k]);
        if (code)
            build_claim(build, statement, variable->key, code);
    }
}

/* A count in the document, in whichever of JSON's numbers or texts it is written. */
static void claim_number(Build *build, size_t statement, const char *variable, const char *column, const json_t *value)
{
    const char *text = json_string_value(value);
    if (json_is_number(value))
        text = arena_format(build->arena, "%.0f", json_number_value(value));
    if (text)
        build_cell(build, statement, variable, column, text_of(text), SILENCE_IS_NOTHING);
}

/* year, month and day of a VERIS date as text; NULL without a year. Unlikely numbers are kept for the report. */
static const char *date_text(Arena *arena, const json_t *date)
{
    const json_t *year = json_object_get(date, "year"), *month = json_object_get(date, "month");
    const json_t *day = json_object_get(date, "day");
    if (!json_is_number(year))
        return NULL;
    if (!json_is_number(month))
        return arena_format(arena, "%04.0f", json_number_value(year));
    if (!json_is_number(day))
        return arena_format(arena, "%04.0f-%02.0f", json_number_value(year), json_number_value(month));
    return arena_format(arena, "%04.0f-%02.0f-%02.0f", json_number_value(year), json_number_value(month),
                        json_number_value(day));
}

static void claim_dates(Build *build, size_t statement)
{
    Making *making = build->making;
    const json_t *document = making->row->json;
    const char *start = date_text(build->arena, veris_down(document, "timeline", "incident"));
    const char *told =
        date_text(build->arena, json_object_get(veris_down(document, "plus", "timeline"), "notification"));
    Span first, second;
    if (start)
        build_date(build, statement, "event_kind.impact_start", "timeline.incident", text_of(start), ORDER_UNKNOWN);
    else
        build_missing(build, statement, "event_kind.impact_start", "not_reported", NULL);
    if (told)
        build_date(build, statement, "event_kind.people_notified", "plus.timeline.notification", text_of(told),
                   ORDER_UNKNOWN);
    if (start && told && span_read(text_of(start), &first) && span_read(text_of(told), &second) &&
        second.last < first.first)
        report_misread(making->report, making->row, "plus.timeline.notification (kept)", text_of(told),
                       "it lies before the start of the incident");
}

static void claim_staff(Build *build, size_t statement)
{
    const char *staff = veris_text(build->making->row->json, "victim", "employee_count");
    if (!staff || strcmp(staff, "Small") == 0 || strcmp(staff, "Large") == 0 || strcmp(staff, "Unknown") == 0)
        return;
    build_cell(build, statement, "employees", "victim.employee_count", text_of(staff), SILENCE_IS_NOTHING);
}

static void claim_malware(Build *build, size_t statement)
{
    const json_t *document = build->making->row->json;
    const char *name = json_string_of(veris_down(document, "action", "malware"), "name");
    const char *cve = json_string_of(veris_down(document, "action", "hacking"), "cve");
    if (name && !clean_missing(text_of(name)))
        build_cell(build, statement, "malware", "action.malware.name", text_of(name), SILENCE_IS_NOTHING);
    if (cve && text_starts(text_of(cve), "CVE-"))
        build_cell(build, statement, "cve", "action.hacking.cve", text_of(cve), SILENCE_IS_NOTHING);
}

/* Says "-" for nothing; a document may hold a country or a list of them. */
static Text country_text(const json_t *document)
{
    const json_t *country = veris_down(document, "victim", "country");
    if (json_is_array(country))
        country = json_array_get(country, 0);
    return (Text){ json_string_value(country), json_string_length(country) };
}

/* The country as a code. A country that has no such state is wrong: which of the two, nobody knows. */
static const char *country_of(Build *build, size_t statement, Text state)
{
    Making *making = build->making;
    Text text = country_text(making->row->json);
    if (!text.length || clean_missing(text))
        return NULL;
    const char *code = country_find(making->countries, text);
    bool outlying = code && strcmp(code, "UM") == 0 && state.length && !text_is(state, "UM");
    if (code && !outlying)
        return code;
    report_misread(making->report, making->row, "victim.country", text,
                   outlying ? "the islands have no such state" : "it is no country");
    build_missing(build, statement, "country", "not_reported", clean_text(build->arena, text));
    return NULL;
}

static bool is_name(Text name)
{
    size_t letters = 0;
    for (size_t i = 0; i < name.length; i++)
        letters += ((name.at[i] | 32) >= 'a' && (name.at[i] | 32) <= 'z') || (unsigned char)name.at[i] >= 0x80;
    return letters >= 3 && !clean_missing(name);
}

static void affect_others(Build *build, const OrganisationFacts *first)
{
    const json_t *ids = json_object_get(veris_down(build->making->row->json, "victim", "secondary"), "victim_id");
    size_t i;
    json_t *id;
    json_array_foreach(ids, i, id)
    {
        Text name = text_trim((Text){ json_string_value(id), json_string_length(id) });
        if (i == SECONDARY_MAX || !is_name(name) || text_is(name, first->name))
            continue;
        OrganisationFacts other = { .name = clean_text(build->arena, name),
                                    .country = first->country,
                                    .sector_group = first->sector_group };
        build_affected(build, (AffectedFacts){ .organisation = other, .role = "via_supplier" });
    }
}

static void affect(Build *build, size_t statement, const char *id)
{
    Making *making = build->making;
    const json_t *document = making->row->json;
    const char *name = veris_text(document, "victim", "victim_id"),
               *industry = veris_text(document, "victim", "industry");
    Text state = text_trim(text_of(veris_text(document, "victim", "state")));
    bool named = name && is_name(text_trim(text_of(name)));
    OrganisationFacts organisation = { .country = country_of(build, statement, state) };
    organisation.name = named ? clean_text(build->arena, text_of(name))
                              : arena_format(build->arena, "Unnamed organisation (VERIS %.8s)", id);
    if (organisation.country && strcmp(organisation.country, "US") == 0)
        organisation.subdivision = state_find(state);
    if (industry && veris_is_health(text_of(industry))) {
        organisation.org_type = veris_code(document, codebook_variable(making->codebook, "org_type"));
        organisation.sector_group = organisation.org_type
                                        ? codebook_sector_of(making->codebook, organisation.org_type)
                                        : veris_code(document, codebook_variable(making->codebook, "sector_group"));
    }
    build_affected(
        build,
        (AffectedFacts){ .organisation = organisation, .role = "direct", .naming = named ? NULL : "type_country" });
    affect_others(build, &organisation);
}

static int32_t moment_at(const json_t *plus, const char *key)
{
    Span day;
    Text text = text_of(json_string_of(plus, key));
    return span_read(text_slice(text, 0, 10), &day) ? day.first : DAY_UNKNOWN;
}

static size_t state_dataset(Build *build)
{
    const json_t *document = build->making->row->json, *plus = json_object_get(document, "plus");
    int source =
        build_source(build, (SourceFacts){ .url = "https://github.com/vz-risk/VCDB",
                                           .title = "VERIS Community Database, Verizon RISK Team and contributors",
                                           .source_type = "dataset",
                                           .reliability = "b",
                                           .origin = "human",
                                           .language = "en",
                                           .access = "open",
                                           .licence = licence,
                                           .group = "vcdb",
                                           .published = DAY_UNKNOWN });
    int32_t made = moment_at(plus, "created"), changed = moment_at(plus, "modified");
    return build_statement(build, (StatementFacts){ .source = source,
                                                    .claimant = "expert",
                                                    .stance = "asserts",
                                                    .credibility = credibility_of(document),
                                                    .locator = veris_text(document, NULL, "incident_id"),
                                                    .known_since = made,
                                                    .as_of = changed == DAY_UNKNOWN ? made : changed });
}

/* One address that the document names. It tells of the incident; the database does not say what else it tells. */
static void state_reference(Build *build, Text url)
{
    const json_t *document = build->making->row->json;
    const char *site = build_site(build->arena, url);
    bool is_register = text_find(url, "hhs.gov/") < url.length && text_find(url, "breach") < url.length;
    SourceFacts source = { .url = clean_text(build->arena, url),
                           .source_type = is_register ? "register" : "media_own",
                           .reliability = is_register ? "a" : "c",
                           .access = "open",
                           .group = site,
                           .published = DAY_UNKNOWN };
    size_t statement = build_statement(build, (StatementFacts){ .source = build_source(build, source),
                                                                .claimant = is_register ? "authority" : "media",
                                                                .stance = "asserts",
                                                                .credibility = credibility_of(document),
                                                                .known_since = DAY_UNKNOWN,
                                                                .as_of = DAY_UNKNOWN });
    const char *start = date_text(build->arena, veris_down(document, "timeline", "incident"));
    Span span;
    if (start && span_read(text_of(start), &span))
        build_claim(build, statement, "event_kind.impact_start", start);
}

/* The addresses in the free text `reference`: ends of words, brackets and semicolons separate them. */
static void state_references(Build *build)
{
    Text rest = text_of(veris_text(build->making->row->json, NULL, "reference"));
    size_t count = 0;
    while (rest.length && count < REFERENCES_MAX) {
        size_t place = MIN(text_find(rest, "http://"), text_find(rest, "https://"));
        rest = text_slice(rest, place, rest.length);
        size_t length = 0;
        while (length < rest.length && (unsigned char)rest.at[length] > ' ' && !strchr(";\"<>", rest.at[length]))
            length++;
        Text url = text_slice(rest, 0, length);
        rest = text_slice(rest, length, rest.length);
        while (url.length && strchr(",.)(", url.at[url.length - 1]))
            url.length--;
        size_t before = build->record->source_count;
        if (build_site(build->arena, url) && url.length < VALUE_MAX)
            state_reference(build, url);
        count += build->record->source_count > before;
    }
}

static void tally(Making *making, const char *inclusion)
{
    const json_t *document = making->row->json,
                 *total = json_object_get(veris_down(document, "attribute", "confidentiality"), "data_total");
    const json_t *date = veris_down(document, "timeline", "incident");
    double records = json_is_number(total) ? json_number_value(total) : NAN;
    Text industry = text_of(veris_text(document, "victim", "industry"));
    const char *year = date_text(making->arena, date), *action;
    json_t *details, *variety;
    size_t i;
    report_amount(making->report, records);
    report_tally(making->report, "year", text_slice(text_of(year), 0, 4), records);
    report_tally(making->report, "precision",
                 text_of(json_object_get(date, "day")     ? "day"
                         : json_object_get(date, "month") ? "month"
                                                          : "year"),
                 records);
    report_tally(making->report, "country", text_of(clean_text(making->arena, country_text(document))), records);
    report_tally(making->report, "industry", text_of(clean_text(making->arena, text_slice(industry, 0, 3))), records);
    report_tally(making->report, "inclusion", text_of(inclusion), records);
    json_object_foreach(json_object_get(document, "action"), action, details)
    {
        report_tally(making->report, "action", text_of(action), records);
        if (strcmp(action, "malware") == 0)
            json_array_foreach(json_object_get(details, "variety"), i, variety)
                report_tally(making->report, "malware", text_of(json_string_value(variety)), records);
    }
}

/* Of papers and laptops the date and the number of persons are enough; the rest stays in the raw document. */
static void claim_attack(Build *build, size_t statement)
{
    const json_t *document = build->making->row->json;
    claim_types(build, statement);
    claim_mapped(build, statement);
    claim_malware(build, statement);
    claim_number(build, statement, "sites_affected", "victim.locations_affected",
                 veris_down(document, "victim", "locations_affected"));
}

bool veris_make(Making *making, Made *made, Problem *problem)
{
    const json_t *document = making->row->json;
    const char *id = veris_text(document, NULL, "incident_id");
    if (!json_is_object(document) || !json_is_object(json_object_get(document, "victim")) ||
        !json_is_object(json_object_get(document, "action")))
        return fail(problem, PROBLEM_BAD_INPUT, "it is no VERIS incident: it has no victim and action");
    if (!id || !*id || strlen(id) > 200)
        return fail(problem, PROBLEM_BAD_INPUT, "it has no incident_id");
    Build build = build_start(making, &made->record);
    VerisDecision decision = veris_decide(document);
    size_t statement = state_dataset(&build);
    made->key = id;
    made->day = build.record->statements[statement].known_since;
    claim_dates(&build, statement);
    claim_number(&build, statement, "persons_affected", "attribute.confidentiality.data_total",
                 json_object_get(veris_down(document, "attribute", "confidentiality"), "data_total"));
    claim_staff(&build, statement);
    if (veris_is_attack(document))
        claim_attack(&build, statement);
    affect(&build, statement, id);
    state_references(&build);
    build_end(&build);
    made->record.inclusion = decision.inclusion;
    made->record.reason = decision.reason;
    const char *start = date_text(making->arena, veris_down(document, "timeline", "incident"));
    made->record.title = arena_format(making->arena, "%s: VERIS incident, %.7s",
                                      made->record.affected[0].organisation.name, start ? start : "date not known");
    tally(making, decision.inclusion);
    return true;
}
