/* The figures by name as CSV and JSON. The headline has all of them. */
#include "publish/about.h"
#include "publish/figure.h"
#include "publish/figures_json.h"
#include "publish/geojson.h"
#include "publish/headline.h"
#include "publish/link.h"

void figure_csv(Out *out, const View *view, const Figure *figure)
{
    if (figure->kind == FIGURE_SENTENCE) {
        Counted counted = counted_of(view);
        figures_csv(out, &counted);
        return;
    }
    size_t count;
    const FigureRow *rows = figure_rows(view, figure, &count);
    const char *mark = figure_mark(view, figure);
    OUT_LITERAL(out, "code,label,incidents");
    if (mark)
        OUT_LITERAL(out, ",agreement");
    OUT_LITERAL(out, "\r\n");
    for (size_t i = 0; i < count; i++) {
        out_csv(out, rows[i].code);
        OUT_LITERAL(out, ",");
        out_csv(out, rows[i].label);
        OUT_LITERAL(out, ",");
        out_int(out, rows[i].count);
        if (mark) {
            OUT_LITERAL(out, ",");
            out_csv(out, mark);
        }
        OUT_LITERAL(out, "\r\n");
    }
}

static void json_rows(Out *out, const View *view, const Figure *figure)
{
    size_t count;
    const FigureRow *rows = figure_rows(view, figure, &count);
    const Measured *measured = figure_measured(view, figure);
    if (measured) {
        OUT_LITERAL(out, ",\"agreement\":{");
        figures_json_measured(out, measured);
        OUT_LITERAL(out, "}");
    }
    if (figure_unknown(view, figure)) {
        OUT_LITERAL(out, ",\"unknown\":{\"incidents\":");
        out_int(out, figure_unknown_count(view, figure));
        OUT_LITERAL(out, ",\"of\":");
        out_int(out, view->figures->incidents);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, ",\"rows\":[");
    for (size_t i = 0; i < count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        OUT_LITERAL(out, "{\"code\":");
        out_json(out, rows[i].code);
        OUT_LITERAL(out, ",\"label\":");
        out_json(out, rows[i].label);
        OUT_LITERAL(out, ",\"incidents\":");
        out_int(out, rows[i].count);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]");
}

void figure_json(Out *out, const View *view, const Figure *figure)
{
    OUT_LITERAL(out, "{\"figure\":");
    out_json(out, figure->name);
    OUT_LITERAL(out, ",\"title\":");
    out_json(out, say(view->language, figure->title));
    OUT_LITERAL(out, ",\"note\":");
    out_json(out, say(view->language, figure->note));
    if (figure->kind == FIGURE_SENTENCE) {
        OUT_LITERAL(out, ",\"sentence\":");
        out_json(out, headline_sentence(view));
        OUT_LITERAL(out, ",\"figures\":");
        Counted counted = counted_of(view);
        figures_json(out, &counted);
    } else
        json_rows(out, view, figure);
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, "}");
}

/* The absolute address of a figure's picture. */
static const char *address_of(const View *view, const Figure *figure)
{
    const char *path = link_to(view, arena_format(view->arena, "/figures/%s.svg", figure->name));
    return arena_format(view->arena, "%s%s", view->site->address, path);
}

static const char *moment_of(const View *view)
{
    return moment_write(view->figures->as_of, arena_take(view->arena, MOMENT_TEXT_SIZE));
}

void figure_geojson(Out *out, const View *view, const Figure *figure)
{
    GeojsonAbout about = { .title = say(view->language, figure->title),
                           .address = address_of(view, figure),
                           .as_of = moment_of(view),
                           .licence = show_licence(view) };
    geojson_countries(out, view->language, figure_counts(view, figure), &about);
}

bool figure_xlsx(Out *out, const View *view, const Figure *figure, Problem *problem)
{
    AUTO_OUT rows = { 0 };
    XlsxAbout about = about_view(view, say(view->language, figure->title),
                                 arena_format(view->arena, "/figures/%s.svg", figure->name));
    about.numbers = "incidents,value";
    figure_csv(&rows, view, figure);
    AUTO_XLSX *book = xlsx_begin(view->arena, out, &about, problem);
    return book && xlsx_csv(book, out_view(&rows), problem) && xlsx_end(book, problem);
}
