/* The mail role: takes letters from the workbench and hands them to the mail server. It opens no store, and after its
 * start no file but the list of authorities; it reaches one port of the network. */
#pragma once

#include "base/problem.h"

typedef struct MailOptions {
    const char *settings; /* path of the file */
    int socket;           /* mail_sockets [1] */
} MailOptions;

/* Until the workbench is gone. UNAVAILABLE when the server is not found or was not reached: started again, it asks anew
 * where the server is. */
bool mail_serve(const MailOptions *options, Problem *problem);
