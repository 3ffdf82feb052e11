/* View: what a reader looks at: the figures of a filter, in a language. Made once a request; all that is shown of the
 * figures, as a page, a chart or a file, is made from it. */
#pragma once

#include "publish/agreed.h"
#include "publish/habits.h"
#include "publish/site.h"
#include "stats/figures.h"

typedef struct View {
    Arena *arena; /* what is said lives here */
    const Site *site;
    const Language *language;
    const Codebook *codebook;
    const Filter *filter;
    const Figures *figures;
    const Agreed *agreed; /* NULL: nothing is marked by how far coders agree */
    const Counts *growth; /* of the figure that shows it; NULL where none does */
} View;

/* Names for people. */
const char *show_code(const View *view, const char *variable, const char *code); /* the code when it has no label */
const char *show_facet(const View *view, const char *key, const char *code);     /* of a query key: "type", "country" */
const char *show_facet_name(const View *view, const char *key);
const char *show_severity(const View *view, int level);           /* 0 "no effect" to 5 "catastrophic" */
const char *show_documented(const View *view, int low, int high); /* "at least major" */
const char *show_coverage(const View *view, int coverage, int index_low, int index_high);
const char *show_licence(const View *view); /* of what rests on several data sets: where each one's stands */
const char *show_dataset(const View *view, const char *dataset);
/* A claimed value as people read it: "at least 1,000", "9 May 2021", "Ransomware". */
const char *show_value(const View *view, const Variable *variable, ValueType type, const char *value);
const char *show_missing(const View *view, const char *code);
const char *show_range(const View *view, double low, double high); /* "100 to 200", "at least 100" */

/* A text from a source, for display: mended when it was encoded twice. */
const char *show_foreign(const View *view, const char *text);
/* Where an organisation is, as its source says it or else by the name of its region; NULL when neither is known. */
const char *show_place(const View *view, const char *place, const char *subdivision);
const char *show_raw(const View *view, const char *text); /* the text as it came when it was mended, else NULL */
