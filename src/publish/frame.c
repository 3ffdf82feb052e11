/* What stands around every page: its title, the navigation, the same page in other languages. */
#include "publish/headline.h"
#include "publish/link.h"
#include "publish/pages.h"
#include "publish/png.h"

/* `site`: what stands before each address: the site's own one where programs want it whole. */
static PageLinks languages_of(const View *view, const char *site, const char *path)
{
    const Languages *languages = &view->site->languages;
    PageLink *links = NEW_ARRAY(view->arena, PageLink, languages->count);
    for (size_t i = 0; i < languages->count; i++) {
        const Language *one = &languages->items[i];
        links[i] = (PageLink){ .label = one->name,
                               .code = one->code,
                               .current = one == view->language,
                               .address = arena_format(view->arena, "%s%s", site,
                                                       link_in(view->arena, one, path, view->filter)) };
    }
    return (PageLinks){ links, languages->count };
}

/* The filter goes with the reader from the figures to the list and back. */
static PageLinks navigation_of(const View *view, PagePlace place)
{
    static const struct {
        const char *label, *path;
        PagePlace place;
        enum { WITH_FILTER, WITHOUT_FILTER } filter;
    } pages[] = {
        { N_("Figures"), "/", PAGE_HOME, WITH_FILTER },
        { N_("Incidents"), "/incidents", PAGE_INCIDENTS, WITH_FILTER },
        { N_("Methodology"), "/methodology", PAGE_METHOD, WITHOUT_FILTER },
        { N_("Codebook"), "/codebook", PAGE_CODEBOOK, WITHOUT_FILTER },
        { N_("Data"), "/data", PAGE_DATA, WITHOUT_FILTER },
        { N_("Calls to action"), "/calls-governments", PAGE_CALLS, WITHOUT_FILTER },
    };
    PageLink *links = NEW_ARRAY(view->arena, PageLink, COUNT_OF(pages));
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        links[i] = (PageLink){ .label = say(view->language, pages[i].label),
                               .current = pages[i].place == place,
                               .address = link_in(view->arena, view->language, pages[i].path,
                                                  pages[i].filter == WITH_FILTER ? view->filter : NULL) };
    return (PageLinks){ links, COUNT_OF(pages) };
}

/* The picture of what the page counts; other pages show the headline. */
static const char *card_of(const View *view, const char *path)
{
    static const char figures[] = "/figures/";
    Text text = text_of(path);
    const char *name = strcmp(path, "/incidents") == 0 ? "incidents" : "home";
    bool counts = view->figures && (strcmp(path, "/") == 0 || strcmp(path, "/incidents") == 0);
    if (!png_offered())
        return NULL;
    if (view->figures && text_starts(text, figures)) {
        name = path + sizeof figures - 1;
        counts = true;
    }
    const char *card = arena_format(view->arena, "/cards/%s.png", name);
    return arena_format(view->arena, "%s%s", view->site->address,
                        counts ? link_to(view, card) : link_in(view->arena, view->language, card, NULL));
}

Frame frame_of(const View *view, PagePlace place, const char *path)
{
    return (Frame){ .language = view->language,
                    .style = view->site->style,
                    .script = view->site->script,
                    .path = path,
                    .card = card_of(view, path),
                    .canonical = arena_format(view->arena, "%s%s", view->site->address,
                                              link_in(view->arena, view->language, path, view->filter)),
                    .languages = languages_of(view, "", path),
                    .alternates = languages_of(view, view->site->address, path),
                    .navigation = navigation_of(view, place),
                    .texts = text_links(view),
                    .atom = view->figures ? link_to(view, "/incidents.atom") : NULL,
                    .origin = view->figures ? headline_origin(view) : NULL };
}

void frame_title(Frame *frame, const View *view, const char *title, const char *description)
{
    frame->title = title ? arena_format(view->arena, "%s · Vigie", title)
                         : say(view->language, "Vigie, the open register of cyberattacks on health care");
    frame->description = description;
    frame->cite =
        view->figures ? cite_box(view, frame, title ? title : say(view->language, "Attacks on health care")) : NULL;
}

void frame_data(Frame *frame, const View *view, const char *path)
{
    frame->csv = link_to(view, arena_format(view->arena, "%s.csv", path));
    frame->json = link_to(view, arena_format(view->arena, "%s.json", path));
    frame->xlsx = link_to(view, arena_format(view->arena, "%s.xlsx", path));
}
