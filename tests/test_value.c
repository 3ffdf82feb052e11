/* What must never happen: a value in two forms counts as two values, a value that its variable forbids enters the
 * journal, or two values that can both be true are called a contradiction. */
#include "codebook/value.h"
#include "test.h"

static Arena *arena;
static Codebook codebook;

static const struct {
    const char *variable, *value;
    double low, high;     /* NAN: has none */
    const char *expected; /* part of the refusal; NULL when the value is right */
} forms[] = {
    { "attack_type", "ransomware", NAN, NAN, NULL },
    { "attack_type", "Ransomware", NAN, NAN,
      "attack_type cannot be 'Ransomware'; expected one of ransomware, destruct" },
    { "attack_type", "", NAN, NAN, "cannot be ''" },
    { "attack_type", "ransomware ", NAN, NAN, "cannot be 'ransomware '" },
    { "org_type", "spa", NAN, NAN, "professional_body" },
    { "services_affected", "spa", NAN, NAN, ", reimbursement, research" },
    { "conflicting", "yes", NAN, NAN, NULL },
    { "conflicting", "no", NAN, NAN, NULL },
    { "conflicting", "true", NAN, NAN, "expected yes or no" },
    { "country", "FR", NAN, NAN, NULL },
    { "country", "CI", NAN, NAN, NULL },
    { "jurisdiction", "FR", NAN, NAN, NULL },
    { "country", "fr", NAN, NAN, "country cannot be 'fr'; expected the two letters of a country by ISO 3166-1" },
    { "country", "XX", NAN, NAN, "cannot be 'XX'" },
    { "country", "UK", NAN, NAN, "cannot be 'UK'" },
    { "country", "EU", NAN, NAN, "cannot be 'EU'" },
    { "country", "FRA", NAN, NAN, "cannot be 'FRA'" },
    { "jurisdiction", "ZZ", NAN, NAN, "jurisdiction cannot be 'ZZ'" },
    { "cve", "CVE-2019-19781", NAN, NAN, NULL },
    { "cve", "", NAN, NAN, "expected a code" },
    { "event_kind.detected", "2021", 18628, 18992, NULL },
    { "event_kind.detected", "2021-Q2", 18718, 18808, NULL },
    { "event_kind.detected", "2021-05", 18748, 18778, NULL },
    { "event_kind.detected", "2021-05-09", 18756, 18756, NULL },
    { "event_kind.detected", "2021-05-09/2021-05-11", 18756, 18758, NULL },
    { "event_kind.detected", "2021-01-01/2021-12-31", NAN, NAN, "expected 2021" },
    { "event_kind.detected", "2021-04/2021-06", NAN, NAN, "expected 2021-Q2" },
    { "event_kind.detected", "2021-05-11/2021-05-09", NAN, NAN, "expected a date" },
    { "event_kind.detected", "2021-02-30", NAN, NAN, "expected a date" },
    { "event_kind.detected", "09/05/2021", NAN, NAN, "expected a date" },
    { "event_kind.detected", "May 2021", NAN, NAN, "expected a date" },
    { "retrieved_at", "2021-05-09T12:00:00.000Z", NAN, NAN, NULL },
    { "retrieved_at", "2021-05-09T12:00:00Z", NAN, NAN, "expected 2021-05-09T12:00:00.000Z" },
    { "retrieved_at", "2021-05-09", NAN, NAN, "expected a moment" },
    { "beds", "0", 0, 0, NULL },
    { "beds", "1250", 1250, 1250, NULL },
    { "beds", "9007199254740992", 9007199254740992.0, 9007199254740992.0, NULL },
    { "beds", "9007199254740993000", NAN, NAN, "expected a number" },
    { "beds", "1,250", NAN, NAN, "expected a number" },
    { "beds", "+12", NAN, NAN, "expected a number" },
    { "beds", "012", NAN, NAN, "expected a number" },
    { "beds", "-1", NAN, NAN, "expected a whole number" },
    { "beds", "1.5", NAN, NAN, "expected a whole number" },
    { "beds", "1e3", NAN, NAN, "expected a number" },
    { "beds", "0x10", NAN, NAN, "expected a number" },
    { "beds", "nan", NAN, NAN, "expected a number" },
    { "disclosure_delay", "-3", -3, -3, NULL },
    { "disclosure_delay", "0.5", 0.5, 0.5, NULL },
    { "disclosure_delay", "12.5", 12.5, 12.5, NULL },
    { "disclosure_delay", "12.50", NAN, NAN, "expected a number" },
    { "disclosure_delay", "12.", NAN, NAN, "expected a number" },
    { "disclosure_delay", ".5", NAN, NAN, "expected a number" },
    { "disclosure_delay", "-0", NAN, NAN, "expected a number" },
    { "disclosure_delay", "-", NAN, NAN, "expected a number" },
    { "persons_affected", "500", 500, 500, NULL },
    { "persons_affected", "100..200", 100, 200, NULL },
    { "persons_affected", "100..", 100, INFINITY, NULL },
    { "persons_affected", "..200", -INFINITY, 200, NULL },
    { "persons_affected", "..", NAN, NAN, "expected a number or a range" },
    { "persons_affected", "200..100", NAN, NAN, "expected a number or a range" },
    { "persons_affected", "100..100", NAN, NAN, "expected a number or a range" },
    { "persons_affected", "100...200", NAN, NAN, "expected a number or a range" },
    { "persons_affected", "1..2..3", NAN, NAN, "expected a number or a range" },
    { "persons_affected", "-1", NAN, NAN, "expected nothing below zero" },
    { "persons_affected", "-1..5", NAN, NAN, "expected nothing below zero" },
    { "persons_affected", "..-5", NAN, NAN, "expected nothing below zero" },
    { "persons_affected", "about 500", NAN, NAN, "expected a number or a range" },
    { "metric.clinical_disruption_days", "3..7", 3, 7, NULL },
    { "metric.activity_change_percent", "-30", -30, -30, NULL },
    { "metric.activity_change_percent", "-30..-20", -30, -20, NULL },
    { "metric.appointments_cancelled", "-30", NAN, NAN, "metric.appointments_cancelled cannot be '-30'" },
    { "demand_amount", "3000000 USD", 3000000, 3000000, NULL },
    { "demand_amount", "40 BTC", 40, 40, NULL },
    { "demand_amount", "116.4 BTC", 116.4, 116.4, NULL },
    { "demand_amount", "1000000..2000000 EUR", 1000000, 2000000, NULL },
    { "demand_amount", "1000000.. EUR", 1000000, INFINITY, NULL },
    { "demand_amount", "3000000", NAN, NAN, "expected an amount or range and a currency" },
    { "demand_amount", "USD 3000000", NAN, NAN, "expected an amount or range and a currency" },
    { "demand_amount", "3000000 usd", NAN, NAN, "expected an amount or range and a currency" },
    { "demand_amount", "3000000  USD", NAN, NAN, "expected an amount or range and a currency" },
    { "demand_amount", " USD", NAN, NAN, "expected an amount or range and a currency" },
    { "demand_amount", "-3 USD", NAN, NAN, "expected nothing below zero" },
    { "url", "https://example.org/a?b=c", NAN, NAN, NULL },
    { "url", "http://example.org/é", NAN, NAN, NULL },
    { "url", "javascript:alert(1)", NAN, NAN, "expected an address" },
    { "url", "https://example.org/a b", NAN, NAN, "expected an address" },
    { "url", "ftp://example.org", NAN, NAN, "expected an address" },
    { "sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", NAN, NAN, NULL },
    { "sha256", "e3b0c442", NAN, NAN, "expected 64 digits" },
    { "sha256", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", NAN, NAN, "expected 64 digits" },
    { "geo", "48.85,2.35", NAN, NAN, NULL },
    { "geo", "-33.9,151.2", NAN, NAN, NULL },
    { "geo", "95,2", NAN, NAN, "expected latitude and longitude" },
    { "geo", "48.85", NAN, NAN, "expected latitude and longitude" },
    { "geo", "48.85,2.35,7", NAN, NAN, "expected latitude and longitude" },
    { "title", "Hôpital, mai 2021\nrançongiciel", NAN, NAN, NULL },
    { "title", "", NAN, NAN, "expected some text" },
    { "title", "H\xf4pital", NAN, NAN, "title cannot be 'H?pital'; expected valid UTF-8" },
    { "title", "H\xc3", NAN, NAN, "title cannot be 'H?'; expected valid UTF-8" },
    { "attack_type", "\033[31m", NAN, NAN, "cannot be '?[31m'" },
    { "attack_type", "ééééééééééééééééééééé", NAN, NAN, "cannot be 'éééééééééééééééééééé'" },
    { "attack_type", "aéééééééééééééééééééé", NAN, NAN, "cannot be 'aééééééééééééééééééé'" },
};

static bool same(double a, double b)
{
    return isnan(a) ? isnan(b) : !(a < b) && !(b < a) && !isnan(b);
}

static void test_forms(void)
{
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        ValueType type = TYPE_ANY;
        Parsed parsed;
        Problem problem = { 0 };
        const Variable *variable = codebook_claimable(&codebook, text_of(forms[i].variable), &type);
        bool right = variable && value_check(variable, type, text_of(forms[i].value), &parsed, &problem);
        if (!forms[i].expected)
            CHECK(right && same(parsed.low, forms[i].low) && same(parsed.high, forms[i].high), "%s may be '%s'",
                  forms[i].variable, forms[i].value);
        else
            CHECK(variable && !right && problem.kind == PROBLEM_BAD_INPUT &&
                      strstr(problem.message, forms[i].expected) &&
                      strncmp(problem.field, forms[i].variable, sizeof problem.field - 1) == 0,
                  "row %zu: %s", i, problem.message);
    }
}

