/* Keeper: the log role itself, the child of the ledger. */
#pragma once

#include <sys/types.h>

#include "domain/ledger.h"

/* Runs in the child after fork and never returns. Serves `socket` until it is closed; dies with `parent`. `kept`: as of
 * ledger_start_looking. */
void keeper_run(int socket, int kept, pid_t parent, const char *var, const Codebook *codebook, LedgerLook *look)
    __attribute__((noreturn));
