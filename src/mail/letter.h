/* Letter: a mail as RFC 5322 writes it. Nothing that comes from outside ends a line of its head: addresses are checked,
 * the subject is encoded (RFC 2047), the words are quoted-printable (RFC 2045). */
#pragma once

#include "mail/order.h"

/* BAD_INPUT when an address is none. The same order gives the same letter, its Message-ID too. */
bool letter_write(Out *out, const MailOrder *order, const char *sender, Problem *problem);
