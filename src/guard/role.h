/* Role: what a process of Vigie may do from now on.
 *
 * Each role opens its files first and then shuts itself in with Landlock (files) and seccomp (system calls). Nothing
 * opens it again. A kernel without Landlock is told once on stderr, and seccomp alone holds. */
#pragma once

#include "base/problem.h"

typedef enum RoleName {
    ROLE_WEB,    /* answers readers: reads the public store, accepts connections on a socket that is already open */
    ROLE_IMPORT, /* parses foreign files that are already open, or answers of the fetcher, writes the work store, talks
                  * to the log or the fetcher by a socket */
    ROLE_WORK,   /* answers analysts: writes the work store, reads the public one, accepts connections as above */
    ROLE_LOG,    /* holds the signing key, appends to the public store */
    ROLE_WARDER, /* starts a jail for each foreign document: processes, no files, no secrets (see jail.h) */
    ROLE_JAIL,   /* understands one foreign document: memory, and one pipe to write to */
    ROLE_MAIL,   /* holds the password of the mail server and reaches that server, reads no store */
    ROLE_FETCH,  /* asks addresses of the web whether they answer, holds no secret, reads no store */
    ROLE_MAKE,   /* holds the key of releases, reads the public store, makes the folders of releases and their files */
    ROLE_COUNT
} RoleName;

typedef struct RolePaths {
    const char *read[12]; /* files or folders that may be read, ended by NULL */
    const char *write[8]; /* files or folders that may be read, written and made, ended by NULL */
    const char *make[2];  /* folders in which, besides, folders may be made and removed, ended by NULL */
    int connect;          /* the TCP port that may be connected to; 0: none; PORT_ANY, of ROLE_FETCH: each */
} RolePaths;

enum { PORT_ANY = -1 };

/* Whether this kernel can hold a role to its port (Linux 6.7). Where it cannot, ROLE_MAIL may reach any; no role but
 * these two can make a socket. To be asked before a role is entered. */
typedef enum Ports { PORTS_OPEN, PORTS_GUARDED } Ports;
Ports role_ports(void);

/* Shuts in the whole process, before it has a second thread. NOT_FOUND when one of the paths does not exist;
 * UNAVAILABLE when the kernel cannot filter system calls. What only runs later must be open: neither the clock's zone
 * nor a library nor a locale can be loaded afterwards. */
bool role_enter(RoleName role, const RolePaths *paths, Problem *problem) MUST_CHECK;

/* After role_enter: tries what the role may not do (open /etc/passwd, write to `paths->read`, make a socket, connect to
 * another port than `paths->connect`, run a program, start, trace or signal a process, ...) and says each on stdout,
 * one line "refused: open /etc/passwd": for `vigie serve --selftest`. True when all fail, else NOT_ALLOWED. */
bool role_selftest(RoleName role, const RolePaths *paths, Problem *problem) MUST_CHECK;
