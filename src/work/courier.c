#include "work/courier.h"

#include <errno.h>
#include <pthread.h>

#include "base/sys.h"
#include "domain/contest.h"
#include "domain/deed_head.h"
#include "domain/outbox.h"
#include "mail/order.h"
#include "work/alert_words.h"
#include "work/writer.h"

enum { ROUND_MS = 1000, STEP_MS = 200, ANSWER_MS = 120000, AT_ONCE = 100, REPLY_ROUNDS = 60 /* days pass slowly */ };
enum { SIGN_MS = 10 * 1000 };

struct Courier {
    CourierPlan plan;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool ending;
    unsigned rounds;
    char told[sizeof((Problem){ 0 }.message)]; /* the trouble that was told last */
};

typedef struct Round { /* one look at everything */
    Courier *courier;
    const Workbench *bench;
    Arena *arena;
    Store *work, *published; /* readers */
    Problem *problem;
} Round;

static bool is_ending(Courier *courier)
{
    pthread_mutex_lock(&courier->lock);
    bool ending = courier->ending;
    pthread_mutex_unlock(&courier->lock);
    return ending;
}

static bool tell_replies(Round *round)
{
    bool wait;
    int64_t now = sys_now();
    if (round->courier->rounds++ % REPLY_ROUNDS)
        return true;
    if (!alert_replies_wait(round->work, now, &wait, round->problem) || !wait)
        return !round->problem->kind;
    Store *writing = writer_hold(round->bench->writer);
    bool told = store_begin(writing, round->problem) && alert_replies(writing, now, round->problem) &&
                store_commit(writing, round->problem);
    store_undo(writing);
    writer_release(round->bench->writer);
    return told;
}

/* A piece of the journal at a time, so that nobody waits long for the writer. */
static bool follow_journal(Round *round)
{
    Contests contests = { .from = 0, .to = 1 };
    while (contests.from != contests.to && !is_ending(round->courier)) {
        if (!contest_find(round->arena, round->work, round->published, round->bench->site->codebook, &contests,
                          round->problem))
            return false;
        if (contests.from == contests.to)
            return true;
        Store *writing = writer_hold(round->bench->writer);
        bool told = contest_tell(writing, &contests, sys_now(), round->problem);
        writer_release(round->bench->writer);
        if (!told)
            return false;
    }
    return true;
}

static bool note_sent(Round *round, int64_t alert)
{
    bool noted = outbox_sent(writer_hold(round->bench->writer), alert, round->problem);
    writer_release(round->bench->writer);
    return noted;
}

static bool note_failed(Round *round, const Waiting *mail, const char *trouble)
{
    bool noted = outbox_failed(writer_hold(round->bench->writer), mail, sys_now(), trouble, round->problem);
    writer_release(round->bench->writer);
    return noted;
}

static bool give_up_old(Round *round)
{
    bool stale;
    if (!outbox_stale(round->work, sys_now(), &stale, round->problem) || !stale)
        return !round->problem->kind;
    bool done = outbox_give_up(writer_hold(round->bench->writer), sys_now(), round->problem);
    writer_release(round->bench->writer);
    return done;
}

static MailOrder order_of(const Round *round, const Waiting *mail)
{
    const Language *language = language_find(&round->bench->site->languages, text_of(mail->language));
    const char *origin = round->bench->place.origin, *sentence, *why;
    language = language ? language : &round->bench->site->languages.items[0];
    sentence = alert_sentence(round->arena, language, &mail->alert);
    why = say_with(
        round->arena, language,
        N_("You get this mail because your account at this workbench asks for it. Choose what you get at {address}"),
        SLOTS({ "address", arena_format(round->arena, "%s/%s/alerts", origin, language->code) }));
    return (MailOrder){ .id = mail->alert.id,
                        .at = mail->alert.at,
                        .address = mail->address,
                        .subject =
                            say_with(round->arena, language, N_("Vigie: {sentence}"), SLOTS({ "sentence", sentence })),
                        .words = arena_format(round->arena, "%s\n\n%s/%s%s\n\n-- \n%s", sentence, origin,
                                              language->code, mail->alert.path, why),
                        .language = language->code };
}

/* The answer about this mail. Others may come before it, about mails of an earlier round or process. */
static bool await(Round *round, int64_t alert, MailAnswer *answer)
{
    int socket = round->courier->plan.socket;
    *answer = (MailAnswer){ .id = alert, .outcome = MAIL_UNREACHED, .trouble = "the mail process gave no answer" };
    for (int waited = 0; waited < ANSWER_MS && !is_ending(round->courier); waited += STEP_MS) {
        MailAnswer got;
        if (!mail_answer_receive(round->arena, socket, STEP_MS, &got, round->problem)) {
            if (round->problem->kind)
                return false;
            continue;
        }
        if (got.id == alert) {
            *answer = got;
            return true;
        }
        if (got.outcome == MAIL_SENT && !note_sent(round, got.id))
            return false;
    }
    return !is_ending(round->courier);
}

