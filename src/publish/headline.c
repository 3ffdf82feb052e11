#include "publish/headline.h"

#include "publish/caution.h"
#include "publish/figures_json.h"

enum { TYPES_NAMED = 3 };

static const char *period(const View *view)
{
    const Filter *filter = view->filter;
    const Figures *figures = view->figures;
    Span span = { filter->from != INT32_MIN ? filter->from : figures->first_day,
                  filter->to != INT32_MAX ? filter->to : figures->last_day };
    if (span.first == span.last)
        return say_with(view->arena, view->language, "On {day}",
                        SLOTS({ "day", say_day(view->arena, view->language, span.first) }));
    return say_with(view->arena, view->language, "From {first} to {last}",
                    SLOTS({ "first", say_day(view->arena, view->language, span.first) },
                          { "last", say_day(view->arena, view->language, span.last) }));
}

static const char *by_ransomware(const View *view)
{
    const Figures *figures = view->figures;
    int64_t total = figures->ransomware_confirmed + figures->ransomware_suspected;
    const char *split =
        say_with(view->arena, view->language, "({confirmed}, {suspected})",
                 SLOTS({ "confirmed", say_count(view->arena, view->language, figures->ransomware_confirmed,
                                                "{n} confirmed", "{n} confirmed") },
                       { "suspected", say_count(view->arena, view->language, figures->ransomware_suspected,
                                                "{n} suspected", "{n} suspected") }));
    return say_with(view->arena, view->language, "{number} by ransomware {split}",
                    SLOTS({ "number", say_number(view->arena, view->language, total) }, { "split", split }));
}

/* The place of the greatest count among the main types that are not named yet; `count` when none is left. */
static size_t next_type(const Counts *types, const bool *named)
{
    size_t best = types->count;
    for (size_t i = 0; i < types->count; i++)
        if (!named[i] && types->items[i].count > 0 &&
            (best == types->count || types->items[i].count > types->items[best].count))
            best = i;
    return best;
}

/* "61 by ransomware (50 confirmed, 11 suspected), 12 by data theft and 29 by other attacks": by main type, so that
 * the parts add up to the whole. */
static const char *kinds(const View *view)
{
    const Counts *types = &view->figures->by_main_type;
    const char *parts[TYPES_NAMED + 1];
    bool *named = NEW_ARRAY(view->arena, bool, types->count + 1);
    int64_t rest = view->figures->incidents;
    size_t count = 0;
    for (size_t i = 0; i < types->count; i++)
        if (strcmp(types->items[i].code, "ransomware") == 0 && types->items[i].count) {
            parts[count++] = by_ransomware(view);
            named[i] = true;
            rest -= types->items[i].count;
        }
    for (size_t next; count < TYPES_NAMED && (next = next_type(types, named)) < types->count;) {
        named[next] = true;
        rest -= types->items[next].count;
        parts[count++] = say_with(view->arena, view->language, "{number} of the type “{type}”",
                                  SLOTS({ "number", say_number(view->arena, view->language, types->items[next].count) },
                                        { "type", show_facet(view, "type", types->items[next].code) }));
    }
    if (rest > 0)
        parts[count++] = say_count(view->arena, view->language, rest, "{n} of another type", "{n} of other types");
    return say_list(view->arena, view->language, parts, count);
}

static const char *claimed(const View *view)
{
    int64_t count = view->figures->claimed_only;
    if (!count)
        return "";
    return say_count(view->arena, view->language, count, "; {n} more is claimed by attackers only",
                     "; {n} more are claimed by attackers only");
}

const char *headline_sentence(const View *view)
{
    const Figures *figures = view->figures;
    Arena *arena = view->arena;
    const Language *language = view->language;
    if (!figures->incidents)
        return figures->claimed_only ? say_count(arena, language, figures->claimed_only,
                                                 "No incident is counted; {n} is claimed by attackers only.",
                                                 "No incident is counted; {n} are claimed by attackers only.")
                                     : say(language, "No incident in the register matches.");
    return say_with(
        arena, language, "{period}, {incidents} {organisations} in {countries}: {kinds}{claimed}.",
        SLOTS({ "period", period(view) },
              { "incidents",
                say_count(arena, language, figures->incidents, "{n} incident affected", "{n} incidents affected") },
              { "organisations", say_count(arena, language, figures->organisations, "{n} health organisation",
                                           "{n} health organisations") },
              { "countries", say_count(arena, language, figures->countries, "{n} country", "{n} countries") },
              { "kinds", kinds(view) }, { "claimed", claimed(view) }));
}

const char *headline_caution(const View *view)
{
    const Measured *measured = caution_of(view, figures_variables(offsetof(Figures, ransomware_confirmed)));
    return measured && view->figures->incidents ? caution_words(view, measured, CAUTION_SENTENCE) : NULL;
}

const char *headline_with_caution(const View *view)
{
    const char *sentence = headline_sentence(view), *caution = headline_caution(view);
    return caution ? arena_format(view->arena, "%s %s", sentence, caution) : sentence;
}

const char *headline_origin(const View *view)
{
    const Filter *filter = view->filter;
    if (filter && filter->known_by_text)
        return say_with(view->arena, view->language,
                        "Known by the end of {day}, as far as the register knew on {moment}, codebook {codebook}. This "
                        "may change when older sources are found.",
                        SLOTS({ "day", say_day(view->arena, view->language, filter->known_by) },
                              { "moment", say_moment(view->arena, view->language, view->figures->as_of) },
                              { "codebook", view->codebook->version }));
    return say_with(view->arena, view->language, "As of {moment}, codebook {codebook}.",
                    SLOTS({ "moment", say_moment(view->arena, view->language, view->figures->as_of) },
                          { "codebook", view->codebook->version }));
}

static const char *choice_in_words(const View *view, const FacetChoice *choice)
{
    const char **labels = NEW_ARRAY(view->arena, const char *, choice->count + 1);
    for (size_t i = 0; i < choice->count; i++)
        labels[i] = show_facet(view, choice->key, choice->codes[i]);
    return say_with(view->arena, view->language, "{what}: {value}",
                    SLOTS({ "what", show_facet_name(view, choice->key) },
                          { "value", say_list(view->arena, view->language, labels, choice->count) }));
}

/* One more part of the filter's words. */
static const char *with_part(const View *view, const char *words, const char *part)
{
    return *words
               ? say_with(view->arena, view->language, "{filter}; {more}", SLOTS({ "filter", words }, { "more", part }))
               : part;
}

const char *headline_filter(const View *view)
{
    const char *words = "";
    const Filter *filter = view->filter;
    for (size_t i = 0; i < filter->facet_count; i++)
        words = with_part(view, words, choice_in_words(view, &filter->facets[i]));
    if (filter->q)
        words =
            with_part(view, words,
                      say_with(view->arena, view->language, "with the words “{words}”", SLOTS({ "words", filter->q })));
    return words;
}
