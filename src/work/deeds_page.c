/* The private journal: who did what, and when. */
#include "domain/deed.h"
#include "domain/sight.h"
#include "work/pages.h"
#include "work/writer.h"

enum { DEED_ROWS = 100 };

static const struct {
    const char *kind, *label;
} kinds[] = {
    { "token.add", N_("made a token") },
    { "token.revoke", N_("revoked a token") },
    { "token.refused", N_("tried a token in vain") },
    { "candidate.send", N_("sent a candidate") },
    { "candidate.read", N_("read the state of candidates") },
    { "import.begin", N_("began to import a file") },
    { "import.end", N_("imported a file to its end") },
    { "mark.raise", N_("marked a record as more confidential") },
    { "mark.lower", N_("marked a record as less confidential") },
    { "change.save", N_("saved a version of a change") },
    { "change.submit", N_("handed a change over for review") },
    { "change.return", N_("gave a change back") },
    { "change.drop", N_("gave a change up") },
    { "change.agree", N_("agreed to a change") },
    { "change.publish", N_("published a change") },
    { "change.refuse", N_("could not publish a change") },
    { "change.code", N_("coded a record blind") },
    { "change.look", N_("looked at a coding and will not code it") },
    { "change.decide", N_("settled where two codings differ") },
    { "coding.decide", N_("decided where two codings differ") },
    { "capture.add", N_("kept what a source said") },
    { "release.publish", N_("made a release") },
    { "triage", N_("decided about a candidate") },
    { "reply.ask", N_("asked for a reply") },
    { "reply.end", N_("recorded a reply or a silence") },
    { "reply.waive", N_("decided not to wait for a reply") },
    { "change.assign", N_("gave a change to somebody to see to") },
    { "source.gone", N_("said that a source is gone") },
    { "source.there", N_("said that a source is there again") },
    { "account.mail", N_("changed where mails go") },
    { "account.add", N_("added an account") },
    { "account.role", N_("changed the role of an account") },
    { "account.disable", N_("disabled an account") },
    { "account.enable", N_("enabled an account") },
    { "account.reset", N_("gave an account a new first password") },
    { "account.password", N_("chose a password") },
    { "account.codes", N_("set up one-time codes") },
    { "account.passkey", N_("made a passkey") },
    { "account.passkey-removed", N_("removed a passkey") },
    { "session.begin", N_("logged in") },
    { "session.end", N_("ended a session") },
    { "session.refused", N_("tried in vain to log in") },
    { "session.second", N_("gave a one-time code") },
    { "session.second-wrong", N_("gave a wrong code") },
    { "session.recovery", N_("used a recovery code") },
    { "session.passkey", N_("used a passkey") },
    { "session.passkey-wrong", N_("used a passkey in vain") },
    { "session.passkey-copied", N_("used a passkey of which there is a copy") },
    { "session.proof", N_("confirmed by password") },
    { "journal.read", N_("read this journal") },
};

const char *journal_words(const Language *language, const char *kind)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return say(language, kinds[i].label);
    return kind;
}

/* Who reads what others did is written down too. */
static bool tell(const WorkRequest *request, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Deed deed = { .at = request->now, .author = request->session.name, .kind = "journal.read", .subject = "journal" };
    writer_take(request, &writing);
    if (!store_begin(writing.store, problem))
        return false;
    AUTO_UNDO *undo = writing.store;
    return deed_add(writing.store, &deed, problem) && store_commit(writing.store, problem);
}

static bool read_before(const WorkRequest *request, int64_t *before, Problem *problem)
{
    const char *asked = sent(request, "before");
    *before = 0;
    return !*asked || (text_int(text_of(asked), before) && *before > 0) ||
           fail_field(problem, PROBLEM_NOT_FOUND, "before", "%.40s is no number of an entry", asked);
}

/* What was done to a record whose coding the reader must not see yet is told without its details. */
static bool fill_detail(const WorkRequest *request, Store *work, const Deed *deed, DeedRow *row, Problem *problem)
{
    static const char change[] = "change/";
    int64_t number = 0, hidden = 0;
    if (text_starts(text_of(deed->subject), change))
        (void)text_int(text_of(deed->subject + strlen(change)), &number);
    if (number && !sight_hidden(work, SIGHT_OF_CHANGE, number, request->session.name, &hidden, problem))
        return false;
    row->detail = hidden || strcmp(deed->detail, "{}") == 0 ? NULL : deed->detail;
    return true;
}

bool work_journal(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Deeds deeds;
    int64_t before;
    if (!read_before(request, &before, problem) || (!before && !tell(request, problem)) ||
        !reader_take(request, &reader, problem) ||
        !deed_list(request->arena, reader.store, before, DEED_ROWS, &deeds, problem))
        return false;
    DeedRow *rows = NEW_ARRAY(request->arena, DeedRow, deeds.count + 1);
    for (size_t i = 0; i < deeds.count; i++) {
        rows[i] = (DeedRow){ .at = say_moment(request->arena, request->language, deeds.items[i].at),
                             .author = deeds.items[i].author,
                             .what = journal_words(request->language, deeds.items[i].kind),
                             .subject = deeds.items[i].subject };
        if (!fill_detail(request, reader.store, &deeds.items[i], &rows[i], problem))
            return false;
    }
    DeedsPage page = { .rows = rows, .count = deeds.count };
    if (deeds.count == DEED_ROWS && deeds.items[deeds.count - 1].id > 1)
        page.next = work_link(
            request, arena_format(request->arena, "/journal?before=%lld", (long long)deeds.items[deeds.count - 1].id));
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Private journal")));
    deeds_html(&reply->body, &frame, &page);
    return true;
}
