/* The accounts, for administrators: who may work here, in which role. */
#include "work/pages.h"
#include "work/writer.h"

static const char *state_of(const WorkRequest *request, const Account *account)
{
    const Language *language = request->language;
    if (account->disabled)
        return say(language, N_("Disabled"));
    if (account->expires && account->expires < request->now)
        return say(language, N_("Its first password has expired"));
    return account->expires ? say(language, N_("Not used yet")) : say(language, N_("Active"));
}

static const char *codes_of(const WorkRequest *request, const Account *account)
{
    const Language *language = request->language;
    const char *recovery = say_count(request->arena, language, account->recovery_left,
                                     N2_("{n} recovery code left", "{n} recovery codes left"));
    const char *passkeys = say_count(request->arena, language, account->passkeys, N2_("{n} passkey", "{n} passkeys"));
    if (!account->code_secret.at && !account->passkeys)
        return say(language, N_("none"));
    return arena_format(
        request->arena, "%s%s%s, %s", account->code_secret.at ? say(language, N_("one-time codes")) : "",
        account->code_secret.at && account->passkeys ? ", " : "", account->passkeys ? passkeys : "", recovery);
}

static void role_field(const WorkRequest *request, WorkForm *form, AccountRole now)
{
    Field *field =
        form_field(request, form,
                   (FieldPlan){ .name = "role", .label = say(request->language, N_("Role")), .kind = FIELD_SELECT });
    Choice *choices = NEW_ARRAY(request->arena, Choice, ACCOUNT_ROLE_COUNT);
    const char *chosen = *field->value ? field->value : account_roles[now].word;
    for (int i = 0; i < ACCOUNT_ROLE_COUNT; i++)
        choices[i] = (Choice){ .code = account_roles[i].word,
                               .label = role_label(request->language, (AccountRole)i),
                               .chosen = strcmp(account_roles[i].word, chosen) == 0 };
    field->choices = (Choices){ choices, ACCOUNT_ROLE_COUNT };
}

bool work_accounts(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Account *accounts;
    size_t count;
    if (!reader_take(request, &reader, problem) ||
        !account_list(request->arena, reader.store, &accounts, &count, problem))
        return false;
    AccountRow *rows = NEW_ARRAY(request->arena, AccountRow, count + 1);
    for (size_t i = 0; i < count; i++)
        rows[i] = (AccountRow){ .address = work_link(
                                    request, arena_format(request->arena, "/accounts/%lld", (long long)accounts[i].id)),
                                .name = accounts[i].name,
                                .role = role_label(request->language, accounts[i].role),
                                .state = state_of(request, &accounts[i]),
                                .codes = codes_of(request, &accounts[i]) };
    WorkForm *form = form_new(request, "/accounts", say(request->language, N_("Add this account")));
    form_field(request, form,
               (FieldPlan){
                   .name = "name",
                   .label = say(request->language, N_("Name")),
                   .hint = say(request->language, N_("2 to 40 of a–z, 0–9, full stop and hyphen; a letter first.")) });
    role_field(request, form, ACCOUNT_CODER);
    AccountsPage page = { .rows = rows, .count = count, .form = form };
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Accounts")));
    accounts_html(&reply->body, &frame, &page);
    return true;
}

static bool show_password(const WorkRequest *request, const char *name, const char *password, WorkReply *reply)
{
    const Language *language = request->language;
    SecretPage page = {
        .heading = say_with(request->arena, language, N_("The first password of {name}"), SLOTS({ "name", name })),
        .intro =
            say(language, N_("It opens the account within seven days and must then be replaced. It is shown only now: "
                             "hand it over in person or by another way than the name.")),
        .secret = password,
        .next = work_link(request, "/accounts"),
        .next_label = say(language, N_("To the accounts"))
    };
    WorkFrame frame = work_frame(request, reply, page.heading);
    reply->status = 200;
    secret_html(&reply->body, &frame, &page);
    return true;
}

