/* The weekly batch: what is in review, what several changes would do to the public figures together, and their
 * publication one after the other. */
#include "domain/sight.h"
#include "work/change_view.h"
#include "work/figures_view.h"
#include "work/marked.h"
#include "work/refusal.h"
#include "work/tabs.h"
#include "work/talk.h"

enum { BATCH_SHOWN = 200, BATCH_MOST = 50 };

typedef struct Chosen {
    int64_t items[BATCH_MOST];
    size_t count;
} Chosen;

static const char *sentence(const WorkRequest *request, const char *english)
{
    return refusal_sentence(request->arena, request->language, request->bench->site->codebook, english);
}

static bool holds(const Chosen *chosen, int64_t number)
{
    for (size_t i = 0; i < chosen->count; i++)
        if (chosen->items[i] == number)
            return true;
    return false;
}

/* Each change once, in the order in which they were sent. Says what is wrong; NULL: nothing. */
static const char *read_chosen(const WorkRequest *request, Chosen *chosen)
{
    const char *typed;
    chosen->count = 0;
    for (size_t i = 0; (typed = form_value_at(&request->form, "change", i)); i++) {
        int64_t number;
        if (!text_int(text_of(typed), &number) || number <= 0)
            return sentence(request, "a number is expected");
        if (holds(chosen, number))
            continue;
        if (chosen->count == BATCH_MOST)
            return say_with(request->arena, request->language,
                            N_("At most {most} changes are published at once. Please choose fewer."),
                            SLOTS({ "most", say_number(request->arena, request->language, BATCH_MOST) }));
        chosen->items[chosen->count++] = number;
    }
    return chosen->count ? NULL : say(request->language, N_("Please choose at least one change."));
}

static bool is_ticked(const WorkRequest *request, const char *number)
{
    const char *typed;
    for (size_t i = 0; (typed = form_value_at(&request->form, "change", i)); i++)
        if (strcmp(typed, number) == 0)
            return true;
    return false;
}

/* Of a change that its reader knows nothing of but the number. */
static BatchRow bare_row(const WorkRequest *request, int64_t number)
{
    const char *digits = arena_format(request->arena, "%lld", (long long)number);
    return (BatchRow){ .number = digits,
                       .title = say_with(request->arena, request->language, N_("Change {number}"),
                                         SLOTS({ "number", digits })) };
}

static BatchRow row_of(const WorkRequest *request, const Change *change)
{
    BatchRow row = bare_row(request, change->id);
    row.address = work_link(request, arena_format(request->arena, "/changes/%s", row.number));
    row.title = *change->title ? change->title : say(request->language, N_("Without a title"));
    row.kind = desk_kind(request->language, change->kind);
    row.author = change->author;
    row.mark = mark_label(request->language, change->mark);
    row.chosen = is_ticked(request, row.number);
    return row;
}

/* A refusal is told in the row; anything else fails. */
static bool bar(const WorkRequest *request, const Problem *refused, BatchRow *row, Problem *problem)
{
    if (!desk_is_refusal(refused))
        return fail(problem, refused->kind, "%s", refused->message);
    row->barred = sentence(request, refused->message);
    return true;
}

/* What was sent may name what its reader must not know of. */
static bool find_row(const WorkRequest *request, Store *work, int64_t number, BatchRow *row, Problem *problem)
{
    Change change;
    Problem finding = { 0 };
    bool found = change_find(request->arena, work, number, &change, &finding);
    *row = bare_row(request, number);
    if (found && change.mark > request->ceiling)
        found = fail(&finding, PROBLEM_NOT_FOUND, "there is no change %lld", (long long)number);
    if (!found)
        return bar(request, &finding, row, problem);
    *row = row_of(request, &change);
    return true;
}

/* Nobody agrees to what they must not see yet. */
static bool bar_blind(const WorkRequest *request, Store *work, int64_t number, BatchRow *row, Problem *problem)
{
    int64_t hidden;
    if (!sight_hidden(work, SIGHT_OF_CHANGE, number, request->session.name, &hidden, problem))
        return false;
    if (hidden)
        row->barred = say(request->language, N_("What was coded of this record is not shown to you while you may still "
                                                "code it a second time."));
    return true;
}

