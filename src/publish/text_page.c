#include "publish/link.h"
#include "publish/pages.h"

static const char *const about[] = {
#define PAGE_TEXT(slug, symbol, place, description) description,
#include "publish/texts.def"
#undef PAGE_TEXT
};

static const PagePlace places[] = {
#define PAGE_TEXT(slug, symbol, place, description) place,
#include "publish/texts.def"
#undef PAGE_TEXT
};

TextPage text_page(const View *view, size_t text)
{
    const Document *document = site_text(view->site, text, view->language);
    PageLink *links = NEW_ARRAY(view->arena, PageLink, document->heading_count + 1);
    for (size_t i = 0; i < document->heading_count; i++)
        links[i] = (PageLink){ .label = document->headings[i].text,
                               .address = arena_format(view->arena, "#%s", document->headings[i].id) };
    return (TextPage){ .document = document,
                       .contents = { links, document->heading_count },
                       .place = places[text],
                       .description = say(view->language, about[text]) };
}

PageLinks text_links(const View *view)
{
    PageLink *links = NEW_ARRAY(view->arena, PageLink, TEXT_COUNT);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        links[i] = (PageLink){ .label = site_text(view->site, i, view->language)->title,
                               .address = link_in(view->arena, view->language,
                                                  arena_format(view->arena, "/%s", text_slugs[i]), NULL) };
    return (PageLinks){ links, TEXT_COUNT };
}
