#include "domain/assignment.h"

#include "domain/alert.h"
#include "domain/change_step.h"
#include "domain/mark.h"

bool assignment_of(Arena *arena, Store *work, int64_t change, const char **name, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ASSIGNMENT_GET, "i", change);
    *name = rows && rows_next(rows) ? arena_string(arena, rows_text(rows, 0)) : NULL;
    return rows && !problem->kind;
}

bool assignment_people(Arena *arena, Store *work, Assignees *people, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ASSIGNMENT_ABLE, "");
    size_t room = 0;
    *people = (Assignees){ 0 };
    while (rows && rows_next(rows)) {
        people->names = arena_grow(arena, people->names, people->count, &room, sizeof *people->names);
        people->names[people->count++] = arena_string(arena, rows_text(rows, 0));
    }
    return rows && !problem->kind;
}

static bool is_open(Arena *arena, Store *work, int64_t id, Problem *problem)
{
    Change change;
    if (!change_find(arena, work, id, &change, problem))
        return false;
    return strcmp(change.state, "draft") == 0 || strcmp(change.state, "in_review") == 0 ||
           fail(problem, PROBLEM_CONFLICT, "change %lld is %s: there is nothing to see to any more", (long long)id,
                change.state);
}

static bool find_person(Arena *arena, Store *work, const char *name, Account *account, Problem *problem)
{
    Problem finding = { 0 };
    bool found = account_find(arena, work, name, account, &finding);
    if (!found && finding.kind != PROBLEM_NOT_FOUND)
        return fail(problem, finding.kind, "%s", finding.message);
    return (found && !account->disabled && account_roles[account->role].place == WORKBENCH) ||
           fail_field(problem, PROBLEM_BAD_INPUT, "account", "there is no account %.60s to give it to", name);
}

/* Nobody is sent to what they may not see. */
static bool may_see(Store *work, int64_t change, const Account *account, Problem *problem)
{
    Tlp mark;
    return mark_find(work, MARK_CHANGE, change, &mark, problem) &&
           (mark <= account_roles[account->role].ceiling ||
            fail_field(problem, PROBLEM_BAD_INPUT, "account", "%.60s may not see it", account->name));
}

typedef struct Assignment {
    int64_t change, deed;
    const char *name; /* account; "": nobody's any more */
} Assignment;

static bool give(Arena *arena, Store *work, const Hand *hand, const Assignment *given, Problem *problem)
{
    Account account;
    if (!*given->name)
        return store_do(work, problem, SQL_ASSIGNMENT_END, "i", given->change);
    AlertFacts facts = { .kind = ALERT_ASSIGNED,
                         .cause = arena_format(arena, "deed/%lld", (long long)given->deed),
                         .path = arena_format(arena, "/changes/%lld", (long long)given->change),
                         .author = hand->author,
                         .change = given->change,
                         .now = hand->now,
                         .day = DAY_UNKNOWN };
    return find_person(arena, work, given->name, &account, problem) &&
           may_see(work, given->change, &account, problem) &&
           store_do(work, problem, SQL_ASSIGNMENT_SET, "iii", given->change, account.id, given->deed) &&
           alert_tell(work, account.id, &facts, problem);
}

static const char *detail_of(Arena *arena, const char *name)
{
    AUTO_OUT out = { 0 };
    OUT_LITERAL(&out, "{\"to\":");
    out_json(&out, *name ? name : NULL);
    OUT_LITERAL(&out, "}");
    return arena_text(arena, out_view(&out));
}

bool assignment_put(Store *work, const Hand *hand, int64_t change, const char *name, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    Assignment given = { .change = change, .name = name };
    return store_begin(work, problem) && change_person(work, hand->author, CHANGE_PREPARE, problem) &&
           is_open(arena, work, change, problem) &&
           change_deed(arena, work, hand, (ChangeDeed){ "change.assign", change, detail_of(arena, name) }, &given.deed,
                       problem) &&
           give(arena, work, hand, &given, problem) && store_commit(work, problem);
}
