/* What belongs to one's own account: its password and its sessions. */
#include "work/pages.h"
#include "work/proof.h"
#include "work/writer.h"

bool work_password(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    WorkForm *form = form_new(request, "/password", say(language, N_("Keep this password")));
    FormPage page = { .heading = say(language, N_("Choose a password")),
                      .intro =
                          say(language, N_("At least 12 characters; a sentence is easier to keep in mind than signs. "
                                           "There are no other rules, and it may be pasted from a password manager.")),
                      .form = form };
    (void)problem;
    form_field(request, form,
               (FieldPlan){ .name = "password",
                            .label = say(language, N_("New password")),
                            .autocomplete = "new-password",
                            .kind = FIELD_PASSWORD });
    form_field(request, form,
               (FieldPlan){ .name = "again",
                            .label = say(language, N_("The same once more")),
                            .autocomplete = "new-password",
                            .kind = FIELD_PASSWORD });
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

static const char *const password_faults[] = {
    [PASSWORD_SHORT] = N_("This has fewer than 12 characters."),
    [PASSWORD_LONG] = N_("This is longer than 1,024 bytes."),
    [PASSWORD_NAME] = N_("This is little more than your name."),
    [PASSWORD_COMMON] = N_("This is among the first that an attacker would try. Please choose something else."),
};

static void judge(WorkRequest *request, const Account *account)
{
    const char *password = sent(request, "password");
    PasswordFault fault = password_judge(text_of(password), account->name);
    if (fault != PASSWORD_FINE)
        fault_add(request, "password", say(request->language, password_faults[fault]));
    else if (password_fits(account->password, text_of(password)))
        fault_add(request, "password", say(request->language, N_("This is the password that you have now.")));
    else if (strcmp(password, sent(request, "again")) != 0)
        fault_add(request, "again", say(request->language, N_("The two are not the same.")));
}

bool work_password_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Account account;
    if (!account_of(request, &account, problem))
        return false;
    judge(request, &account);
    if (request->fault_count)
        return form_again(request, reply, problem);
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    return account_set_password(writing.store, &hand, &account, request->session.id, text_of(sent(request, "password")),
                                problem) &&
           go_to(request, reply, "/");
}

static bool list_sessions(const WorkRequest *request, Sessions *sessions, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) &&
           session_list(request->arena, reader.store, request->session.account, request->now, sessions, problem);
}

bool work_sessions(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Sessions sessions;
    if (!list_sessions(request, &sessions, problem))
        return false;
    SessionRow *rows = NEW_ARRAY(request->arena, SessionRow, sessions.count + 1);
    for (size_t i = 0; i < sessions.count; i++)
        rows[i] =
            (SessionRow){ .id = sessions.items[i].id,
                          .agent = *sessions.items[i].agent ? sessions.items[i].agent
                                                            : say(request->language, N_("A program without a name")),
                          .made = say_moment(request->arena, request->language, sessions.items[i].made),
                          .seen = say_moment(request->arena, request->language, sessions.items[i].seen),
                          .here = sessions.items[i].id == request->session.id };
    WorkForm *form = form_new(request, "/sessions", "");
    SessionsPage page = {
        .action = form->action, .token = form->token, .fault = form->fault, .rows = rows, .count = sessions.count
    };
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("My sessions")));
    sessions_html(&reply->body, &frame, &page);
    return true;
}

bool work_sessions_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    int64_t id = 0;
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    if (!text_int(text_of(sent(request, "session")), &id))
        return fail_field(problem, PROBLEM_BAD_INPUT, "session", "the number of a session is expected");
    writer_take(request, &writing);
    if (!session_end(writing.store, &hand, request->session.account, id, "ended by hand", problem))
        return false;
    if (id != request->session.id)
        return go_to(request, reply, "/sessions");
    reply->cookie = "";
    return go_to(request, reply, "/login");
}
