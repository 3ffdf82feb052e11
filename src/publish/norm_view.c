#include "publish/norm_view.h"

static bool is_one_of(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; text && i < count; i++)
        if (strcmp(text, list[i]) == 0)
            return true;
    return false;
}

static bool in_country(const Incident *incident, const char *const *countries, size_t count)
{
    for (size_t i = 0; i < incident->organisation_count; i++)
        if (is_one_of(incident->organisations[i].country, countries, count))
            return true;
    return false;
}

static bool does_research(const Incident *incident)
{
    static const char *const types[] = { "research", "pharma" };
    for (size_t i = 0; i < incident->organisation_count; i++)
        if (is_one_of(incident->organisations[i].org_type, types, COUNT_OF(types)))
            return true;
    return false;
}

static bool in_conflict(const Incident *incident)
{
    for (size_t i = 0; i < incident->code_count; i++)
        if (strcmp(incident->codes[i].variable, "conflict_context") == 0 &&
            strcmp(incident->codes[i].code, "nexus") == 0)
            return true;
    return false;
}

bool norm_applies(const Norm *norm, const Incident *incident)
{
    static const char *const union_countries[] = { "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES",
                                                   "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
                                                   "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK" };
    static const char *const us[] = { "US" }, *const au[] = { "AU" };
    bool in_time =
        incident_is_attack(incident->inclusion) && incident->date_basis && incident->date.first >= norm->from;
    switch (norm->when) {
    case NORM_ALWAYS: return in_time;
    case NORM_CONFLICT: return in_time && in_conflict(incident);
    case NORM_EU: return in_time && in_country(incident, union_countries, COUNT_OF(union_countries));
    case NORM_US: return in_time && in_country(incident, us, COUNT_OF(us));
    case NORM_AU: return in_time && in_country(incident, au, COUNT_OF(au));
    case NORM_RESEARCH: return in_time && does_research(incident);
    case NORM_STATED: break;
    }
    return false;
}

static const char *word_of(const View *view, const char *code, const char *const (*words)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i][0], code) == 0)
            return say(view->language, words[i][1]);
    return code;
}

static const char *norm_force(const View *view, const Norm *norm)
{
    static const char *const words[][2] = { { "yes", N_("binding") },
                                            { "no", N_("not binding") },
                                            { "later", N_("binding once it is in force") } };
    return word_of(view, norm->binding, words, COUNT_OF(words));
}

static const char *norm_addressee(const View *view, const Norm *norm)
{
    static const char *const words[][2] = { { "states", N_("States") },
                                            { "parties", N_("parties to an armed conflict") },
                                            { "persons", N_("persons") },
                                            { "operators", N_("operators") },
                                            { "all", N_("everybody") } };
    return word_of(view, norm->addressee, words, COUNT_OF(words));
}

static bool names(const Said *said, const Norm *norm)
{
    for (size_t i = 0; i < said->count; i++)
        if (strcmp(said->parts[i].variable, "legal_reference") == 0 && said->parts[i].value &&
            strcmp(said->parts[i].value, norm->code) == 0)
            return true;
    return false;
}

static NormView norm_view(const View *view, const Norm *norm, const Incident *incident, const SaidList *said)
{
    NormView shown = { .norm = norm,
                       .title = norm_title(view, norm),
                       .words = norm->words[strcmp(view->language->code, "fr") == 0],
                       .force = norm_force(view, norm),
                       .addressee = norm_addressee(view, norm),
                       .engaged = norm_applies(norm, incident),
                       .alleged = NEW_ARRAY(view->arena, const Said *, said->count + 1) };
    for (size_t i = 0; i < said->count; i++)
        if (names(&said->items[i], norm))
            shown.alleged[shown.alleged_count++] = &said->items[i];
    return shown;
}

NormList norms_of(const View *view, const Incident *incident, const SaidList *accountability)
{
    const Norms *norms = &view->site->norms;
    NormView *items = NEW_ARRAY(view->arena, NormView, norms->count + 1);
    NormList list = { .items = items };
    for (int named = 1; named >= 0; named--)
        for (size_t i = 0; i < norms->count; i++) {
            NormView shown = norm_view(view, &norms->items[i], incident, accountability);
            if ((shown.alleged_count > 0) != named || (!named && !shown.engaged))
                continue;
            items[list.count++] = shown;
            list.named += (size_t)named;
        }
    return list;
}

void norms_json(Out *out, const NormList *list)
{
    OUT_LITERAL(out, ",\"norms\":[");
    for (size_t i = 0; i < list->count; i++) {
        const NormView *norm = &list->items[i];
        out_raw(out, ",", i ? 1 : 0);
        OUT_LITERAL(out, "{\"code\":");
        out_json(out, norm->norm->code);
        if (norm->engaged)
            OUT_LITERAL(out, ",\"engaged\":true,\"named_by\":[");
        else
            OUT_LITERAL(out, ",\"engaged\":false,\"named_by\":[");
        for (size_t j = 0; j < norm->alleged_count; j++) {
            out_raw(out, ",", j ? 1 : 0);
            out_int(out, norm->alleged[j]->source_id);
        }
        OUT_LITERAL(out, "]}");
    }
    OUT_LITERAL(out, "]");
}