static const struct {
    const char *variable, *a, *b;
    bool contradict;
} pairs[] = {
    { "attack_type", "ransomware", "ddos", false }, /* takes any number */
    { "ransomware_status", "confirmed", "confirmed", false },
    { "ransomware_status", "confirmed", "ruled_out", true },
    { "ransomware_status", "confirmed", "unknown", false },
    { "intent", "unclear", "intentional", false },
    { "country", "FR", "DE", true },
    { "country", "FR", "FR", false },
    { "persons_affected", "500", "500", false },
    { "persons_affected", "500", "600", true },
    { "persons_affected", "500", "400..600", false },
    { "persons_affected", "400..600", "600..800", false },
    { "persons_affected", "400..599", "600..800", true },
    { "persons_affected", "1000..", "500", true },
    { "persons_affected", "1000..", "5000", false },
    { "persons_affected", "..100", "5000", true },
    { "persons_affected", "..100", "50..", false },
    { "persons_affected", "..100", "..200", false },
    { "persons_affected", "nonsense", "500", false },
    { "metric.clinical_disruption_days", "3", "7", true },
    { "metric.clinical_disruption_days", "3..7", "7", false },
    { "event_kind.detected", "2021", "2021-05-09", false },
    { "event_kind.detected", "2021-05", "2021-05-09", false },
    { "event_kind.detected", "2021-05-08", "2021-05-09", true },
    { "event_kind.detected", "2021-Q2", "2021-07", true },
    { "demand_amount", "10 BTC", "500000 USD", false },
    { "demand_amount", "10 BTC", "11 BTC", true },
    { "demand_amount", "10..20 BTC", "11 BTC", false },
    { "beds", "10", "11", true },
    { "title", "One title", "Another title", false },
    { "conflicting", "yes", "no", true },
};

