#include "publish/actor_page.h"

#include "domain/record.h"
#include "publish/figures_json.h"
#include "publish/link.h"
#include "publish/pledge.h"

enum { INCIDENTS_SHOWN = 200, FACTS_MAX = 8 };

static const char *count_words(const View *view, int64_t count)
{
    return say_number(view->arena, view->language, count);
}

static const char *aliases_in_words(const View *view, const Actor *actor)
{
    const char **names = NEW_ARRAY(view->arena, const char *, actor->alias_count + 1);
    for (size_t i = 0; i < actor->alias_count; i++)
        names[i] = show_foreign(view, actor->aliases[i]);
    return actor->alias_count ? say_list(view->arena, view->language, names, actor->alias_count) : NULL;
}

/* The list */

static void add_row(const View *view, const Actor *actor, EntityTable *table)
{
    ActorCount count = actor_count(actor);
    EntityCell *cells = entity_row(view, table);
    cells[0] = (EntityCell){ .text = show_foreign(view, actor->name),
                             .link = link_to(view, actor_path(view, actor->slug)),
                             .note = aliases_in_words(view, actor) };
    cells[1].text = count_words(view, count.counted);
    cells[2].text = count_words(view, count.claimed_only);
    cells[3].text = count_words(view, count.by_basis[BASIS_ITSELF]);
    cells[4].text = count_words(view, count.by_basis[BASIS_AUTHORITY]);
    cells[5].text = pledge_state(view, actor);
}

bool actors_page(const Reading *reading, EntityPage *page, Problem *problem)
{
    static const EntityColumn columns[] = { { N_("Attacker"), false },
                                            { N_("Incidents"), true },
                                            { N_("Claimed by attackers only"), true },
                                            { N_("Named by itself alone"), true },
                                            { N_("Named by an authority or a court"), true },
                                            { N_("Pledge about health care"), false } };
    const View *view = reading->view;
    Actors actors;
    if (!actors_read(reading, &actors, problem))
        return false;
    *page = entity_page(view, ENTITY_ACTOR, say(view->language, "Attackers"));
    page->intro =
        say(view->language, "Names under which attacks were claimed or attributed. A name is what somebody says, "
                            "with its basis: an attacker may boast, and an attribution may be wrong. Of most "
                            "attacks nobody is named.");
    EntitySection *section = entity_section(
        page, "list", say_count(view->arena, view->language, (int64_t)actors.count, "{n} name", "{n} names"), NULL);
    section->table = entity_table(view, columns, COUNT_OF(columns));
    section->empty = say(view->language, "Nobody is named.");
    for (size_t i = 0; i < actors.count; i++)
        add_row(view, &actors.items[i], &section->table);
    return true;
}

static Cell statuses_of(Arena *arena, const Actor *actor)
{
    const char **items = NEW_ARRAY(arena, const char *, actor->pledge_count + 1);
    for (size_t i = 0; i < actor->pledge_count; i++)
        items[i] = actor->pledges[i].status;
    return cell_list(items, actor->pledge_count);
}

static void put_row(Sheet *sheet, const Actor *actor)
{
    ActorCount count = actor_count(actor);
    const Cell cells[] = {
        cell_text(actor->slug),
        actor->number ? cell_count(actor->number) : cell_text(NULL),
        cell_text(actor->name),
        cell_list(actor->aliases, actor->alias_count),
        other_names_cell(sheet->arena, &actor->names, IDENTIFIERS),
        cell_count(count.counted),
        cell_count(count.claimed_only),
        cell_count(count.by_basis[BASIS_ITSELF]),
        cell_count(count.by_basis[BASIS_OTHERS]),
        cell_count(count.by_basis[BASIS_AUTHORITY]),
        cell_count((int64_t)actor->pledge_count),
        statuses_of(sheet->arena, actor),
    };
    memcpy(sheet_row(sheet), cells, sizeof cells);
}

