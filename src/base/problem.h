/* Problem: what went wrong, said once, in a form that every door understands.
 *
 * A function that can fail returns false (or NULL) and takes a Problem last.
 * The one who fails fills it; everyone between passes it up untouched; the door
 * (web page, API, command line) turns it into a status, a code and a sentence. */
#pragma once

#include "base/base.h"

/* clang-format off */
/*      name           HTTP  exit  word in the API      what it means (printed by `vigie help exit-codes`) */
#define PROBLEM_KINDS(KIND)                                                                             \
    KIND(NONE,         200,  0,    "none",              "success")                                      \
    KIND(DAMAGED,      500,  1,    "damaged",           "verification found damage")                    \
    KIND(USAGE,        400,  2,    "usage",             "the command line is wrong")                    \
    KIND(BAD_INPUT,    400,  65,   "bad-input",         "a file, value or query is not as expected")    \
    KIND(NOT_FOUND,    404,  66,   "not-found",         "a file, record or address does not exist")     \
    KIND(CONFLICT,     409,  75,   "conflict",          "something else changed it first")              \
    KIND(NOT_ALLOWED,  403,  77,   "not-allowed",       "permission denied")                            \
    KIND(METHOD,       405,  64,   "method-not-allowed", "the address does not take this method")       \
    KIND(NOT_OFFERED,  406,  64,   "not-acceptable",    "the address has no such form")                 \
    KIND(TOO_LONG,     414,  65,   "too-long",          "the request is longer than allowed")           \
    KIND(BUSY,         503,  75,   "busy",              "the database is in use; try again")            \
    KIND(FULL,         503,  74,   "storage-full",      "the disk is full")                             \
    KIND(STORE,        500,  74,   "store",             "the database or a file cannot be read or written") \
    KIND(BROKEN,       500,  70,   "broken",            "a fault in the program itself")                \
    KIND(UNAVAILABLE,  503,  69,   "unavailable",       "a part that is needed is not there")

typedef enum ProblemKind {
#define KIND(name, http, exit, word, meaning) PROBLEM_##name,
    PROBLEM_KINDS(KIND)
#undef KIND
    PROBLEM_KIND_COUNT
} ProblemKind;
/* clang-format on */

typedef struct Problem {
    ProblemKind kind;
    char field[48];    /* the query key, column or option that is wrong; "" when none is */
    char message[400]; /* one full sentence in English, without a final full stop */
} Problem;

/* Always returns false, so that a failing function ends with `return fail(...)`. Keeps the first problem:
 * a second call on a problem that is already set changes nothing. */
#define fail(...) (problem_put(__VA_ARGS__), problem_false())
#define fail_field(...) (problem_put_field(__VA_ARGS__), problem_false())
void problem_put(Problem *problem, ProblemKind kind, const char *format, ...) PRINTF_LIKE(3, 4);
void problem_put_field(Problem *problem, ProblemKind kind, const char *field, const char *format, ...)
    PRINTF_LIKE(4, 5);
static inline bool problem_false(void) /* in the header, so that what analyses one file alone knows it too */
{
    return false;
}

int problem_http_status(const Problem *problem);
int problem_exit_status(const Problem *problem);
const char *problem_word(const Problem *problem);
