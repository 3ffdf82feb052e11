/* What must never happen: a name, a subject or an address ends a line of a mail's head, or a mail is read otherwise
 * than it was written. */
#include <unistd.h>

#include "base/date.h"
#include "domain/alert.h"
#include "domain/mailbox.h"
#include "domain/outbox.h"
#include "mail/letter.h"
#include "test.h"

static const struct {
    const char *name, *address;
    bool good;
} addresses[] = {
    { "a usual one", "maria@example.org", true },
    { "a tag and a full stop", "maria.b+vigie@mail.example.org", true },
    { "a machine", "maria@localhost", true },
    { "nothing", "", false },
    { "no local part", "@example.org", false },
    { "no domain", "maria@", false },
    { "no at", "maria", false },
    { "two ats", "maria@b@example.org", false },
    { "a full stop at the beginning", ".maria@example.org", false },
    { "a full stop at the end", "maria.@example.org", false },
    { "two full stops", "ma..ria@example.org", false },
    { "an empty label", "maria@example..org", false },
    { "a full stop behind the domain", "maria@example.org.", false },
    { "a hyphen at the edge of a label", "maria@-example.org", false },
    { "a line end", "maria@example.org\r\nBcc: x@example.org", false },
    { "a line feed", "maria\n@example.org", false },
    { "a blank", "maria b@example.org", false },
    { "quotes", "\"maria\"@example.org", false },
    { "brackets", "<maria@example.org>", false },
    { "a list", "maria@example.org,x@example.org", false },
    { "an accent",
      "mar\xC3\xAD"
      "a@example.org",
      false },
    { "a number of a machine", "maria@[192.0.2.1]", false },
};

static void test_addresses(void)
{
    char longest[320];
    for (size_t i = 0; i < COUNT_OF(addresses); i++)
        CHECK(mailbox_address_is_good(text_of(addresses[i].address)) == addresses[i].good, "an address: %s",
              addresses[i].name);
    memset(longest, 'a', sizeof longest);
    memcpy(longest + 64, "@b.org", sizeof "@b.org");
    CHECK(mailbox_address_is_good(text_of(longest)), "64 bytes before the at");
    memcpy(longest + 64, "a@b.org", sizeof "a@b.org");
    CHECK(!mailbox_address_is_good(text_of(longest)), "and no more");
    CHECK(!mailbox_address_is_good((Text){ "maria@example.org\0x", 19 }), "no NUL");
}

static const char head[] =
    "Date: Sun, 29 Nov 2026 04:38:23 +0000\r\nFrom: Vigie <v@example.org>\r\nTo: maria@example.org\r\n"
    "Message-ID: <alert-7-1795927103000@example.org>\r\nSubject: ";
static const char rest[] =
    "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Language: fr\r\n\r\n";

static const struct {
    const char *name, *subject, *coded, *words, *quoted;
} letters[] = {
    { "plain", "Vigie", "=?UTF-8?Q?Vigie?=", "One\ntwo", "One\r\ntwo\r\n" },
    { "accents", "\xC3\xA9t\xC3\xA9", "=?UTF-8?Q?=C3=A9t=C3=A9?=", "\xC3\xA9", "=C3=A9\r\n" },
    { "a line end in the subject", "a\r\nBcc: x", "=?UTF-8?Q?a=0D=0ABcc=3A_x?=", "a\rb", "a=0Db\r\n" },
    { "signs of the encoding", "=?_?=", "=?UTF-8?Q?=3D=3F=5F=3F=3D?=", "a=b", "a=3Db\r\n" },
    { "a line of the protocol", "x", "=?UTF-8?Q?x?=", ".\n.b", "=2E\r\n=2Eb\r\n" },
    { "a blank at the end", "x", "=?UTF-8?Q?x?=", "-- \na b", "--=20\r\na b\r\n" },
    /* 76 characters a line, of which "Subject: " are nine; no character is cut in two */
    { "a long one",
      "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffff\xC3\xA9"
      "g",
      "=?UTF-8?Q?aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffff?=\r\n =?UTF-8?Q?=C3=A9g?=",
      "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhh\xC3\xA9",
      "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhh=\r\n=C3=A9\r\n" },
};