static bool add(const WorkRequest *request, const char *name, AccountRole role, char *password, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    return account_add(writing.store, &hand, name, role, password, problem);
}

bool work_accounts_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    char password[PASSWORD_MADE_SIZE + 1];
    const char *name = sent(request, "name");
    AccountRole role;
    Problem adding = { 0 };
    if (!account_name_is_good(text_of(name)))
        fault_add(request, "name",
                  say(request->language, N_("2 to 40 of a–z, 0–9, full stop and hyphen; a letter first.")));
    if (!account_role_find(text_of(sent(request, "role")), &role))
        fault_add(request, "role", say(request->language, N_("Please choose a role.")));
    if (request->fault_count)
        return form_again(request, reply, problem);
    if (add(request, name, role, password, &adding))
        return show_password(request, name, password, reply);
    if (adding.kind != PROBLEM_CONFLICT)
        return fail_field(problem, adding.kind, adding.field, "%s", adding.message);
    fault_add(request, "name", say(request->language, N_("There is already an account with this name.")));
    return form_again(request, reply, problem);
}

static bool read_account(const WorkRequest *request, Account *account, Problem *problem)
{
    AUTO_READER reader = { 0 };
    int64_t id = 0;
    (void)text_int(request->parts[2], &id); /* the route has seen that it is a number */
    return reader_take(request, &reader, problem) && account_at(request->arena, reader.store, id, account, problem);
}

bool work_account(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    Account account;
    if (!read_account(request, &account, problem))
        return false;
    WorkForm *form = form_new(request, NULL, say(language, N_("Change the role")));
    role_field(request, form, account.role);
    form_field(request, form, (FieldPlan){ .name = "act", .kind = FIELD_HIDDEN })->value = "role";
    bool own = account.id == request->session.account;
    AccountPage page = {
        .name = account.name,
        .role = role_label(language, account.role),
        .state = state_of(request, &account),
        .codes = codes_of(request, &account),
        .made = say_moment(request->arena, language, account.made),
        .own = own ? say(language, N_("This is your own account: another administrator can change it.")) : NULL,
        .roles = form,
        .action = form->action,
        .token = form->token,
        .act = account.disabled ? "enable" : "disable",
        .act_label =
            account.disabled ? say(language, N_("Enable the account")) : say(language, N_("Disable the account"))
    };
    WorkFrame frame = work_frame(request, reply, account.name);
    account_html(&reply->body, &frame, &page);
    return true;
}

static bool reset(const WorkRequest *request, const Account *account, WorkReply *reply, Problem *problem)
{
    char password[PASSWORD_MADE_SIZE + 1];
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    return account_reset(writing.store, &hand, account->name, password, problem) &&
           show_password(request, account->name, password, reply);
}

/* One of the forms of the page, by its field "act"; NOT_FOUND for any other. */
static bool change(const WorkRequest *request, const Account *account, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    const char *act = sent(request, "act");
    AccountRole role;
    writer_take(request, &writing);
    if (strcmp(act, "disable") == 0)
        return account_disable(writing.store, &hand, account->name, problem);
    if (strcmp(act, "enable") == 0)
        return account_enable(writing.store, &hand, account->name, problem);
    if (strcmp(act, "role") == 0 && account_role_find(text_of(sent(request, "role")), &role))
        return account_change_role(writing.store, &hand, account->name, role, problem);
    return fail_field(problem, PROBLEM_BAD_INPUT, "role", "a role and what is to be done are expected");
}

bool work_account_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Account account;
    if (!read_account(request, &account, problem))
        return false;
    if (account.id == request->session.account) {
        fault_add(request, "",
                  say(request->language, N_("This is your own account: another administrator can change it.")));
        return form_again(request, reply, problem);
    }
    if (strcmp(sent(request, "act"), "reset") == 0)
        return reset(request, &account, reply, problem);
    return change(request, &account, problem) &&
           go_to(request, reply, arena_format(request->arena, "/accounts/%lld", (long long)account.id));
}
