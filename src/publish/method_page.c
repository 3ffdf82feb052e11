#include "publish/pages.h"

MethodPage method_page(const View *view)
{
    const Document *document = site_method(view->site, view->language);
    PageLink *links = NEW_ARRAY(view->arena, PageLink, document->heading_count + 1);
    for (size_t i = 0; i < document->heading_count; i++)
        links[i] = (PageLink){ .label = document->headings[i].text,
                               .address = arena_format(view->arena, "#%s", document->headings[i].id) };
    return (MethodPage){ .document = document, .contents = { links, document->heading_count } };
}
