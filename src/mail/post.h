/* Post: hands letters to the mail server (libcurl). Opened before the process shuts itself in: it asks for the server's
 * addresses once and keeps them, since nothing can be looked up afterwards. */
#pragma once

#include "mail/order.h"
#include "mail/settings.h"

typedef struct Post Post;

/* UNAVAILABLE when nobody knows the server's name. `settings` outlive it. */
Post *post_open(Arena *arena, const MailSettings *settings, Problem *problem);
void post_close(Post *post); /* accepts NULL */

/* UNAVAILABLE when the server was not reached or does not take anything of us: its address may have changed. CONFLICT
 * when it answered and did not take this letter. The connection is kept for the next letter. */
bool post_send(Post *post, const char *address, Text letter, Problem *problem);