bool actors_sheet(const Reading *reading, ActorRange range, Sheet *sheet, size_t *total, Problem *problem)
{
    Actors actors;
    *sheet = sheet_new(reading->view->arena, &actor_schema);
    if (!actors_read(reading, &actors, problem))
        return false;
    *total = actors.count;
    size_t from = MIN(range.skip, actors.count);
    size_t to = range.most ? MIN(actors.count, from + range.most) : actors.count;
    for (size_t i = from; i < to; i++)
        put_row(sheet, &actors.items[i]);
    return true;
}

bool actors_json(const Reading *reading, ActorRange range, Out *out, size_t *total, Problem *problem)
{
    const View *view = reading->view;
    Sheet sheet;
    if (!actors_sheet(reading, range, &sheet, total, problem))
        return false;
    OUT_LITERAL(out, "{\"total\":");
    out_count(out, *total);
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, ",\"actors\":");
    sheet_json(out, &sheet);
    OUT_LITERAL(out, "}\n");
    return true;
}

/* One of them */

typedef struct Facts {
    Number items[FACTS_MAX];
    size_t count;
} Facts;

static void add(const View *view, Facts *facts, const char *label, const char *value, const char *note)
{
    if (value)
        facts->items[facts->count++] = (Number){ .label = say(view->language, label), .value = value, .note = note };
}

static void add_facts(const View *view, const Actor *actor, EntityPage *page)
{
    ActorCount count = actor_count(actor);
    Facts *facts = NEW(view->arena, Facts);
    add(view, facts, N_("Counted incidents"), count_words(view, count.counted), NULL);
    add(view, facts, N_("Claimed by attackers only"), count_words(view, count.claimed_only),
        say(view->language, "beside the incidents, never added"));
    add(view, facts, N_("Named by itself alone"), count_words(view, count.by_basis[BASIS_ITSELF]), NULL);
    add(view, facts, N_("Named by others"), count_words(view, count.by_basis[BASIS_OTHERS]),
        say(view->language, "the victim, media, a company or researchers"));
    add(view, facts, N_("Named by an authority or a court"), count_words(view, count.by_basis[BASIS_AUTHORITY]), NULL);
    add(view, facts, N_("Other names"), aliases_in_words(view, actor), NULL);
    EntitySection *section = entity_section(page, "glance", say(view->language, "At a glance"), NULL);
    section->numbers = facts->items;
    section->number_count = facts->count;
}

static bool add_pledges(const Reading *reading, const Actor *actor, EntityPage *page, Problem *problem)
{
    const View *view = reading->view;
    if (!actor->pledge_count)
        return true;
    EntitySection *section = entity_section(
        page, "pledges", say(view->language, "What it promised about health care"),
        say(view->language, "A promise is shown with its exceptions and with what became of it. “No breach "
                            "known” would not prove that it was kept."));
    section->pledge_count = actor->pledge_count;
    return pledge_views(reading, actor, &section->pledges, problem);
}

/* "Claim by the actor; Media, denied". */
static const char *bases_in_words(const View *view, const Actor *actor, size_t from, size_t count)
{
    const char **words = NEW_ARRAY(view->arena, const char *, count + 1);
    size_t told = 0;
    for (size_t i = from; i < from + count; i++) {
        const Attribution *one = &actor->attributions[i];
        const char *word =
            one->basis ? show_code(view, "attribution_basis", one->basis) : show_code(view, "claimant", one->claimant);
        bool known = false;
        if (!one->asserted)
            word = say_with(view->arena, view->language, "{who} (denied or disputed)", SLOTS({ "who", word }));
        for (size_t j = 0; j < told; j++)
            known = known || strcmp(words[j], word) == 0;
        if (!known)
            words[told++] = word;
    }
    return say_with(view->arena, view->language, "Named by: {who}",
                    SLOTS({ "who", say_list(view->arena, view->language, words, told) }));
}

