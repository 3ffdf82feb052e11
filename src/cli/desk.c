#include "cli/desk.h"

#include "base/sys.h"
#include "domain/witness.h"
#include "publish/preview.h"

bool desk_hand(const Call *call, Hand *hand, Problem *problem)
{
    if (!option_given(call, OPTION_BY))
        return fail_field(problem, PROBLEM_USAGE, "by", "'vigie %s' needs --by ACCOUNT: who does it",
                          call->command->name);
    *hand = (Hand){ call->options[OPTION_BY], sys_now() };
    return true;
}

bool desk_number(const Call *call, size_t place, int64_t *number, Problem *problem)
{
    return (text_int(text_of(call->arguments[place]), number) && *number > 0) ||
           fail(problem, PROBLEM_USAGE, "'%.60s' is no number; 'vigie %s' takes %s", call->arguments[place],
                call->command->name, call->command->arguments);
}

Store *desk_reader(const Call *call, Problem *problem)
{
    Problem busy = { 0 };
    Store *work = store_open(call->var, STORE_WORK, READ_ONLY, &busy);
    if (work || busy.kind != PROBLEM_BUSY) {
        if (!work)
            fail(problem, busy.kind, "%s", busy.message);
        return work;
    }
    store_close(witness_open(call->var, &busy));
    return store_open(call->var, STORE_WORK, READ_ONLY, problem);
}

bool desk_open(const Call *call, Desk *desk, Problem *problem)
{
    return desk_open_holding(call, desk, -1, problem);
}

bool desk_open_holding(const Call *call, Desk *desk, int lock, Problem *problem)
{
    if (!call_codebook(call, &desk->codebook, problem))
        return false;
    desk->change.codebook = &desk->codebook;
    desk->change.ledger = ledger_start_looking(call->arena, call->var, &desk->codebook, preview_look, lock,
                                               problem); /* before a store is open */
    desk->change.work = desk->change.ledger ? witness_open(call->var, problem) : NULL;
    return desk->change.work != NULL;
}

void desk_close(Desk *desk)
{
    Problem told_by_verify = { 0 };
    if (desk->change.work)
        (void)ledger_sign_deeds(desk->change.ledger, desk->change.work, &told_by_verify);
    store_close(desk->change.work);
    ledger_stop(desk->change.ledger);
}
