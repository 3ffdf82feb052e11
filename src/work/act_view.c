/* What an act says, in the words of whoever has to agree to it. */
#include "domain/name_form.h"
#include "work/desk_pages.h"

static const char *number_text(const WorkRequest *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static const char *about_of(const WorkRequest *request, const Change *change, ActSubject subject, const Act *act)
{
    const Slot *slots =
        SLOTS({ "number", number_text(request, change->subject) }, { "into", number_text(request, act->into) },
              { "entry", number_text(request, act->undoes) });
    const char *words = subject == ACT_INCIDENT
                            ? (act->into     ? N_("Incident {number} goes into incident {into}.")
                               : act->undoes ? N_("What entry {entry} did to incident {number} is taken back.")
                                             : N_("About incident {number}."))
                            : (act->into     ? N_("Organisation {number} goes into organisation {into}.")
                               : act->undoes ? N_("What entry {entry} did to organisation {number} is taken back.")
                                             : N_("About organisation {number}."));
    return say_with(request->arena, request->language, words, slots);
}

static const char *name_kind_words(const Language *language, const char *code)
{
    for (size_t i = 0; code && i < NAME_KIND_COUNT; i++)
        if (strcmp(name_kinds[i].code, code) == 0)
            return say(language, name_kinds[i].words);
    return code ? code : "";
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

static const NamedRow *organisations_of(const WorkRequest *request, const Record *record)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, record->affected_count + 1);
    for (size_t i = 0; i < record->affected_count; i++)
        rows[i] = (NamedRow){ .kind = desk_label(request, "affected", "role", record->affected[i].role),
                              .words = record->affected[i].organisation.name };
    return rows;
}

static void view_records(const WorkRequest *request, const Act *act, ChangePage *page)
{
    PartView *parts = NEW_ARRAY(request->arena, PartView, act->record_count + 1);
    for (size_t i = 0; i < act->record_count; i++) {
        const Record *record = &act->records[i];
        parts[i].title = record->title;
        parts[i].organisations = organisations_of(request, record);
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
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, size_add(act.claim_count, act.name_count) + 1);
    if (!view_claims(request, change, &act, info->needs & ACT_RANKS, rows, problem))
        return false;
    for (size_t i = 0; i < act.name_count; i++)
        rows[act.claim_count + i] =
            (NamedRow){ .kind = name_kind_words(request->language, act.names[i].kind), .words = act.names[i].value };
    page->said = rows;
    page->said_count = act.claim_count + act.name_count;
    view_records(request, &act, page);
    return true;
}
