/* The figures of a preview as readers call them. */
#include "publish/figure.h"
#include "publish/preview.h"

static const struct {
    const char *figure, *name;
    const char *variable; /* of its codes, where no public chart shows them */
} figures[] = {
    { "incidents", N_("Incidents"), NULL },
    { "claimed_only", N_("Claimed by attackers only"), NULL },
    { "unverified", N_("Unverified records"), NULL },
    { "excluded", N_("Excluded records"), NULL },
    { "organisations", N_("Health organisations"), NULL },
    { "attacks_on_organisations", N_("Attacks on organisations"), NULL },
    { "countries", N_("Countries"), NULL },
    { "per_week", N_("Incidents per week"), NULL },
    { "organisations_beside.precautionary", N_("Organisations that shut down as a precaution"), NULL },
    { "organisations_beside.collateral", N_("Organisations hit as a side effect"), NULL },
    { "organisations_beside.spillover", N_("Organisations that bore the load of others"), NULL },
    { "ransomware.confirmed", N_("Ransomware, confirmed"), NULL },
    { "ransomware.suspected", N_("Ransomware, suspected"), NULL },
    { "persons_affected.sum", N_("Persons affected"), NULL },
    { "persons_affected.known", N_("Persons affected: incidents that tell it"), NULL },
    { "persons_affected.placeholders", N_("Persons affected: placeholders left out"), NULL },
    { "persons_affected.median", N_("Persons affected: median"), NULL },
    { "persons_affected.largest_share", N_("Persons affected: share of the largest incident"), NULL },
    { "days_of_disturbed_care.sum", N_("Days of disturbed care"), NULL },
    { "days_of_disturbed_care.known", N_("Days of disturbed care: incidents that tell it"), NULL },
    { "days_of_disturbed_care.median", N_("Days of disturbed care: median"), NULL },
    { "days_of_disturbed_care.lower_quartile", N_("Days of disturbed care: lower quartile"), NULL },
    { "days_of_disturbed_care.upper_quartile", N_("Days of disturbed care: upper quartile"), NULL },
    { "care_not_delivered.appointments", N_("Appointments postponed"), NULL },
    { "care_not_delivered.appointments_known", N_("Appointments postponed: incidents that tell it"), NULL },
    { "care_not_delivered.procedures", N_("Procedures postponed"), NULL },
    { "care_not_delivered.procedures_known", N_("Procedures postponed: incidents that tell it"), NULL },
    { "first_day", N_("First day of the period"), NULL },
    { "last_day", N_("Last day of the period"), NULL },
    { "by_verification", N_("Incidents by verification"), "verification_level" },
    { "by_exclusion", N_("Records by reason of exclusion"), "inclusion_decision" },
};

/* "by_country" is the chart by-country; NULL when it is none. */
static const Figure *chart_of(Arena *arena, const char *figure)
{
    char *name = arena_copy(arena, figure, strlen(figure));
    for (char *at = name; *at; at++)
        *at = *at == '_' ? '-' : *at;
    return figure_find(text_of(name));
}

const char *preview_figure(const View *view, const FigureChange *change)
{
    const Figure *chart = chart_of(view->arena, change->figure);
    for (size_t i = 0; i < COUNT_OF(figures); i++)
        if (strcmp(change->figure, figures[i].figure) == 0)
            return say(view->language, figures[i].name);
    return chart ? say(view->language, chart->title) : change->figure;
}

const char *preview_code(const View *view, const FigureChange *change)
{
    const Figure *chart = chart_of(view->arena, change->figure);
    const char *variable = NULL;
    Span span;
    for (size_t i = 0; i < COUNT_OF(figures); i++)
        if (strcmp(change->figure, figures[i].figure) == 0)
            variable = figures[i].variable;
    if (variable)
        return show_code(view, variable, change->code);
    if (!chart || !*change->code)
        return change->code;
    if (strcmp(change->code, "unknown") == 0)
        return say(view->language, N_("not known"));
    if (!chart->key)
        return span_read(text_of(change->code), &span) ? say_span(view->arena, view->language, span) : change->code;
    return show_facet(view, chart->key, change->code);
}

/* A share as percent; of others the digits that one publication can change. */
static const char *number_words(const View *view, const char *figure, double number)
{
    enum { DIGITS = 2, DIGITS_BELOW_ONE = 4 };
    static const char share[] = "_share";
    size_t length = strlen(figure), end = sizeof share - 1;
    if (length > end && strcmp(figure + length - end, share) == 0)
        return say_percent(view->arena, view->language, number, 0);
    return say_decimal(view->arena, view->language, number, number < 1 ? DIGITS_BELOW_ONE : DIGITS);
}

const char *preview_value(const View *view, const char *figure, const char *value)
{
    double number;
    Span span;
    if (!*value)
        return "\u2013";
    if (text_number(text_of(value), &number))
        return number_words(view, figure, number);
    return span_read(text_of(value), &span) ? say_span(view->arena, view->language, span) : value;
}
