/* Splitting a published incident into several: which of its organisations and claims go into which part. */
#include "work/claim_form.h"
#include "work/refusal.h"

enum { PARTS_FEWEST = 2, PARTS_MOST = 6 };

typedef struct Split {
    Whole whole;
    size_t parts;
} Split;

static const char *named(const WorkRequest *request, const char *prefix, int64_t number)
{
    return arena_format(request->arena, "%s.%lld", prefix, (long long)number);
}

static bool find_split(const WorkRequest *request, Split *split, Problem *problem)
{
    int64_t parts = PARTS_FEWEST;
    if (!desk_whole(request, &split->whole, problem))
        return false;
    (void)text_int(text_of(sent(request, "parts")), &parts);
    split->parts = (size_t)MIN(MAX(parts, (int64_t)PARTS_FEWEST), (int64_t)PARTS_MOST);
    return true;
}

static bool is_ticked(const WorkRequest *request, const char *name, size_t part)
{
    int64_t number;
    const char *one;
    for (size_t i = 0; (one = form_value_at(&request->form, name, i)); i++)
        if (text_int(text_of(one), &number) && number == (int64_t)part + 1)
            return true;
    return false;
}

static bool is_anywhere(const WorkRequest *request, const char *name, size_t parts)
{
    for (size_t part = 0; part < parts; part++)
        if (is_ticked(request, name, part))
            return true;
    return false;
}

static SplitRow row_of(const WorkRequest *request, const Split *split, const char *name)
{
    bool *ticked = NEW_ARRAY(request->arena, bool, split->parts);
    for (size_t part = 0; part < split->parts; part++)
        ticked[part] = is_ticked(request, name, part);
    return (SplitRow){ .name = name, .fault = fault_of(request, name), .ticked = ticked };
}

static void fill_links(const WorkRequest *request, const Split *split, SplitPage *page)
{
    const Record *record = &split->whole.record;
    SplitRow *rows = NEW_ARRAY(request->arena, SplitRow, record->affected_count + 1);
    for (size_t i = 0; i < record->affected_count; i++) {
        rows[i] = row_of(request, split, named(request, "link", split->whole.links[i].id));
        rows[i].label = record->affected[i].organisation.name;
        rows[i].about = desk_label(request, "affected", "role", record->affected[i].role);
    }
    page->links = rows;
    page->link_count = record->affected_count;
}

static void fill_claims(const WorkRequest *request, const Split *split, SplitPage *page)
{
    const ClaimRow *claims = desk_claims(request, &split->whole.record, NULL, &page->claim_count);
    SplitRow *rows = NEW_ARRAY(request->arena, SplitRow, page->claim_count + 1);
    for (size_t i = 0; i < page->claim_count; i++) {
        rows[i] = row_of(request, split, named(request, "claim", split->whole.claims[i]));
        rows[i].label = arena_format(request->arena, "%s – %s", claims[i].variable, claims[i].value);
        rows[i].about = claims[i].source;
    }
    page->claims = rows;
}

static void fill_titles(const WorkRequest *request, const Split *split, SplitPage *page)
{
    const char **titles = NEW_ARRAY(request->arena, const char *, split->parts);
    const char **faults = NEW_ARRAY(request->arena, const char *, split->parts);
    for (size_t part = 0; part < split->parts; part++) {
        const char *name = named(request, "title", (int64_t)part + 1);
        titles[part] = sent(request, name);
        faults[part] = fault_of(request, name);
    }
    page->titles = titles;
    page->title_faults = faults;
}

static Choices sizes_of(const WorkRequest *request, const Split *split)
{
    enum { SIZES = PARTS_MOST - PARTS_FEWEST + 1 };
    Choice *items = NEW_ARRAY(request->arena, Choice, SIZES);
    for (size_t i = 0; i < SIZES; i++)
        items[i] = (Choice){ .code = arena_format(request->arena, "%zu", i + PARTS_FEWEST),
                             .label = say_count(request->arena, request->language, (int64_t)i + PARTS_FEWEST,
                                                "{n} part", "{n} parts"),
                             .chosen = i + PARTS_FEWEST == split->parts };
    return (Choices){ items, SIZES };
}

