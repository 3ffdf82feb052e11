/* Request and reply at the workbench: one question of a person and what it is answered. */
#pragma once

#include "domain/ledger.h"
#include "domain/mark.h"
#include "domain/passkey.h"
#include "publish/view.h"
#include "store/pool.h"
#include "work/form.h"
#include "work/route.h"

typedef struct Writer Writer; /* see writer.h */
typedef struct Limits Limits;
typedef struct Flights Flights;
typedef struct Presence Presence;
typedef struct Lane Lane;
typedef struct Maker Maker; /* see maker.h */
typedef struct Jail Jail;
typedef struct Finder Finder;   /* see domain/finder.h */
typedef struct Waiting Waiting; /* see domain/waiting.h */

typedef struct Workbench { /* what all requests share */
    const Site *site;
    const char *style; /* address of its style sheet */
    const char *mark_script, *save_script, *find_script;
    const char *passkey_script;    /* and of the script that asks devices */
    PasskeyPlace place;            /* its own address, for passkeys */
    Pool *work;                    /* readers of the work store */
    Pool *published;               /* readers of the public store */
    Waiting *waiting;              /* candidates, by names */
    Finder *finders[ACT_SUBJECTS]; /* organisations of it and actors, by name; none of incidents */
    Writer *writer;
    Limits *limits;
    Flights *flights;
    Presence *presence;
    Lane *lane;
    Jail *jail; /* where files are understood */
    const Vault *vault;
    Ledger *ledger;             /* to the log process; used by whoever holds the writer */
    Maker *maker;               /* to the process that makes releases */
    const char *public_address; /* of the public site */
    bool mails;                 /* a mail server is set up */
} Workbench;

typedef struct Fault {            /* what is wrong with a field, in the reader's language */
    const char *field, *sentence; /* field "": the form as a whole */
} Fault;

enum { FAULTS_MAX = 16, WORK_TOKEN_SIZE = 2 * HASH_SIZE };

struct WorkRequest {
    const Workbench *bench;
    Arena *arena; /* lives until the answer is sent */
    int64_t now;
    const char *method, *path, *query; /* raw; query "" when there is none */
    const char *host, *agent, *client; /* client: the address that asks */
    const WorkRoute *route;
    Text parts[WORK_PARTS_MAX]; /* the path between its slashes */
    size_t part_count;
    const Language *language; /* of the path, or what the reader accepts */
    Form form;                /* of the body, or of the query when there is none */
    const char *next, *kept;  /* where a page leads on, and a form that goes along: see kept.h; NULL: as was sent */
    const char *token;        /* the cookie's; a new one when it has none */
    bool known;               /* there is a session of this token, live or ended: */
    Session session;
    bool api;                  /* asked by a program: no cookie is read or set, and faults are told in JSON */
    const char *authorization; /* headers of a program; NULL of others */
    const char *idempotency;
    Token bearer;        /* whose token it has, good or not; id 0: none that is known */
    Text body;           /* raw, where JSON is taken */
    const char *pointer; /* JSON Pointer of what is wrong in it; NULL: none */
    int64_t hidden; /* the change whose coding the person must not see yet, which the address would show; 0: none */
    Tlp ceiling;    /* nothing more confidential may be shown or taken */
    bool marked;    /* the address names a record that bears a mark: */
    Tlp mark;
    Fault faults[FAULTS_MAX];
    size_t fault_count;
};

struct WorkReply {
    int status;
    const char *type;
    const char *location;     /* of a redirection, within the workbench */
    const char *cookie;       /* a new token; "" takes it away; NULL leaves it */
    const char *cache;        /* Cache-Control; NULL: no-store */
    const char *download;     /* name of the file that a browser saves it as; NULL: it is shown */
    const char *authenticate; /* WWW-Authenticate; NULL: none */
    int retry_after;          /* seconds; 0: none */
    Out body;
};

/* Answers, or fails with a problem that becomes a page. */
typedef bool WorkAnswer(WorkRequest *request, WorkReply *reply, Problem *problem);

/* A value of the form or query, "" when it was not sent. */
const char *sent(const WorkRequest *request, const char *field);

/* Says what is wrong with a field of the form ("": of the form as a whole), in the reader's language. */
void fault_add(WorkRequest *request, const char *field, const char *sentence);
const char *fault_of(const WorkRequest *request, const char *field); /* NULL: nothing */

/* Shows the page of the form again, with what was typed and its faults, status 400: how an answer to a form ends when
 * something was not as it must be. The page is what answers GET at the same address. */
bool form_again(WorkRequest *request, WorkReply *reply, Problem *problem);

/* Goes on to a page of the workbench, "/queue", in the reader's language, with 303. */
bool go_to(const WorkRequest *request, WorkReply *reply, const char *path);

/* Goes on to the page in the field "next" when that is one of the workbench's, else to the start page. */
bool go_to_next(const WorkRequest *request, WorkReply *reply);

/* Who does it, for the domain's functions. */
Hand hand_of(const WorkRequest *request);

/* A reader of the work store, or its one writer, for the time of a block. */
#define AUTO_READER __attribute__((cleanup(reader_end))) Reader
typedef struct Reader {
    Pool *pool;
    Store *store;
} Reader;
bool reader_take(const WorkRequest *request, Reader *reader, Problem *problem);
void reader_end(Reader *reader);

#define AUTO_WRITER __attribute__((cleanup(writer_end))) Writing
typedef struct Writing {
    Writer *writer;
    Store *store;
} Writing;
void writer_take(const WorkRequest *request, Writing *writing); /* waits for its turn */
void writer_end(Writing *writing);
