#include "base/problem.h"

static const struct {
    int http, exit;
    const char *word;
} kinds[] = {
#define KIND(name, http, exit, word, meaning) [PROBLEM_##name] = { http, exit, word },
    PROBLEM_KINDS(KIND)
#undef KIND
};

PRINTF_LIKE(4, 0)
static void say(Problem *problem, ProblemKind kind, const char *field, const char *format, va_list values)
{
    problem->kind = kind;
    (void)snprintf(problem->field, sizeof problem->field, "%s", field);
    (void)vsnprintf(problem->message, sizeof problem->message, format, values);
}

void problem_put(Problem *problem, ProblemKind kind, const char *format, ...)
{
    if (problem->kind)
        return;
    va_list values;
    va_start(values, format);
    say(problem, kind, "", format, values);
    va_end(values);
}

void problem_put_field(Problem *problem, ProblemKind kind, const char *field, const char *format, ...)
{
    if (problem->kind)
        return;
    va_list values;
    va_start(values, format);
    say(problem, kind, field, format, values);
    va_end(values);
}

int problem_http_status(const Problem *problem)
{
    return kinds[problem->kind].http;
}

int problem_exit_status(const Problem *problem)
{
    return kinds[problem->kind].exit;
}

const char *problem_word(const Problem *problem)
{
    return kinds[problem->kind].word;
}
