/* The form by which a reader filters: native fields, sent by GET, so that each question has an address. */
#include "domain/severity.h"
#include "publish/headline.h"
#include "publish/link.h"
#include "publish/pages.h"

static const char *codes_of(Arena *arena, const FacetChoice *choice)
{
    AUTO_OUT out = { 0 };
    for (size_t i = 0; i < choice->count; i++) {
        if (i)
            OUT_LITERAL(&out, ",");
        out_raw(&out, choice->codes[i], strlen(choice->codes[i]));
    }
    return arena_text(arena, out_view(&out));
}

static const char *labels_of(const View *view, const FacetChoice *choice)
{
    const char **labels = NEW_ARRAY(view->arena, const char *, choice->count + 1);
    for (size_t i = 0; i < choice->count; i++)
        labels[i] = show_facet(view, choice->key, choice->codes[i]);
    return say_list(view->arena, view->language, labels, choice->count);
}

/* A select shows one line: a question for several codes at once gets a line of its own. */
static Choices choose(const View *view, const char *key, Choices choices)
{
    const FacetChoice *chosen = filter_facet(view->filter, key);
    if (!chosen)
        return choices;
    Choice *items = NEW_ARRAY(view->arena, Choice, choices.count + 1);
    const char *codes = codes_of(view->arena, chosen);
    bool known = false;
    for (size_t i = 0; i < choices.count; i++) {
        items[i] = choices.items[i];
        items[i].chosen = strcmp(items[i].code, codes) == 0;
        known = known || items[i].chosen;
    }
    if (!known)
        items[choices.count] = (Choice){ .code = codes, .label = labels_of(view, chosen), .chosen = true };
    return (Choices){ items, choices.count + !known };
}

/* The values of a variable of the codebook, in its order. */
static Choices values_of(const View *view, const char *variable_key)
{
    const Variable *variable = codebook_variable(view->codebook, variable_key);
    Choice *items = NEW_ARRAY(view->arena, Choice, variable->value_count);
    for (size_t i = 0; i < variable->value_count; i++)
        items[i] = (Choice){ .code = variable->values[i].code,
                             .label = label_in(variable->values[i].label, view->language->code) };
    return (Choices){ items, variable->value_count };
}

static Choices types(const View *view, const Figures *all)
{
    (void)all;
    return values_of(view, "attack_type");
}

static Choices sectors(const View *view, const Figures *all)
{
    (void)all;
    return values_of(view, "sector_group");
}

static Choices verifications(const View *view, const Figures *all)
{
    (void)all;
    return values_of(view, "verification_level");
}

static Choices severities(const View *view, const Figures *all)
{
    Choice *items = NEW_ARRAY(view->arena, Choice, SEVERITY_LEVELS);
    (void)all;
    for (size_t i = 0; i < SEVERITY_LEVELS; i++) {
        const char *code = severity_name((uint8_t)i);
        items[i] = (Choice){ .code = code, .label = show_facet(view, "severity", code) };
    }
    return (Choices){ items, SEVERITY_LEVELS };
}

/* The countries that the register knows, in the dictionary's order. */
static Choices countries(const View *view, const Figures *all)
{
    Choice *items = NEW_ARRAY(view->arena, Choice, all->by_country.count);
    size_t count = 0;
    for (size_t i = 0; i < all->by_country.count; i++) {
        const char *code = all->by_country.items[i].code;
        if (!*code)
            continue;
        Choice one = { .code = code, .label = show_facet(view, "country", code) };
        size_t at = count++;
        for (; at > 0 && language_order(view->language, items[at - 1].label, one.label) > 0; at--)
            items[at] = items[at - 1];
        items[at] = one;
    }
    return (Choices){ items, count };
}

/* The filters that have a field of their own. */
static const struct {
    const char *key, *all;
    Choices (*choices)(const View *view, const Figures *all);
} fields[SELECTS] = {
    { "type", N_("All types"), types },
    { "country", N_("All countries"), countries },
    { "sector", N_("All sectors"), sectors },
    { "severity", N_("All levels"), severities },
    { "verification", N_("Counted"), verifications },
};

static bool has_field(const char *key)
{
    for (size_t i = 0; i < SELECTS; i++)
        if (strcmp(fields[i].key, key) == 0)
            return true;
    return false;
}

static Select select_at(const View *view, const Figures *all, size_t field)
{
    return (Select){ .key = fields[field].key,
                     .label = show_facet_name(view, fields[field].key),
                     .all = say(view->language, fields[field].all),
                     .choices = choose(view, fields[field].key, fields[field].choices(view, all)) };
}

Select filter_select(const View *view, const Figures *all, const char *key)
{
    size_t field = 0;
    while (field + 1 < SELECTS && strcmp(fields[field].key, key) != 0)
        field++;
    return select_at(view, all, field);
}

static void add_selects(const View *view, const Figures *all, FilterForm *form)
{
    for (size_t i = 0; i < SELECTS; i++)
        form->selects[i] = select_at(view, all, i);
}

static void keep_others(const View *view, FilterForm *form, const char *path)
{
    const Filter *filter = view->filter;
    Choice *kept = NEW_ARRAY(view->arena, Choice, filter->facet_count + 1);
    PageLink *chips = NEW_ARRAY(view->arena, PageLink, filter->facet_count + 1);
    for (size_t i = 0; i < filter->facet_count; i++) {
        const FacetChoice *choice = &filter->facets[i];
        if (has_field(choice->key))
            continue;
        kept[form->kept.count++] = (Choice){ .code = codes_of(view->arena, choice), .label = choice->key };
        const char *words =
            say_with(view->arena, view->language, "{what}: {value}",
                     SLOTS({ "what", show_facet_name(view, choice->key) }, { "value", labels_of(view, choice) }));
        chips[form->chips.count++] = (PageLink){ .label = words, .address = link_with(view, path, choice->key, NULL) };
    }
    form->kept.items = kept;
    form->chips.items = chips;
}

static const char *day_field(Arena *arena, int32_t day, const char *given)
{
    char text[DATE_TEXT_SIZE];
    if (!given)
        return "";
    day_write(day, text);
    return arena_string(arena, text);
}

/* A date field takes a day; a moment needs a field of text. */
static void show_as_of(const View *view, FilterForm *form)
{
    const char *given = view->filter->as_of_text;
    bool moment = given && strchr(given, 'T');
    form->as_of_kind = moment ? "text" : "date";
    form->as_of = moment ? given : day_field(view->arena, moment_day(view->filter->as_of), given);
}

const FilterForm *filter_form(const View *view, const Figures *all, const char *path)
{
    FilterForm *form = NEW(view->arena, FilterForm);
    const Filter *filter = view->filter;
    AUTO_OUT query = { 0 };
    filter_write(&query, filter);
    form->action = link_in(view->arena, view->language, path, NULL);
    form->reset = query.length ? form->action : NULL;
    add_selects(view, all, form);
    form->from = day_field(view->arena, filter->from, filter->from_text);
    form->to = day_field(view->arena, filter->to, filter->to_text);
    form->known_by = day_field(view->arena, filter->known_by, filter->known_by_text);
    form->q = filter->q ? filter->q : "";
    show_as_of(view, form);
    keep_others(view, form, path);
    return form;
}
