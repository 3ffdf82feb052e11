/* Sys: everything the program asks of the operating system that can fail, in one place.
 *
 * A test build (-DTESTING) can make the Nth call fail: see sys_fail_at. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

int64_t sys_now(void);  /* milliseconds since 1970, UTC */
int64_t sys_tick(void); /* microseconds of a clock that never goes back */
void sys_random(void *bytes, size_t size);

/* The whole file, NUL added behind it. NOT_FOUND, NOT_ALLOWED, or BAD_INPUT when larger than `most`. */
bool sys_read_file(Arena *arena, const char *path, size_t most, Text *bytes, Problem *problem);
/* Written beside, flushed to disk, then renamed: the file is the old one or the new one, never half of it. */
bool sys_write_file(const char *path, Text bytes, unsigned mode, Problem *problem);
/* A new file, 0644, to be written piece by piece; -1 when it cannot be made. sys_finish flushes and closes it. */
int sys_create(const char *path, Problem *problem);
bool sys_finish(int descriptor, const char *path, Problem *problem);
/* Gives a folder its final name, on disk. */
bool sys_rename(const char *from, const char *to, Problem *problem);
void sys_remove_folder(const char *path); /* with the files in it, but no folders */
/* Removes the folders in it whose names begin with a digit, but for those that are words of `keep`. */
void sys_remove_others(const char *path, const char *keep);
bool sys_make_folder(const char *path, Problem *problem); /* 0700, parents too; fine when it exists */
/* Until the descriptor that is given back is closed, or the process has ended, nobody else gets it: BUSY. -1: failed.
 */
int sys_lock(const char *path, Problem *problem);
bool sys_exists(const char *path);

int sys_open_read(const char *path, Problem *problem); /* a descriptor, or -1 */
bool sys_hung_up(int descriptor);                      /* the other end of a socket is closed */
/* Bytes read (0 at the end), or -1 with STORE. Retries when interrupted. */
ptrdiff_t sys_read(int descriptor, void *bytes, size_t size, Problem *problem);
/* To the first byte again; STORE for a pipe or the like, which can be read once only. */
bool sys_rewind(int descriptor, Problem *problem);
bool sys_write(int descriptor, const void *bytes, size_t size, Problem *problem); /* all of it */

/* Memory that a library of others allocated and asks its caller to give back; accepts NULL. */
void sys_free(void *memory);

/* Test builds: the `nth` of the following calls above (from 1) fails with the given errno value; 0 ends it.
 * Also read from the environment: VIGIE_FAIL="nth:errno". A release build ignores both. */
void sys_fail_at(unsigned nth, int error);
/* For what else can fail outside this file: true when this call, counted with the others, is the one; errno is set. */
bool sys_fails(void);

/* Ends the process at once: nothing of what its parent set up for its own end is run. */
_Noreturn void sys_leave(int status);
