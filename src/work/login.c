/* Logging in and out. */
#include "work/kept.h"
#include "work/pages.h"
#include "work/passkey.h"
#include "work/proof.h"
#include "work/talk.h"
#include "work/writer.h"

bool work_root(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    (void)problem;
    return go_to(request, reply, "/");
}

bool work_login(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    WorkForm *form = form_new(request, "/login", say(language, N_("Log in")));
    FormPage page = { .heading = say(language, N_("Log in to the workbench")),
                      .intro =
                          say(language, N_("For those who collect, code and review. The register itself is public and "
                                           "needs no account.")),
                      .form = form };
    if (!passkey_offer(request, form, "login", problem))
        return false;
    kept_fields(request, form);
    form_field(request, form,
               (FieldPlan){ .name = "name", .label = say(language, N_("Name")), .autocomplete = "username" });
    form_field(request, form,
               (FieldPlan){ .name = "password",
                            .label = say(language, N_("Password")),
                            .autocomplete = "current-password",
                            .kind = FIELD_PASSWORD });
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

static bool find_account(WorkRequest *request, const char *name, Account *account, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Problem finding = { 0 };
    *account = (Account){ .password = "" };
    if (!reader_take(request, &reader, problem))
        return false;
    return account_find(request->arena, reader.store, name, account, &finding) || finding.kind == PROBLEM_NOT_FOUND ||
           fail(problem, finding.kind, "%s", finding.message);
}

/* A stranger is told nothing but that it does not fit: not whether there is such a name, nor that it is disabled. */
static bool opens(const WorkRequest *request, const Account *account, const char *password)
{
    bool fits = password_fits(account->password, text_of(password));
    return fits && account_opens(account, request->now);
}

/* A new session with a new token: never the one that the browser came with. */
static bool begin(const WorkRequest *request, const Account *account, const char *token, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Hand hand = { .author = account->name, .now = request->now };
    Hash hash;
    token_hash(token, &hash);
    writer_take(request, &writing);
    return session_begin(writing.store, &hand, account->id, &hash, request->agent, problem);
}

/* For a name that there is not, too: both take as long. */
static bool tell_refusal(const WorkRequest *request, const Account *account, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    return session_refused(writing.store, request->now, account->id ? account->name : NULL, problem);
}

static bool refuse_login(WorkRequest *request, const Account *account, WorkReply *reply, Problem *problem)
{
    if (!tell_refusal(request, account, problem))
        return false;
    fault_add(request, "",
              say(request->language, N_("Name and password do not fit together, or the account cannot be used here.")));
    return form_again(request, reply, problem);
}

/* Telephones begin a word with a capital letter. */
static const char *name_typed(const WorkRequest *request)
{
    char *name = arena_text(request->arena, text_trim(text_of(sent(request, "name"))));
    for (char *c = name; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + ('a' - 'A'));
    return name;
}

static bool login_by_passkey(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    char token[WORK_TOKEN_SIZE + 1];
    bool taken;
    token_make(token);
    if (!passkey_opens(request, token, &taken, problem))
        return false;
    if (!taken)
        return form_again(request, reply, problem);
    reply->cookie = arena_string(request->arena, token);
    return kept_arrive(request, reply->cookie, reply, problem);
}

bool work_login_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    if (passkey_was_sent(request))
        return login_by_passkey(request, reply, problem);
    const char *name = name_typed(request);
    const char *password = sent(request, "password");
    Account account;
    if (!*name)
        fault_add(request, "name", say(request->language, N_("Please give the name of your account.")));
    if (!*password)
        fault_add(request, "password", say(request->language, N_("Please give your password.")));
    if (request->fault_count)
        return form_again(request, reply, problem);
    if (!may_try(request, name, reply))
        return too_often(request, reply, problem);
    if (!find_account(request, name, &account, problem))
        return false;
    if (!opens(request, &account, password))
        return refuse_login(request, &account, reply, problem);
    tried_well(request, name);
    char *token = arena_take(request->arena, WORK_TOKEN_SIZE + 1);
    token_make(token);
    reply->cookie = token;
    return begin(request, &account, token, problem) && kept_arrive(request, token, reply, problem);
}

bool work_logout(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    if (!session_end(writing.store, &hand, request->session.account, request->session.id, "logout", problem))
        return false;
    reply->cookie = "";
    return go_to(request, reply, "/login");
}
