#include "publish/agreement_page.h"

#include "domain/agreement_report.h"
#include "publish/agreed.h"
#include "publish/link.h"

enum { THOUSAND = 1000 };

typedef struct AgreementFact {
    const char *period, *variable, *metric;
    int64_t units, entry, at;
    double alpha; /* NaN: not given */
} AgreementFact;

static AgreementFact take(Arena *arena, const Rows *rows)
{
    return (AgreementFact){ .period = arena_string(arena, rows_text(rows, 0)),
                            .variable = arena_string(arena, rows_text(rows, 1)),
                            .metric = arena_string(arena, rows_text(rows, 2)),
                            .units = rows_int(rows, 3),
                            .alpha = rows_is_null(rows, 4) ? (double)NAN : (double)rows_int(rows, 4) / THOUSAND,
                            .entry = rows_int(rows, 5),
                            .at = rows_int(rows, 6) };
}

bool agreement_sheet(Arena *arena, Store *public_store, Sheet *sheet, Problem *problem)
{
    *sheet = sheet_new(arena, &agreement_schema);
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_AGREEMENT_LIST, "");
    while (rows && rows_next(rows)) {
        AgreementFact fact = take(arena, rows);
        const char *at = moment_write(fact.at, arena_take(arena, MOMENT_TEXT_SIZE));
        const Cell cells[] = { cell_text(fact.period), cell_text(fact.variable), cell_text(fact.metric),
                               cell_count(fact.units), cell_number(fact.alpha),  cell_count(fact.entry),
                               cell_text(at) };
        memcpy(sheet_row(sheet), cells, sizeof cells);
    }
    return rows && !problem->kind;
}

bool agreement_json(Arena *arena, Store *public_store, Out *out, Problem *problem)
{
    Sheet sheet;
    if (!agreement_sheet(arena, public_store, &sheet, problem))
        return false;
    OUT_LITERAL(out, "{\"agreement\":");
    sheet_json(out, &sheet);
    OUT_LITERAL(out, "}\n");
    return true;
}

static const char *variable_words(const View *view, const char *name)
{
    ValueType type;
    const Variable *variable = codebook_claimable(view->codebook, text_of(name), &type);
    const char *code = strchr(name, '.');
    const Value *value = variable && code ? variable_value(variable, code + 1) : NULL;
    const char *label = variable ? label_in(variable->label, view->language->code) : name;
    return value ? arena_format(view->arena, "%s – %s", label, label_in(value->label, view->language->code)) : label;
}

static const char *verdict_of(const View *view, const AgreementFact *fact)
{
    if (fact->units < AGREEMENT_UNITS_MIN)
        return say(view->language, N_("Too few incidents for a number"));
    if (isnan(fact->alpha))
        return say(view->language, N_("All answers were the same: nothing could differ"));
    static const char *const words[] = { [TRUST_GOOD] = N_("Good"),
                                         [TRUST_FLAGGED] = N_("To be read with care"),
                                         [TRUST_NONE] = N_("Too low to rely on: not drawn") };
    return say(view->language, words[trust_of(lround(fact->alpha * THOUSAND))]);
}

static AgreementLine line_of(const View *view, const AgreementFact *fact)
{
    return (AgreementLine){ .variable = variable_words(view, fact->variable),
                            .incidents = say_number(view->arena, view->language, fact->units),
                            .alpha =
                                isnan(fact->alpha) ? "–" : say_decimal(view->arena, view->language, fact->alpha, 3),
                            .verdict = verdict_of(view, fact) };
}

static AgreementPart part_of(const View *view, const AgreementFact *fact)
{
    const char *year = arena_copy(view->arena, fact->period, 4);
    const char *words = fact->period[6] == '1' ? N_("First half of {year}, published on {day}")
                                               : N_("Second half of {year}, published on {day}");
    return (AgreementPart){ .heading = say_with(view->arena, view->language, words,
                                                SLOTS({ "year", year }, { "day", say_day(view->arena, view->language,
                                                                                         moment_day(fact->at)) })),
                            .entry = arena_format(view->arena, "/api/v1/entries/%lld", (long long)fact->entry) };
}

static bool add_parts(const View *view, Store *public_store, MethodologyPage *page, Problem *problem)
{
    size_t room = 0, line_room = 0;
    const char *period = "";
    AgreementLine *lines = NULL;
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_AGREEMENT_LIST, "");
    while (rows && rows_next(rows)) {
        AgreementFact fact = take(view->arena, rows);
        if (strcmp(fact.period, period) != 0) {
            page->parts = arena_grow(view->arena, page->parts, page->count, &room, sizeof *page->parts);
            page->parts[page->count++] = part_of(view, &fact);
            period = fact.period;
            lines = NULL;
            line_room = 0;
        }
        AgreementPart *part = &page->parts[page->count - 1];
        lines = arena_grow(view->arena, lines, part->count, &line_room, sizeof *lines);
        lines[part->count++] = line_of(view, &fact);
        part->lines = lines;
    }
    return rows && !problem->kind;
}

bool methodology_page(const View *view, Store *public_store, MethodologyPage *page, Problem *problem)
{
    *page = (MethodologyPage){ .text = text_page(view, TEXT_methodology),
                               .figures = { .label = say(view->language, N_("How far coders agree: the figures")),
                                            .address = "#agreement" } };
    return add_parts(view, public_store, page, problem);
}
