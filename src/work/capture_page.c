/* Captures: keeping what a source said as it was read, and choosing a quotation in it. */
#include "base/unicode.h"
#include "domain/capture.h"
#include "guard/jail.h"
#include "intake/article.h"
#include "intake/sentences.h"
#include "work/claim_form.h"
#include "work/coded.h"

enum { SENTENCES_SHOWN = 300 };

static const char *title_of(const Record *record, const char *sha256)
{
    for (size_t i = 0; i < record->source_count; i++) {
        const SourceFacts *source = &record->sources[i];
        if (source->sha256 && strcmp(source->sha256, sha256) == 0)
            return source->title ? source->title : source->url;
    }
    return NULL;
}

static const CaptureRow *rows_of(const WorkRequest *request, const Coded *coded, const Capture *captures, size_t count)
{
    CaptureRow *rows = NEW_ARRAY(request->arena, CaptureRow, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *title = title_of(&coded->record, captures[i].sha256);
        rows[i] = (CaptureRow){
            .address = work_link(
                request, arena_format(request->arena, "%s/captures/%lld", coded->path, (long long)captures[i].id)),
            .title = title ? title : say(request->language, N_("Without a title")),
            .name = *captures[i].name ? captures[i].name : NULL,
            .at = say_moment(request->arena, request->language, captures[i].at),
            .account = captures[i].account,
            .sha256 = captures[i].sha256,
        };
    }
    return rows;
}

static WorkForm *capture_form(const WorkRequest *request, const Coded *coded)
{
    const Language *language = request->language;
    WorkForm *form =
        form_new(request, arena_format(request->arena, "%s/captures", coded->path), say(language, N_("Keep it")));
    form->files = true;
    form_field(request, form, (FieldPlan){ .name = "version", .kind = FIELD_HIDDEN })->value =
        arena_format(request->arena, "%lld", (long long)coded->version);
    typed_source_fields(request, form, say(language, N_("Address of the source")));
    form_field(request, form,
               (FieldPlan){ .name = "published",
                            .label = say(language, N_("Day on which it was published")),
                            .hint = say(language, N_("2021-05-09; empty when it is not known.")),
                            .kind = FIELD_TEXT });
    form_field(request, form,
               (FieldPlan){ .name = "file",
                            .label = say(language, N_("A file: the page as the browser saved it, or a text")),
                            .hint = say(language, N_("HTML or text, at most 2 MB.")),
                            .kind = FIELD_FILE });
    form_field(request, form,
               (FieldPlan){ .name = "text", .label = say(language, N_("Or its text, pasted")), .kind = FIELD_AREA });
    return form;
}

bool work_captures(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Coded coded;
    Capture *captures;
    CapturesPage page = { .conflict = fault_of(request, "version") };
    if (!coded_read(request, &coded, problem) || !reader_take(request, &reader, problem) ||
        !capture_list(request->arena, reader.store, coded.change.id, &captures, &page.count, problem))
        return false;
    page.heading = say(request->language, N_("What sources said"));
    page.back = work_link(request, coded.form);
    page.rows = rows_of(request, &coded, captures, page.count);
    page.form = !coded.blind && strcmp(coded.change.state, "draft") == 0 ? capture_form(request, &coded) : NULL;
    WorkFrame frame = work_frame(request, reply, page.heading);
    captures_html(&reply->body, &frame, &page);
    return true;
}

/* What was sent: the file if one was chosen, else the text. */
static bool read_content(WorkRequest *request, CapturePlan *plan, const char **kind)
{
    const FormFile *file = &request->form.file;
    const char *text = sent(request, "text");
    bool chosen = file->field && file->bytes.length;
    plan->name = chosen ? file->name : "";
    plan->bytes = chosen ? file->bytes : text_of(text);
    *kind = chosen ? ARTICLE_FILE : ARTICLE_TYPED;
    if (chosen && *text)
        fault_add(request, "text", say(request->language, N_("Either a file or a text, please.")));
    if (!plan->bytes.length)
        fault_add(request, "file", say(request->language, N_("A file or a text is needed.")));
    if (plan->bytes.length > CAPTURE_BYTES_MAX)
        fault_add(request, "file", say(request->language, N_("This is more than 2 MB.")));
    return !request->fault_count;
}

static bool understand(WorkRequest *request, CapturePlan *plan, const char *kind, Problem *problem)
{
    AUTO_OUT document = { 0 };
    Problem refused = { 0 };
    out_raw(&document, kind, 1);
    out_raw(&document, plan->bytes.at, plan->bytes.length);
    if (jail_run(request->bench->jail, request->arena, out_view(&document), &plan->words, &refused))
        return unicode_valid(plan->words) || fail(problem, PROBLEM_BROKEN, "what came out of the jail is no text");
    if (refused.kind != PROBLEM_BAD_INPUT)
        return fail(problem, refused.kind, "%s", refused.message);
    fault_add(request, "file",
              say(request->language, N_("This file is neither HTML nor text, or cannot be read. Nothing was kept.")));
    return true;
}

/* A source without an address is known by the title that the document has. */
static void name_source(WorkRequest *request, CapturePlan *plan)
{
    Text rest = plan->words, title = { 0 };
    (void)text_split(&rest, '\n', &title);
    if (!plan->source.title && title.length)
        plan->source.title = arena_text(request->arena, title);
    typed_source_named(request, &plan->source);
}

