#include "publish/map.h"

#include "base/table.h"
#include "codebook/country.h"
#include "publish/svg.h"
#include "publish/world.h"

enum {
    DOT = 8,      /* radius on the canvas of a small country with reports */
    DOT_NONE = 4, /* and of one without */
    HIGH = FILE_WIDTH * WORLD_HEIGHT / WORLD_WIDTH,
    LEGEND = 104,
    LEGEND_GAP = 14,
    SWATCH = 10,
    KEY_TOP = LEGEND_GAP + SWATCH + 28,
    RANGES_MOST = 1000, /* from here on a range is too long for a telephone: only its lower end is written */
    ZERO_KEY = 52,      /* percent: beside the longest translation of "no report" */
    KEY = 22            /* width of a swatch that stands for a state, not for a number */
};

static const char *const shade_classes[] = { "s0", "s1", "s2", "s3", "s4", "s5" };
_Static_assert(COUNT_OF(shade_classes) == MAP_SHADES + 1, "a class for each shade, and for none");

/* Equal steps of the logarithm, so that a country that reports hundreds of times as much as the others does not make
 * all of them look the same. The legend's limits decide: it never disagrees with the map. */
int map_shade(int64_t count, int64_t most)
{
    if (count <= 0)
        return 0;
    int shade = 1;
    while (shade < MAP_SHADES && count >= map_limit(shade + 1, most))
        shade++;
    return shade;
}

int64_t map_limit(int shade, int64_t most)
{
    if (shade > MAP_SHADES)
        return most + 1;
    static const double rounding = 1e-9;
    return MAX(1, (int64_t)ceil(pow((double)most, (shade - 1) / (double)MAP_SHADES) - rounding));
}

/* What the map shows of the counts. */
typedef struct Shown {
    Arena *arena;
    const Language *language;
    const Table *counts; /* by code */
    int64_t most, elsewhere;
    bool has_none; /* a country that was counted and has nothing */
} Shown;

static Shown shown_of(Arena *arena, const Language *language, const Counts *by_country)
{
    Table *counts = table_new(arena);
    Shown shown = { .arena = arena, .language = language, .counts = counts };
    for (size_t i = 0; i < by_country->count; i++) {
        const Count *count = &by_country->items[i];
        if (!world_find(count->code)) {
            shown.elsewhere += count->count;
            continue;
        }
        table_put(counts, text_of(count->code), count->count);
        shown.most = MAX(shown.most, count->count);
        shown.has_none |= count->count == 0;
    }
    return shown;
}

static void put_circle(Out *out, const char *class, const Place *place, int radius)
{
    OUT_LITERAL(out, "<circle class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\"");
    svg_number(out, "cx", place->x, "");
    svg_number(out, "cy", place->y, "");
    svg_number(out, "r", radius, "");
    OUT_LITERAL(out, "/>");
}

static void put_hatch_reference(Out *out, const ChartFrame *frame, const char *suffix)
{
    OUT_LITERAL(out, " fill=\"url(#");
    svg_id(out, frame, suffix);
    OUT_LITERAL(out, ")\"");
}

static void put_shape(Out *out, const Place *place, const int64_t *count)
{
    if (place->reach)
        put_circle(out, "touch", place, MAX(place->reach, DOT));
    if (!place->path) {
        put_circle(out, count ? "dot" : "dot blank", place, count ? DOT : DOT_NONE);
        return;
    }
    OUT_LITERAL(out, "<path d=\"");
    out_text(out, place->path);
    OUT_LITERAL(out, "\"/>");
}

static void put_country(Out *out, const ChartFrame *frame, const Shown *shown, const Place *place)
{
    int64_t *count = table_get(shown->counts, text_of(place->code));
    Mark mark = { .label = country_name(shown->arena, place->code, shown->language->code),
                  .shown = say(shown->language, "no report") };
    if (count)
        mark.shown = say_number(shown->arena, shown->language, *count);
    OUT_LITERAL(out, "<g");
    if (count) {
        OUT_LITERAL(out, " class=\"");
        out_text(out, shade_classes[map_shade(*count, shown->most)]);
        OUT_LITERAL(out, "\"");
    } else if (place->path) {
        OUT_LITERAL(out, " class=\"no\"");
        put_hatch_reference(out, frame, "-none");
    }
    OUT_LITERAL(out, ">");
    svg_name(out, &mark);
    put_shape(out, place, count);
    OUT_LITERAL(out, "</g>");
}

