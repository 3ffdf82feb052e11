#include "domain/mailbox.h"

#include "domain/deed.h"

enum { LOCAL_MOST = 64, LABEL_MOST = 63 };

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* dot-atom of RFC 5322: no quoted strings, which nobody has and many servers refuse. */
static bool local_is_good(Text local)
{
    bool dot = true; /* none at the beginning, at the end, or two together */
    for (size_t i = 0; i < local.length; i++) {
        char c = local.at[i];
        if (c == '.' ? dot : !(is_letter_or_digit(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c))))
            return false;
        dot = c == '.';
    }
    return !dot && local.length <= LOCAL_MOST;
}

static bool label_is_good(Text label)
{
    for (size_t i = 0; i < label.length; i++)
        if (!is_letter_or_digit(label.at[i]) && !(label.at[i] == '-' && i > 0 && i + 1 < label.length))
            return false;
    return label.length > 0 && label.length <= LABEL_MOST;
}

bool mailbox_address_is_good(Text address)
{
    size_t at = text_find(address, "@");
    Text domain = text_slice(address, at + 1, address.length), label;
    bool good = address.length <= MAIL_ADDRESS_MOST && local_is_good(text_slice(address, 0, at)) && domain.length > 0;
    while (good && text_split(&domain, '.', &label))
        good = label_is_good(label);
    return good;
}

bool mailbox_kinds_read(Text words, unsigned *kinds)
{
    *kinds = 0;
    while (words.length) {
        size_t end = MIN(text_find(words, " "), text_find(words, ","));
        Text word = text_slice(words, 0, end);
        words = text_slice(words, end + 1, words.length);
        if (!word.length)
            continue;
        if (alert_find(word) == ALERT_KIND_COUNT)
            return false;
        *kinds |= 1U << alert_find(word);
    }
    return true;
}

const char *mailbox_kinds_write(Arena *arena, unsigned kinds)
{
    const char *words = "";
    for (size_t i = 0; i < ALERT_KIND_COUNT; i++)
        if (kinds & 1U << i)
            words = arena_format(arena, "%s%s%s", words, *words ? " " : "", alert_words[i]);
    return words;
}

bool mailbox_of(Arena *arena, Store *work, int64_t account, Mailbox *mailbox, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_MAILBOX_GET, "i", account);
    *mailbox = (Mailbox){ .address = "", .kinds = MAIL_EVERYTHING, .language = "en" };
    if (!rows || !rows_next(rows))
        return rows && !problem->kind;
    mailbox->address = arena_string(arena, rows_text(rows, 0));
    mailbox->language = arena_string(arena, rows_text(rows, 2));
    return mailbox_kinds_read(text_of(rows_text(rows, 1)), &mailbox->kinds) ||
           fail(problem, PROBLEM_DAMAGED, "the account %lld wants mails that there are not", (long long)account);
}

/* {"kinds":"assigned reply","language":"fr"}, or {} of one that wants none */
static const char *detail_of(Arena *arena, const Mailbox *mailbox)
{
    if (!*mailbox->address)
        return "{}";
    return arena_format(arena, "{\"kinds\":\"%s\",\"language\":\"%s\"}", mailbox_kinds_write(arena, mailbox->kinds),
                        mailbox->language);
}

static bool is_good(const Mailbox *mailbox, Problem *problem)
{
    if (*mailbox->address && !mailbox_address_is_good(text_of(mailbox->address)))
        return fail_field(problem, PROBLEM_BAD_INPUT, "address", "an address such as maria@example.org is expected");
    return strcmp(mailbox->language, "en") == 0 || strcmp(mailbox->language, "fr") == 0 ||
           fail_field(problem, PROBLEM_BAD_INPUT, "language", "mails are written in en or fr");
}

bool mailbox_put(Store *work, const Hand *hand, const Account *account, const Mailbox *mailbox, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    Deed deed = { .at = hand->now,
                  .author = hand->author,
                  .kind = "account.mail",
                  .subject = arena_format(arena, "account/%s", account->name) };
    if (!is_good(mailbox, problem))
        return false;
    deed.detail = detail_of(arena, mailbox);
    return store_begin(work, problem) &&
           (*mailbox->address ? store_do(work, problem, SQL_MAILBOX_SET, "ittt", account->id, mailbox->address,
                                         mailbox_kinds_write(arena, mailbox->kinds), mailbox->language)
                              : store_do(work, problem, SQL_MAILBOX_REMOVE, "i", account->id)) &&
           store_do(work, problem, SQL_MAILBOX_UNWANTED, "i", account->id) && deed_add(work, &deed, problem) &&
           store_commit(work, problem);
}
