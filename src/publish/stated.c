#include "publish/stated.h"

static const char *joined(Arena *arena, const char *const *items, size_t count)
{
    AUTO_OUT out = { 0 };
    for (size_t i = 0; i < count; i++) {
        out_raw(&out, "; ", i ? 2 : 0);
        out_raw(&out, items[i], strlen(items[i]));
    }
    return arena_text(arena, out_view(&out));
}

/* The values that stand against each other, each once. */
static size_t rivals(Run run, const Evidence **found)
{
    size_t count = 0;
    for (size_t i = 0; i < run.count; i++) {
        const Evidence *claim = &run.claims[i];
        bool told = !evidence_asserts(claim) || !evidence_credible(claim);
        for (size_t j = 0; !told && j < count; j++)
            told = strcmp(found[j]->value, claim->value) == 0;
        if (!told)
            found[count++] = claim;
    }
    return count;
}

static void contest(const View *view, Run run, const PublishedValue *published, Stated *stated)
{
    const Evidence **found = NEW_ARRAY(view->arena, const Evidence *, run.count);
    const char **items = NEW_ARRAY(view->arena, const char *, run.count);
    size_t count = rivals(run, found);
    for (size_t i = 0; i < count; i++)
        items[i] = found[i]->value;
    stated->rivals = joined(view->arena, items, count);
    for (size_t i = 0; i < count; i++)
        items[i] = show_value(view, found[i]->definition, found[i]->type, found[i]->value);
    stated->contested = type_is_number(run.claims->type) ? show_range(view, published->range_low, published->range_high)
                                                         : say_list(view->arena, view->language, items, count);
}

/* All published codes of a variable that takes any number. */
static bool take_codes(const View *view, Run run, Stated *stated)
{
    enum { CODES_MAX = 64 };
    const char *codes[CODES_MAX];
    size_t count = derive_codes(run, codes, CODES_MAX);
    if (!count)
        return false;
    stated->value = joined(view->arena, codes, count);
    for (size_t i = 0; i < count; i++)
        codes[i] = show_value(view, run.claims->definition, run.claims->type, codes[i]);
    stated->words = say_list(view->arena, view->language, codes, count);
    return true;
}

Stated stated_of(const View *view, Run run)
{
    const Variable *variable = run.claims->definition;
    PublishedValue published;
    Stated stated = { .variable = run.claims->variable, .label = label_in(variable->label, view->language->code) };
    if (variable->cardinality == ANY_NUMBER && run.claims->type == TYPE_ENUM && take_codes(view, run, &stated))
        return stated;
    if (!derive_published(run, &published)) {
        stated.words = say(view->language, "nothing is published");
        return stated;
    }
    stated.value = published.value;
    stated.missing = published.missing;
    stated.words = published.value ? show_value(view, variable, run.claims->type, published.value)
                                   : show_missing(view, published.missing);
    stated.chosen = published.chosen;
    if (published.contested)
        contest(view, run, &published, &stated);
    return stated;
}

/* Of two claims that both could be published: the rule that prefers the chosen one. */
static const char *preference(const View *view, const Evidence *chosen, const Evidence *other)
{
    const Language *language = view->language;
    switch (evidence_preference(chosen, other)) {
    case BY_RANK: return say(language, "not chosen: the published claim is marked as preferred");
    case BY_CLAIMANT:
        if (strcmp(chosen->claimant, other->claimant) == 0)
            return say(language, "not chosen: a court or a study stands before other claims");
        return say_with(view->arena, language, "not chosen: in the order of speakers, {first} comes before {second}",
                        SLOTS({ "first", show_code(view, "claimant", chosen->claimant) },
                              { "second", show_code(view, "claimant", other->claimant) }));
    case BY_DAY: return say(language, "not chosen: the published claim is of a later day");
    case BY_CREDIBILITY: return say(language, "not chosen: the published claim is more credible");
    case BY_RELIABILITY: return say(language, "not chosen: the published claim has a more reliable source");
    case BY_ENTRY: break;
    }
    return say(language, "not chosen: all else being equal, the newer entry of the journal stands");
}

const char *stated_verdict(const View *view, const Stated *stated, const Evidence *claim)
{
    const Language *language = view->language;
    if (!stated->contested || !claim->live)
        return NULL;
    if (claim == stated->chosen)
        return say(language, "published");
    if (!claim->value)
        return say(language, "gives no value");
    if (evidence_denies(claim))
        return say(language, "denies it");
    if (type_is_number(claim->type) && evidence_by_attacker(claim))
        return say(language, "not chosen: a number of the attacker is never published");
    if (!evidence_contradicts(stated->chosen, claim))
        return say(language, "can be true with the published value");
    return preference(view, stated->chosen, claim);
}
