/* What an act says, in the words of whoever has to agree to it. */
#include "work/link_pages.h"
#include "work/party_desk.h"

static const char *number_text(const WorkRequest *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static const char *about_of(const WorkRequest *request, const Change *change, ActSubject subject, const Act *act)
{
    const PartyDesk *desk = party_desk(subject);
    if (!change->subject && desk)
        return say(request->language, desk->unknown);
    const Slot *slots =
        SLOTS({ "number", number_text(request, change->subject) }, { "into", number_text(request, act->into) },
              { "entry", number_text(request, act->undoes) });
    const char *words = act->into ? desk ? desk->joined : N_("Incident {number} goes into incident {into}.")
                        : act->undoes
                            ? desk ? desk->undone : N_("What entry {entry} did to incident {number} is taken back.")
                        : desk ? desk->about
                               : N_("About incident {number}.");
    return say_with(request->arena, request->language, words, slots);
}

/* A claim that ends or changes its rank, as it stands now; one that has ended meanwhile by its number alone. */
static NamedRow claim_row(const WorkRequest *request, const Whole *whole, const ActClaim *named, bool ranks)
{
    size_t count;
    Record one = { .sources = whole->record.sources, .source_count = whole->record.source_count };
    WholeClaim found = whole_claim(whole, named->claim);
    if (!found.claim)
        return (NamedRow){ .kind = say(request->language, N_("A claim that is not in force")),
                           .words = number_text(request, named->claim) };
    StatementFacts statement = *found.statement;
    ClaimFacts claim = *found.claim;
    statement.claims = &claim;
    statement.claim_count = 1;
    one.statements = &statement;
    one.statement_count = 1;
    const ClaimRow *row = desk_claims(request, &one, NULL, &count);
    const char *deed = ranks ? desk_label(request, "claim", "rank", named->rank) : say(request->language, N_("ends"));
    return (NamedRow){ .kind = row->variable,
                       .words = arena_format(request->arena, "%s (%s) → %s", row->value, row->said, deed) };
}

static bool view_claims(const WorkRequest *request, const Change *change, const Act *act, bool ranks, NamedRow *rows,
                        Problem *problem)
{
    Whole whole;
    Store *published = act->claim_count ? pool_take(request->bench->published, problem) : NULL;
    bool read = published && whole_read(request->arena, published, change->subject, &whole, problem);
    if (published)
        pool_give(request->bench->published, published);
    for (size_t i = 0; read && i < act->claim_count; i++)
        rows[i] = claim_row(request, &whole, &act->claims[i], ranks);
    return read || !act->claim_count;
}

const char *affected_words(const WorkRequest *request, const AffectedFacts *affected, const char *supplier)
{
    const char *naming = affected->naming ? affected->naming : "named";
    const char *words = arena_format(request->arena, "%s · %s", desk_label(request, "affected", "role", affected->role),
                                     desk_label(request, "affected", "naming", naming));
    if (affected->naming_basis)
        words = arena_format(request->arena, "%s (%s)", words,
                             desk_label(request, "affected", "naming_basis", affected->naming_basis));
    return supplier ? arena_format(request->arena, "%s · %s", words,
                                   say_with(request->arena, request->language, N_("hit through {supplier}"),
                                            SLOTS({ "supplier", supplier })))
                    : words;
}

/* "Hospital Alpha · France" */
static const char *organisation_named(const WorkRequest *request, const OrganisationFacts *facts)
{
    const char *name = facts->name ? facts->name : "", *country = desk_country(request, facts->country);
    return *country ? arena_format(request->arena, "%s · %s", name, country) : name;
}

const NamedRow *affected_rows(const WorkRequest *request, const Record *record)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, record->affected_count + 1);
    for (size_t i = 0; i < record->affected_count; i++) {
        const AffectedFacts *affected = &record->affected[i];
        int64_t supplier = MIN(affected->supplier, (int64_t)record->affected_count);
        rows[i] =
            (NamedRow){ .kind = affected_words(request, affected,
                                               supplier > 0 ? record->affected[supplier - 1].organisation.name : NULL),
                        .words = organisation_named(request, &affected->organisation) };
    }
    return rows;
}

void affected_view(const WorkRequest *request, const Record *record, ChangePage *page)
{
    PartView *part = NEW(request->arena, PartView);
    *part = (PartView){ .organisations = affected_rows(request, record), .organisation_count = record->affected_count };
    page->parts = part;
    page->part_count = 1;
}