bool work_split(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Split split;
    const char *path = arena_format(request->arena, "/incidents/%lld", (long long)desk_number_of(request));
    if (!find_split(request, &split, problem))
        return false;
    SplitPage page = { .heading = split.whole.record.title,
                       .back = work_link(request, path),
                       .address = work_link(request, arena_format(request->arena, "%s/split", path)),
                       .token = form_new(request, "/", "")->token,
                       .fault = fault_of(request, ""),
                       .parts = split.parts,
                       .reason = sent(request, "reason"),
                       .reason_fault = fault_of(request, "reason"),
                       .sizes = sizes_of(request, &split) };
    fill_titles(request, &split, &page);
    fill_links(request, &split, &page);
    fill_claims(request, &split, &page);
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Split it into several incidents")));
    split_html(&reply->body, &frame, &page);
    return true;
}

/* The claims of one part, each with its own source and speaker. */
static void add_claims(const WorkRequest *request, const Split *split, size_t part, Record *record)
{
    const Record *all = &split->whole.record;
    int *sources = NEW_ARRAY(request->arena, int, all->source_count + 1); /* in the part, + 1 */
    size_t place = 0;
    for (size_t i = 0; i < all->statement_count; i++)
        for (size_t j = 0; j < all->statements[i].claim_count; j++, place++) {
            const StatementFacts *said = &all->statements[i];
            if (!is_ticked(request, named(request, "claim", split->whole.claims[place]), part))
                continue;
            ClaimEntry entry = { .source = sources[said->source] - 1,
                                 .new_source = all->sources[said->source],
                                 .said = *said,
                                 .claim = said->claims[j] };
            record_add_claim(request->arena, record, &entry);
            if (!sources[said->source])
                sources[said->source] = (int)record->source_count;
        }
}

static void add_links(const WorkRequest *request, const Split *split, size_t part, Record *record)
{
    const Record *all = &split->whole.record;
    int64_t *places = NEW_ARRAY(request->arena, int64_t, all->affected_count + 1); /* in the part, of each from 1 */
    record->affected = NEW_ARRAY(request->arena, AffectedFacts, all->affected_count + 1);
    for (size_t i = 0; i < all->affected_count; i++)
        if (is_ticked(request, named(request, "link", split->whole.links[i].id), part)) {
            record->affected[record->affected_count++] = all->affected[i];
            places[i + 1] = (int64_t)record->affected_count;
        }
    for (size_t i = 0; i < record->affected_count; i++)
        record->affected[i].supplier = places[record->affected[i].supplier];
}

static void read_part(WorkRequest *request, const Split *split, size_t part, Record *record)
{
    const char *title = named(request, "title", (int64_t)part + 1);
    *record = (Record){ .dataset = "workbench",
                        .external = arena_format(request->arena, "%lld-%zu", (long long)request->now, part + 1),
                        .title = typed_text(request, title) };
    typed_needed(request, title);
    add_links(request, split, part, record);
    add_claims(request, split, part, record);
    const char *number = arena_format(request->arena, "%zu", part + 1);
    if (!record->affected_count || !record->statement_count)
        fault_add(request, "",
                  say_with(request->arena, request->language,
                           N_("Part {number} needs at least one organisation and one claim."),
                           SLOTS({ "number", number })));
}

/* Nothing gets lost by oversight. */
static void check_all_go(WorkRequest *request, const Split *split)
{
    const char *sentence = say(request->language, N_("This goes into no part yet."));
    const Whole *whole = &split->whole;
    for (size_t i = 0; i < whole->record.affected_count; i++)
        if (!is_anywhere(request, named(request, "link", whole->links[i].id), split->parts))
            fault_add(request, named(request, "link", whole->links[i].id), sentence);
    for (size_t i = 0; i < whole->claim_count; i++)
        if (!is_anywhere(request, named(request, "claim", whole->claims[i]), split->parts))
            fault_add(request, named(request, "claim", whole->claims[i]), sentence);
}

bool work_split_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Split split;
    Problem refused = { 0 };
    int64_t change;
    if (!find_split(request, &split, problem))
        return false;
    Act act = { .reason = typed_text(request, "reason"), .record_count = split.parts };
    act.records = NEW_ARRAY(request->arena, Record, split.parts);
    typed_needed(request, "reason");
    for (size_t part = 0; part < split.parts; part++)
        read_part(request, &split, part, &act.records[part]);
    check_all_go(request, &split);
    if (request->fault_count)
        return form_again(request, reply, problem);
    if (desk_propose(request, ACT_KIND_SPLIT, desk_number_of(request), &act, &change, &refused))
        return desk_went(request, change, reply);
    return desk_again(request, &refused, "reason", reply, problem);
}
