/* The steps of a change: who did what, when and why, and how each version differs from the one before. */
#include "base/json.h"
#include "base/table.h"
#include "domain/deed.h"
#include "work/change_view.h"

/* What a version says, each thing in one line. */
typedef struct Lines {
    const char **items;
    size_t count;
} Lines;

static const char *claim_line(const WorkRequest *request, const ClaimRow *row)
{
    return arena_format(request->arena, "%s – %s · %s%s%s%s%s", row->variable ? row->variable : "",
                        row->value ? row->value : "", row->said ? row->said : "", row->source ? " · " : "",
                        row->source ? row->source : "", row->quote ? " · " : "", row->quote ? row->quote : "");
}

static const char *organisation_line(const WorkRequest *request, const Record *record, const AffectedFacts *affected)
{
    const char *supplier = affected->supplier ? record->affected[affected->supplier - 1].organisation.name : NULL;
    return arena_format(request->arena, "%s – %s", affected->organisation.name ? affected->organisation.name : "",
                        affected_words(request, affected, supplier));
}

static bool read_lines(const WorkRequest *request, Text body, Lines *lines, Problem *problem)
{
    Record record;
    size_t claims;
    if (!record_read(request->arena, body, &record, problem))
        return false;
    const ClaimRow *rows = desk_claims(request, &record, NULL, &claims);
    *lines = (Lines){ .items = NEW_ARRAY(request->arena, const char *, claims + record.affected_count + 1) };
    if (record.title)
        lines->items[lines->count++] = record.title;
    for (size_t i = 0; i < record.affected_count; i++)
        lines->items[lines->count++] = organisation_line(request, &record, &record.affected[i]);
    for (size_t i = 0; i < claims; i++)
        lines->items[lines->count++] = claim_line(request, &rows[i]);
    return true;
}

/* Those of `lines` that `others` has not, as often as it has them. */
static Lines lines_beyond(Arena *arena, const Lines *lines, const Lines *others)
{
    Table *known = table_new(arena);
    Lines beyond = { .items = NEW_ARRAY(arena, const char *, lines->count + 1) };
    for (size_t i = 0; i < others->count; i++) {
        int64_t *times = table_get(known, text_of(others->items[i]));
        table_put(known, text_of(others->items[i]), times ? *times + 1 : 1);
    }
    for (size_t i = 0; i < lines->count; i++) {
        int64_t *times = table_get(known, text_of(lines->items[i]));
        if (times && *times > 0)
            (*times)--;
        else
            beyond.items[beyond.count++] = lines->items[i];
    }
    return beyond;
}

static void tell_difference(const WorkRequest *request, const Lines *before, const Lines *now, ChangeStepRow *row)
{
    Lines come = lines_beyond(request->arena, now, before), gone = lines_beyond(request->arena, before, now);
    row->come = come.items;
    row->come_count = come.count;
    row->gone = gone.items;
    row->gone_count = gone.count;
}

/* Versions in the order in which deeds saved them. */
static bool tell_versions(const WorkRequest *request, const ChangeStep *versions, size_t count, ChangeStepRow **rows,
                          Problem *problem)
{
    Lines before = { 0 };
    for (size_t i = 0; i < count; i++) {
        Lines now;
        if (!read_lines(request, versions[i].body, &now, problem))
            return false;
        if (i > 0 && rows[i])
            tell_difference(request, &before, &now, rows[i]);
        before = now;
    }
    return true;
}

static const char *reason_of(Arena *arena, const char *detail)
{
    static const char *const members[] = { "trouble", "reason" };
    Problem broken = { 0 };
    AUTO_JSON *facts = json_parse(text_of(detail), &broken);
    for (size_t i = 0; i < COUNT_OF(members) && facts; i++) {
        const char *reason = json_string_of(facts, members[i]);
        if (reason)
            return arena_string(arena, reason);
    }
    return NULL;
}

static ChangeStepRow row_of(const WorkRequest *request, const Deed *deed)
{
    return (ChangeStepRow){ .at = say_moment(request->arena, request->language, deed->at),
                            .author = deed->author,
                            .words = journal_words(request->language, deed->kind),
                            .saved = strcmp(deed->kind, "change.save") == 0,
                            .reason = reason_of(request->arena, deed->detail) };
}

bool steps_view(const WorkRequest *request, Store *work, const Change *change, ChangePage *page, Problem *problem)
{
    Deeds deeds;
    ChangeStep *versions;
    size_t count, saved = 0;
    const char *subject = arena_format(request->arena, "change/%lld", (long long)change->id);
    if (!change_history(request->arena, work, change->id, &versions, &count, problem) ||
        !deed_about(request->arena, work, subject, &deeds, problem))
        return false;
    ChangeStepRow *rows = NEW_ARRAY(request->arena, ChangeStepRow, deeds.count + 1);
    ChangeStepRow **saves = NEW_ARRAY(request->arena, ChangeStepRow *, count + 1);
    for (size_t i = 0; i < deeds.count; i++) {
        rows[i] = row_of(request, &deeds.items[i]);
        if (rows[i].saved && saved < count)
            saves[saved++] = &rows[i];
    }
    page->steps = rows;
    page->step_count = deeds.count;
    return !change_is_record(change) || tell_versions(request, versions, saved, saves, problem);
}
