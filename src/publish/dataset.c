#include "publish/dataset.h"

#include "base/date.h"
#include "publish/plain.h"

typedef enum Separator { FIRST, NEXT } Separator;

static void put_member(Out *out, Separator separator, const char *name, const char *value)
{
    if (!value)
        return;
    if (separator == NEXT)
        OUT_LITERAL(out, ",");
    out_json(out, name);
    OUT_LITERAL(out, ":");
    out_json(out, value);
}

static void put_downloads(Out *out, const Dataset *dataset)
{
    OUT_LITERAL(out, ",\"distribution\":[");
    for (size_t i = 0; i < dataset->count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        OUT_LITERAL(out, "{");
        put_member(out, FIRST, "@type", "DataDownload");
        put_member(out, NEXT, "encodingFormat", dataset->downloads[i].type);
        put_member(out, NEXT, "contentUrl", dataset->downloads[i].address);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]");
}

static void put_coverage(Out *out, const Dataset *dataset)
{
    AUTO_OUT span = { 0 };
    if (!dataset->from || !dataset->to)
        return;
    out_raw(&span, dataset->from, strlen(dataset->from));
    OUT_LITERAL(&span, "/");
    out_raw(&span, dataset->to, strlen(dataset->to));
    put_member(out, NEXT, "temporalCoverage", span.text);
}

static void put_dataset(Out *out, const Dataset *dataset)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char changed[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, "{");
    put_member(out, FIRST, "@context", "https://schema.org/");
    put_member(out, NEXT, "@type", "Dataset");
    put_member(out, NEXT, "name", plain_line(arena, dataset->name));
    put_member(out, NEXT, "description", plain_line(arena, dataset->description));
    put_member(out, NEXT, "inLanguage", dataset->language);
    put_member(out, NEXT, "url", dataset->address);
    put_member(out, NEXT, "identifier", dataset->identifier);
    put_member(out, NEXT, "license", dataset->licence);
    put_member(out, NEXT, "version", dataset->version);
    put_member(out, NEXT, "dateModified", moment_write(dataset->changed, changed));
    put_coverage(out, dataset);
    OUT_LITERAL(out, ",\"isAccessibleForFree\":true,\"creator\":{");
    put_member(out, FIRST, "@type", "Organization");
    put_member(out, NEXT, "name", dataset->creator);
    put_member(out, NEXT, "url", dataset->home);
    OUT_LITERAL(out, "}");
    put_downloads(out, dataset);
    OUT_LITERAL(out, "}");
}

/* In JSON "<", ">" and "&" stand only inside strings, where an escape means the same. */
void dataset_json(Out *out, const Dataset *dataset)
{
    AUTO_OUT plain = { 0 };
    put_dataset(&plain, dataset);
    for (size_t i = 0; i < plain.length; i++) {
        switch (plain.text[i]) {
        case '<': OUT_LITERAL(out, "\\u003c"); break;
        case '>': OUT_LITERAL(out, "\\u003e"); break;
        case '&': OUT_LITERAL(out, "\\u0026"); break;
        default: out_raw(out, &plain.text[i], 1);
        }
    }
}