/* Stripes that say "no report": the wider on the canvas, the finer in the legend. */
static void put_hatch(Out *out, const ChartFrame *frame, const char *suffix, int distance)
{
    OUT_LITERAL(out, "<pattern id=\"");
    svg_id(out, frame, suffix);
    OUT_LITERAL(out, "\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"");
    svg_number(out, "width", distance, "");
    svg_number(out, "height", distance, "");
    OUT_LITERAL(out, "><rect class=\"blank\"");
    svg_number(out, "width", distance, "");
    svg_number(out, "height", distance, "");
    OUT_LITERAL(out, "/><rect class=\"stripe\"");
    svg_number(out, "width", distance / 4.0, "");
    svg_number(out, "height", distance, "");
    OUT_LITERAL(out, "/></pattern>");
}

/* The later something is drawn, the higher it lies: the small ones above the large ones, the dots above all, and of
 * each what has reports above what has none. */
static int layer_of(const Place *place, const Shown *shown)
{
    int size = !place->path ? 2 : place->reach ? 1 : 0;
    return 2 * size + (table_get(shown->counts, text_of(place->code)) != NULL);
}

static void put_world(Out *out, const ChartFrame *frame, const Shown *shown)
{
    put_hatch(out, frame, "-none", 11);
    OUT_LITERAL(out, "<g class=\"land\">");
    for (int layer = 0; layer < 6; layer++)
        for (size_t i = 0; i < world_count; i++)
            if (layer_of(&world[i], shown) == layer)
                put_country(out, frame, shown, &world[i]);
    OUT_LITERAL(out, "</g>");
}

/* A swatch for each shade in use, with the range of its counts below. */
static void put_scale(Out *out, const Shown *shown)
{
    double width = 100.0 / MAP_SHADES, x = 0;
    for (int shade = 1; shade <= MAP_SHADES; shade++) {
        int64_t least = map_limit(shade, shown->most), most = map_limit(shade + 1, shown->most) - 1;
        if (least > most)
            continue;
        const char *range = say_number(shown->arena, shown->language, least);
        if (least < most && (shade == MAP_SHADES || shown->most >= RANGES_MOST))
            range = arena_format(shown->arena, "\xE2\x89\xA5\xC2\xA0%s", range);
        else if (least < most)
            range =
                arena_format(shown->arena, "%s\xE2\x80\x93%s", range, say_number(shown->arena, shown->language, most));
        svg_rect(out, shade_classes[shade], (Box){ x, LEGEND_GAP, width - 0.4, SWATCH });
        svg_label(out, "note", AT_START, x, LEGEND_GAP + SWATCH + 15, range);
        x += width;
    }
}

/* A swatch of the class, or hatched when it is NULL, and what it stands for. */
static void put_key(Out *out, const ChartFrame *frame, double percent, const char *class, const char *text)
{
    OUT_LITERAL(out, "<svg overflow=\"visible\"");
    svg_number(out, "x", percent, "%");
    svg_number(out, "y", KEY_TOP, "");
    OUT_LITERAL(out, "><rect class=\"outline ");
    out_text(out, class);
    OUT_LITERAL(out, "\" x=\"0.5\" y=\"0.5\"");
    if (!class)
        put_hatch_reference(out, frame, "-key");
    svg_number(out, "width", KEY, "");
    svg_number(out, "height", SWATCH, "");
    OUT_LITERAL(out, "/><text class=\"note\"");
    svg_number(out, "x", KEY + 8, "");
    svg_number(out, "y", SWATCH, "");
    OUT_LITERAL(out, ">");
    out_text(out, text);
    OUT_LITERAL(out, "</text></svg>");
}

static void put_states(Out *out, const ChartFrame *frame, const Shown *shown)
{
    put_hatch(out, frame, "-key", 6);
    put_key(out, frame, 0, NULL, say(shown->language, "no report"));
    if (shown->has_none)
        put_key(out, frame, ZERO_KEY, shade_classes[0], "0");
    if (!shown->elsewhere)
        return;
    const char *elsewhere = say_number(shown->arena, shown->language, shown->elsewhere);
    svg_label(out, "note", AT_START, 0, LEGEND - 24,
              say_with(shown->arena, shown->language, "Not on the map: {n}", SLOTS({ "n", elsewhere })));
}

static void put_legend(Out *out, const ChartFrame *frame, const Shown *shown)
{
    put_scale(out, shown);
    put_states(out, frame, shown);
    svg_label(out, "note", AT_START, 0, shown->elsewhere ? LEGEND - 6 : LEGEND - 24,
              say(shown->language, "Borders by Natural Earth, no endorsement"));
}

static void put_in_page(Out *out, const ChartFrame *frame, const Shown *shown)
{
    svg_begin_canvas(out, frame, WORLD_WIDTH, WORLD_HEIGHT);
    put_world(out, frame, shown);
    OUT_LITERAL(out, "</svg>\n<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"100%\"");
    svg_number(out, "height", LEGEND, "");
    OUT_LITERAL(out, ">");
    put_legend(out, frame, shown);
    OUT_LITERAL(out, "</svg>\n");
}

static void put_file(Out *out, const ChartFrame *frame, const Shown *shown)
{
    svg_begin(out, frame, HIGH + LEGEND);
    OUT_LITERAL(out, "<svg width=\"100%\"");
    svg_number(out, "height", HIGH, "");
    svg_canvas(out, WORLD_WIDTH, WORLD_HEIGHT);
    OUT_LITERAL(out, ">");
    put_world(out, frame, shown);
    OUT_LITERAL(out, "</svg><svg width=\"100%\"");
    svg_number(out, "y", HIGH, "");
    svg_number(out, "height", LEGEND, "");
    OUT_LITERAL(out, ">");
    put_legend(out, frame, shown);
    OUT_LITERAL(out, "</svg>");
    svg_end(out, frame);
}

void chart_map(Out *out, const ChartFrame *frame, const Counts *by_country)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Shown shown = shown_of(arena, frame->language, by_country);
    if (frame->form == CHART_FILE)
        put_file(out, frame, &shown);
    else
        put_in_page(out, frame, &shown);
}

const Mark *map_rows(Arena *arena, const Language *language, const Counts *by_country)
{
    Mark *rows = NEW_ARRAY(arena, Mark, by_country->count);
    for (size_t i = 0; i < by_country->count; i++) {
        const Count *count = &by_country->items[i];
        rows[i] = (Mark){ .label = *count->code ? country_name(arena, count->code, language->code)
                                                : say(language, "unknown country"),
                          .shown = say_number(arena, language, count->count),
                          .value = (double)count->count };
    }
    return rows;
}