static bool bar_unlet(const WorkRequest *request, Store *work, int64_t number, BatchRow *row, Problem *problem)
{
    Problem refused = { 0 };
    const Hand hand = hand_of(request);
    const ChangeDesk desk = { .work = work, .codebook = request->bench->site->codebook };
    if (!bar_blind(request, work, number, row, problem))
        return false;
    return row->barred || change_lets_publish(&desk, &hand, number, &refused) || bar(request, &refused, row, problem);
}

static BatchPage page_of(const WorkRequest *request, BatchRow *rows, size_t count)
{
    BatchPage page = { .rows = rows,
                       .count = count,
                       .fault = fault_of(request, ""),
                       .address = work_link(request, "/batch"),
                       .preview = work_link(request, "/batch/preview"),
                       .back = work_link(request, "/changes?state=in_review"),
                       .token = form_token(request) };
    for (size_t i = 0; i < count; i++)
        page.offered += !rows[i].barred;
    return page;
}

bool work_batch(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    int64_t after;
    Change *changes;
    size_t count;
    if (!tabs_after(request, &after, problem) || !reader_take(request, &reader, problem) ||
        !change_list(request->arena, reader.store,
                     (ChangePlace){ "in_review", after, BATCH_SHOWN + 1, request->ceiling }, &changes, &count, problem))
        return false;
    size_t shown = MIN(count, (size_t)BATCH_SHOWN);
    BatchRow *rows = NEW_ARRAY(request->arena, BatchRow, BATCH_SHOWN);
    for (size_t i = 0; i < shown; i++) {
        rows[i] = row_of(request, &changes[i]);
        if (!bar_unlet(request, reader.store, changes[i].id, &rows[i], problem))
            return false;
    }
    BatchPage page = page_of(request, rows, shown);
    if (count > shown)
        page.next = work_link(request, arena_format(request->arena, "/batch?after=%s", rows[shown - 1].number));
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Publish several changes at once")));
    batch_html(&reply->body, &frame, &page);
    return true;
}

/* The list again, with what was chosen. */
static bool choose_again(WorkRequest *request, const char *wrong, WorkReply *reply, Problem *problem)
{
    fault_add(request, "", wrong);
    reply->status = 400;
    return work_batch(request, reply, problem);
}

static bool read_rows(const WorkRequest *request, const Chosen *chosen, BatchRow *rows, Problem *problem)
{
    AUTO_READER reader = { 0 };
    if (!reader_take(request, &reader, problem))
        return false;
    for (size_t i = 0; i < chosen->count; i++)
        if (!find_row(request, reader.store, chosen->items[i], &rows[i], problem) ||
            (!rows[i].barred && !bar_unlet(request, reader.store, chosen->items[i], &rows[i], problem)))
            return false;
    return true;
}

/* "Verification: Confirmed · Documented level: minor"; NULL when nothing can be said. */
static const char *outcome_line(const WorkRequest *request, const OutcomeView *outcome)
{
    const char *line = NULL;
    for (size_t i = 0; i < outcome->count; i++) {
        const char *one = say_with(request->arena, request->language, N_("{what}: {value}"),
                                   SLOTS({ "what", outcome->rows[i].label }, { "value", outcome->rows[i].words }));
        line = line ? arena_format(request->arena, "%s · %s", line, one) : one;
    }
    return line;
}

static bool tell_why(const WorkRequest *request, const Change *change, BatchRow *row, Problem *problem)
{
    ChangeWhy why;
    if (!change_why(request, change, &why, problem))
        return false;
    row->version = arena_format(request->arena, "%lld", (long long)change->version);
    row->about = why.about;
    row->reason = why.reason;
    row->outcome = outcome_line(request, &why.outcome);
    return true;
}

