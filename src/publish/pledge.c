#include "publish/pledge.h"

#include "base/date.h"
#include "publish/link.h"

static const char *said(const View *view, Bilingual words)
{
    const char *text = strcmp(view->language->code, "fr") == 0 ? words.french : words.english;
    return *text ? text : NULL;
}

static const char *coded(const View *view, const char *variable, const char *code)
{
    return *code ? show_code(view, variable, code) : NULL;
}

static const char *meaning_of(const View *view, const char *variable, const char *code)
{
    const Variable *known = codebook_variable(view->codebook, variable);
    const Value *value = known ? variable_value(known, code) : NULL;
    return value ? label_in(value->definition, view->language->code) : NULL;
}

static const char *day_words(const View *view, const char *date, const char *precision)
{
    Span span;
    if (!*date)
        return NULL;
    if (strcmp(precision, "month") == 0)
        return say_month(view->arena, view->language, arena_copy(view->arena, date, strlen("2020-03")));
    return span_read(text_of(date), &span) ? say_span(view->arena, view->language, span) : date;
}

static const char *covers_in_words(const View *view, const char *codes)
{
    enum { CODES_MAX = 8 };
    const char *words[CODES_MAX];
    size_t count = 0;
    Text rest = text_of(codes), one;
    while (*codes && count < CODES_MAX && text_split(&rest, '|', &one))
        words[count++] = show_code(view, "pledge_scope", arena_text(view->arena, one));
    return count ? say_list(view->arena, view->language, words, count) : NULL;
}

static const char *host_of(const View *view, const char *address)
{
    const char *start = strstr(address, "://");
    start = start ? start + 3 : address;
    return arena_copy(view->arena, start, strcspn(start, "/?#"));
}

/* The incident that the starter data set calls so, among those that are attributed to the actor. */
static bool find_attack(const Reading *reading, const Actor *actor, const char *external, PledgeView *shown,
                        Problem *problem)
{
    const View *view = reading->view;
    for (size_t i = 0; i < actor->attribution_count; i += actor_same_incident(actor, i)) {
        Incident incident;
        if (!incident_read(view->arena, reading->store, actor->attributions[i].incident, view->figures->entries,
                           &incident, problem))
            return false;
        if (strcmp(incident.dataset, "starter") != 0 || strcmp(incident.external, external) != 0)
            continue;
        const char *path = arena_format(view->arena, "/incidents/%lld", (long long)incident.id);
        shown->attack = incident_heading(view, &incident);
        shown->attack_link = link_in(view->arena, view->language, path, NULL);
        return true;
    }
    return true;
}

static void add_source(const View *view, PledgeView *shown, size_t place, const char *address)
{
    if (!*address)
        return;
    shown->sources[place] = address;
    shown->hosts[place] = host_of(view, address);
}

static bool pledge_view(const Reading *reading, const Actor *actor, const Pledge *pledge, PledgeView *shown,
                        Problem *problem)
{
    const View *view = reading->view;
    *shown = (PledgeView){ .id = pledge->id,
                           .promise = said(view, pledge->promise),
                           .when = day_words(view, pledge->date, pledge->precision),
                           .kind = coded(view, "pledge_kind", pledge->kind),
                           .channel = said(view, pledge->channel),
                           .covers = covers_in_words(view, pledge->covers),
                           .exceptions = said(view, pledge->exceptions),
                           .status = coded(view, "pledge_status", pledge->status),
                           .meaning = meaning_of(view, "pledge_status", pledge->status),
                           .attack = *pledge->breach_organisation ? pledge->breach_organisation : NULL,
                           .attack_date = day_words(view, pledge->breach_date, "day"),
                           .assessment = coded(view, "breach_evidence", pledge->breach_assessment),
                           .explanation = said(view, pledge->explanation),
                           .remedy = said(view, pledge->remedy) };
    if (strcmp(pledge->kind, "no_answer") == 0)
        shown->promise = say(view->language, "It was asked and gave no answer: no pledge was made");
    bool promised = strcmp(pledge->kind, "no_answer") != 0 && strcmp(pledge->kind, "withdrawal") != 0;
    shown->attack_label =
        say(view->language, promised ? N_("Attack that stands against it") : N_("An attack after that"));
    shown->confidence = say_with(view->arena, view->language, "confidence: {level}",
                                 SLOTS({ "level", show_code(view, "attribution_confidence", pledge->confidence) }));
    add_source(view, shown, 0, pledge->source);
    add_source(view, shown, 1, pledge->second_source);
    return !*pledge->incident || find_attack(reading, actor, pledge->incident, shown, problem);
}

bool pledge_views(const Reading *reading, const Actor *actor, const PledgeView **views, Problem *problem)
{
    PledgeView *shown = NEW_ARRAY(reading->view->arena, PledgeView, actor->pledge_count + 1);
    for (size_t i = 0; i < actor->pledge_count; i++)
        if (!pledge_view(reading, actor, &actor->pledges[i], &shown[i], problem))
            return false;
    *views = shown;
    return true;
}

const char *pledge_state(const View *view, const Actor *actor)
{
    const char **states = NEW_ARRAY(view->arena, const char *, actor->pledge_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < actor->pledge_count; i++) {
        const char *state = show_code(view, "pledge_status", actor->pledges[i].status);
        bool told = false;
        for (size_t j = 0; j < count; j++)
            told = told || strcmp(states[j], state) == 0;
        if (!told)
            states[count++] = state;
    }
    AUTO_OUT joined = { 0 };
    for (size_t i = 0; i < count; i++) {
        if (i)
            OUT_LITERAL(&joined, " · ");
        out_raw(&joined, states[i], strlen(states[i]));
    }
    return count ? arena_text(view->arena, out_view(&joined)) : NULL;
}

static Cell cell_said(const char *text)
{
    return cell_text(*text ? text : NULL);
}

static Cell covers_of(const View *view, const char *codes)
{
    const char **items = NEW_ARRAY(view->arena, const char *, strlen(codes) + 1);
    size_t count = 0;
    Text rest = text_of(codes), one;
    while (*codes && text_split(&rest, '|', &one))
        items[count++] = arena_text(view->arena, one);
    return cell_list(items, count);
}

void pledges_json(const View *view, const Actor *actor, Out *out)
{
    Sheet sheet = sheet_new(view->arena, &pledge_schema);
    for (size_t i = 0; i < actor->pledge_count; i++) {
        const Pledge *one = &actor->pledges[i];
        const Cell cells[] = {
            cell_text(one->id),
            cell_text(one->date),
            cell_text(one->precision),
            cell_text(one->kind),
            cell_said(one->promise.english),
            covers_of(view, one->covers),
            cell_said(one->exceptions.english),
            cell_said(one->channel.english),
            cell_text(one->status),
            cell_said(one->incident),
            cell_said(one->breach_date),
            cell_said(one->breach_assessment),
            cell_said(one->explanation.english),
            cell_said(one->remedy.english),
            cell_said(one->source),
            cell_said(one->second_source),
            cell_text(one->confidence),
        };
        memcpy(sheet_row(&sheet), cells, sizeof cells);
    }
    sheet_json(out, &sheet);
}