static bool add_incidents(const Reading *reading, const Actor *actor, EntityPage *page, Problem *problem)
{
    const View *view = reading->view;
    ListRow *rows = NEW_ARRAY(view->arena, ListRow, INCIDENTS_SHOWN);
    EntitySection *section = entity_section(page, "incidents", say(view->language, "Incidents"),
                                            say(view->language, "Each with who names this attacker there."));
    section->empty = say(view->language, "No incident in the register is attributed to it.");
    for (size_t i = 0, same; i < actor->attribution_count && section->row_count < INCIDENTS_SHOWN; i += same) {
        ListRow *row = &rows[section->row_count++];
        same = actor_same_incident(actor, i);
        if (!list_row(view, reading->store, actor->attributions[i].incident, REGISTER_ALL, row, problem))
            return false;
        row->mark = bases_in_words(view, actor, i, same);
    }
    section->rows = rows;
    return true;
}

static PageLink other_shown(const View *view, const Rows *rows, bool apart)
{
    const char *name = arena_string(view->arena, rows_text(rows, 0));
    const Slot *slots = SLOTS({ "name", show_foreign(view, name) });
    return apart
               ? (PageLink){ .label = say_with(view->arena, view->language, N_("{name} was told apart from it"), slots),
                             .address = link_to(view, actor_path(view, actor_slug(view->arena, name))) }
               : (PageLink){ .label = say_with(view->arena, view->language, N_("{name} was merged into it"), slots) };
}

bool actor_page(const Reading *reading, const char *slug, EntityPage *page, Problem *problem)
{
    const View *view = reading->view;
    Actor actor;
    if (!actor_read(reading, slug, &actor, problem))
        return false;
    *page = entity_page(view, ENTITY_ACTOR, show_foreign(view, actor.name));
    page->notices[0] =
        say(view->language, "That an attack stands here means that somebody names this attacker, not that it "
                            "is proven.");
    add_facts(view, &actor, page);
    other_names_section(view, &actor.names, page);
    others_section(
        view, store_run(reading->store, problem, SQL_PUBLISH_ACTOR_OTHERS, "ii", actor.number, view->figures->entries),
        other_shown, say(view->language, "One attacker or several"), page);
    return !problem->kind && add_pledges(reading, &actor, page, problem) &&
           add_incidents(reading, &actor, page, problem);
}

static Sheet attributions_of(const View *view, const Actor *actor)
{
    Sheet sheet = sheet_new(view->arena, &attribution_schema);
    for (size_t i = 0; i < actor->attribution_count; i++) {
        const Attribution *one = &actor->attributions[i];
        const Cell cells[] = {
            cell_count(one->incident),    cell_count(one->source),          cell_text(one->basis),
            cell_text(one->claimant),     cell_flag(one->asserted),         cell_text(one->inclusion),
            cell_text(one->verification), cell_day(view->arena, one->date),
        };
        memcpy(sheet_row(&sheet), cells, sizeof cells);
    }
    return sheet;
}

bool actor_sheet(const Reading *reading, const char *slug, Sheet *sheet, Problem *problem)
{
    Actor actor;
    if (!actor_read(reading, slug, &actor, problem))
        return false;
    *sheet = attributions_of(reading->view, &actor);
    return true;
}

bool actor_json(const Reading *reading, const char *slug, Out *out, Problem *problem)
{
    const View *view = reading->view;
    Actor actor;
    if (!actor_read(reading, slug, &actor, problem))
        return false;
    Sheet sheet = sheet_new(view->arena, &actor_schema), attributions = attributions_of(view, &actor);
    put_row(&sheet, &actor);
    OUT_LITERAL(out, "{\"actor\":");
    sheet_object(out, &sheet);
    other_names_json(view, &actor.names, out);
    OUT_LITERAL(out, ",\"attributions\":");
    sheet_json(out, &attributions);
    OUT_LITERAL(out, ",\"pledges\":");
    pledges_json(view, &actor, out);
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, "}\n");
    return true;
}
