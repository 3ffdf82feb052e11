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

static Citation *citation_of(const View *view, const Frame *frame, const char *title)
{
    const char *filter = headline_filter(view);
    Citation *citation = NEW(view->arena, Citation);
    bool incident = text_starts(text_of(frame->path), "/incidents/");
    *citation =
        (Citation){ .kind = incident ? CITE_INCIDENT : CITE_DATA,
                    .language = view->language,
                    .title = *filter ? arena_format(view->arena, "%s (%s)", title, filter) : title,
                    .key = arena_format(view->arena, "vigie%s", frame->path),
                    .address = arena_format(view->arena, "%s%s", view->site->address,
                                            link_as_of(view, frame->path, view->figures->as_of)),
                    .author = "Vigie",
                    .register_name = say(view->language, "Vigie, the open register of cyberattacks on health care"),
                    .codebook = view->codebook->version,
                    .licence = show_licence(view),
                    .as_of = view->figures->as_of };
    return citation;
}

const CiteBox *cite_box(const View *view, const Frame *frame, const char *title)
{
    static const struct {
        const char *name;
        void (*write)(Out *out, const Citation *citation);
    } forms[] = { { "BibTeX", cite_bibtex }, { "RIS", cite_ris }, { "CSL-JSON", cite_csl } };
    _Static_assert(COUNT_OF(forms) == CITE_FORMS, "the box has room for each form");
    CiteBox *box = NEW(view->arena, CiteBox);
    box->citation = citation_of(view, frame, title);
    box->plain = written(view, box->citation, cite_plain);
    box->count = COUNT_OF(forms);
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        box->forms[i] = (CiteForm){ forms[i].name, written(view, box->citation, forms[i].write) };
    return box;
}
