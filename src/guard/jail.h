/* Jail: foreign documents are understood by a child process that can do nothing else, one child a document: bytes in,
 * text out, two seconds, 256 MB, no files, no sockets, no further processes. What breaks the parser breaks that child.
 *
 * The children come from a warder, a process that was started before this one had any secrets and that only ever
 * handles lengths. */
#pragma once

#include "base/arena.h"
#include "base/out.h"
#include "base/problem.h"

enum { JAIL_SECONDS = 2, JAIL_MEMORY = 256 << 20, JAIL_RESULT_MAX = 16 << 20 };

typedef struct Jail Jail;

/* What is done inside: false when the bytes are nothing that it can understand. */
typedef bool JailWork(Text bytes, Out *result);

/* Before the process has a second thread, a secret or a file that nobody else may have. NULL with UNAVAILABLE. */
Jail *jail_start(Arena *arena, JailWork *work, Problem *problem);
void jail_stop(Jail *jail); /* accepts NULL */

/* One document; others wait for their turn. BAD_INPUT when the work could not understand the bytes or took more than it
 * may, UNAVAILABLE when the warder is gone. What comes back is foreign still. Memory: `arena`. */
bool jail_run(Jail *jail, Arena *arena, Text bytes, Text *result, Problem *problem) MUST_CHECK;
