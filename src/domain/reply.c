#include "domain/reply.h"

#include "domain/alert.h"
#include "domain/change_step.h"

enum { DAYS_OF_A_WEEK = 7, WORKING_OF_A_WEEK = 5, MONDAY = 3 /* 1970-01-01 was the third day after one */ };

int32_t reply_due(int32_t asked, int working_days)
{
    int32_t day = asked;
    for (int left = working_days; left > 0;) {
        day++;
        int32_t of_week = ((day + MONDAY) % DAYS_OF_A_WEEK + DAYS_OF_A_WEEK) % DAYS_OF_A_WEEK;
        left -= of_week < WORKING_OF_A_WEEK;
    }
    return day;
}

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

static Reply take(Arena *arena, const Rows *rows)
{
    return (Reply){ .id = rows_int(rows, 0),
                    .change = rows_int(rows, 1),
                    .incident = rows_int(rows, 2),
                    .organisation = kept(arena, rows, 3),
                    .way = kept(arena, rows, 4),
                    .state = arena_text(arena, text_of(rows_text(rows, 5))),
                    .reason = kept(arena, rows, 6),
                    .account = kept(arena, rows, 7),
                    .asked = (int32_t)rows_int(rows, 8),
                    .due = (int32_t)rows_int(rows, 9),
                    .ended = rows_is_null(rows, 10) ? DAY_UNKNOWN : (int32_t)rows_int(rows, 10),
                    .title = kept(arena, rows, 11),
                    .mark = tlp_of(rows_int(rows, 12)) };
}

bool reply_find(Arena *arena, Store *work, int64_t id, Reply *reply, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_REPLY_GET, "i", id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "nobody was asked for the reply %lld", (long long)id);
    *reply = take(arena, rows);
    return true;
}

static bool take_all(Arena *arena, Rows *rows, Replies *replies, const Problem *problem)
{
    size_t room = 0;
    *replies = (Replies){ 0 };
    while (rows && rows_next(rows)) {
        replies->items = arena_grow(arena, replies->items, replies->count, &room, sizeof *replies->items);
        replies->items[replies->count++] = take(arena, rows);
    }
    return rows && !problem->kind;
}

bool reply_of(Arena *arena, Store *work, int64_t change, int64_t incident, Replies *replies, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_REPLY_ABOUT, "ii", change, incident);
    return take_all(arena, rows, replies, problem);
}

bool reply_list(Arena *arena, Store *work, ReplyPlace place, Replies *replies, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_REPLY_PAGE, "tii", place.state, (int64_t)MIN(place.most, INT64_MAX),
                                (int64_t)place.ceiling);
    return take_all(arena, rows, replies, problem);
}

static bool text_is_good(const char *field, const char *text, Problem *problem)
{
    size_t length = text ? strlen(text) : 0;
    return (length > 0 && length <= REPLY_TEXT_MOST) ||
           fail_field(problem, PROBLEM_BAD_INPUT, field, "1 to %d bytes are expected", REPLY_TEXT_MOST);
}

static bool days_are_good(const Hand *hand, Reply *reply, Problem *problem)
{
    int32_t least = reply_due(reply->asked, REPLY_WORKING_DAYS);
    if (reply->asked > moment_day(hand->now))
        return fail_field(problem, PROBLEM_BAD_INPUT, "asked", "the day of asking is still to come");
    reply->due = reply->due == DAY_UNKNOWN ? least : reply->due;
    return reply->due >= least ||
           fail_field(problem, PROBLEM_BAD_INPUT, "due", "an organisation has at least %d working days to answer",
                      REPLY_WORKING_DAYS);
}

static bool change_is_open(Arena *arena, Store *work, int64_t id, Problem *problem)
{
    Change change;
    if (!id)
        return true;
    if (!change_find(arena, work, id, &change, problem))
        return false;
    return strcmp(change.state, "draft") == 0 || strcmp(change.state, "in_review") == 0 ||
           fail(problem, PROBLEM_CONFLICT, "change %lld is %s: nothing about it is asked any more", (long long)id,
                change.state);
}

static const char *ask_detail(Out *out, const Reply *reply)
{
    char day[DATE_TEXT_SIZE];
    OUT_LITERAL(out, "{\"change\":");
    out_int(out, reply->change);
    OUT_LITERAL(out, ",\"due\":");
    day_write(reply->due, day);
    out_json(out, day);
    OUT_LITERAL(out, ",\"incident\":");
    out_int(out, reply->incident);
    OUT_LITERAL(out, ",\"organisation\":");
    out_json(out, reply->organisation);
    OUT_LITERAL(out, "}");
    return out->text;
}

typedef struct Told {
    const char *kind;
    int64_t reply;
    const char *detail;
} Told;

