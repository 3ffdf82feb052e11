/* What must never happen: "no report" looks like zero, a count is on no map and in no note, or the legend says another
 * limit than the map draws. */
#include "base/json.h"
#include "publish/geojson.h"
#include "publish/map.h"
#include "publish/world.h"
#include "test.h"

static const struct {
    int64_t count, most;
    int shade;
} shades[] = {
    { 0, 100, 0 },  { 1, 100, 1 },    { 2, 100, 1 },    { 3, 100, 2 },     { 6, 100, 2 },
    { 7, 100, 3 },  { 16, 100, 4 },   { 39, 100, 4 },   { 40, 100, 5 },    { 1, 1, 5 },
    { 1, 2, 1 },    { 2, 2, 5 },      { 2, 3, 4 },      { 3, 3, 5 },       { 4, 1571, 1 },
    { 5, 1571, 2 }, { 360, 1571, 4 }, { 361, 1571, 5 }, { 1571, 1571, 5 },
};

static void check_shades(void)
{
    for (size_t i = 0; i < COUNT_OF(shades); i++)
        CHECK(map_shade(shades[i].count, shades[i].most) == shades[i].shade, "%d of %d has shade %d",
              (int)shades[i].count, (int)shades[i].most, shades[i].shade);
    bool agree = true;
    for (int64_t most = 1; most < 300; most++)
        for (int64_t count = 1; count <= most; count++) {
            int shade = map_shade(count, most);
            double step = most == 1 ? 1 : log((double)count) / log((double)most);
            int steps = MIN(MAP_SHADES, 1 + (int)floor(MAP_SHADES * step + 1e-9));
            agree &= count >= map_limit(shade, most) && count < map_limit(shade + 1, most) && shade == steps;
        }
    CHECK(agree, "shades are steps of the logarithm, and each count lies in the range that the legend gives");
}

static void check_world(void)
{
    bool fine = true;
    for (size_t i = 0; i < world_count; i++) {
        const Place *place = &world[i];
        fine &= world_find(place->code) == place && place->x >= 0 && place->x <= WORLD_WIDTH && place->y >= 0 &&
                place->y <= WORLD_HEIGHT && fabs(place->longitude) <= 180 && fabs(place->latitude) <= 90;
    }
    CHECK(fine && world_count > 240, "every place is found and lies on the canvas");
    CHECK(!world_find("ZZ") && !world_find(""), "an unknown code has no place");
    CHECK(world_find("GF") && world_find("GF")->path, "French Guiana is a place of its own");
}

static const Count counted[] = { { "US", 100 }, { "FR", 16 }, { "MT", 2 }, { "EG", 0 }, { "", 3 }, { "ZZ", 4 } };
static const Counts by_country = { (Count *)(uintptr_t)counted, COUNT_OF(counted) };

static ChartFrame frame_of(const Language *language, ChartForm form)
{
    return (ChartFrame){ .language = language,
                         .form = form,
                         .id = "by-country",
                         .title = "</title><script>alert(1)</script>",
                         .description = "\u202Egnp",
                         .source = "a & b" };
}

static void check_map(const Language *language, ChartForm form, const char *name)
{
    AUTO_OUT out = { 0 };
    ChartFrame frame = frame_of(language, form);
    chart_map(&out, &frame, &by_country);
    CHECK(strstr(out.text, "<g class=\"s5\"><title>United States\u00A0: 100</title><path"), "%s: many is darkest",
          name);
    CHECK(strstr(out.text, "<g class=\"s4\"><title>France\u00A0: 16</title><path"), "%s: less is lighter", name);
    CHECK(strstr(out.text, "<g class=\"s0\"><title>Egypt\u00A0: 0</title><path"), "%s: none has a class of its own",
          name);
    CHECK(strstr(out.text, "<g class=\"no\" fill=\"url(#by-country-none)\"><title>Chad\u00A0: no report</title><path"),
          "%s: no report is hatched", name);
    const char *malta = strstr(out.text, "<title>Malta\u00A0: 2</title><circle class=\"touch\"");
    CHECK(malta && strstr(malta, "<circle class=\"dot\""), "%s: a small country is a dot that is easy to hit", name);
    CHECK(strstr(out.text, ">Not on the map: 7<"), "%s: what has no place is told", name);
    CHECK(strstr(out.text, ">7–15<") && strstr(out.text, ">≥\u00A040<"), "%s: the legend has the limits", name);
    CHECK(strstr(out.text, "no endorsement"), "%s: the borders are nobody's opinion", name);
    CHECK(!strstr(out.text, "<script") && !strstr(out.text, "\u202E"), "%s: markup in a title stays text", name);
    CHECK(!strstr(out.text, " style=\""), "%s: no style that the page's policy refuses", name);
}

static void check_rows(Arena *arena, const Language *language)
{
    const Mark *rows = map_rows(arena, language, &by_country);
    CHECK(strcmp(rows[0].label, "États-Unis") == 0 && strcmp(rows[0].shown, "100") == 0, "the table names countries");
    CHECK(strcmp(rows[4].label, "pays inconnu") == 0, "and says when the country is unknown");
    AUTO_OUT out = { 0 };
    ChartFrame frame = frame_of(language, CHART_IN_PAGE);
    chart_map(&out, &frame, &(Counts){ 0 });
    CHECK(strstr(out.text, "Tchad\u00A0: aucun signalement") && !strstr(out.text, "class=\"s5"),
          "a map of nothing has no shades");
}

static void check_geojson(const Language *language)
{
    AUTO_OUT out = { 0 };
    Problem problem = { 0 };
    const GeojsonAbout about = { "</script>\"", "https://e.org/en/", "2025-05-09", "CC BY 4.0" };
    geojson_countries(&out, language, &by_country, &about);
    AUTO_JSON *document = json_parse(out_view(&out), &problem);
    json_t *features = json_object_get(document, "features"), *first = json_array_get(features, 0);
    json_t *at = json_object_get(json_object_get(first, "geometry"), "coordinates");
    CHECK(document && json_array_size(features) == COUNT_OF(counted), "GeoJSON has each count");
    CHECK(json_real_value(json_array_get(at, 0)) < -70 && json_real_value(json_array_get(at, 1)) > 25,
          "longitude comes first");
    CHECK(json_is_null(json_object_get(json_array_get(features, 4), "geometry")), "the unknown country lies nowhere");
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Languages languages = { 0 };
    CHECK(languages_open(arena, &languages, &problem), "the languages open");
    const Language *english = language_find(&languages, TEXT("en"));
    check_shades();
    check_world();
    check_map(english, CHART_IN_PAGE, "page");
    check_map(english, CHART_FILE, "file");
    check_rows(arena, language_find(&languages, TEXT("fr")));
    check_geojson(english);
    languages_close(&languages);
    return DONE();
}
