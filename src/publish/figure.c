#include "publish/figure.h"

#include "publish/caution.h"
#include "publish/figures_json.h"
#include "publish/headline.h"
#include "publish/link.h"
#include "publish/map.h"

enum { BARS_MAX = 15, BARS_ALL = 18, COLUMNS_MAX = 200, MONTHS_LEFT = 12 /* a tick needs a twelfth of the width */ };
enum { THOUSAND = 1000 };

const Figure figure_table[] = {
#define FIGURE(name, kind, key, counts, title, note) { name, title, note, kind, key, offsetof(Figures, counts) },
#include "publish/figures.def"
#undef FIGURE
};
const size_t figure_count = COUNT_OF(figure_table);

const Figure *figure_find(Text name)
{
    for (size_t i = 0; i < figure_count; i++)
        if (text_is(name, figure_table[i].name))
            return &figure_table[i];
    return NULL;
}

const Counts *figure_counts(const View *view, const Figure *figure)
{
    if (figure->kind == FIGURE_GROWTH)
        return view->growth;
    return (const Counts *)(const void *)((const char *)view->figures + figure->counts);
}

const Measured *figure_measured(const View *view, const Figure *figure)
{
    return caution_of(view, figures_variables(figure->counts));
}

bool figure_is_drawn(const View *view, const Figure *figure)
{
    const Measured *measured = figure_measured(view, figure);
    return !measured || trust_of(measured->thousandths) != TRUST_NONE;
}

const char *figure_caution(const View *view, const Figure *figure)
{
    if (figure->kind == FIGURE_SENTENCE)
        return headline_caution(view);
    const Measured *measured = figure_measured(view, figure);
    return measured ? caution_words(view, measured, CAUTION_CHART) : NULL;
}

const char *figure_mark(const View *view, const Figure *figure)
{
    const Measured *measured = figure_measured(view, figure);
    if (!measured)
        return NULL;
    return arena_format(view->arena, "%s: alpha of %s %.3f in %s",
                        trust_of(measured->thousandths) == TRUST_NONE ? "not charted" : "with care", measured->variable,
                        (double)measured->thousandths / THOUSAND, measured->period);
}

static bool month_is_late(const View *view, const char *month)
{
    Span span;
    return span_read(text_of(month), &span) && span.last > view->figures->told_until - LATE_DAYS;
}

bool figure_has_late(const View *view)
{
    const Counts *months = &view->figures->by_month;
    return months->count && month_is_late(view, months->items[months->count - 1].code);
}

static const char *label_of(const View *view, const Figure *figure, const char *code)
{
    if (!*code)
        return say(view->language, "not known");
    return figure->key ? show_facet(view, figure->key, code) : say_month(view->arena, view->language, code);
}

/* Ransomware is always told as confirmed and suspected (METHOD 5.4). */
static void split_ransomware(const View *view, FigureRow *row)
{
    row->lighter = view->figures->ransomware_suspected;
    row->more = say_with(
        view->arena, view->language, "{confirmed}, {suspected}",
        SLOTS({ "confirmed", say_count(view->arena, view->language, view->figures->ransomware_confirmed,
                                       "{n} confirmed", "{n} confirmed") },
              { "suspected", say_count(view->arena, view->language, row->lighter, "{n} suspected", "{n} suspected") }));
}

static const char *link_of(const View *view, const Figure *figure, const char *code)
{
    if (figure->kind == FIGURE_GROWTH)
        return link_with(view, "/incidents", "known_by", code);
    return figure->key ? link_with(view, "/incidents", figure->key, code) : link_to_month(view, "/incidents", code);
}