/* Figures of what would be published by this reader, and nothing else. */
static bool try_rows(const WorkRequest *request, const Chosen *chosen, BatchRow *rows, FiguresView *figures,
                     Problem *problem)
{
    int64_t numbers[BATCH_MOST];
    BatchRow *tried[BATCH_MOST];
    size_t count = 0;
    for (size_t i = 0; i < chosen->count; i++)
        if (!rows[i].barred) {
            numbers[count] = chosen->items[i];
            tried[count++] = &rows[i];
        }
    if (!count)
        return true;
    Change *changes = NEW_ARRAY(request->arena, Change, count);
    if (!figures_view(request, (Numbers){ numbers, count }, changes, figures, problem))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!tell_why(request, &changes[i], tried[i], problem))
            return false;
    return true;
}

/* The list, with these ticked. */
static const char *choice_link(const WorkRequest *request, const Chosen *chosen)
{
    const char *link = work_link(request, "/batch");
    for (size_t i = 0; i < chosen->count; i++)
        link = arena_format(request->arena, "%s%schange=%lld", link, i ? "&" : "?", (long long)chosen->items[i]);
    return link;
}

bool work_batch_preview(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Chosen chosen;
    BatchRow rows[BATCH_MOST];
    FiguresView figures = { 0 };
    Problem refused = { 0 };
    const char *wrong = read_chosen(request, &chosen);
    if (wrong)
        return choose_again(request, wrong, reply, problem);
    if (!read_rows(request, &chosen, rows, problem))
        return false;
    if (!try_rows(request, &chosen, rows, &figures, &refused)) {
        if (!desk_is_refusal(&refused))
            return fail(problem, refused.kind, "%s", refused.message);
        fault_add(request, "", desk_refusal(request, &refused));
        reply->status = 409;
    }
    BatchPage page = page_of(request, rows, chosen.count);
    page.figures = figures;
    page.back = choice_link(request, &chosen);
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("How public figures would change")));
    batch_preview_html(&reply->body, &frame, &page);
    return true;
}

/* The version that the preview showed. */
static int64_t version_of(const WorkRequest *request, int64_t number)
{
    int64_t version = 0;
    (void)text_int(text_of(sent(request, arena_format(request->arena, "version.%lld", (long long)number))), &version);
    return version;
}

static bool publish(const WorkRequest *request, int64_t number, BatchRow *row, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Problem refused = { 0 };
    int64_t subject;
    const Hand hand = hand_of(request);
    const ChangeAgreed agreed = { number, version_of(request, number) };
    writer_take(request, &writing);
    const ChangeDesk desk = { writing.store, request->bench->ledger, request->bench->site->codebook };
    if (!find_row(request, writing.store, number, row, problem) ||
        (!row->barred && !bar_blind(request, writing.store, number, row, problem)))
        return false;
    return row->barred || change_publish(&desk, &hand, agreed, &subject, &refused) ||
           bar(request, &refused, row, problem);
}

/* One after the other: a refusal stops none of the others, but when the log or the store is gone nothing more is begun.
 */
static void publish_all(const WorkRequest *request, const Chosen *chosen, BatchRow *rows, Problem *broken)
{
    const Language *language = request->language;
    for (size_t i = 0; i < chosen->count; i++) {
        bool begun = !broken->kind;
        rows[i] = bare_row(request, chosen->items[i]);
        if (!begun)
            rows[i].barred = say(language, N_("It was not begun, and is as it was."));
        else if (!publish(request, chosen->items[i], &rows[i], broken))
            rows[i].barred =
                say(language, N_("The log or the store did not answer. The page of the change says how far it came."));
        rows[i].result = say(language, rows[i].barred ? N_("Not published") : N_("Published"));
    }
}

bool work_batch_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Chosen chosen;
    BatchRow rows[BATCH_MOST];
    Problem broken = { 0 };
    const char *wrong = read_chosen(request, &chosen);
    if (wrong)
        return choose_again(request, wrong, reply, problem);
    if (!request->bench->ledger)
        return fail(problem, PROBLEM_UNAVAILABLE, "the log process is not there");
    publish_all(request, &chosen, rows, &broken);
    BatchPage page = page_of(request, rows, chosen.count);
    if (broken.kind)
        (void)fprintf(stderr, "vigie: workbench: %s: %s\n", request->path, broken.message);
    reply->status = broken.kind ? 503 : page.offered ? 200 : 409;
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("What became of the batch")));
    batch_done_html(&reply->body, &frame, &page);
    return true;
}
