#include "mail/letter.h"

#include "base/date.h"
#include "domain/mailbox.h"

enum {
    LINE_MOST = 76,
    WORD_MOST = 75,
    WORD_FRAME = sizeof "=?UTF-8?Q?" - 1 + sizeof "?=" - 1,
    CODED = 3,
    LANGUAGE_SIZE = 2
};

static void out_coded(Out *out, char c)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char byte = (unsigned char)c;
    const char coded[CODED] = { '=', digits[byte >> 4], digits[byte & 15] };
    out_raw(out, coded, sizeof coded);
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80; /* a further byte of a character in UTF-8 */
}

/* Bytes that the character takes once it is coded, and how many it is made of. */
static size_t coded_size(const char *at, size_t *bytes)
{
    size_t size = is_plain(*at) || *at == ' ' ? 1 : CODED;
    for (*bytes = 1; continues(at[*bytes]); ++*bytes)
        size += CODED;
    return size;
}

/* Encoded words of RFC 2047, each of whole characters. */
static void out_subject(Out *out, const char *text)
{
    size_t used = WORD_MOST, bytes; /* full: the first character begins a word */
    for (const char *at = text; *at; at += bytes) {
        size_t size = coded_size(at, &bytes);
        if (used + size > WORD_MOST) {
            if (at != text)
                OUT_LITERAL(out, "?=\r\n ");
            OUT_LITERAL(out, "=?UTF-8?Q?");
            used = WORD_FRAME + (at == text ? sizeof "Subject:" - 1 : 0); /* one blank before it, as on each line */
        }
        for (size_t i = 0; i < bytes; i++)
            if (at[i] == ' ')
                OUT_LITERAL(out, "_");
            else if (is_plain(at[i]))
                out_raw(out, &at[i], 1);
            else
                out_coded(out, at[i]);
        used += size;
    }
    OUT_LITERAL(out, "?=\r\n");
}

/* One line of the words. A full stop at its beginning is coded, though SMTP doubles it, and so is a blank at its end.
 */
static void out_line(Out *out, Text line)
{
    size_t used = 0;
    for (size_t i = 0; i < line.length; i++) {
        char c = line.at[i];
        bool coded = c < ' ' || c == '=' || c == 127 || (c == '.' && i == 0) || (c == ' ' && i + 1 == line.length);
        if (used + (coded ? CODED : 1) >= LINE_MOST) {
            OUT_LITERAL(out, "=\r\n");
            used = 0;
        }
        if (coded)
            out_coded(out, c);
        else
            out_raw(out, &c, 1);
        used += coded ? CODED : 1;
    }
    OUT_LITERAL(out, "\r\n");
}

static void out_address(Out *out, const char *address) /* one that was checked */
{
    out_raw(out, address, strlen(address));
}

static void out_head(Out *out, const MailOrder *order, const char *sender)
{
    char date[MOMENT_WORDS_SIZE];
    OUT_LITERAL(out, "Date: ");
    moment_words(order->at, "+0000", date);
    out_raw(out, date, strlen(date));
    OUT_LITERAL(out, "\r\nFrom: Vigie <");
    out_address(out, sender);
    OUT_LITERAL(out, ">\r\nTo: ");
    out_address(out, order->address);
    OUT_LITERAL(out, "\r\nMessage-ID: <alert-");
    out_int(out, order->id);
    OUT_LITERAL(out, "-");
    out_int(out, order->at);
    out_address(out, strchr(sender, '@'));
    OUT_LITERAL(out, ">\r\nSubject: ");
    out_subject(out, order->subject);
    OUT_LITERAL(out,
                "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                "Content-Transfer-Encoding: quoted-printable\r\nContent-Language: ");
    out_raw(out, order->language, LANGUAGE_SIZE);
    OUT_LITERAL(out, "\r\n\r\n");
}

static bool is_language(const char *code)
{
    return strlen(code) == LANGUAGE_SIZE && code[0] >= 'a' && code[0] <= 'z' && code[1] >= 'a' && code[1] <= 'z';
}

bool letter_write(Out *out, const MailOrder *order, const char *sender, Problem *problem)
{
    Text rest = text_of(order->words), line;
    if (!mailbox_address_is_good(text_of(order->address)) || !mailbox_address_is_good(text_of(sender)) ||
        !is_language(order->language) || !*order->subject)
        return fail(problem, PROBLEM_BAD_INPUT, "this is no address or no mail");
    out_head(out, order, sender);
    while (text_split(&rest, '\n', &line))
        out_line(out, line);
    return true;
}
