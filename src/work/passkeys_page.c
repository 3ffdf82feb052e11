/* One's passkeys: those that there are, and a form that makes another. */
#include "work/passkey.h"
#include "work/proof.h"
#include "work/writer.h"

static bool list(const WorkRequest *request, PasskeysPage *page, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Passkey *passkeys;
    if (!reader_take(request, &reader, problem) ||
        !passkey_list(request->arena, reader.store, request->session.account, &passkeys, &page->count, problem))
        return false;
    PasskeyRow *rows = NEW_ARRAY(request->arena, PasskeyRow, page->count + 1);
    for (size_t i = 0; i < page->count; i++)
        rows[i] =
            (PasskeyRow){ .id = passkeys[i].id,
                          .name = passkeys[i].name,
                          .made = say_moment(request->arena, request->language, passkeys[i].made),
                          .used = passkeys[i].used ? say_moment(request->arena, request->language, passkeys[i].used)
                                                   : say(request->language, N_("not yet")),
                          .copied = passkeys[i].copied != 0 };
    page->rows = rows;
    return true;
}

bool work_passkeys(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    WorkForm *form = form_new(request, "/passkeys", NULL);
    PasskeysPage page = { .form = form, .fault = form->fault ? form->fault : fault_of(request, "remove") };
    form->fault = NULL; /* the form is hidden from who has no script */
    if (!list(request, &page, problem))
        return false;
    if (!passkeys_work_here(request))
        page.elsewhere = arena_format(request->arena, "%s%s", request->bench->place.origin, form->action);
    else if (page.count < PASSKEYS_MOST && !passkey_offer_new(request, form, problem))
        return false;
    form_field(request, form,
               (FieldPlan){ .name = "name",
                            .label = say(language, N_("Name of the device")),
                            .hint = say(language, N_("So that you know it again: “blue key”, “office computer”.")) });
    WorkFrame frame = work_frame(request, reply, say(language, N_("My passkeys")));
    passkeys_html(&reply->body, &frame, &page);
    return true;
}

static bool take_away(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    int64_t id = 0;
    Problem removing = { 0 };
    Hand hand = hand_of(request);
    (void)text_int(text_of(sent(request, "remove")), &id); /* 0 is nobody's */
    {
        AUTO_WRITER writing = { 0 };
        writer_take(request, &writing);
        if (passkey_remove(writing.store, &hand, &request->session, id, &removing))
            return go_to(request, reply, "/passkeys");
    }
    if (removing.kind != PROBLEM_CONFLICT)
        return fail(problem, removing.kind, "%s", removing.message);
    fault_add(
        request, "remove",
        say(request->language, N_("Your role needs one-time codes or a passkey, and this is the last one: please set "
                                  "up another first.")));
    return form_again(request, reply, problem);
}

static const char *name_of(WorkRequest *request)
{
    const char *name = arena_text(request->arena, text_trim(text_of(sent(request, "name"))));
    if (!*name)
        fault_add(request, "name", say(request->language, N_("Please give it a name.")));
    else if (strlen(name) > PASSKEY_NAME_MOST || strpbrk(name, "\n\t"))
        fault_add(request, "name", say(request->language, N_("This name is too long.")));
    return name;
}

/* The codes are in use from now on, and shown only now. */
bool recovery_page(const WorkRequest *request, char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1], WorkReply *reply)
{
    const char **shown = NEW_ARRAY(request->arena, const char *, RECOVERY_CODES);
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        shown[i] = codes[i];
    RecoveryPage page = { .heading = say(request->language, N_("Your recovery codes")),
                          .next = work_link(request, "/"),
                          .codes = shown,
                          .count = RECOVERY_CODES };
    WorkFrame frame = work_frame(request, reply, page.heading);
    recovery_html(&reply->body, &frame, &page);
    return true;
}

bool work_passkeys_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    RecoverySheet sheet;
    bool taken = false;
    if (*sent(request, "remove"))
        return take_away(request, reply, problem);
    const char *name = name_of(request);
    if (!passkey_was_sent(request))
        fault_add(request, "", say(request->language, N_("No passkey came from your device. You can try again.")));
    if (request->fault_count)
        return form_again(request, reply, problem);
    if (!passkey_added(request, name, &taken, &sheet, problem))
        return false;
    if (!taken)
        return form_again(request, reply, problem);
    return sheet.made ? recovery_page(request, sheet.codes, reply) : go_to(request, reply, "/passkeys");
}
