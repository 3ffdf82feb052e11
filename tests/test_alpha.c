/* The agreement of coders must be the number that its author publishes for his own example, whatever the metric. */
#include "stats/alpha.h"
#include "test.h"

#define NA ((double)NAN)

/* Krippendorff (2011), section C and D: four observers, twelve units; the values that he gives, and that R's irr
 * package gives for its example of the same data: nominal 0.743, ordinal 0.815, interval 0.849, ratio 0.797. */
static const double observers[4][12] = {
    { 1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA },
    { 1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3 },
    { NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA },
    { 1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA },
};

/* The same source, section A: two observers, ten units of two values: alpha 0.095; section B: five values, 0.692. */
static const double two[2][10] = { { 0, 1, 0, 0, 0, 0, 0, 0, 1, 0 }, { 1, 1, 1, 0, 0, 1, 0, 0, 0, 0 } };
static const double five[2][12] = { { 1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1 }, { 1, 2, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4 } };

static const struct {
    const char *name;
    const double *rows;
    size_t coders, units;
    AlphaMetric metric;
    double expected;
    size_t pairable;
} cases[] = {
    { "four observers, nominal", observers[0], 4, 12, ALPHA_NOMINAL, 0.743, 40 },
    { "four observers, ordinal", observers[0], 4, 12, ALPHA_ORDINAL, 0.815, 40 },
    { "four observers, interval", observers[0], 4, 12, ALPHA_INTERVAL, 0.849, 40 },
    { "four observers, ratio", observers[0], 4, 12, ALPHA_RATIO, 0.797, 40 },
    { "two observers, two values", two[0], 2, 10, ALPHA_NOMINAL, 0.095, 20 },
    { "two observers, five values", five[0], 2, 12, ALPHA_NOMINAL, 0.692, 24 },
};

static double alpha(const double *rows, size_t coders, size_t units, AlphaMetric metric, size_t *pairable)
{
    double values[64];
    for (size_t unit = 0; unit < units; unit++)
        for (size_t coder = 0; coder < coders; coder++)
            values[unit * coders + coder] = rows[coder * units + unit];
    return alpha_of(&(Codings){ values, units, coders }, metric, pairable);
}

int main(void)
{
    size_t pairable;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double found = alpha(cases[i].rows, cases[i].coders, cases[i].units, cases[i].metric, &pairable);
        CHECK(fabs(found - cases[i].expected) < 0.0006 && pairable == cases[i].pairable, "%s: %f of %zu values",
              cases[i].name, found, pairable);
    }
    const double same[] = { 1, 1, 1, 1 }, alone[] = { 1, NA, NA, 2 }, perfect[] = { 1, 1, 2, 2 },
                 opposite[] = { 1, 2, 2, 1 };
    CHECK(isnan(alpha_of(&(Codings){ same, 2, 2 }, ALPHA_NOMINAL, &pairable)), "one value alone says nothing");
    CHECK(isnan(alpha_of(&(Codings){ alone, 2, 2 }, ALPHA_NOMINAL, &pairable)) && pairable == 0,
          "what one coder alone has coded is not compared");
    CHECK(fabs(alpha_of(&(Codings){ perfect, 2, 2 }, ALPHA_INTERVAL, &pairable) - 1) < 1e-12, "all agree: 1");
    CHECK(alpha_of(&(Codings){ opposite, 2, 2 }, ALPHA_NOMINAL, &pairable) < 0, "worse than chance is below 0");
    return DONE();
}
