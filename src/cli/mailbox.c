/* vigie account mail, vigie change assign: who is told what. */
#include "domain/mailbox.h"

#include "base/sys.h"
#include "cli/desk.h"
#include "domain/assignment.h"
#include "domain/deed.h"
#include "domain/witness.h"

static bool print_mailbox(const Call *call, const Mailbox *mailbox, Problem *problem)
{
    AUTO_OUT out = { 0 };
    const char *kinds = mailbox_kinds_write(call->arena, mailbox->kinds);
    if (!option_given(call, OPTION_JSON))
        return print_text(text_of(*mailbox->address ? arena_format(call->arena, "%s: %s (%s)\n", mailbox->address,
                                                                   kinds, mailbox->language)
                                                    : "no mails\n"),
                          problem);
    OUT_LITERAL(&out, "{\"address\":");
    out_json(&out, *mailbox->address ? mailbox->address : NULL);
    OUT_LITERAL(&out, ",\"kinds\":");
    out_json(&out, kinds);
    OUT_LITERAL(&out, ",\"language\":");
    out_json(&out, mailbox->language);
    OUT_LITERAL(&out, "}\n");
    return print_out(&out, problem);
}

/* What stands behind the name, in place of what is known. */
static bool read_mailbox(const Call *call, Mailbox *mailbox, Problem *problem)
{
    const char *const *words = call->arguments;
    if (call->count > 1)
        mailbox->address = strcmp(words[1], "none") == 0 ? "" : words[1];
    if (call->count > 2 && !mailbox_kinds_read(text_of(words[2]), &mailbox->kinds))
        return fail_field(problem, PROBLEM_USAGE, "kinds",
                          "'%.60s' is not of assigned, reply, contested and gone, with commas between them", words[2]);
    if (call->count > 3)
        mailbox->language = words[3];
    return true;
}

bool run_account_mail(const Call *call, Problem *problem)
{
    Account account;
    Mailbox mailbox;
    Hand hand = { .author = DEED_COMMAND_LINE, .now = sys_now() };
    AUTO_STORE *work = witness_open(call->var, problem);
    if (!work || !account_find(call->arena, work, call->arguments[0], &account, problem) ||
        !mailbox_of(call->arena, work, account.id, &mailbox, problem) || !read_mailbox(call, &mailbox, problem))
        return false;
    return (call->count == 1 || mailbox_put(work, &hand, &account, &mailbox, problem)) &&
           print_mailbox(call, &mailbox, problem);
}

bool run_change_assign(const Call *call, Problem *problem)
{
    Hand hand;
    int64_t change;
    const char *name = call->arguments[1];
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &change, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && assignment_put(work, &hand, change, strcmp(name, "nobody") == 0 ? "" : name, problem);
}
