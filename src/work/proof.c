#include "work/proof.h"

#include "domain/second.h"
#include "work/limits.h"
#include "work/writer.h"

bool account_of(const WorkRequest *request, Account *account, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) &&
           account_find(request->arena, reader.store, request->session.name, account, problem);
}

bool may_try(WorkRequest *request, const char *name, WorkReply *reply)
{
    if (limits_take(request->bench->limits, RATE_NAME, text_of(name), request->now, &reply->retry_after))
        return true;
    fault_add(request, "",
              say_with(request->arena, request->language,
                       N_("Too many attempts with this name. Please try again in {n} seconds."),
                       SLOTS({ "n", say_number(request->arena, request->language, reply->retry_after) })));
    return false;
}

bool too_often(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    bool shown = form_again(request, reply, problem);
    reply->status = 429;
    return shown;
}

void tried_well(const WorkRequest *request, const char *name)
{
    limits_give(request->bench->limits, RATE_NAME, text_of(name), request->now);
}

bool code_taken(WorkRequest *request, const Account *account, bool *taken, Problem *problem)
{
    SecondResult result = SECOND_WRONG;
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    if (!second_take(&(SecondDesk){ writing.store, request->bench->vault, &hand }, account, request->session.id,
                     text_trim(text_of(sent(request, "code"))), &result, problem))
        return false;
    *taken = result != SECOND_WRONG;
    if (!*taken)
        fault_add(request, "code",
                  say(request->language,
                      N_("This code does not fit. Each code opens once only; a new one comes every 30 seconds.")));
    return true;
}
