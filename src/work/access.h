/* Access: who may do what at the workbench, decided in one place from facts alone.
 *
 * Each row of routes.def carries a rule; what is known of a request is its facts; access_decide says what becomes of
 * it. It reads no store, no clock and nothing of the request, so that every case can be tried. */
#pragma once

#include "domain/token.h"

typedef enum Needs {
    NEEDS_NOTHING,        /* anybody */
    NEEDS_SESSION,        /* somebody who has logged in, with whatever still missing */
    NEEDS_CODE,           /* and has given its second factor, where the account has one */
    NEEDS_CODE_AND_PROOF, /* and has proved lately to be it */
    NEEDS_ALL,            /* and has a password of its own, and a second factor where the role requires one */
    NEEDS_ALL_AND_PROOF,  /* all of this: for what exports, or changes keys and roles */
    NEEDS_TOKEN           /* a partner's program with a token of the scope; no person, and no session helps */
} Needs;

typedef enum Takes {
    TAKES_NO_FORM,
    TAKES_FORM, /* needs the session's token */
    TAKES_JSON
} Takes;

/* How often something may be asked, by whom: see limits.h. RATE_PROOF: what hashes a password or tries a code.
 * RATE_FILE: what takes a file, which is understood in a jail. */
typedef enum Rate { RATE_READ, RATE_WRITE, RATE_PROOF, RATE_NAME, RATE_PARTNER, RATE_FILE, RATE_COUNT } Rate;

typedef struct AccessRule {
    unsigned roles; /* bits, ACCESS_ROLE; looked at where a session is needed */
    Needs needs;
    Takes takes;
    Tlp ceiling;      /* the most confidential that is shown or taken there, whoever asks */
    size_t body_most; /* bytes */
    unsigned scope;   /* TOKEN_MAY_..., one of which the token must have; looked at where one is needed */
} AccessRule;

#define ACCESS_ROLE(name) (1u << ACCOUNT_##name)

typedef struct AccessFacts {
    /* of the request */
    bool foreign;      /* another site makes the browser ask */
    size_t body;       /* bytes */
    bool often;        /* over its rate */
    bool fields_known; /* its fields are those of the route, each readable and as often as it may be */
    bool token_good;   /* the form's token is the session's */
    /* of the session, or of a partner's token where the rule needs one */
    bool live;     /* there is one, and it has not ended */
    bool disabled; /* its account is */
    AccountRole role;
    bool temporary;  /* its password was set by somebody else */
    bool has_second; /* its account has one-time codes or passkeys */
    bool second;     /* and it has given one */
    bool proven;     /* lately */
    bool blind; /* the address shows what was coded of a record that this person must not see yet: domain/sight.h */
    unsigned scopes; /* of the token */
} AccessFacts;

/* clang-format off */
/*       name       HTTP  what the person has to do */
#define ACCESS_ANSWERS(ANSWER)                                                              \
    ANSWER(GRANTED,  200, NULL)                                                             \
    ANSWER(NOTHING,  404, N_("There is no such page at the workbench."))                    \
    ANSWER(METHOD,   405, N_("This address does not take this kind of request."))           \
    ANSWER(FOREIGN,  403, N_("This request came from another site and was not carried out.")) \
    ANSWER(BIG,      413, N_("This is more than this page takes. Nothing of it was kept."))  \
    ANSWER(OFTEN,    429, N_("That was too often. Please wait a little and try again."))     \
    ANSWER(FIELD,    400, N_("The form held something that this page does not take. Nothing was kept.")) \
    ANSWER(LOGIN,    403, N_("Please log in first."))                                        \
    ANSWER(STALE,    403, N_("This form was open for too long or your session has changed. Nothing was kept yet: please send it again.")) \
    ANSWER(CODE,     403, N_("Please give your one-time code or your passkey first."))                       \
    ANSWER(PASSWORD, 403, N_("Please choose a password of your own first."))                 \
    ANSWER(SET_UP,   403, N_("Your role needs one-time codes or a passkey. Please set them up first."))   \
    ANSWER(ROLE,     403, N_("Your role does not include this."))                            \
    ANSWER(PROOF,    403, N_("Please confirm that it is you first."))                        \
    ANSWER(BLIND,    403, N_("What was coded of this record is not shown to you while you may still code it a second time.")) \
    ANSWER(BEARER,   401, "This needs a token that is good: Authorization: Bearer vigie_...")     \
    ANSWER(SCOPE,    403, "The scope of this token does not include this.")

typedef enum AccessAnswer {
#define ANSWER(name, status, sentence) ACCESS_##name,
    ACCESS_ANSWERS(ANSWER)
#undef ANSWER
    ACCESS_ANSWER_COUNT
} AccessAnswer;
/* clang-format on */

/* The first thing that stands against it, in the order of the list above. `rule` NULL: there is no such route. */
AccessAnswer access_decide(const AccessRule *rule, const AccessFacts *facts);

/* How confidential what is shown may be: the lower of the route's and the role's ceiling. */
Tlp access_ceiling(const AccessRule *rule, AccountRole role);

const char *access_word(AccessAnswer answer); /* "GRANTED" */
