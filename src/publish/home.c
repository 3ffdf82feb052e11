/* The home page: the headline, the filter, the key figures and the charts. */
#include "publish/caution.h"
#include "publish/entity.h"
#include "publish/figures_json.h"
#include "publish/headline.h"
#include "publish/home_dataset.h"
#include "publish/link.h"
#include "publish/pages.h"

enum { NUMBERS_MAX = 16 };

typedef struct Numbers {
    Number items[NUMBERS_MAX];
    size_t count;
} Numbers;

static void add(Numbers *numbers, Number number)
{
    numbers->items[numbers->count++] = number;
}

static const char *count_words(const View *view, int64_t count)
{
    return say_number(view->arena, view->language, count);
}

static const char *from_known(const View *view, int64_t known)
{
    return say_with(view->arena, view->language, "at least, from {known} of {all}",
                    SLOTS({ "known", count_words(view, known) },
                          { "all", say_count(view->arena, view->language, view->figures->incidents, "{n} incident",
                                             "{n} incidents") }));
}

static const char *ransomware_note(const View *view)
{
    const Figures *figures = view->figures;
    return say_with(view->arena, view->language, "{confirmed} + {suspected}",
                    SLOTS({ "confirmed", say_count(view->arena, view->language, figures->ransomware_confirmed,
                                                   "{n} confirmed", "{n} confirmed") },
                          { "suspected", say_count(view->arena, view->language, figures->ransomware_suspected,
                                                   "{n} suspected", "{n} suspected") }));
}

/* What is rare is not said to be nothing: as many tenths as there are, or that it is below one. */
static const char *per_week(const View *view)
{
    enum { DIGITS = 1 };
    static const double least = 0.1;
    double often = view->figures->per_week;
    if (!isfinite(often))
        return NULL;
    bool rare = often > 0 && often < least;
    return say_with(view->arena, view->language, rare ? N_("under {number} per week") : N_("{number} per week"),
                    SLOTS({ "number", say_decimal(view->arena, view->language, rare ? least : often, DIGITS) }));
}

/* Then how many there are says nothing. */
static bool of_one_country(const Filter *filter)
{
    const FacetChoice *chosen = filter_facet(filter, "country");
    return chosen && chosen->count == 1;
}

/* What coders agree too little on is marked; `at`: where the number stands in Figures. */
static const char *caution(const View *view, size_t at)
{
    const Measured *measured = caution_of(view, figures_variables(at));
    return measured ? caution_words(view, measured, CAUTION_NUMBER) : NULL;
}

static void add_totals(const View *view, Numbers *numbers)
{
    const Figures *figures = view->figures;
    add(numbers, (Number){ .label = say(view->language, "Incidents"),
                           .value = count_words(view, figures->incidents),
                           .link = link_to(view, "/incidents"),
                           .note = per_week(view) });
    add(numbers, (Number){ .label = say(view->language, "Health organisations"),
                           .value = count_words(view, figures->organisations),
                           .note = say_count(view->arena, view->language, figures->attacks_on_organisations,
                                             "{n} attack on an organisation", "{n} attacks on organisations") });
    if (!of_one_country(view->filter))
        add(numbers,
            (Number){ .label = say(view->language, "Countries"), .value = count_words(view, figures->countries) });
    int64_t ransomware = figures->ransomware_confirmed + figures->ransomware_suspected;
    add(numbers, (Number){ .label = say(view->language, "Ransomware"),
                           .value = count_words(view, ransomware),
                           .link = link_with(view, "/incidents", "type", "ransomware"),
                           .note = ransomware_note(view),
                           .caution = caution(view, offsetof(Figures, ransomware_confirmed)) });
}

static const char *persons_note(const View *view)
{
    const Figures *figures = view->figures;
    const char *known = from_known(view, figures->persons_affected.known);
    const char *share = say_with(
        view->arena, view->language, "{known}; {share} in the largest; median {median}",
        SLOTS({ "known", known },
              { "share", say_percent(view->arena, view->language, figures->persons_affected.largest_share, 0) },
              { "median", say_decimal(view->arena, view->language, figures->persons_affected.median, 1) }));
    if (!figures->persons_affected.placeholders)
        return share;
    return say_with(
        view->arena, view->language, "{share}; {placeholders}",
        SLOTS({ "share", share },
              { "placeholders", say_count(view->arena, view->language, figures->persons_affected.placeholders,
                                          "{n} placeholder left out", "{n} placeholders left out") }));
}

typedef struct Measure {
    const char *label;
    size_t sum, known; /* where they stand in Figures */
} Measure;

