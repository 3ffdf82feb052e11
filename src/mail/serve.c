#include "mail/serve.h"

#include <signal.h>
#include <unistd.h>

#include "guard/role.h"
#include "mail/letter.h"
#include "mail/post.h"

enum { NAME_PAUSE = 30 /* seconds before a server that is not found is looked for again */ };

static bool shut_in(const MailSettings *settings, Problem *problem)
{
    RolePaths paths = { .connect = settings->port };
    if (settings->security != MAIL_NONE)
        paths.read[0] = settings->authorities;
    return role_enter(ROLE_MAIL, &paths, problem);
}

static bool send_letter(Post *post, const MailSettings *settings, const MailOrder *order, Problem *problem)
{
    AUTO_OUT letter = { 0 };
    return letter_write(&letter, order, settings->sender, problem) &&
           post_send(post, order->address, out_view(&letter), problem);
}

/* One order after the other. False ends the process: with the problem of the server, when that was the trouble. */
static bool serve_one(Post *post, const MailSettings *settings, int socket, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    MailOrder order;
    Problem sending = { 0 };
    if (!mail_order_receive(arena, socket, -1, &order, problem))
        return !problem->kind;
    bool sent = send_letter(post, settings, &order, &sending);
    MailOutcome outcome = sent ? MAIL_SENT : sending.kind == PROBLEM_UNAVAILABLE ? MAIL_UNREACHED : MAIL_REFUSED;
    MailAnswer answer = { .id = order.id, .outcome = outcome, .trouble = sending.message };
    if (!mail_answer_send(socket, &answer, problem))
        return false;
    return sending.kind != PROBLEM_UNAVAILABLE || fail(problem, sending.kind, "%s", sending.message);
}

bool mail_serve(const MailOptions *options, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    MailSettings settings;
    (void)signal(SIGPIPE, SIG_IGN);
    if (!mail_settings_read(arena, options->settings, &settings, problem))
        return false;
    Post *post = post_open(arena, &settings, problem);
    if (!post)
        (void)sleep(NAME_PAUSE);
    bool going = post && shut_in(&settings, problem);
    while (going)
        going = serve_one(post, &settings, options->socket, problem);
    post_close(post);
    return false;
}
