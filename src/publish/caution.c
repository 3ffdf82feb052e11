#include "publish/caution.h"

enum { THOUSAND = 1000, ALPHA_DIGITS = 3 };

const Measured *caution_of(const View *view, const char *variables)
{
    const Measured *least = view->agreed ? agreed_least(view->agreed, variables, view->filter->as_of) : NULL;
    return least && trust_of(least->thousandths) != TRUST_GOOD ? least : NULL;
}

static const char *period_words(const View *view, const char *period)
{
    return say_with(view->arena, view->language,
                    text_ends(text_of(period), "1") ? N_("the first half of {year}") : N_("the second half of {year}"),
                    SLOTS({ "year", arena_copy(view->arena, period, 4) }));
}

const char *caution_words(const View *view, const Measured *measured, CautionPlace place)
{
    const char *care =
        N_("To be read with care: coders agree only in part on “{variable}” (Krippendorff’s alpha {alpha} in "
           "{period}, below 0.8).");
    const char *const words[CAUTION_PLACES][2] = {
        [CAUTION_CHART] = { care,
                            N_("Not drawn: coders do not agree enough on “{variable}” (Krippendorff’s alpha {alpha} in "
                               "{period}, below 0.667). The data can be downloaded, with this mark.") },
        [CAUTION_SENTENCE] = { care, N_("“{variable}” is not to be relied on here: coders do not agree enough on it "
                                        "(Krippendorff’s alpha {alpha} in {period}, below 0.667).") },
        [CAUTION_NUMBER] = { N_("coders agree on it only in part (alpha {alpha})"),
                             N_("coders do not agree on it enough (alpha {alpha})") },
    };
    const Variable *variable = codebook_variable(view->codebook, measured->variable);
    return say_with(
        view->arena, view->language, words[place][trust_of(measured->thousandths) == TRUST_NONE],
        SLOTS({ "variable", variable ? label_in(variable->label, view->language->code) : measured->variable },
              { "alpha",
                say_decimal(view->arena, view->language, (double)measured->thousandths / THOUSAND, ALPHA_DIGITS) },
              { "period", period_words(view, measured->period) }));
}