static bool tell(Store *work, const Hand *hand, Told told, int64_t *row, Problem *problem)
{
    char subject[40];
    (void)snprintf(subject, sizeof subject, "reply/%lld", (long long)told.reply);
    Deed deed = {
        .at = hand->now, .author = hand->author, .kind = told.kind, .subject = subject, .detail = told.detail
    };
    if (!deed_add(work, &deed, problem))
        return false;
    *row = deed.id;
    return true;
}

static bool next_id(Store *work, int64_t *id, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_REPLY_NEXT, "");
    if (!rows || !rows_next(rows))
        return false;
    *id = rows_int(rows, 0);
    return true;
}

bool reply_ask(Store *work, const Hand *hand, const Reply *asked, int64_t *id, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT detail = { 0 };
    AUTO_UNDO *undo = work;
    Reply reply = *asked;
    int64_t deed;
    return text_is_good("organisation", reply.organisation, problem) && text_is_good("way", reply.way, problem) &&
           days_are_good(hand, &reply, problem) && store_begin(work, problem) &&
           change_person(work, hand->author, CHANGE_PREPARE, problem) &&
           change_is_open(arena, work, reply.change, problem) && next_id(work, id, problem) &&
           tell(work, hand, (Told){ "reply.ask", *id, ask_detail(&detail, &reply) }, &deed, problem) &&
           store_do(work, problem, SQL_REPLY_ADD, "irittiiti", *id, reply.change ? (double)reply.change : (double)NAN,
                    reply.incident, reply.organisation, reply.way, (int64_t)reply.asked, (int64_t)reply.due,
                    hand->author, deed) &&
           alert_replies(work, hand->now, problem) && store_commit(work, problem);
}

/* What is said of it in public, and by whom: the answer is the organisation's, the silence is ours to tell. */
static ClaimEntry claim_of(Arena *arena, const Reply *reply, const ReplyEnd *end)
{
    char asked[DATE_TEXT_SIZE];
    bool silent = strcmp(end->state, "no_answer") == 0;
    day_write(reply->asked, asked);
    SourceFacts source = { .url = end->url,
                           .title = end->title,
                           .source_type = silent ? "confidential" : "victim",
                           .reliability = silent ? "a" : "b",
                           .published = end->day };
    if (silent)
        source.title = arena_format(arena, "Right of reply: %s was asked on %s", reply->organisation, asked);
    return (ClaimEntry){ .source = RECORD_NO_SOURCE,
                         .new_source = source,
                         .said = { .claimant = silent ? "project" : "victim",
                                   .stance = "asserts",
                                   .credibility = "c1",
                                   .known_since = end->day,
                                   .as_of = end->day },
                         .claim = { .variable = "right_of_reply", .value = end->state, .quote = end->quote } };
}

/* Into the draft, or into a new one about the published incident. */
static bool put_claim(const ChangeDesk *desk, const Hand *hand, const Reply *reply, const ClaimEntry *entry,
                      int64_t *change, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Store *work = desk->work;
    AUTO_OUT body = { 0 };
    Change about = { 0 };
    Record record = { .dataset = "workbench", .external = arena_format(arena, "reply-%lld", (long long)reply->id) };
    if (reply->change && !change_find(arena, work, reply->change, &about, problem))
        return false;
    bool drafted = reply->change && strcmp(about.state, "draft") == 0;
    if (!drafted && !reply->incident)
        return fail(problem, PROBLEM_CONFLICT, "change %lld is %s, not draft", (long long)reply->change, about.state);
    if (!source_facts_check(&entry->new_source, desk->codebook, problem))
        return false;
    if (drafted && !record_read(arena, about.body, &record, problem))
        return false;
    record_add_claim(arena, &record, entry);
    if (!drafted && !record_check(&record, desk->codebook, problem))
        return false;
    record_write(&body, &record);
    *change = reply->change;
    ChangeDraft draft = { .kind = KIND_ADD, .subject = reply->incident, .body = out_view(&body) };
    return drafted ? change_save_within(work, hand, about.id, about.version, out_view(&body), problem)
                   : change_begin_within(work, hand, &draft, change, problem);
}

static bool may_end(const Hand *hand, const Reply *reply, const ReplyEnd *end, Problem *problem)
{
    static const char *const states[] = { "answered", "objection", "no_answer" };
    bool known = false, silent = strcmp(end->state, "no_answer") == 0;
    for (size_t i = 0; i < COUNT_OF(states); i++)
        known = known || strcmp(states[i], end->state) == 0;
    if (!known)
        return fail_field(problem, PROBLEM_BAD_INPUT, "kind", "an answer, an objection or a silence is expected");
    if (strcmp(reply->state, "waiting") != 0)
        return fail(problem, PROBLEM_CONFLICT, "how it ended is told already");
    if (end->day < reply->asked || end->day > moment_day(hand->now))
        return fail_field(problem, PROBLEM_BAD_INPUT, "day", "a day from the asking to today is expected");
    if (silent && end->day <= reply->due)
        return fail(problem, PROBLEM_CONFLICT, "the day until which it may answer has not passed");
    Text url = text_of(end->url);
    if (url.length && !text_starts(url, "https://") && !text_starts(url, "http://"))
        return fail_field(problem, PROBLEM_BAD_INPUT, "url", "an address begins with https:// or http://");
    return silent || end->url || end->title ||
           fail_field(problem, PROBLEM_BAD_INPUT, "title", "a source has neither address nor title");
}