static FigureRow row_of(const View *view, const Figure *figure, const Count *count)
{
    FigureRow row = { .code = count->code, .count = count->count };
    row.label = label_of(view, figure, count->code);
    row.shown = say_number(view->arena, view->language, count->count);
    row.late = !*count->code || (figure->kind == FIGURE_COLUMNS && month_is_late(view, count->code));
    row.link = *count->code ? link_of(view, figure, count->code) : NULL;
    bool of_types = figure->key && (strcmp(figure->key, "type") == 0 || strcmp(figure->key, "main_type") == 0);
    if (of_types && strcmp(count->code, "ransomware") == 0)
        split_ransomware(view, &row);
    return row;
}

/* Bars are compared by their length: the longest first, what is not known last. */
static void sort_rows(FigureRow *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        FigureRow row = rows[i];
        size_t at = i;
        for (; at > 0 && *row.code && (!*rows[at - 1].code || rows[at - 1].count < row.count); at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
}

FigureRow *figure_rows(const View *view, const Figure *figure, size_t *count)
{
    const Counts *counts = figure_counts(view, figure);
    FigureRow *rows = NEW_ARRAY(view->arena, FigureRow, counts->count + 1);
    *count = 0;
    for (size_t i = 0; i < counts->count; i++)
        if (counts->items[i].count || !figure->key)
            rows[(*count)++] = row_of(view, figure, &counts->items[i]);
    if (figure->kind == FIGURE_BARS || figure->kind == FIGURE_MAP)
        sort_rows(rows, *count);
    return rows;
}

static Mark mark_of(const FigureRow *row)
{
    return (Mark){ .label = row->label,
                   .shown = row->shown,
                   .more = row->more,
                   .value = (double)row->count,
                   .lighter = (double)row->lighter,
                   .late = row->late };
}

static bool starts_year(const char *month)
{
    return text_ends(text_of(month), "-01");
}

static bool has_tick(const Mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (marks[i].tick)
            return true;
    return false;
}

/* A mark for each month, with a tick under each January, and under the first when there is room. */
static Mark *months(const View *view, const FigureRow *rows, size_t count)
{
    Mark *marks = NEW_ARRAY(view->arena, Mark, count + 1);
    bool ticked = false;
    for (size_t i = 0; i < count; i++) {
        marks[i] = mark_of(&rows[i]);
        if (starts_year(rows[i].code))
            marks[i].tick = arena_copy(view->arena, rows[i].code, 4);
        ticked = ticked || marks[i].tick;
    }
    if (count && !ticked)
        marks[0].tick = marks[0].label;
    else if (count > MONTHS_LEFT && !marks[0].tick && !has_tick(marks, count / MONTHS_LEFT))
        marks[0].tick = arena_copy(view->arena, rows[0].code, 4);
    return marks;
}

/* Months added up to years, for spans of time in which a month would be thinner than a line; what grows is as it was at
 * the year's end. */
static Mark *years(const View *view, const Figure *figure, const FigureRow *rows, size_t *count)
{
    Mark *marks = NEW_ARRAY(view->arena, Mark, *count + 1);
    size_t made = 0;
    for (size_t i = 0; i < *count; i++) {
        if (i == 0 || starts_year(rows[i].code))
            marks[made++] = (Mark){ .label = arena_copy(view->arena, rows[i].code, 4) };
        Mark *mark = &marks[made - 1];
        mark->value = (double)rows[i].count + (figure->kind == FIGURE_GROWTH ? 0 : mark->value);
        mark->tick = mark->label;
        mark->late = mark->late || rows[i].late;
    }
    for (size_t i = 0; i < made; i++)
        marks[i].shown = say_decimal(view->arena, view->language, marks[i].value, 0);
    *count = made;
    return marks;
}

static void columns(Out *out, const View *view, const Figure *figure, ChartFrame *frame)
{
    size_t count;
    const FigureRow *rows = figure_rows(view, figure, &count);
    if (figure->kind == FIGURE_COLUMNS && figure_has_late(view))
        frame->late = say(view->language, "grey: still being reported");
    while (count && !*rows[count - 1].code) /* without a date an incident stands in the table only */
        count--;
    Mark *marks = count > COLUMNS_MAX ? years(view, figure, rows, &count) : months(view, rows, count);
    chart_columns(out, frame, marks, count);
}

/* How many bars are drawn: all of them rather than leaving out one or two. */
static size_t bars_drawn(size_t count)
{
    return count <= BARS_ALL ? count : BARS_MAX;
}

static void bars(Out *out, const View *view, const Figure *figure, const ChartFrame *frame)
{
    size_t count;
    const FigureRow *rows = figure_rows(view, figure, &count);
    Mark marks[BARS_ALL];
    size_t shown = bars_drawn(count);
    for (size_t i = 0; i < shown; i++)
        marks[i] = mark_of(&rows[i]);
    chart_bars(out, frame, marks, shown);
}

int64_t figure_unknown_count(const View *view, const Figure *figure)
{
    const Counts *counts = figure_counts(view, figure);
    const Count *last = counts->count ? &counts->items[counts->count - 1] : NULL;
    return last && !*last->code ? last->count : 0;
}

const char *figure_unknown(const View *view, const Figure *figure)
{
    int64_t all = view->figures->incidents;
    if (figure->kind == FIGURE_GROWTH || figure->kind == FIGURE_SENTENCE || all == 0)
        return NULL;
    int64_t unknown = figure_unknown_count(view, figure);
    const char *of_all = say_count(view->arena, view->language, all, "{n} incident", "{n} incidents");
    if (!unknown)
        return say_with(view->arena, view->language, "Known for all of the {incidents}.",
                        SLOTS({ "incidents", of_all }));
    return say_with(view->arena, view->language, "Not known for {unknown} of {incidents} ({share}).",
                    SLOTS({ "unknown", say_number(view->arena, view->language, unknown) }, { "incidents", of_all },
                          { "share", say_share(view->arena, view->language, (double)unknown / (double)all) }));
}

const char *figure_note(const View *view, const Figure *figure)
{
    const char *note = say(view->language, figure->note);
    const Counts *counts = figure_counts(view, figure);
    size_t known = counts->count - (counts->count && !*counts->items[counts->count - 1].code); /* unknown is last */
    size_t drawn = bars_drawn(counts->count);
    bool in_time = figure->kind == FIGURE_COLUMNS || figure->kind == FIGURE_GROWTH;
    if (in_time && counts->count > COLUMNS_MAX)
        return say_with(view->arena, view->language, "{note} Drawn by year.", SLOTS({ "note", note }));
    if (figure->kind != FIGURE_BARS || drawn >= known)
        return note;
    return say_with(view->arena, view->language, "{note} The {shown} first of {all} are drawn.",
                    SLOTS({ "note", note }, { "shown", say_number(view->arena, view->language, (int64_t)drawn) },
                          { "all", say_number(view->arena, view->language, (int64_t)known) }));
}

void figure_svg(Out *out, const View *view, const Figure *figure, ChartForm form)
{
    const char *filter = headline_filter(view);
    ChartFrame frame = { .language = view->language, .form = form, .id = figure->name };
    frame.title = say(view->language, figure->title);
    frame.description = figure_note(view, figure);
    if (*filter)
        frame.description = arena_format(view->arena, "%s %s.", frame.description, filter);
    frame.source = say_with(view->arena, view->language, "Vigie. {origin}", SLOTS({ "origin", headline_origin(view) }));
    if (!figure_is_drawn(view, figure)) {
        chart_text(out, &frame, figure_caution(view, figure));
        return;
    }
    switch (figure->kind) {
    case FIGURE_COLUMNS:
    case FIGURE_GROWTH: columns(out, view, figure, &frame); break;
    case FIGURE_BARS:
    case FIGURE_LEVELS: bars(out, view, figure, &frame); break;
    case FIGURE_MAP: chart_map(out, &frame, figure_counts(view, figure)); break;
    case FIGURE_SENTENCE: chart_text(out, &frame, headline_with_caution(view)); break;
    }
}