/* A measure that nobody reported is not shown as zero. */
static void add_measure(const View *view, Numbers *numbers, const Measure *measure, const char *note)
{
    const char *figures = (const char *)view->figures;
    double sum = *(const double *)(const void *)(figures + measure->sum);
    if (*(const int64_t *)(const void *)(figures + measure->known))
        add(numbers, (Number){ .label = say(view->language, measure->label),
                               .value = say_decimal(view->arena, view->language, sum, 1),
                               .note = note,
                               .caution = caution(view, measure->sum) });
    else
        add(numbers, (Number){ .label = say(view->language, measure->label),
                               .value = say(view->language, "not known"),
                               .note = say(view->language, "no incident tells it") });
}

static const char *days_note(const View *view)
{
    const char *known = from_known(view, view->figures->days_of_disturbed_care.known);
    return say_with(
        view->arena, view->language, "{known}; median {median}",
        SLOTS({ "known", known },
              { "median", say_decimal(view->arena, view->language, view->figures->days_of_disturbed_care.median, 1) }));
}

#define MEASURE(label, sum, known) (&(Measure){ label, offsetof(Figures, sum), offsetof(Figures, known) })

static void add_measures(const View *view, Numbers *numbers)
{
    const Figures *figures = view->figures;
    add_measure(view, numbers, MEASURE(N_("Persons affected"), persons_affected.sum, persons_affected.known),
                figures->persons_affected.known ? persons_note(view) : NULL);
    add_measure(view, numbers,
                MEASURE(N_("Days of disturbed care"), days_of_disturbed_care.sum, days_of_disturbed_care.known),
                figures->days_of_disturbed_care.known ? days_note(view) : NULL);
    add_measure(
        view, numbers,
        MEASURE(N_("Appointments postponed"), care_not_delivered.appointments, care_not_delivered.appointments_known),
        from_known(view, figures->care_not_delivered.appointments_known));
    add_measure(view, numbers,
                MEASURE(N_("Procedures postponed"), care_not_delivered.procedures, care_not_delivered.procedures_known),
                from_known(view, figures->care_not_delivered.procedures_known));
}

static void add_uncounted(const View *view, Numbers *numbers)
{
    const Figures *figures = view->figures;
    add(numbers, (Number){ .label = say(view->language, "Claimed by attackers only"),
                           .value = count_words(view, figures->claimed_only),
                           .link = link_to(view, "/claimed"),
                           .note = say(view->language, "beside the incidents, never added") });
    add(numbers, (Number){ .label = say(view->language, "Excluded records"),
                           .value = count_words(view, figures->excluded),
                           .link = link_to(view, "/excluded"),
                           .note = say(view->language, "kept with their reason, never counted") });
}

const Number *key_numbers(const View *view, size_t *count)
{
    Numbers *numbers = NEW(view->arena, Numbers);
    add_totals(view, numbers);
    add_measures(view, numbers);
    add_uncounted(view, numbers);
    *count = numbers->count;
    return numbers->items;
}

/* Of which there is nothing to see but that nobody told; its own page and the data still say so. */
static bool nothing_known(const View *view, const Figure *figure)
{
    return figure->kind == FIGURE_BARS && view->figures->incidents > 0 &&
           figure_unknown_count(view, figure) == view->figures->incidents;
}

HomePage home_page(const View *view, const Figures *all, const Recent *recent, Store *store)
{
    static const char *const shown[] = { "by-month",
                                         "map",
                                         "by-type",
                                         "by-country",
                                         "by-severity",
                                         "by-sector",
                                         "by-care",
                                         "by-attribution",
                                         "by-attribution-status",
                                         "by-discloser",
                                         "growth" };
    const Figure *headline = figure_find(TEXT("headline"));
    HomePage page = { .sentence = headline_sentence(view),
                      .caution = headline_caution(view),
                      .filter = headline_filter(view) };
    page.link = view->filter->as_of_text ? link_to(view, "/") : link_as_of(view, "/", view->figures->as_of);
    page.dataset = home_dataset(view);
    if (!view->filter->known_by_text) {
        Changes *changes = NEW(view->arena, Changes);
        *changes = home_changes(view, recent, store);
        page.changes = changes;
    }
    page.form = filter_form(view, all, "/");
    page.svg = figure_link(view, headline, "svg");
    page.numbers = key_numbers(view, &page.number_count);
    FigureBlock *blocks = NEW_ARRAY(view->arena, FigureBlock, COUNT_OF(shown));
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        const Figure *figure = figure_find(text_of(shown[i]));
        if (figure_counts(view, figure) && !nothing_known(view, figure))
            blocks[page.block_count++] = figure_block(view, figure);
    }
    page.blocks = blocks;
    page.closer = entity_links(view);
    return page;
}
