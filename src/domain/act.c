#include "domain/act.h"

#include "domain/name_form.h"
#include "domain/project.h"
#include "domain/shape.h"

const ActInfo act_table[ACT_KIND_COUNT] = {
#define ACT(name, kind, subject, needs) [ACT_KIND_##name] = { kind, ACT_##subject, needs },
#include "domain/acts.def"
#undef ACT
};

enum { ACT_PARTS_MAX = 1000, SPLIT_FEWEST = 2 };

ActKind act_find(const char *kind)
{
    size_t found = 0;
    if (strcmp(kind, KIND_OPEN) == 0 || strcmp(kind, KIND_ADD) == 0) /* nearly all entries, and no acts */
        return ACT_KIND_COUNT;
    while (found < ACT_KIND_COUNT && strcmp(act_table[found].kind, kind) != 0)
        found++;
    return (ActKind)found;
}

ActKind act_upon(ActSubject subject, unsigned need)
{
    size_t found = 0;
    while (found < ACT_KIND_COUNT && (act_table[found].subject != subject || !(act_table[found].needs & need)))
        found++;
    return (ActKind)found;
}

void act_write(Out *out, const Act *act)
{
    shape_write(out, act, &act_shape);
}

bool act_read(Arena *arena, Text json, Act *act, Problem *problem)
{
    *act = (Act){ 0 };
    return shape_read(arena, json, act, &act_shape, problem);
}

static bool text_check(const char *field, const char *text, Problem *problem)
{
    if (text && *text && strlen(text) <= VALUE_MAX)
        return true;
    return fail_field(problem, PROBLEM_BAD_INPUT, field, "%s is missing or longer than %d bytes", field, VALUE_MAX);
}

static bool claim_check(const ActClaim *claim, unsigned needs, const Codebook *codebook, Problem *problem)
{
    const Variable *rank = codebook_variable_of(codebook, "claim", "rank");
    if (claim->claim <= 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "claims", "a claim has no number");
    if (!(needs & ACT_RANKS) != !claim->rank)
        return fail_field(problem, PROBLEM_BAD_INPUT, "rank", "only a change of rank says the rank of each claim");
    return !claim->rank || (rank && variable_value(rank, claim->rank)) ||
           fail_field(problem, PROBLEM_BAD_INPUT, "rank", "'%.60s' is no rank; preferred, normal and deprecated are",
                      claim->rank);
}

static bool claims_check(const Act *act, unsigned needs, const Codebook *codebook, Problem *problem)
{
    bool wanted = needs & (ACT_ENDS | ACT_RANKS);
    if (wanted != (act->claim_count > 0) || act->claim_count > ACT_PARTS_MAX)
        return fail_field(problem, PROBLEM_BAD_INPUT, "claims",
                          wanted ? "it names 1 to %d claims" : "it names no claim", ACT_PARTS_MAX);
    for (size_t i = 0; i < act->claim_count; i++) {
        if (!claim_check(&act->claims[i], needs, codebook, problem))
            return false;
        for (size_t j = 0; j < i; j++)
            if (act->claims[j].claim == act->claims[i].claim)
                return fail_field(problem, PROBLEM_BAD_INPUT, "claims", "claim %lld stands there twice",
                                  (long long)act->claims[i].claim);
    }
    return true;
}

static bool records_check(const Act *act, unsigned needs, const Codebook *codebook, Problem *problem)
{
    size_t fewest = needs & ACT_ADDS ? 1 : needs & ACT_OPENS ? SPLIT_FEWEST : 0;
    size_t most = needs & ACT_OPENS ? ACT_PARTS_MAX : fewest;
    if (act->record_count < fewest || act->record_count > most)
        return fail_field(problem, PROBLEM_BAD_INPUT, "records", "it brings %zu records; %zu to %zu are expected",
                          act->record_count, fewest, most);
    for (size_t i = 0; i < act->record_count; i++) {
        const Record *record = &act->records[i];
        if (!(needs & ACT_OPENS) != !record->title)
            return fail_field(problem, PROBLEM_BAD_INPUT, "title", "what opens an incident has a title, nothing else");
        if (record->inclusion && strcmp(record->inclusion, "pending") == 0)
            return fail_field(problem, PROBLEM_BAD_INPUT, "inclusion_decision", "what is pending is not published");
        if (!record_check(record, codebook, problem))
            return false;
    }
    return true;
}

static bool names_check(const Act *act, const ActInfo *info, Problem *problem)
{
    unsigned needs = info->needs;
    bool wanted = needs & ACT_NAMES;
    if ((!(needs & ACT_FACTS) && wanted != (act->name_count > 0)) || act->name_count > ACT_PARTS_MAX)
        return fail_field(problem, PROBLEM_BAD_INPUT, "names", wanted ? "it brings 1 to %d names" : "it brings no name",
                          ACT_PARTS_MAX);
    for (size_t i = 0; i < act->name_count; i++)
        if (!name_check(info->subject, &act->names[i], problem))
            return false;
    return true;
}

