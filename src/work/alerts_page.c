/* What somebody was alerted to, and where their mails go. */
#include "domain/mailbox.h"
#include "work/alert_pages.h"
#include "work/alert_words.h"
#include "work/proof.h"
#include "work/writer.h"

enum { ALERTS_SHOWN = 100 };

static const char *mail_words(const WorkRequest *request, const Alert *alert)
{
    const Language *language = request->language;
    if (strcmp(alert->mail, "sent") == 0)
        return say(language, N_("sent"));
    if (strcmp(alert->mail, "given_up") == 0)
        return say(language, N_("could not be sent, and was given up"));
    if (strcmp(alert->mail, "waiting") == 0)
        return alert->trouble ? say(language, N_("could not be sent yet, and is tried again"))
                              : say(language, N_("waits"));
    return NULL;
}

bool alert_rows(const WorkRequest *request, Store *work, size_t most, const AlertRow **rows, size_t *count,
                Problem *problem)
{
    Alerts alerts;
    const AlertPlace place = { request->session.account, most, request->ceiling };
    if (!alert_list(request->arena, work, place, &alerts, problem))
        return false;
    AlertRow *items = NEW_ARRAY(request->arena, AlertRow, alerts.count + 1);
    for (size_t i = 0; i < alerts.count; i++)
        items[i] = (AlertRow){ .sentence = alert_sentence(request->arena, request->language, &alerts.items[i]),
                               .address = work_link(request, alerts.items[i].path),
                               .at = say_moment(request->arena, request->language, alerts.items[i].at),
                               .mail = mail_words(request, &alerts.items[i]) };
    *rows = items;
    *count = alerts.count;
    return true;
}

static bool was_sent(const WorkRequest *request)
{
    return form_value(&request->form, "address") != NULL;
}

static unsigned ticked(const WorkRequest *request, Problem *problem)
{
    const char *word;
    unsigned kinds = 0, one = 0;
    for (size_t i = 0; (word = form_value_at(&request->form, "kind", i)); i++, kinds |= one)
        if (!mailbox_kinds_read(text_of(word), &one))
            fail_field(problem, PROBLEM_BAD_INPUT, "kind", "there are no alerts of that kind");
    return kinds;
}

static void kinds_field(const WorkRequest *request, WorkForm *form, unsigned kinds)
{
    const Language *language = request->language;
    Field *field = form_field(
        request, form, (FieldPlan){ .name = "kind", .label = say(language, N_("About what")), .kind = FIELD_CHECKS });
    Choice *items = NEW_ARRAY(request->arena, Choice, ALERT_KIND_COUNT);
    for (int i = 0; i < ALERT_KIND_COUNT; i++)
        items[i] = (Choice){ alert_words[i], alert_kind_label(language, (AlertKind)i), (kinds & 1U << i) != 0 };
    field->choices = (Choices){ items, ALERT_KIND_COUNT };
}

static void language_field(const WorkRequest *request, WorkForm *form, const char *chosen)
{
    const Languages *languages = &request->bench->site->languages;
    Field *field = form_field(request, form,
                              (FieldPlan){ .name = "language",
                                           .label = say(request->language, N_("In which language")),
                                           .kind = FIELD_SELECT });
    Choice *items = NEW_ARRAY(request->arena, Choice, languages->count);
    for (size_t i = 0; i < languages->count; i++)
        items[i] = (Choice){ languages->items[i].code, languages->items[i].name,
                             strcmp(languages->items[i].code, chosen) == 0 };
    field->choices = (Choices){ items, languages->count };
}

static const WorkForm *mailbox_form(const WorkRequest *request, const Mailbox *mailbox)
{
    const Language *language = request->language;
    Problem ignored = { 0 };
    bool again = was_sent(request);
    WorkForm *form = form_new(request, "/alerts", say(language, N_("Keep")));
    Field *address = form_field(
        request, form,
        (FieldPlan){
            .name = "address",
            .label = say(language, N_("Mail address")),
            .hint = say(language, N_("Empty: no mails. They hold the number of a record and nothing of what it says.")),
            .autocomplete = "email" });
    address->value = again ? address->value : mailbox->address;
    kinds_field(request, form, again ? ticked(request, &ignored) : mailbox->kinds);
    language_field(request, form,
                   again               ? sent(request, "language")
                   : *mailbox->address ? mailbox->language
                                       : language->code);
    return form;
}

bool work_alerts(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Mailbox mailbox;
    AlertsPage page = { 0 };
    if (!reader_take(request, &reader, problem) ||
        !alert_rows(request, reader.store, ALERTS_SHOWN, &page.rows, &page.count, problem) ||
        !mailbox_of(request->arena, reader.store, request->session.account, &mailbox, problem))
        return false;
    page.form = mailbox_form(request, &mailbox);
    page.notice = request->bench->mails ? NULL
                                        : say(request->language,
                                              N_("No mail server is set up here: alerts are shown on this page only."));
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("My alerts")));
    alerts_html(&reply->body, &frame, &page);
    return true;
}

static bool put(const WorkRequest *request, const Mailbox *mailbox, Problem *problem)
{
    Account account;
    Hand hand = hand_of(request);
    if (!account_of(request, &account, problem))
        return false;
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    return mailbox_put(writing.store, &hand, &account, mailbox, problem);
}

bool work_alerts_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    Mailbox mailbox = { .address = sent(request, "address"),
                        .kinds = ticked(request, problem),
                        .language = sent(request, "language") };
    if (problem->kind)
        return false;
    if (put(request, &mailbox, &refused))
        return go_to(request, reply, "/alerts");
    if (refused.kind != PROBLEM_BAD_INPUT)
        return fail_field(problem, refused.kind, refused.field, "%s", refused.message);
    fault_add(request, refused.field,
              strcmp(refused.field, "address") == 0
                  ? say(request->language, N_("This is no mail address such as maria@example.org."))
                  : say(request->language, N_("Please choose a language.")));
    return form_again(request, reply, problem);
}