static const char *end_detail(Out *out, const char *state, const char *basis, const char *reason)
{
    OUT_LITERAL(out, "{");
    if (basis) {
        OUT_LITERAL(out, "\"basis\":");
        out_json(out, basis);
        OUT_LITERAL(out, ",\"reason\":");
        out_json(out, reason);
        OUT_LITERAL(out, ",");
    }
    OUT_LITERAL(out, "\"state\":");
    out_json(out, state);
    OUT_LITERAL(out, "}");
    return out->text;
}

bool reply_end(const ChangeDesk *desk, const Hand *hand, int64_t id, const ReplyEnd *end, int64_t *change,
               Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT detail = { 0 };
    Store *work = desk->work;
    AUTO_UNDO *undo = work;
    Reply reply;
    int64_t deed;
    if (!store_begin(work, problem) || !change_person(work, hand->author, CHANGE_PREPARE, problem) ||
        !reply_find(arena, work, id, &reply, problem) || !may_end(hand, &reply, end, problem))
        return false;
    ClaimEntry entry = claim_of(arena, &reply, end);
    return put_claim(desk, hand, &reply, &entry, change, problem) &&
           tell(work, hand, (Told){ "reply.end", id, end_detail(&detail, end->state, NULL, NULL) }, &deed, problem) &&
           store_do(work, problem, SQL_REPLY_PUT_END, "itrti", id, end->state, (double)end->day, NULL, deed) &&
           store_commit(work, problem);
}

static bool basis_is_good(const Codebook *codebook, const char *basis, Problem *problem)
{
    const Variable *variable = codebook_variable_of(codebook, "affected", "naming_basis");
    bool known = variable && variable_value(variable, basis) && strcmp(basis, "actor_only") != 0;
    return known || fail_field(problem, PROBLEM_BAD_INPUT, "basis",
                               "by what the name is public is expected: not by the "
                               "attacker alone");
}

bool reply_waive(const ChangeDesk *desk, const Hand *hand, int64_t id, const char *basis, const char *reason,
                 Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT detail = { 0 };
    Store *work = desk->work;
    AUTO_UNDO *undo = work;
    Reply reply;
    int64_t deed;
    if (!basis_is_good(desk->codebook, basis, problem) || !text_is_good("reason", reason, problem))
        return false;
    if (!store_begin(work, problem) || !change_person(work, hand->author, CHANGE_PUBLISH, problem) ||
        !reply_find(arena, work, id, &reply, problem))
        return false;
    if (strcmp(reply.state, "waiting") != 0)
        return fail(problem, PROBLEM_CONFLICT, "how it ended is told already");
    return tell(work, hand, (Told){ "reply.waive", id, end_detail(&detail, "waived", basis, reason) }, &deed,
                problem) &&
           store_do(work, problem, SQL_REPLY_PUT_END, "itrti", id, "waived", (double)moment_day(hand->now),
                    arena_format(arena, "%s: %s", basis, reason), deed) &&
           store_commit(work, problem);
}

/* Whether publishing the record names the organisation that was asked. One that the record does not know by that name
 * may have been spelt otherwise since: then any name counts. */
static bool names(const Record *record, const char *organisation)
{
    bool known = false, any = false;
    for (size_t i = 0; i < record->affected_count; i++) {
        const AffectedFacts *affected = &record->affected[i];
        bool named = !affected->naming || strcmp(affected->naming, "named") == 0;
        any = any || named;
        if (strcmp(affected->organisation.name, organisation) != 0)
            continue;
        known = true;
        if (named)
            return true;
    }
    return !known && any;
}

bool reply_lets(Arena *arena, Store *work, const Change *change, int32_t today, Problem *problem)
{
    Replies replies;
    Record record;
    if (!reply_of(arena, work, change->id, 0, &replies, problem))
        return false;
    if (!replies.count || act_find(change->kind) != ACT_KIND_COUNT)
        return true;
    if (!record_read(arena, change->body, &record, problem))
        return false;
    for (size_t i = 0; i < replies.count; i++) {
        char due[DATE_TEXT_SIZE];
        bool waits = strcmp(replies.items[i].state, "waiting") == 0 && today <= replies.items[i].due;
        if (!waits || !names(&record, replies.items[i].organisation))
            continue;
        day_write(replies.items[i].due, due);
        return fail(problem, PROBLEM_CONFLICT, "%.120s was asked and may answer until %s",
                    replies.items[i].organisation, due);
    }
    return true;
}
