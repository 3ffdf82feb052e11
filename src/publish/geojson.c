#include "publish/geojson.h"

#include "codebook/country.h"
#include "publish/plain.h"
#include "publish/world.h"

static void put_member(Out *out, const char *name, const char *value)
{
    out_json(out, name);
    OUT_LITERAL(out, ":");
    out_json(out, value);
    OUT_LITERAL(out, ",");
}

static void put_geometry(Out *out, const char *code)
{
    const Place *place = world_find(code);
    if (!place) {
        OUT_LITERAL(out, "null");
        return;
    }
    OUT_LITERAL(out, "{\"type\":\"Point\",\"coordinates\":[");
    out_fixed(out, place->longitude, 2);
    OUT_LITERAL(out, ",");
    out_fixed(out, place->latitude, 2);
    OUT_LITERAL(out, "]}");
}

static void put_feature(Out *out, Arena *arena, const Language *language, const Count *count)
{
    OUT_LITERAL(out, "{\"type\":\"Feature\",\"geometry\":");
    put_geometry(out, count->code);
    OUT_LITERAL(out, ",\"properties\":{");
    put_member(out, "code", *count->code ? count->code : NULL);
    put_member(out, "name", *count->code ? country_name(arena, count->code, language->code) : NULL);
    OUT_LITERAL(out, "\"incidents\":");
    out_int(out, count->count);
    OUT_LITERAL(out, "}}");
}

void geojson_countries(Out *out, const Language *language, const Counts *by_country, const GeojsonAbout *about)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    OUT_LITERAL(out, "{\"type\":\"FeatureCollection\",");
    put_member(out, "title", plain_line(arena, about->title));
    put_member(out, "address", about->address);
    put_member(out, "as_of", about->as_of);
    put_member(out, "licence", about->licence);
    OUT_LITERAL(out, "\"features\":[");
    for (size_t i = 0; i < by_country->count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        put_feature(out, arena, language, &by_country->items[i]);
    }
    OUT_LITERAL(out, "]}\n");
}
