#include "domain/naming.h"

#include "base/unicode.h"

enum { WORD_LEAST = 3, PART_LEAST = 4 }; /* shorter ones stand in too many texts */

static bool by_attacker(Run evidence)
{
    for (size_t i = 0; i < evidence.count; i++)
        if (evidence_by_attacker(&evidence.claims[i]))
            return true;
    return false;
}

bool naming_lets(Run evidence)
{
    if (!by_attacker(evidence)) /* of nearly all, so it comes first */
        return true;
    VerificationLevel level = derive_verification(evidence).level;
    return level == V2_PROBABLE || level == V3_CONFIRMED || verification_is_official(evidence);
}

/* Whether a word of `name` stands in `folded`: a short one as a word, a longer one also as part of a word. */
static bool holds_word(Arena *arena, Text folded, const char *name)
{
    Text rest = text_of(name ? unicode_fold(arena, text_of(name)) : ""), word;
    const char *apart = arena_format(arena, " %s ", arena_text(arena, folded));
    while (text_split(&rest, ' ', &word)) {
        size_t letters = unicode_count(word);
        const char *sought = arena_format(arena, letters < PART_LEAST ? " %s " : "%s", arena_text(arena, word));
        if (letters >= WORD_LEAST && strstr(apart, sought))
            return true;
    }
    return false;
}

static bool tells_name(Arena *arena, const Record *record, const char *text)
{
    Text folded = text_of(text ? unicode_fold(arena, text_of(text)) : "");
    for (size_t i = 0; i < record->affected_count; i++) {
        const OrganisationFacts *facts = &record->affected[i].organisation;
        if (holds_word(arena, folded, facts->name) || holds_word(arena, folded, facts->place) ||
            holds_word(arena, folded, facts->external))
            return true;
    }
    return false;
}

static const char *neutral_title(Arena *arena, const Record *record)
{
    for (size_t i = 0; i < record->statement_count; i++)
        for (size_t k = 0; k < record->statements[i].claim_count; k++) {
            const ClaimFacts *claim = &record->statements[i].claims[k];
            if (claim->value && text_starts(text_of(claim->variable), "event_kind."))
                return arena_format(arena, "Unnamed organisation: cyberattack, %.7s", claim->value);
        }
    return "Unnamed organisation: cyberattack";
}

/* Most groups are domains: that of the victim is its name, and that of a leak site says as much as its address. */
static bool tells_group(Arena *arena, const Record *record, const SourceFacts *source)
{
    return strcmp(source->source_type, "leak_site") == 0 || strcmp(source->source_type, "victim") == 0 ||
           tells_name(arena, record, source->group);
}

SourceFacts naming_source(Arena *arena, const Codebook *codebook, const Record *record, const SourceFacts *source)
{
    const Value *type = variable_value(codebook_needed(codebook, NEEDED_SOURCE_SOURCE_TYPE), source->source_type);
    SourceFacts shown = *source;
    shown.url = shown.archive = shown.sha256 = NULL;
    shown.group = tells_group(arena, record, source) ? NULL : source->group;
    shown.title = arena_format(arena, "%s, reliability %s%s%s%s%s", type ? type->label.en : source->source_type,
                               source->reliability, source->origin ? ", " : "", source->origin ? source->origin : "",
                               shown.group ? ", " : "", shown.group ? shown.group : "");
    return shown;
}

/* Of what is claimed about an organisation only what stands in a list of the codebook is common to many. */
static bool tells_apart(const ClaimFacts *claim)
{
    bool words = claim->type == TYPE_TEXT || claim->type == TYPE_TEXT_I18N || claim->type == TYPE_URL;
    return words || (strcmp(claim->definition->entity, "organisation") == 0 && claim->type != TYPE_ENUM);
}

static ClaimFacts claim_by_code(const ClaimFacts *claim)
{
    ClaimFacts shown = *claim;
    shown.quote = shown.raw = NULL;
    if (!shown.value || !shown.definition || !tells_apart(&shown))
        return shown;
    return (ClaimFacts){ .variable = claim->variable, .missing = "withheld", .rank = claim->rank };
}

static StatementFacts statement_by_code(Arena *arena, const StatementFacts *statement)
{
    StatementFacts shown = *statement;
    shown.locator = NULL;
    shown.claims = NEW_ARRAY(arena, ClaimFacts, statement->claim_count);
    for (size_t i = 0; i < statement->claim_count; i++)
        shown.claims[i] = claim_by_code(&statement->claims[i]);
    return shown;
}

static void conceal_affected(Arena *arena, Record *record)
{
    AffectedFacts *affected = NEW_ARRAY(arena, AffectedFacts, record->affected_count + 1);
    for (size_t i = 0; i < record->affected_count; i++) {
        affected[i] = record->affected[i];
        if (affected_named(&affected[i]))
            affected[i].naming = "type_country";
        affected_conceal(&affected[i]);
    }
    record->affected = record->affected_count ? affected : NULL;
}

void naming_conceal(Arena *arena, const Codebook *codebook, Record *record)
{
    SourceFacts *sources = NEW_ARRAY(arena, SourceFacts, record->source_count + 1);
    StatementFacts *statements = NEW_ARRAY(arena, StatementFacts, record->statement_count + 1);
    for (size_t i = 0; i < record->source_count; i++)
        sources[i] = naming_source(arena, codebook, record, &record->sources[i]);
    for (size_t i = 0; i < record->statement_count; i++)
        statements[i] = statement_by_code(arena, &record->statements[i]);
    record->external = tells_name(arena, record, record->external) ? "unnamed" : record->external;
    record->reason =
        tells_name(arena, record, record->reason) ? "The reason is kept back, since it tells a name" : record->reason;
    record->title = record->title ? neutral_title(arena, record) : NULL;
    record->summary = NULL;
    record->sources = sources;
    record->statements = statements;
    conceal_affected(arena, record);
}
