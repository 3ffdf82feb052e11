/* The register as schema.org describes data sets: what search engines for data read of the home page. */
#include "publish/home_dataset.h"

#include "publish/headline.h"
#include "publish/link.h"
#include "publish/pages.h"

static const char *absolute(const View *view, const char *path)
{
    return arena_format(view->arena, "%s%s", view->site->address, path);
}

static const char *day_text(const View *view, int32_t day)
{
    char *text = arena_take(view->arena, DATE_TEXT_SIZE);
    day_write(day, text);
    return text;
}

const Dataset *home_dataset(const View *view)
{
    static const struct {
        const char *type, *path;
    } files[] = {
        { "text/csv", "/incidents.csv" },
        { "application/json", "/incidents.json" },
        { "application/atom+xml", "/incidents.atom" },
    };
    Download *downloads = NEW_ARRAY(view->arena, Download, COUNT_OF(files));
    for (size_t i = 0; i < COUNT_OF(files); i++)
        downloads[i] = (Download){ files[i].type, absolute(view, link_to(view, files[i].path)) };
    Dataset *dataset = NEW(view->arena, Dataset);
    bool any = view->figures->incidents > 0;
    *dataset = (Dataset){ .name = say(view->language, "Vigie, the open register of cyberattacks on health care"),
                          .description = headline_sentence(view),
                          .language = view->language->code,
                          .address = absolute(view, link_to(view, "/")),
                          .identifier = absolute(view, link_as_of(view, "/", view->figures->as_of)),
                          .licence = absolute(view, link_in(view->arena, view->language, "/data", NULL)),
                          .creator = "Vigie",
                          .home = view->site->address,
                          .version = view->codebook->version,
                          .from = any ? day_text(view, view->figures->first_day) : NULL,
                          .to = any ? day_text(view, view->figures->last_day) : NULL,
                          .changed = view->figures->as_of,
                          .downloads = downloads,
                          .count = COUNT_OF(files) };
    return dataset;
}

/* Data, not a script that runs: dataset_json lets no text end the element. */
void dataset_html(Out *out, const Dataset *dataset)
{
    OUT_LITERAL(out, "<script type=\"application/ld+json\">");
    dataset_json(out, dataset);
    OUT_LITERAL(out, "</script>");
}
