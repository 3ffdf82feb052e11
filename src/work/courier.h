/* Courier: the work that nobody asks for: the alerts that only time or the public journal brings, and the mails of all
 * alerts. A thread of its own, which looks about once a second. */
#pragma once

#include "work/request.h"

typedef struct Courier Courier;

typedef struct CourierPlan {
    const Workbench *bench;
    int socket; /* mail_sockets [0]; -1: no mail server is set up, and mails wait until they are given up */
} CourierPlan;

Courier *courier_start(Arena *arena, const CourierPlan *plan, Problem *problem);
void courier_stop(Courier *courier); /* waits for its end; accepts NULL */
