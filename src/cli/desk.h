/* Desk: what the commands of those who work on the register share: who asks, the stores and the log. */
#pragma once

#include "cli/command.h"
#include "domain/change.h"

/* The account of --by. */
bool desk_hand(const Call *call, Hand *hand, Problem *problem);
/* The number that is the argument with this place. */
bool desk_number(const Call *call, size_t place, int64_t *number, Problem *problem);

/* The work store for reading. One that was left by a process that was killed is mended first, which a reader cannot. */
Store *desk_reader(const Call *call, Problem *problem);

/* Begins a change of this kind with the reason of --reason, and tells its number. */
bool desk_begin_act(const Call *call, ActKind kind, int64_t subject, Act *act, Problem *problem);

typedef struct Desk {
    ChangeDesk change;
    Codebook codebook;
} Desk;

/* Starts the log and opens the work store. Ended by desk_close, also after a failure. */
bool desk_open(const Call *call, Desk *desk, Problem *problem);
/* The same while `lock` is held (sys_lock): the log holds it too, so that it is not free while the log still writes. */
bool desk_open_holding(const Call *call, Desk *desk, int lock, Problem *problem);
void desk_close(Desk *desk);