static bool read_capture(WorkRequest *request, CapturePlan *plan, Problem *problem)
{
    const char *kind;
    plan->change = desk_number_of(request);
    (void)text_int(text_of(sent(request, "version")), &plan->version);
    typed_source(request, &plan->source);
    typed_day(request, "published", &plan->source.published);
    if (!read_content(request, plan, &kind))
        return true;
    if (!understand(request, plan, kind, problem))
        return false;
    name_source(request, plan);
    return true;
}

bool work_captures_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    CapturePlan plan = { 0 };
    Problem refused = { 0 };
    Hand hand = hand_of(request);
    int64_t id;
    if (!read_capture(request, &plan, problem))
        return false;
    if (!request->fault_count) {
        AUTO_WRITER writing = { 0 };
        writer_take(request, &writing);
        if (capture_add(writing.store, &hand, &plan, &id, &refused))
            return go_to(
                request, reply,
                arena_format(request->arena, "/changes/%lld/captures/%lld", (long long)plan.change, (long long)id));
        if (!desk_is_refusal(&refused))
            return fail(problem, refused.kind, "%s", refused.message);
        bool later = strcmp(refused.field, "version") == 0;
        fault_add(request, later ? "version" : "",
                  later ? say(request->language, N_("Somebody else has saved since. Nothing was overwritten: send it "
                                                    "again to add it to what stands now."))
                        : desk_refusal(request, &refused));
    }
    return form_again(request, reply, problem);
}

static size_t page_of(const WorkRequest *request, size_t count)
{
    int64_t page = 1;
    (void)text_int(text_of(sent(request, "page")), &page);
    size_t last = count ? (count - 1) / SENTENCES_SHOWN + 1 : 1;
    return page < 1 ? 1 : MIN((size_t)page, last);
}

static const char *page_link(const WorkRequest *request, size_t page)
{
    return arena_format(request->arena, "%s?page=%zu", request->path, page);
}

/* The sentences from `from` to before `to`, as passages. */
static void fill_passages(const WorkRequest *request, const Sentence *all, size_t from, size_t to, CapturePage *page)
{
    CaptureSentence *shown = NEW_ARRAY(request->arena, CaptureSentence, to - from + 1);
    CapturePassage *passages = NEW_ARRAY(request->arena, CapturePassage, to - from + 1);
    for (size_t i = from; i < to; i++) {
        shown[i - from] =
            (CaptureSentence){ arena_format(request->arena, "%zu", i + 1), arena_text(request->arena, all[i].text) };
        if (i == from || all[i].passage != all[i - 1].passage)
            passages[page->count++].sentences = &shown[i - from];
        passages[page->count - 1].count++;
    }
    page->passages = passages;
    page->first_passage = from < to ? (int)all[from].passage : 1;
}

static void fill_words(const WorkRequest *request, Text words, CapturePage *page)
{
    Sentence *all;
    size_t count;
    sentences_of(request->arena, words, &all, &count);
    size_t number = page_of(request, count), from = (number - 1) * SENTENCES_SHOWN;
    size_t to = MIN(from + SENTENCES_SHOWN, count);
    fill_passages(request, all, from, to, page);
    page->previous = number > 1 ? page_link(request, number - 1) : NULL;
    page->next = to < count ? page_link(request, number + 1) : NULL;
}

/* The number behind "captures". */
static int64_t capture_of_path(const WorkRequest *request)
{
    int64_t id = 0;
    for (size_t i = 1; i < request->part_count; i++)
        if (text_is(request->parts[i - 1], "captures"))
            (void)text_int(request->parts[i], &id); /* the route took a number above 0 */
    return id;
}

static bool find_capture(WorkRequest *request, Capture *capture, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) && capture_find(request->arena, reader.store, desk_number_of(request),
                                                                  capture_of_path(request), capture, problem);
}

bool work_capture(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Coded coded;
    Capture capture;
    if (!coded_read(request, &coded, problem) || !find_capture(request, &capture, problem))
        return false;
    bool coding = coded.blind || strcmp(coded.change.state, "draft") == 0;
    const char *title = title_of(&coded.record, capture.sha256);
    CapturePage page = {
        .heading = title ? title : say(request->language, N_("Without a title")),
        .back = work_link(request, arena_format(request->arena, "%s/captures", coded.path)),
        .about = arena_format(request->arena, "%s · %s%s%s", say_moment(request->arena, request->language, capture.at),
                              capture.account, *capture.name ? " · " : "", capture.name),
        .sha256 = capture.sha256,
        .bytes = arena_format(request->arena, "%s/bytes", request->path),
        .size = say_count(request->arena, request->language, capture.size, N2_("{n} byte", "{n} bytes")),
        .id = arena_format(request->arena, "%lld", (long long)capture.id),
        .claim = coding ? work_link(request, arena_format(request->arena, "%s/claim", coded.path)) : NULL,
        .script = request->bench->mark_script
    };
    page.entities = coding_entities(request, &coded, &page.entity_count);
    fill_words(request, capture.words, &page);
    WorkFrame frame = work_frame(request, reply, page.heading);
    capture_html(&reply->body, &frame, &page);
    return true;
}

/* The bytes are foreign: no browser shows them, under no name of their own. */
bool work_capture_bytes(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Text bytes;
    int64_t id = capture_of_path(request);
    if (!reader_take(request, &reader, problem) ||
        !capture_bytes(request->arena, reader.store, desk_number_of(request), id, &bytes, problem))
        return false;
    reply->type = "application/octet-stream";
    reply->download = arena_format(request->arena, "capture-%lld.bin", (long long)id);
    out_raw(&reply->body, bytes.at, bytes.length);
    return true;
}
