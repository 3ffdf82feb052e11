/* Mailbox: where an account gets its mails, about what and in which language. Personal data: it is in the work store
 * alone, and the private journal says that it was changed, never to what. */
#pragma once

#include "domain/alert.h"

enum { MAIL_ADDRESS_MOST = 254 /* RFC 5321 */ };

typedef struct Mailbox {
    const char *address; /* "": no mails */
    unsigned kinds;      /* 1 << AlertKind */
    const char *language;
} Mailbox;

enum { MAIL_EVERYTHING = (1 << ALERT_KIND_COUNT) - 1 };

/* local@domain in the characters that every mail server takes, and none that ends a line or an address. */
bool mailbox_address_is_good(Text address);

/* "assigned reply" in any order, separated by blanks or commas; false when a word is none of alert.h. */
bool mailbox_kinds_read(Text words, unsigned *kinds);
const char *mailbox_kinds_write(Arena *arena, unsigned kinds);

/* An account that never said anything has no address, wants all and reads English. Memory: `arena`. */
bool mailbox_of(Arena *arena, Store *work, int64_t account, Mailbox *mailbox, Problem *problem);
/* One transaction with its row of the private journal. Mails that wait and are not wanted any more are not sent. An
 * empty address takes everything away. BAD_INPUT with the field "address" or "language". */
bool mailbox_put(Store *work, const Hand *hand, const Account *account, const Mailbox *mailbox, Problem *problem);
