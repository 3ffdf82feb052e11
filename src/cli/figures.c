/* vigie figures: the counts of the home page, as JSON or for people. */
#include "cli/public.h"
#include "publish/figures_json.h"

enum { LABEL_WIDTH = 42 };

static void line(Out *out, const char *label, const char *value)
{
    char text[256];
    snprintf(text, sizeof text, "%-*s %s\n", LABEL_WIDTH, label, value);
    out_raw(out, text, strlen(text));
}

/* 1234567 as "1,234,567". */
static const char *grouped(Arena *arena, double number)
{
    if (isnan(number))
        return "not known";
    const char *digits = arena_format(arena, "%.0f", number);
    size_t count = strlen(digits);
    char *text = arena_take(arena, 2 * count + 1), *end = text;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            *end++ = ',';
        *end++ = digits[i];
    }
    return text;
}

static void counts(Out *out, Arena *arena, const Codebook *codebook, const char *title, const char *variable,
                   const Counts *rows)
{
    const Variable *names = codebook_variable(codebook, variable);
    char text[256];
    out_raw(out, "\n", 1);
    out_raw(out, title, strlen(title));
    out_raw(out, "\n", 1);
    for (size_t i = 0; i < rows->count; i++) {
        const char *code = rows->items[i].code;
        const Value *value = names ? variable_value(names, code) : NULL;
        const char *label = value ? value->label.en : *code ? code : "not known";
        if (rows->items[i].count == 0)
            continue;
        snprintf(text, sizeof text, "  %-*s %s\n", LABEL_WIDTH - 2, label,
                 grouped(arena, (double)rows->items[i].count));
        out_raw(out, text, strlen(text));
    }
}

/* What is rare is not said to be nothing. */
static const char *often(Arena *arena, double per_week)
{
    static const double least = 0.1;
    return per_week > 0 && per_week < least ? "under 0.1" : arena_format(arena, "%.1f", per_week);
}

static void headline(Out *out, Arena *arena, const Figures *figures)
{
    line(out, "Incidents", grouped(arena, (double)figures->incidents));
    line(out, "  claimed by attackers only",
         arena_format(arena, "%s, beside these, never added", grouped(arena, (double)figures->claimed_only)));
    line(out, "Organisations", grouped(arena, (double)figures->organisations));
    line(out, "Countries", grouped(arena, (double)figures->countries));
    line(out, "Ransomware",
         arena_format(arena, "%s confirmed + %s suspected", grouped(arena, (double)figures->ransomware_confirmed),
                      grouped(arena, (double)figures->ransomware_suspected)));
    if (!isnan(figures->per_week))
        line(out, "Incidents per week", often(arena, figures->per_week));
}

/* "at least 12,345, from 7 of 101 incidents" */
static void sum_line(Out *out, Arena *arena, const Figures *figures, const char *label, double sum, int64_t known)
{
    const char *all = grouped(arena, (double)figures->incidents);
    line(out, label,
         known ? arena_format(arena, "at least %s, from %s of %s incidents", grouped(arena, sum),
                              grouped(arena, (double)known), all)
               : arena_format(arena, "not known, from none of %s incidents", all));
}

static void effects(Out *out, Arena *arena, const Figures *figures)
{
    sum_line(out, arena, figures, "Persons affected", figures->persons_affected.sum, figures->persons_affected.known);
    if (figures->persons_affected.known)
        line(out, "  of these in the largest incident",
             arena_format(arena, "%.0f%%; the median incident has %s", 100 * figures->persons_affected.largest_share,
                          grouped(arena, figures->persons_affected.median)));
    if (figures->persons_affected.placeholders)
        line(out, "  placeholders left out", grouped(arena, (double)figures->persons_affected.placeholders));
    sum_line(out, arena, figures, "Days of disturbed care", figures->days_of_disturbed_care.sum,
             figures->days_of_disturbed_care.known);
    sum_line(out, arena, figures, "Appointments postponed", figures->care_not_delivered.appointments,
             figures->care_not_delivered.appointments_known);
    sum_line(out, arena, figures, "Procedures postponed", figures->care_not_delivered.procedures,
             figures->care_not_delivered.procedures_known);
    line(out, "Excluded records",
         arena_format(arena, "%s, kept but not counted", grouped(arena, (double)figures->excluded)));
}

static void figures_text(Out *out, Arena *arena, const Figures *figures, const Published *published)
{
    const Codebook *codebook = &published->codebook;
    char moment[MOMENT_TEXT_SIZE];
    headline(out, arena, figures);
    effects(out, arena, figures);
    counts(out, arena, codebook, "By type (an incident can have several)", "attack_type", &figures->by_type);
    counts(out, arena, codebook, "By main type", "attack_type", &figures->by_main_type);
    counts(out, arena, codebook, "By sector", "sector_group", &figures->by_sector);
    counts(out, arena, codebook, "By country", "", &figures->by_country);
    counts(out, arena, codebook, "By month", "", &figures->by_month);
    const char *end = arena_format(arena, "\nAs of %s, %lld entries, codebook %s.\n",
                                   figures->entries ? moment_write(figures->as_of, moment) : "the beginning",
                                   (long long)figures->entries, codebook->version);
    out_raw(out, end, strlen(end));
}

bool run_figures(const Call *call, Problem *problem)
{
    AUTO_PUBLISHED published = { 0 };
    AUTO_OUT out = { 0 };
    Figures figures = { 0 };
    if (!public_open(call, call->count ? call->arguments[0] : NULL, &published, problem))
        return false;
    figures_count(published.snapshot, &published.filter, published.found.ids, published.found.count, call->arena,
                  &figures);
    if (option_given(call, OPTION_JSON)) {
        Agreed agreed;
        if (!agreed_read(call->arena, published.store, &agreed, problem))
            return false;
        Counted counted = { &figures, &published.filter, &published.codebook, &agreed };
        figures_json(&out, &counted);
        OUT_LITERAL(&out, "\n");
    } else
        figures_text(&out, call->arena, &figures, &published);
    return print_out(&out, problem);
}
