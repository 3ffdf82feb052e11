#include "publish/about.h"

#include "publish/link.h"

XlsxAbout about_view(const View *view, const char *title, const char *path)
{
    AUTO_OUT query = { 0 };
    filter_write(&query, view->filter);
    return (XlsxAbout){
        .language = view->language,
        .title = title,
        .query = arena_text(view->arena, out_view(&query)),
        .as_of = view->figures ? moment_write(view->figures->as_of, arena_take(view->arena, MOMENT_TEXT_SIZE)) : NULL,
        .licence = show_licence(view),
        .address = arena_format(view->arena, "%s%s", view->site->address, link_to(view, path)),
    };
}
