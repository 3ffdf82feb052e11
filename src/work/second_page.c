/* The second factor: giving a code, and setting up one-time codes. */
#include <qrencode.h>

#include "domain/second.h"
#include "work/kept.h"
#include "work/pages.h"
#include "work/passkey.h"
#include "work/proof.h"
#include "work/writer.h"

static void code_field(const WorkRequest *request, WorkForm *form)
{
    const char *hint = request->session.has_codes ? N_("Six digits from your authenticator, or a recovery code.")
                                                  : N_("A recovery code, when your passkey is not at hand.");
    form_field(request, form,
               (FieldPlan){ .name = "code",
                            .label = say(request->language, N_("Code")),
                            .hint = say(request->language, hint),
                            .autocomplete = "one-time-code",
                            .kind = FIELD_CODE });
}

static bool has_second(const WorkRequest *request)
{
    return request->session.has_codes || request->session.has_passkeys;
}

/* How a form ends that a device has answered. */
static bool end_by_passkey(WorkRequest *request, const char *use, WorkReply *reply, Problem *problem)
{
    bool taken;
    if (!passkey_proves(request, use, &taken, problem))
        return false;
    return taken ? kept_arrive(request, NULL, reply, problem) : form_again(request, reply, problem);
}

bool work_code(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    WorkForm *form = form_new(request, "/code", say(language, N_("Go on")));
    FormPage page = { .heading =
                          say(language, request->session.has_codes ? N_("Your one-time code") : N_("Your passkey")),
                      .intro = say(language, N_("Your password was right. Your account also asks for a second proof.")),
                      .form = form };
    if (request->session.second || !has_second(request))
        return go_to_next(request, reply);
    if (!passkey_offer(request, form, "second", problem))
        return false;
    kept_fields(request, form);
    code_field(request, form);
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

bool work_code_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Account account;
    bool taken = false;
    if (passkey_was_sent(request))
        return end_by_passkey(request, "second", reply, problem);
    if (!*sent(request, "code")) {
        fault_add(request, "code", say(request->language, N_("Please give a code.")));
        return form_again(request, reply, problem);
    }
    if (!may_try(request, request->session.name, reply))
        return too_often(request, reply, problem);
    if (!account_of(request, &account, problem) || !code_taken(request, &account, &taken, problem))
        return false;
    if (!taken)
        return form_again(request, reply, problem);
    tried_well(request, request->session.name);
    return kept_arrive(request, NULL, reply, problem);
}

bool work_confirm(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    WorkForm *form = form_new(request, "/confirm", say(language, N_("Confirm")));
    FormPage page = { .heading = say(language, N_("Is it you?")),
                      .intro = say(language, N_("What comes next changes keys, roles or sessions or takes data out. "
                                                "Please confirm that it is you; this holds for ten minutes.")),
                      .form = form };
    if (!passkey_offer(request, form, "confirm", problem))
        return false;
    kept_fields(request, form);
    form_field(request, form,
               (FieldPlan){ .name = "password",
                            .label = say(language, N_("Password")),
                            .autocomplete = "current-password",
                            .kind = FIELD_PASSWORD });
    if (has_second(request))
        code_field(request, form);
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

/* Password first: a code is used up only when that is right. */
static bool prove(WorkRequest *request, bool *proven, Problem *problem)
{
    Account account;
    if (!account_of(request, &account, problem))
        return false;
    *proven = password_fits(account.password, text_of(sent(request, "password")));
    if (!*proven)
        fault_add(request, "password", say(request->language, N_("This is not your password.")));
    if (!*proven || has_second(request))
        return !*proven || code_taken(request, &account, proven, problem);
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    return second_proven(writing.store, &hand, &request->session, problem);
}

bool work_confirm_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    bool proven = false;
    if (passkey_was_sent(request))
        return end_by_passkey(request, "confirm", reply, problem);
    if (!may_try(request, request->session.name, reply))
        return too_often(request, reply, problem);
    if (!prove(request, &proven, problem))
        return false;
    if (!proven)
        return form_again(request, reply, problem);
    tried_well(request, request->session.name);
    return kept_arrive(request, NULL, reply, problem);
}

/* The dark squares of a QR code as the path of an SVG picture. */
static const char *picture_of(Arena *arena, const char *text, int *size)
{
    AUTO_OUT out = { 0 };
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    *size = code ? code->width : 0;
    for (int i = 0; i < *size * *size; i++) {
        if (!(code->data[i] & 1))
            continue;
        OUT_LITERAL(&out, "M");
        out_int(&out, i % *size);
        OUT_LITERAL(&out, " ");
        out_int(&out, i / *size);
        OUT_LITERAL(&out, "h1v1h-1z");
    }
    QRcode_free(code);
    return arena_text(arena, out_view(&out));
}

/* As Google Authenticator's wiki defines it and all authenticators read it. */
static const char *address_of(const WorkRequest *request, const char *secret)
{
    AUTO_OUT out = { 0 };
    OUT_LITERAL(&out, "otpauth://totp/Vigie:");
    out_url(&out, request->session.name);
    OUT_LITERAL(&out, "?secret=");
    out_url(&out, secret);
    OUT_LITERAL(&out, "&issuer=Vigie");
    return arena_text(request->arena, out_view(&out));
}

/* In groups of four, as people read it. */
static const char *grouped(Arena *arena, const char *secret)
{
    AUTO_OUT out = { 0 };
    for (size_t i = 0; secret[i]; i++) {
        if (i && i % 4 == 0)
            OUT_LITERAL(&out, " ");
        out_raw(&out, secret + i, 1);
    }
    return arena_text(arena, out_view(&out));
}

static bool offer(const WorkRequest *request, char text[CODE_BASE32_SIZE], Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    unsigned char secret[CODE_SECRET_SIZE];
    writer_take(request, &writing);
    bool done = second_offer(writing.store, request->bench->vault, &request->session, secret, problem) &&
                code_secret_write(secret, text, problem);
    memset(secret, 0, sizeof secret);
    return done;
}

bool work_codes(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    char secret[CODE_BASE32_SIZE];
    if (!offer(request, secret, problem))
        return false;
    WorkForm *form = form_new(request, "/codes", say(request->language, N_("Take it into use")));
    CodesPage page = { .heading = say(request->language, N_("Set up one-time codes")),
                       .secret = grouped(request->arena, secret),
                       .address = address_of(request, secret),
                       .form = form,
                       .passkeys = work_link(request, "/passkeys") };
    page.picture = picture_of(request->arena, page.address, &page.picture_size);
    form_field(request, form,
               (FieldPlan){ .name = "code",
                            .label = say(request->language, N_("The code that it shows now")),
                            .autocomplete = "one-time-code",
                            .kind = FIELD_CODE });
    WorkFrame frame = work_frame(request, reply, page.heading);
    codes_html(&reply->body, &frame, &page);
    return true;
}

static bool set_up(const WorkRequest *request, bool *fits, char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1],
                   Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    return second_set_up(&(SecondDesk){ writing.store, request->bench->vault, &hand }, &request->session,
                         text_trim(text_of(sent(request, "code"))), fits, codes, problem);
}

bool work_codes_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1];
    bool fits = false;
    if (!may_try(request, request->session.name, reply))
        return too_often(request, reply, problem);
    if (!set_up(request, &fits, codes, problem))
        return false;
    if (!fits) {
        fault_add(
            request, "code",
            say(request->language, N_("This is not the code of this secret. Is the clock of your device right?")));
        return form_again(request, reply, problem);
    }
    tried_well(request, request->session.name);
    return recovery_page(request, codes, reply);
}
