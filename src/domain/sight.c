#include "domain/sight.h"

#include "domain/change_step.h"

Sight sight_decide(const SightFacts *facts)
{
    if (!facts->open)
        return SIGHT_CLEAR;
    if (facts->coding)
        return SIGHT_BLIND;
    return facts->wrote || facts->looked || facts->twice ? SIGHT_CLEAR : SIGHT_BLIND;
}

static SightFacts take(const Rows *rows)
{
    return (SightFacts){ .open = rows_int(rows, 1),
                         .wrote = rows_int(rows, 2),
                         .looked = rows_int(rows, 3),
                         .coding = rows_int(rows, 4),
                         .coded = rows_int(rows, 5),
                         .twice = rows_int(rows, 6) };
}

bool sight_facts(Store *work, int64_t change, const char *account, SightFacts *facts, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_SIGHT_OF, "iti", change, account, (int64_t)0);
    *facts = (SightFacts){ 0 };
    if (rows && rows_next(rows))
        *facts = take(rows);
    return rows && !problem->kind;
}

bool sight_hidden(Store *work, SightSubject subject, int64_t id, const char *account, int64_t *change, Problem *problem)
{
    bool one = subject == SIGHT_OF_CHANGE;
    AUTO_ROWS *rows = store_run(work, problem, SQL_SIGHT_OF, "iti", one ? id : 0, account, one ? 0 : id);
    *change = 0;
    while (rows && rows_next(rows)) {
        SightFacts facts = take(rows);
        if (sight_decide(&facts) == SIGHT_BLIND)
            *change = rows_int(rows, 0);
    }
    return rows && !problem->kind;
}

bool sight_look(Store *work, const Hand *hand, int64_t change, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    SightFacts facts;
    int64_t deed;
    if (!store_begin(work, problem) || !sight_facts(work, change, hand->author, &facts, problem))
        return false;
    if (sight_decide(&facts) == SIGHT_CLEAR) /* nothing hides it, or there is none */
        return true;
    return change_deed(arena, work, hand, (ChangeDeed){ "change.look", change, "{}" }, &deed, problem) &&
           store_do(work, problem, SQL_SIGHT_ADD, "itii", change, hand->author, hand->now, deed) &&
           store_do(work, problem, SQL_CODING_DRAFT_REMOVE, "it", change, hand->author) && store_commit(work, problem);
}
