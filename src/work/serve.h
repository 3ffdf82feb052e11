/* Serve: the workbench over HTTP, for those who have an account, until SIGTERM or SIGINT.
 *
 * Opens the work store, the public store read-only and the key of what is sealed (var/work.key, made when missing),
 * then the listening socket, and shuts itself in (ROLE_WORK). It never sees the signing key. It runs at a lower
 * priority than the public site, so that a flood of logins slows nobody who only reads. */
#pragma once

#include "codebook/codebook.h"

typedef struct WorkOptions {
    const char *var;           /* folder of the stores, which must be there */
    const char *listen;        /* "127.0.0.1:8081"; NULL: that */
    const char *address;       /* of the public site, for links; NULL: it has no name yet */
    const char *public_listen; /* where it listens, for links while it has none; NULL: "127.0.0.1:8080" */
    const char
        *work_address; /* its own for its analysts, "https://work.vigie.example"; NULL: localhost, where it listens */
    int mails;         /* mail_sockets [0]; -1: no mail server is set up */
    const Codebook *codebook;
} WorkOptions;

/* True when it was asked to end. Says on stderr where it listens. */
bool work_serve(const WorkOptions *options, Problem *problem);
