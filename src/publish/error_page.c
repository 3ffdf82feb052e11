/* What went wrong, in the reader's language, with a way on. */
#include "domain/severity.h"
#include "publish/link.h"
#include "publish/pages.h"
#include "stats/facet.h"

static const struct {
    int status;
    const char *heading, *sentence;
} errors[] = {
    { 400, N_("This question cannot be read"), N_("One part of the address is not as the register expects it.") },
    { 404, N_("There is nothing at this address"),
      N_("It may have been mistyped, or the incident has another number.") },
    { 405, N_("This address is only for reading"), N_("It takes the methods GET and HEAD.") },
    { 406, N_("This page has no such form"), N_("It is not offered in the form that the address asks for.") },
    { 414, N_("This address is too long"), N_("Fewer filters at once will help.") },
    { 500, N_("Something went wrong here"), N_("It is not your fault. Please try again later.") },
    { 503, N_("The register cannot be read just now"),
      N_("The figures go on being served; this page needs the database. Please try again in a moment.") },
};

static Choices codebook_values(const View *view, const Variable *variable)
{
    Choice *items = NEW_ARRAY(view->arena, Choice, variable->value_count + 1);
    for (size_t i = 0; i < variable->value_count; i++)
        items[i] = (Choice){ .code = variable->values[i].code,
                             .label = label_in(variable->values[i].label, view->language->code) };
    return (Choices){ items, variable->value_count };
}

static Choices severity_values(const View *view)
{
    enum { LEVELS = 6 };
    Choice *items = NEW_ARRAY(view->arena, Choice, LEVELS);
    for (int level = 0; level < LEVELS; level++)
        items[level] = (Choice){ .code = severity_name((uint8_t)level), .label = show_severity(view, level) };
    return (Choices){ items, LEVELS };
}

static void explain_facet(const View *view, const FacetInfo *facet, ErrorPage *page)
{
    const Variable *variable = codebook_variable(view->codebook, facet->variable);
    if (facet->values == VALUES_COUNTRY)
        page->form = say(view->language, "It takes two letters of ISO 3166-1, for example FR.");
    else if (facet->values == VALUES_NAME)
        page->form = say(view->language, "It takes the name of a data set, for example starter.");
    else if (facet->values == VALUES_SEVERITY)
        page->allowed = severity_values(view);
    else if (variable)
        page->allowed = codebook_values(view, variable);
}

/* What keys take that are no facets, in words. */
static const struct {
    const char *key, *form;
} forms[] = {
    { "from", N_("It takes a date as YYYY, YYYY-MM or YYYY-MM-DD, and from not after to.") },
    { "to", N_("It takes a date as YYYY, YYYY-MM or YYYY-MM-DD, and from not after to.") },
    { "as_of", N_("It takes a date as YYYY, YYYY-MM or YYYY-MM-DD, or a moment as 2021-05-09T12:00:00Z.") },
    { "since", N_("It takes a date as YYYY, YYYY-MM or YYYY-MM-DD, or a moment as 2021-05-09T12:00:00Z.") },
    { "known_by", N_("It takes a date as YYYY, YYYY-MM or YYYY-MM-DD, and never together with as_of.") },
    { "q", N_("It takes words with at least one letter or digit.") },
    { "page", N_("It takes a whole number from 1.") },
    { "limit", N_("It takes a whole number from 1.") },
    { "maxwidth", N_("It takes a whole number from 1.") },
    { "maxheight", N_("It takes a whole number from 1.") },
    { "after", N_("It takes a whole number.") },
    { "before", N_("It takes a whole number.") },
    { "bom", N_("It takes 0 or 1.") },
    { "cursor", N_("It stands in the header Link of the answer before, and fits the same question only.") },
    { "url", N_("It takes the address of a figure of this site.") },
    { "format", N_("It takes json, which is the only one.") },
};

/* What the field takes, in words or as a list. */
static void explain_field(const View *view, const char *field, ErrorPage *page)
{
    FacetInfo facet;
    page->field = field;
    page->field_label = show_facet_name(view, field);
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        if (strcmp(field, forms[i].key) == 0)
            page->form = say(view->language, forms[i].form);
    if (page->form)
        return;
    if (strcmp(field, "sort") == 0)
        page->allowed = order_choices(view);
    else if (facet_find(view->codebook, text_of(field), &facet))
        explain_facet(view, &facet, page);
    else
        page->form = say(view->language, "The register has no such filter. It knows type, country, sector, severity, "
                                         "verification, source, from, to, as_of, known_by and q.");
}

static PageLinks ways_on(const View *view)
{
    static const struct {
        const char *label, *path;
    } ways[] = {
        { N_("The figures"), "/" },
        { N_("All incidents"), "/incidents" },
        { N_("How we count"), "/methodology" },
        { N_("The codebook"), "/codebook" },
    };
    PageLink *links = NEW_ARRAY(view->arena, PageLink, COUNT_OF(ways));
    for (size_t i = 0; i < COUNT_OF(ways); i++)
        links[i] = (PageLink){ .label = say(view->language, ways[i].label),
                               .address = link_in(view->arena, view->language, ways[i].path, NULL) };
    return (PageLinks){ links, COUNT_OF(ways) };
}

ErrorPage error_page(const View *view, const Problem *problem, int status)
{
    ErrorPage page = { .status = status, .ways = ways_on(view) };
    size_t known = COUNT_OF(errors) - 2; /* 500 */
    for (size_t i = 0; i < COUNT_OF(errors); i++)
        if (errors[i].status == status)
            known = i;
    page.heading = say(view->language, errors[known].heading);
    page.sentence = say(view->language, errors[known].sentence);
    if (*problem->field)
        explain_field(view, arena_string(view->arena, problem->field), &page);
    bool explained = page.form || page.allowed.count || status == 404;
    if (status < 500 && *problem->message && (!explained || strcmp(view->language->code, "en") == 0))
        page.detail = arena_format(view->arena, "%s.", problem->message);
    return page;
}

static const char *codes_in_words(const View *view, const Choices *allowed)
{
    const char **codes = NEW_ARRAY(view->arena, const char *, allowed->count + 1);
    for (size_t i = 0; i < allowed->count; i++)
        codes[i] = allowed->items[i].code;
    return say_list(view->arena, view->language, codes, allowed->count);
}

const char *error_sentence(const View *view, const ErrorPage *page, const char *message)
{
    if (strcmp(view->language->code, "en") == 0)
        return message;
    if (page->field && page->allowed.count)
        return say_with(view->arena, view->language, "{field}: it takes {codes}.",
                        SLOTS({ "field", page->field }, { "codes", codes_in_words(view, &page->allowed) }));
    if (page->field && page->form)
        return say_with(view->arena, view->language, "{field}: {form}",
                        SLOTS({ "field", page->field }, { "form", page->form }));
    return page->sentence;
}