static void test_contradictions(void)
{
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        ValueType type = TYPE_ANY;
        const Variable *variable = codebook_claimable(&codebook, text_of(pairs[i].variable), &type);
        CHECK(variable && value_contradicts(variable, type, pairs[i].a, pairs[i].b) == pairs[i].contradict &&
                  value_contradicts(variable, type, pairs[i].b, pairs[i].a) == pairs[i].contradict,
              "%s: %s and %s %s", pairs[i].variable, pairs[i].a, pairs[i].b,
              pairs[i].contradict ? "cannot both be true" : "can both be true");
    }
}

static void test_limits(void)
{
    ValueType type = TYPE_ANY;
    Problem problem = { 0 };
    const Variable *title = codebook_claimable(&codebook, TEXT("title"), &type);
    char *text = arena_take(arena, VALUE_MAX + 2);
    memset(text, 'a', VALUE_MAX + 1);
    CHECK(value_check(title, type, (Text){ text, VALUE_MAX }, NULL, &problem), "a text may have VALUE_MAX bytes");
    CHECK(!value_check(title, type, (Text){ text, VALUE_MAX + 1 }, NULL, &problem), "a longer one is refused");
    problem = (Problem){ 0 };
    CHECK(!value_check(title, type, (Text){ "a\0b", 3 }, NULL, &problem), "a text with a NUL is refused");
    CHECK(missing_is_code(&codebook, "not_known_yet") && !missing_is_code(&codebook, "none"),
          "missing codes are known");
}

int main(void)
{
    Problem problem = { 0 };
    arena = arena_new(ARENA_NO_CAP);
    CHECK(codebook_read(arena, codebook_embedded(), &codebook, &problem), "the codebook is read");
    if (!problem.kind) {
        test_forms();
        test_contradictions();
        test_limits();
    }
    arena_free(arena);
    return DONE();
}
