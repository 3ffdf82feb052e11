/* The citation of a page, in each form, for the box at its foot and for the metas in its head. */
#include "publish/headline.h"
#include "publish/link.h"
#include "publish/pages.h"

static const char *written(const View *view, const Citation *citation, void (*write)(Out *, const Citation *))
{
    AUTO_OUT out = { 0 };
    write(&out, citation);
    return arena_text(view->arena, out_view(&out));
}

static CiteKind kind_of(const char *path)
{
    Text text = text_of(path);
    return text_starts(text, "/incidents/") ? CITE_INCIDENT : text_starts(text, "/figures/") ? CITE_FIGURE : CITE_DATA;
}

static Citation *citation_of(const View *view, const char *path, const char *title)
{
    const char *filter = headline_filter(view);
    Citation *citation = NEW(view->arena, Citation);
    *citation =
        (Citation){ .kind = kind_of(path),
                    .language = view->language,
                    .title = *filter ? arena_format(view->arena, "%s (%s)", title, filter) : title,
                    .key = arena_format(view->arena, "vigie%s", path),
                    .address = cite_address(view, path),
                    .author = "Vigie",
                    .register_name = say(view->language, "Vigie, the open register of cyberattacks on health care"),
                    .codebook = view->codebook->version,
                    .licence = show_licence(view),
                    .as_of = view->figures->as_of };
    return citation;
}

/* How an incident became known is asked of today's register: no other address says the same for ever. */
const char *cite_address(const View *view, const char *path)
{
    bool timeless = strcmp(path, "/figures/growth") == 0;
    return arena_format(view->arena, "%s%s", view->site->address,
                        timeless ? link_to(view, path) : link_as_of(view, path, view->figures->as_of));
}

const char *cite_words(const View *view, const char *path, const char *title)
{
    return written(view, citation_of(view, path, title), cite_plain);
}

const CiteBox *cite_box(const View *view, const Frame *frame, const char *title)
{
    static const struct {
        const char *name;
        void (*write)(Out *out, const Citation *citation);
    } forms[] = { { "BibTeX", cite_bibtex }, { "RIS", cite_ris }, { "CSL-JSON", cite_csl } };
    _Static_assert(COUNT_OF(forms) == CITE_FORMS, "the box has room for each form");
    CiteBox *box = NEW(view->arena, CiteBox);
    box->citation = citation_of(view, frame->path, title);
    box->plain = written(view, box->citation, cite_plain);
    box->count = COUNT_OF(forms);
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        box->forms[i] = (CiteForm){ forms[i].name, written(view, box->citation, forms[i].write) };
    return box;
}
