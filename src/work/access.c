#include "work/access.h"

const char *access_word(AccessAnswer answer)
{
    static const char *const words[] = {
#define ANSWER(name, status, sentence) #name,
        ACCESS_ANSWERS(ANSWER)
#undef ANSWER
    };
    return words[answer];
}

/* What is wrong with the request itself, whoever sends it. */
static AccessAnswer decide_request(const AccessRule *rule, const AccessFacts *facts)
{
    if (facts->foreign)
        return ACCESS_FOREIGN;
    if (facts->body > rule->body_most)
        return ACCESS_BIG;
    if (facts->often)
        return ACCESS_OFTEN;
    return facts->fields_known ? ACCESS_GRANTED : ACCESS_FIELD;
}

/* What the person still has to do before it may go on. */
static AccessAnswer decide_steps(Needs needs, const AccessFacts *facts)
{
    if (needs >= NEEDS_CODE && facts->has_second && !facts->second)
        return ACCESS_CODE;
    if (needs >= NEEDS_ALL && facts->temporary)
        return ACCESS_PASSWORD;
    if (needs >= NEEDS_ALL && !facts->has_second && account_roles[facts->role].second == SECOND_REQUIRED)
        return ACCESS_SET_UP;
    return ACCESS_GRANTED;
}

static bool needs_proof(Needs needs)
{
    return needs == NEEDS_CODE_AND_PROOF || needs == NEEDS_ALL_AND_PROOF;
}

static AccessAnswer decide_token(const AccessRule *rule, const AccessFacts *facts)
{
    if (!facts->live || facts->disabled)
        return ACCESS_BEARER;
    if (!(rule->roles & 1u << facts->role))
        return ACCESS_ROLE;
    return rule->scope & facts->scopes ? ACCESS_GRANTED : ACCESS_SCOPE;
}

AccessAnswer access_decide(const AccessRule *rule, const AccessFacts *facts)
{
    if (!rule)
        return ACCESS_NOTHING;
    AccessAnswer answer = decide_request(rule, facts);
    if (answer != ACCESS_GRANTED)
        return answer;
    if (rule->needs == NEEDS_TOKEN)
        return decide_token(rule, facts);
    if (rule->needs != NEEDS_NOTHING && (!facts->live || facts->disabled))
        return ACCESS_LOGIN;
    if (rule->takes == TAKES_FORM && !facts->token_good)
        return ACCESS_STALE;
    if (rule->needs == NEEDS_NOTHING)
        return ACCESS_GRANTED;
    answer = decide_steps(rule->needs, facts);
    if (answer != ACCESS_GRANTED)
        return answer;
    if (!(rule->roles & 1u << facts->role))
        return ACCESS_ROLE;
    if (needs_proof(rule->needs) && !facts->proven)
        return ACCESS_PROOF;
    return facts->blind ? ACCESS_BLIND : ACCESS_GRANTED;
}

Tlp access_ceiling(const AccessRule *rule, AccountRole role)
{
    return MIN(rule->ceiling, account_roles[role].ceiling);
}
