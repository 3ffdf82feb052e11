#include "publish/view.h"

#include "base/unicode.h"
#include "codebook/country.h"
#include "codebook/value.h"
#include "domain/severity.h"
#include "publish/subdivision.h"
#include "stats/facet.h"

const char *show_code(const View *view, const char *variable, const char *code)
{
    const Variable *known = codebook_variable(view->codebook, variable);
    const Value *value = known && code ? variable_value(known, code) : NULL;
    return value ? label_in(value->label, view->language->code) : code;
}

static const char *const severity_words[] = {
    N_("no effect"), N_("minor"), N_("moderate"), N_("major"), N_("severe"), N_("catastrophic"),
};

const char *show_severity(const View *view, int level)
{
    return say(view->language, severity_words[MAX(0, MIN(level, (int)COUNT_OF(severity_words) - 1))]);
}

const char *show_documented(const View *view, int low, int high)
{
    if (low == 0)
        return high == 0 ? show_severity(view, 0) : say(view->language, N_("no effect documented"));
    return say_with(view->arena, view->language, N_("at least {level}"), SLOTS({ "level", show_severity(view, low) }));
}

const char *show_coverage(const View *view, int coverage, int index_low, int index_high)
{
    return say_with(view->arena, view->language, N_("coverage {coverage}, index {low} to {high} of 100"),
                    SLOTS({ "coverage", say_percent(view->arena, view->language, coverage / 100.0, 0) },
                          { "low", say_number(view->arena, view->language, index_low) },
                          { "high", say_number(view->arena, view->language, index_high) }));
}

/* As the level that is documented at least: nothing is documented at the lowest. */
static const char *severity_by_code(const View *view, const char *code)
{
    if (strcmp(severity_name(0), code) == 0)
        return say(view->language, "no effect documented");
    for (int level = 0; level < (int)COUNT_OF(severity_words); level++)
        if (strcmp(severity_name((uint8_t)level), code) == 0)
            return show_severity(view, level);
    return code;
}

static const struct {
    const char *name, *title;
} datasets[] = {
    { "starter", N_("Vigie’s starter incidents") },
    { "veris", N_("VERIS Community Database") },
    { "hhs-ocr", N_("Breach register of the US health department") },
};

const char *show_dataset(const View *view, const char *dataset)
{
    for (size_t i = 0; i < COUNT_OF(datasets); i++)
        if (strcmp(datasets[i].name, dataset) == 0)
            return say(view->language, datasets[i].title);
    return dataset;
}

const char *show_facet(const View *view, const char *key, const char *code)
{
    FacetInfo facet;
    if (!facet_find(view->codebook, text_of(key), &facet))
        return code;
    switch (facet.values) {
    case VALUES_COUNTRY: return country_name(view->arena, code, view->language->code);
    case VALUES_SEVERITY: return severity_by_code(view, code);
    case VALUES_NAME: return show_dataset(view, code);
    case VALUES_CODEBOOK:
    case VALUES_VERIFICATION: break;
    }
    return show_code(view, facet.variable, code);
}

static const struct {
    const char *key, *name;
} key_names[] = {
    { "org_type", N_("Organisation type") },
    { "country", N_("Country") },
    { "sector", N_("Sector") },
    { "severity", N_("Documented level") },
    { "source", N_("Data set") },
    { "main_type", N_("Main type") },
    { "from", N_("From") },
    { "to", N_("To") },
    { "as_of", N_("As of") },
    { "known_by", N_("Known by") },
    { "q", N_("Words") },
    { "sort", N_("Order") },
};

const char *show_facet_name(const View *view, const char *key)
{
    FacetInfo facet;
    for (size_t i = 0; i < COUNT_OF(key_names); i++)
        if (strcmp(key_names[i].key, key) == 0)
            return say(view->language, key_names[i].name);
    const Variable *variable =
        facet_find(view->codebook, text_of(key), &facet) ? codebook_variable(view->codebook, facet.variable) : NULL;
    return variable ? label_in(variable->label, view->language->code) : key;
}

const char *show_missing(const View *view, const char *code)
{
    return show_code(view, "missing", code);
}

const char *show_range(const View *view, double low, double high)
{
    const Language *language = view->language;
    const char *least = isfinite(low) ? say_decimal(view->arena, language, low, 2) : NULL;
    const char *most = isfinite(high) ? say_decimal(view->arena, language, high, 2) : NULL;
    if (!least && !most)
        return say(language, "not known");
    if (!most)
        return say_with(view->arena, language, "at least {number}", SLOTS({ "number", least }));
    if (!least)
        return say_with(view->arena, language, "at most {number}", SLOTS({ "number", most }));
    if (low >= high)
        return least;
    return say_with(view->arena, language, "between {least} and {most}", SLOTS({ "least", least }, { "most", most }));
}

/* "100..200" as a range; money keeps its currency behind it. */
static const char *show_number(const View *view, const Variable *variable, ValueType type, Text value)
{
    Problem ignored = { 0 };
    Parsed parsed;
    if (!value_check(variable, type, value, &parsed, &ignored))
        return arena_text(view->arena, value);
    const char *range = show_range(view, parsed.low, parsed.high);
    size_t blank = text_find(value, " ");
    if (type != TYPE_MONEY || blank == value.length)
        return range;
    return arena_format(view->arena, "%s\u00A0%.*s", range, (int)(value.length - blank - 1), value.at + blank + 1);
}

const char *show_value(const View *view, const Variable *variable, ValueType type, const char *value)
{
    Span span;
    switch ((int)type) {
    case TYPE_ENUM: {
        const Value *known = variable_value(variable, value);
        return known ? label_in(known->label, view->language->code) : value;
    }
    case TYPE_FLAG: return say(view->language, strcmp(value, "yes") == 0 ? N_("yes") : N_("no"));
    case TYPE_DATE: return span_read(text_of(value), &span) ? say_span(view->arena, view->language, span) : value;
    case TYPE_COUNT:
    case TYPE_NUMBER:
    case TYPE_RANGE:
    case TYPE_MONEY: return show_number(view, variable, type, text_of(value));
    case TYPE_CODE:
        return variable->unit && strcmp(variable->unit, COUNTRY_UNIT) == 0
                   ? country_name(view->arena, value, view->language->code)
                   : value;
    default: return show_foreign(view, value);
    }
}

const char *show_foreign(const View *view, const char *text)
{
    return text ? unicode_mend(view->arena, text_of(text)) : NULL;
}

const char *show_place(const View *view, const char *place, const char *subdivision)
{
    if (place)
        return show_foreign(view, place);
    return subdivision ? subdivision_name(view->language, subdivision) : NULL;
}

const char *show_raw(const View *view, const char *text)
{
    const char *shown = show_foreign(view, text);
    return text && strcmp(shown, text) != 0 ? text : NULL;
}

const char *show_licence(const View *view)
{
    return say_with(
        view->arena, view->language, "licence by data set: {address}",
        SLOTS({ "address", arena_format(view->arena, "%s/%s/data", view->site->address, view->language->code) }));
}
