/* Fetcher: a process that asks addresses of the web (ask.h) and can do little else: it may reach the network, opens no
 * store, holds no secret and reads no files but those by which names are looked up and certificates are believed. What
 * answers it are strangers, so what it tells is foreign. */
#pragma once

#include "intake/ask.h"

typedef struct Fetcher Fetcher;

/* Before a store is open or a second thread runs. NULL with UNAVAILABLE. */
Fetcher *fetcher_start(Arena *arena, const AskPlan *plan, Problem *problem);
void fetcher_stop(Fetcher *fetcher); /* accepts NULL */

/* UNAVAILABLE when the process is gone, or took much longer than the plan lets it: it is not to be asked again. Memory:
 * `arena`. */
bool fetcher_ask(Fetcher *fetcher, Arena *arena, const char *address, Asked *asked, Problem *problem);