/* Answers that came after their time was over. */
static bool take_late(Round *round)
{
    MailAnswer got;
    while (mail_answer_receive(round->arena, round->courier->plan.socket, 0, &got, round->problem))
        if (got.outcome == MAIL_SENT && !note_sent(round, got.id))
            return false;
    return !round->problem->kind;
}

/* When the server takes none, those behind this one have failed with it. */
static bool send_one(Round *round, const Waiting *mails, size_t count, bool *reached)
{
    bool stands;
    MailAnswer answer;
    MailOrder order = order_of(round, mails);
    if (!outbox_stands(round->work, mails, sys_now(), &stands, round->problem) || !stands)
        return !round->problem->kind;
    if (!mail_order_send(round->courier->plan.socket, &order, round->problem) ||
        !await(round, mails->alert.id, &answer))
        return false;
    *reached = answer.outcome != MAIL_UNREACHED;
    if (answer.outcome == MAIL_SENT)
        return note_sent(round, answer.id);
    for (size_t i = 0; i < (*reached ? 1 : count); i++)
        if (!note_failed(round, &mails[i], answer.trouble))
            return false;
    return true;
}

static bool send_mails(Round *round)
{
    Outbox due;
    bool reached = true;
    if (round->courier->plan.socket < 0)
        return true;
    if (!take_late(round) || !outbox_due(round->arena, round->work, sys_now(), AT_ONCE, &due, round->problem))
        return false;
    for (size_t i = 0; i < due.count && reached && !is_ending(round->courier); i++)
        if (!send_one(round, &due.items[i], due.count - i, &reached))
            return false;
    return true;
}

/* Now and then, so that what was done since the last publication is vouched for too. */
static bool sign_deeds(Round *round)
{
    DeedHead head;
    int64_t size, at;
    if (!deed_head(round->work, &head, round->problem) ||
        !deed_head_signed(round->published, &size, &at, round->problem))
        return false;
    if (head.size == size || sys_now() < at + SIGN_MS)
        return true;
    bool done = ledger_sign_deeds(round->bench->ledger, writer_hold(round->bench->writer), round->problem);
    writer_release(round->bench->writer);
    return done;
}

static bool look(Round *round)
{
    round->work = pool_take(round->bench->work, round->problem);
    round->published = round->work ? pool_take(round->bench->published, round->problem) : NULL;
    bool looked = round->published && tell_replies(round) && follow_journal(round) && give_up_old(round) &&
                  sign_deeds(round) && send_mails(round);
    pool_give(round->bench->work, round->work);
    pool_give(round->bench->published, round->published);
    return looked;
}

/* A trouble that lasts is told once. */
static void tell(Courier *courier, const Problem *problem)
{
    if (problem->kind && strcmp(courier->told, problem->message) != 0)
        (void)fprintf(stderr, "vigie: alerts: %s.\n", problem->message);
    (void)snprintf(courier->told, sizeof courier->told, "%s", problem->message);
}

static void pause_until_next(Courier *courier)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ROUND_MS / 1000;
    pthread_mutex_lock(&courier->lock);
    for (int state = 0; !courier->ending && state != ETIMEDOUT;)
        state = pthread_cond_timedwait(&courier->changed, &courier->lock, &until);
    pthread_mutex_unlock(&courier->lock);
}

static void *live(void *context)
{
    Courier *courier = context;
    for (; !is_ending(courier); pause_until_next(courier)) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Problem problem = { 0 };
        Round round = { .courier = courier, .bench = courier->plan.bench, .arena = arena, .problem = &problem };
        (void)look(&round);
        tell(courier, &problem);
    }
    return NULL;
}

Courier *courier_start(Arena *arena, const CourierPlan *plan, Problem *problem)
{
    Courier *courier = NEW(arena, Courier);
    *courier = (Courier){ .plan = *plan, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
    if (pthread_create(&courier->thread, NULL, live, courier) == 0)
        return courier;
    fail(problem, PROBLEM_UNAVAILABLE, "no thread for alerts can be started");
    return NULL;
}

void courier_stop(Courier *courier)
{
    if (!courier)
        return;
    pthread_mutex_lock(&courier->lock);
    courier->ending = true;
    pthread_cond_signal(&courier->changed);
    pthread_mutex_unlock(&courier->lock);
    (void)pthread_join(courier->thread, NULL);
    pthread_mutex_destroy(&courier->lock);
    pthread_cond_destroy(&courier->changed);
}