/* What is known of a number of the register: its name. */
static const char *organisation_words(const WorkRequest *request, Store *published, int64_t number)
{
    PartyRecord found;
    Problem away = { 0 };
    bool known = number && party_read(request->arena, published, party_of(ACT_ORGANISATION), number, &found, &away);
    return known    ? arena_format(request->arena, "%s (%lld)", found.facts.name, (long long)number)
           : number ? number_text(request, number)
                    : NULL;
}

/* The link as it stands in the incident, for one that changes or ends. */
static const char *link_there(const WorkRequest *request, const Whole *whole, int64_t link)
{
    for (size_t i = 0; i < whole->record.affected_count; i++)
        if (whole->links[i].id == link)
            return whole->record.affected[i].organisation.name;
    return link ? number_text(request, link) : NULL;
}

static NamedRow link_row(const WorkRequest *request, Store *published, const Whole *whole, const ActLink *link)
{
    const AffectedFacts how = { .role = link->role, .naming = link->naming, .naming_basis = link->naming_basis };
    const char *there = link_there(request, whole, link->link);
    const char *other = link->facts ? link->facts->name : organisation_words(request, published, link->organisation);
    return (NamedRow){ .kind = link->role ? affected_words(request, &how,
                                                           organisation_words(request, published, link->supplier))
                                          : say(request->language, N_("It was not hit")),
                       .words = there && other ? arena_format(request->arena, "%s → %s", there, other)
                                : there        ? there
                                               : other };
}

static NamedRow facts_row(const WorkRequest *request, const OrganisationFacts *facts)
{
    const char *where = facts->subdivision ? facts->subdivision : desk_country(request, facts->country);
    if (!facts->country && !facts->org_type)
        return (NamedRow){ .kind = say(request->language, N_("Name")), .words = facts->name ? facts->name : "" };
    return (NamedRow){ .kind = desk_label(request, "organisation", "org_type", facts->org_type),
                       .words = arena_format(request->arena, "%s · %s%s%s", facts->name ? facts->name : "", where,
                                             facts->place ? " · " : "", facts->place ? facts->place : "") };
}

/* Links that go over from one organisation to another, by their incidents. */
static void view_parts(const WorkRequest *request, const Act *act, NamedRow *rows)
{
    for (size_t i = 0; i < act->link_count; i++)
        rows[i] = (NamedRow){ .kind = say(request->language, N_("Goes over")),
                              .words = say_with(
                                  request->arena, request->language, N_("Incident number {number}"),
                                  SLOTS({ "number", number_text(request, act->links[i].link / ROWS_PER_INCIDENT) })) };
}

static bool view_links(const WorkRequest *request, const Change *change, const Act *act, NamedRow *rows,
                       Problem *problem)
{
    Whole whole;
    if (act->facts)
        view_parts(request, act, rows);
    if (act->facts)
        return true;
    Store *published = act->link_count ? pool_take(request->bench->published, problem) : NULL;
    bool read = published && whole_read(request->arena, published, change->subject, &whole, problem);
    for (size_t i = 0; read && i < act->link_count; i++)
        rows[i] = link_row(request, published, &whole, &act->links[i]);
    if (published)
        pool_give(request->bench->published, published);
    return read || !act->link_count;
}

static void view_records(const WorkRequest *request, const Act *act, ChangePage *page)
{
    PartView *parts = NEW_ARRAY(request->arena, PartView, act->record_count + 1);
    for (size_t i = 0; i < act->record_count; i++) {
        const Record *record = &act->records[i];
        parts[i].title = record->title;
        parts[i].organisations = affected_rows(request, record);
        parts[i].organisation_count = record->affected_count;
        parts[i].claims = desk_claims(request, record, NULL, &parts[i].claim_count);
    }
    page->parts = parts;
    page->part_count = act->record_count;
}

bool act_view(const WorkRequest *request, const Change *change, ChangePage *page, Problem *problem)
{
    Act act;
    const ActInfo *info = &act_table[act_find(change->kind)];
    if (!act_read(request->arena, change->body, &act, problem))
        return false;
    page->reason = act.reason;
    page->about = about_of(request, change, info->subject, &act);
    size_t before = size_add(act.claim_count, act.name_count);
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, size_add(before, act.link_count) + 2);
    if (!view_claims(request, change, &act, info->needs & ACT_RANKS, rows, problem) ||
        !view_links(request, change, &act, rows + before, problem))
        return false;
    for (size_t i = 0; i < act.name_count; i++)
        rows[act.claim_count + i] =
            (NamedRow){ .kind = desk_name_words(request->language, act.names[i].kind), .words = act.names[i].value };
    page->said = rows;
    page->said_count = before + act.link_count;
    if (act.facts)
        rows[page->said_count++] = facts_row(request, act.facts);
    view_records(request, &act, page);
    return true;
}