/* What begins says all of itself; METHOD.md 8: no name by the attacker alone. */
static bool begun_check(const ActLink *link, const Codebook *codebook, Problem *problem)
{
    static const OrganisationFacts known = { .name = "known" };
    const AffectedFacts affected = { link->facts ? *link->facts : known, link->role, link->naming, link->naming_basis,
                                     0 };
    bool named = link->naming && strcmp(link->naming, "named") == 0;
    if (!link->naming)
        return fail_field(problem, PROBLEM_BAD_INPUT, "naming", "naming is missing");
    if (!affected_check(&affected, codebook, problem))
        return false;
    if (link->facts ? link->organisation != 0 : !link->organisation && !link->link)
        return fail_field(problem, PROBLEM_BAD_INPUT, "organisation",
                          "a link says which organisation, by its number or by its name");
    if (named != !!link->naming_basis)
        return fail_field(problem, PROBLEM_BAD_INPUT, "naming_basis",
                          "what is named says why it may be, and nothing else does");
    if (named && strcmp(link->naming_basis, "actor_only") == 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "naming_basis",
                          "what only the attacker names is not named in public");
    return named || !link->organisation ||
           fail_field(problem, PROBLEM_BAD_INPUT, "naming",
                      "an organisation that is not named is not told by its number either");
}

static bool link_check(const ActLink *link, unsigned needs, const Codebook *codebook, Problem *problem)
{
    if (!(needs & ACT_UNLINKS) != !link->link)
        return fail_field(problem, PROBLEM_BAD_INPUT, "links",
                          "a new link has no number, and one that changes or ends has");
    if (needs & ACT_LINKS)
        return begun_check(link, codebook, problem);
    return !(link->facts || link->naming || link->naming_basis || link->role || link->organisation || link->supplier) ||
           fail_field(problem, PROBLEM_BAD_INPUT, "links", "a link that ends says nothing more");
}

static bool links_check(const Act *act, unsigned needs, const Codebook *codebook, Problem *problem)
{
    bool wanted = needs & (ACT_LINKS | ACT_UNLINKS), parts = needs & ACT_PARTS;
    if (parts && !act->link_count && !act->name_count)
        return fail_field(problem, PROBLEM_BAD_INPUT, "links", "nothing goes over to the other one");
    if ((!parts && wanted != (act->link_count > 0)) || act->link_count > ACT_PARTS_MAX)
        return fail_field(problem, PROBLEM_BAD_INPUT, "links", wanted ? "it brings 1 to %d links" : "it brings no link",
                          ACT_PARTS_MAX);
    for (size_t i = 0; i < act->link_count; i++)
        if (!link_check(&act->links[i], parts ? needs | ACT_UNLINKS : needs, codebook, problem))
            return false;
    return true;
}

/* An actor has a name, and no links that could go over. */
static bool actor_check(const Act *act, Problem *problem)
{
    const OrganisationFacts *facts = act->facts;
    bool bare = !facts || !(facts->country || facts->subdivision || facts->place || facts->org_type ||
                            facts->sector_group || facts->external);
    return (bare && !act->link_count) ||
           fail_field(problem, PROBLEM_BAD_INPUT, "facts", "an actor has names, and nothing else");
}

static bool facts_check(const Act *act, const ActInfo *info, const Codebook *codebook, Problem *problem)
{
    if (!(info->needs & ACT_FACTS))
        return !act->facts || fail_field(problem, PROBLEM_BAD_INPUT, "facts", "it makes no organisation");
    if (info->subject == ACT_ACTOR && !actor_check(act, problem))
        return false;
    const AffectedFacts affected = { .organisation = act->facts ? *act->facts : (OrganisationFacts){ 0 },
                                     .role = "direct" };
    return affected_check(&affected, codebook, problem);
}

void act_conceal(Arena *arena, Act *act)
{
    ActLink *links = NEW_ARRAY(arena, ActLink, act->link_count + 1);
    Record *records = NEW_ARRAY(arena, Record, act->record_count + 1);
    for (size_t i = 0; i < act->link_count; i++) {
        ActLink *link = &links[i];
        *link = act->links[i];
        AffectedFacts affected = { .naming = link->naming, .naming_basis = link->naming_basis };
        if (link->facts)
            affected.organisation = *link->facts;
        affected_conceal(&affected);
        link->naming_basis = affected.naming_basis;
        if (link->facts) {
            link->facts = NEW(arena, OrganisationFacts);
            *link->facts = affected.organisation;
        }
    }
    for (size_t i = 0; i < act->record_count; i++) {
        records[i] = act->records[i];
        record_conceal(arena, &records[i]);
    }
    act->links = act->link_count ? links : NULL;
    act->records = act->record_count ? records : NULL;
}

static bool number_check(const char *field, int64_t number, bool wanted, Problem *problem)
{
    return (wanted ? number > 0 : number == 0) ||
           fail_field(problem, PROBLEM_BAD_INPUT, field, wanted ? "%s is missing" : "%s has no meaning here", field);
}

bool act_check(ActKind kind, const Act *act, const Codebook *codebook, Problem *problem)
{
    unsigned needs = act_table[kind].needs;
    return text_check("reason", act->reason, problem) && text_check("reviewer", act->reviewer, problem) &&
           number_check("into", act->into, needs & ACT_INTO, problem) &&
           number_check("undoes", act->undoes, needs & ACT_UNDOES, problem) &&
           claims_check(act, needs, codebook, problem) && names_check(act, &act_table[kind], problem) &&
           links_check(act, needs, codebook, problem) && facts_check(act, &act_table[kind], codebook, problem) &&
           records_check(act, needs, codebook, problem);
}
