#include "publish/card.h"

#include "publish/png.h"
#include "publish/svg.h"

enum { MARGIN = 80, SENTENCE_TOP = 190, SENTENCE_ROOM = 310, FILTER_CHARACTERS = 68 };

/* Letters of the sentence, largest first: their size in pixels, and how many characters then fit on a line. */
static const struct Size {
    int pixels;
    size_t characters;
} sizes[] = { { 60, 33 }, { 50, 40 }, { 42, 47 }, { 36, 56 }, { 30, 67 } };

static size_t lines_of(const char *text, size_t characters)
{
    Text rest = text_of(text), line;
    size_t lines = 0;
    while (svg_cut_line(&rest, characters, &line))
        lines++;
    return lines;
}

static size_t lines_that_fit(const struct Size *size)
{
    return (size_t)(SENTENCE_ROOM * 10 / (size->pixels * 13));
}

static const struct Size *size_for(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        if (lines_of(text, sizes[i].characters) <= lines_that_fit(&sizes[i]))
            return &sizes[i];
    return &sizes[COUNT_OF(sizes) - 1];
}

static void put_line_of(Out *out, int pixels, double y, const char *style, const char *text)
{
    OUT_LITERAL(out, "<text font-size=\"");
    out_int(out, pixels);
    OUT_LITERAL(out, "\"");
    out_raw(out, style, strlen(style));
    svg_number(out, "x", MARGIN, "");
    svg_number(out, "y", y, "");
    OUT_LITERAL(out, ">");
    out_text(out, text);
    OUT_LITERAL(out, "</text>");
}

static void put_sentence(Out *out, const char *sentence)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const struct Size *size = size_for(sentence);
    Text rest = text_of(sentence), line;
    double y = SENTENCE_TOP + size->pixels;
    for (size_t left = lines_that_fit(size); left && svg_cut_line(&rest, size->characters, &line); left--) {
        const char *more = left == 1 && rest.length ? "\xE2\x80\xA6" : "";
        put_line_of(out, size->pixels, y, " fill=\"#1c2530\"",
                    arena_format(arena, "%.*s%s", (int)line.length, line.at, more));
        y += 1.3 * size->pixels;
    }
}

static void put_filter(Out *out, const char *filter)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Text rest = text_of(filter), line;
    if (svg_cut_line(&rest, FILTER_CHARACTERS, &line))
        put_line_of(out, 26, CARD_HEIGHT - 100, " fill=\"#12698c\"",
                    arena_format(arena, "%.*s%s", (int)line.length, line.at, rest.length ? "\xE2\x80\xA6" : ""));
}

void card_svg(Out *out, const Card *card)
{
    OUT_LITERAL(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\" viewBox=\"0 0 1200 630\" "
                     "lang=\"");
    out_text(out, card->language->code);
    OUT_LITERAL(out, "\" font-family=\"system-ui, 'DejaVu Sans', sans-serif\">"
                     "<rect width=\"1200\" height=\"630\" fill=\"#fff\"/>"
                     "<rect width=\"24\" height=\"630\" fill=\"#12698c\"/>");
    put_line_of(out, 30, 110, " font-weight=\"700\" fill=\"#12698c\"", card->title);
    put_sentence(out, card->sentence);
    put_filter(out, card->filter);
    put_line_of(out, 26, CARD_HEIGHT - 60, " fill=\"#5a6572\"", card->foot);
    OUT_LITERAL(out, "</svg>\n");
}