static void test_letters(void)
{
    const MailOrder order = { .id = 7, .at = 1795927103000, .address = "maria@example.org", .language = "fr" };
    for (size_t i = 0; i < COUNT_OF(letters); i++) {
        AUTO_OUT out = { 0 };
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Problem problem = { 0 };
        MailOrder one = order;
        one.subject = letters[i].subject;
        one.words = letters[i].words;
        const char *expected = arena_format(arena, "%s%s\r\n%s%s", head, letters[i].coded, rest, letters[i].quoted);
        CHECK(letter_write(&out, &one, "v@example.org", &problem) && strcmp(out.text, expected) == 0, "a letter: %s",
              letters[i].name);
    }
    const MailOrder wrong[] = {
        { .address = "maria@example.org\r\nX: y", .subject = "x", .words = "x", .language = "fr" },
        { .address = "maria@example.org", .subject = "x", .words = "x", .language = "f\n" },
        { .address = "maria@example.org", .subject = "", .words = "x", .language = "fr" },
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        AUTO_OUT out = { 0 };
        Problem problem = { 0 };
        CHECK(!letter_write(&out, &wrong[i], "v@example.org", &problem) && problem.kind == PROBLEM_BAD_INPUT &&
                  !out.length,
              "an order that makes no letter (%zu)", i);
    }
}

static void test_orders(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    int ends[2];
    const MailOrder order = { 7, 8, "a@example.org", "s", "w\nw", "fr" };
    const MailAnswer answer = { 7, MAIL_REFUSED, "because" };
    MailOrder read = { 0 };
    MailAnswer told = { 0 };
    bool paired = mail_sockets(ends, &problem);
    CHECK(paired && !mail_order_receive(arena, ends[1], 0, &read, &problem) && !problem.kind, "nothing has come yet");
    CHECK(mail_order_send(ends[0], &order, &problem) && mail_order_receive(arena, ends[1], 1000, &read, &problem) &&
              read.id == 7 && read.at == 8 && strcmp(read.address, order.address) == 0 &&
              strcmp(read.subject, order.subject) == 0 && strcmp(read.words, order.words) == 0 &&
              strcmp(read.language, "fr") == 0,
          "an order comes as it was sent (%s)", problem.message);
    CHECK(mail_answer_send(ends[1], &answer, &problem) && mail_answer_receive(arena, ends[0], 1000, &told, &problem) &&
              told.id == 7 && told.outcome == MAIL_REFUSED && strcmp(told.trouble, "because") == 0,
          "and so does the answer (%s)", problem.message);
    CHECK(mail_answer_send(ends[0], &answer, &problem) && !mail_order_receive(arena, ends[1], 1000, &read, &problem) &&
              problem.kind == PROBLEM_BROKEN,
          "what is no order is not taken for one (%s)", problem.message);
    close(ends[0]);
    problem = (Problem){ 0 };
    CHECK(!mail_order_receive(arena, ends[1], 1000, &read, &problem) && problem.kind == PROBLEM_UNAVAILABLE,
          "that the other is gone is told (%s)", problem.message);
    close(ends[1]);
}

static void test_pauses(void)
{
    int64_t last = 0, sum = 0;
    bool grows = true;
    for (int64_t tries = 0; tries < 30; tries++) {
        int64_t pause = outbox_pause(tries);
        grows = grows && (pause > last || pause == INT64_C(21600000));
        last = pause;
        sum += pause;
    }
    CHECK(outbox_pause(0) == 5000 && grows && last == INT64_C(21600000), "pauses grow from 5 seconds to 6 hours");
    CHECK(outbox_pause(INT64_MAX) == INT64_C(21600000) && sum > OUTBOX_DAYS * DAY_MS, "and never beyond");
}

static void test_kinds(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    unsigned kinds;
    CHECK(mailbox_kinds_read(TEXT("gone, assigned"), &kinds) &&
              strcmp(mailbox_kinds_write(arena, kinds), "assigned gone") == 0,
          "kinds are words");
    CHECK(mailbox_kinds_read(TEXT(""), &kinds) && kinds == 0, "none is none");
    CHECK(!mailbox_kinds_read(TEXT("assigned everything"), &kinds), "a word that is no kind is refused");
}

int main(void)
{
    test_addresses();
    test_letters();
    test_orders();
    test_pauses();
    test_kinds();
    return DONE();
}
