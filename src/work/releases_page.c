/* Releases at the workbench: those that were given out, and beginning the next one, to which another person agrees. */
#include "domain/release.h"
#include "work/desk_pages.h"
#include "work/maker.h"
#include "work/refusal.h"

static const char *number_text(const WorkRequest *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static const char *row_words(const WorkRequest *request, const Rows *rows)
{
    char day[DATE_TEXT_SIZE];
    day_write((int32_t)rows_int(rows, 1), day);
    return say_with(request->arena, request->language, N_("{day}, {entries} entries, codebook {codebook}"),
                    SLOTS({ "day", arena_string(request->arena, day) },
                          { "entries", say_number(request->arena, request->language, rows_int(rows, 2)) },
                          { "codebook", arena_string(request->arena, rows_text(rows, 3)) }));
}

static bool read_rows(const WorkRequest *request, Store *published, ReleasesDeskPage *page, Problem *problem)
{
    size_t room = 0;
    NamedRow *items = NULL;
    AUTO_ROWS *rows = store_run(published, problem, SQL_RELEASE_LIST, "");
    while (rows && rows_next(rows)) {
        items = arena_grow(request->arena, items, page->count, &room, sizeof *items);
        items[page->count++] = (NamedRow){
            .kind = say_with(request->arena, request->language, N_("Release {number}"),
                             SLOTS({ "number", number_text(request, rows_int(rows, 0)) })),
            .words = row_words(request, rows),
            .address = arena_format(request->arena, "%s/%s/releases#release-%lld", request->bench->public_address,
                                    request->language->code, (long long)rows_int(rows, 0)),
        };
    }
    page->rows = items;
    return !problem->kind;
}

bool work_releases(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    ReleasesDeskPage page = { .fault = fault_of(request, "") };
    Store *published = pool_take(request->bench->published, problem);
    bool read = published && read_rows(request, published, &page, problem);
    if (published)
        pool_give(request->bench->published, published);
    if (!read)
        return false;
    const WorkRoute *form = work_route_of("POST", "/L/releases");
    if (form && form->rule.roles & 1u << request->session.role) {
        page.form = form_new(request, "/releases", say(request->language, N_("Prepare a release")));
        page.form->fault = NULL; /* the page tells it */
    }
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Releases")));
    work_releases_html(&reply->body, &frame, &page);
    return true;
}

/* What goes in beside what is published, and what must stay beside it. */
static bool read_order(const WorkRequest *request, MakerOrder *order, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) &&
           change_releases(request->arena, reader.store, &order->keep, problem);
}

static bool prepare(const WorkRequest *request, int64_t *change, Problem *problem)
{
    ChangeDraft draft = { .kind = KIND_RELEASE };
    MakerOrder order = { .now = request->now };
    Hand hand = hand_of(request);
    if (!request->bench->maker)
        return fail(problem, PROBLEM_UNAVAILABLE, "the process that makes releases is not there");
    AUTO_MAKER *maker = request->bench->maker;
    maker_hold(maker);
    if (!read_order(request, &order, problem) ||
        !maker_make(maker, request->arena, &order, &draft.subject, &draft.body, problem))
        return false;
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    return change_begin(writing.store, &hand, &draft, change, problem);
}

bool work_releases_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    int64_t change;
    if (prepare(request, &change, &refused))
        return desk_went(request, change, reply);
    return desk_again(request, &refused, "", reply, problem);
}

static void add_row(NamedRow *rows, size_t *count, const char *kind, const char *words)
{
    rows[(*count)++] = (NamedRow){ .kind = kind, .words = words };
}

bool release_view(const WorkRequest *request, const Change *change, ChangePage *page, Problem *problem)
{
    Release release;
    char day[DATE_TEXT_SIZE];
    const Language *language = request->language;
    enum { FACTS = 5 };
    if (!release_read(request->arena, change->body, &release, problem))
        return false;
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, size_add(release.file_count, FACTS));
    day_write(release.day, day);
    add_row(rows, &page->said_count, say(language, N_("Number")), number_text(request, change->subject));
    add_row(rows, &page->said_count, say(language, N_("Day")), arena_string(request->arena, day));
    add_row(rows, &page->said_count, say(language, N_("Entries of the journal")),
            say_number(request->arena, language, release.entries));
    add_row(rows, &page->said_count, say(language, N_("Codebook")), release.codebook);
    add_row(rows, &page->said_count, "SHA256SUMS", release.sums);
    for (size_t i = 0; i < release.file_count; i++)
        add_row(rows, &page->said_count, release.files[i].path,
                say_with(request->arena, language, N_("{bytes} bytes, SHA-256 {hash}"),
                         SLOTS({ "bytes", say_number(request->arena, language, release.files[i].bytes) },
                               { "hash", release.files[i].hash })));
    page->said = rows;
    page->heading = say_with(request->arena, language, N_("Release {number}"),
                             SLOTS({ "number", number_text(request, change->subject) }));
    return true;
}
