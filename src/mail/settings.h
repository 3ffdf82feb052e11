/* Settings: the mail server by which alerts leave, from a file that only its owner can read, because a password may be
 * in it. One name and its value a line; `#` begins a comment line:
 *
 *     server       smtp.example.org
 *     sender       vigie@example.org
 *     security     starttls        (or tls, or none)
 *     port         587             (else 587, 465 or 25, by security)
 *     user         vigie
 *     password     ...
 *     authorities  /etc/ssl/certs/ca-certificates.crt   (whose certificates are trusted) */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

typedef enum MailSecurity { MAIL_STARTTLS, MAIL_TLS, MAIL_NONE, MAIL_SECURITY_COUNT } MailSecurity;

typedef struct MailSettings {
    const char *server, *sender;
    MailSecurity security;
    uint16_t port;
    const char *user, *password; /* both or none: NULL */
    const char *authorities;
} MailSettings;

/* USAGE names the file, the line and what is wrong; NOT_ALLOWED when others may read a file with a password in it.
 * Memory: `arena`. */
bool mail_settings_read(Arena *arena, const char *path, MailSettings *settings, Problem *problem);
