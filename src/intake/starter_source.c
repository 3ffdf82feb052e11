#include "intake/starter.h"

static const char licence[] = "CC BY 4.0";

/* Sites that are no press with own reporting. */
static const struct {
    const char *site, *source_type, *claimant;
} sites[] = {
    { "nhsdg.co.uk", "victim", "victim" },
    { "sankt-vinzenz.de", "victim", "victim" },
    { "union.org", "victim", "victim" },
    { "synapxe.sg", "victim", "victim" },
    { "sophiahemmet.se", "victim", "victim" },
    { "england.nhs.uk", "authority", "authority" },
    { "cms.gov", "authority", "authority" },
    { "wikipedia.org", "media_relay", "media" },
    { "grokipedia.com", "aggregator_ai", "media" },
    { "durumis.news", "aggregator_ai", "media" },
    { "icsstrive.com", "dataset", "media" },
    { "halcyon.ai", "security_company", "expert" },
    { "ibm.com", "security_company", "expert" },
};

typedef struct Trust { /* what the column `confidence` says of the sources and of what they tell */
    const char *reliability, *credibility;
} Trust;

static Trust trust_of(Text confidence)
{
    if (text_is(confidence, "high"))
        return (Trust){ "b", "c2" };
    return (Trust){ "b", "c3" };
}

bool starter_says(const Making *making, size_t column, const char *word)
{
    return text_is_nocase(text_trim(making_cell(making, column)), word);
}

/* The attacker is the only one who tells it: low confidence, and a claim of his own is the basis. */
static bool only_attacker(const Making *making)
{
    return starter_says(making, CONFIDENCE, "low") && starter_says(making, ACTOR_BASIS, "self_claim");
}

/* The day in an address such as /2021/05/09/title; DAY_UNKNOWN without one. */
static int32_t day_in(Text url)
{
    for (size_t i = 0; i + 11 < url.length; i++) {
        char text[11];
        Span day;
        if (url.at[i] != '/' || (url.at[i + 5] != '/' && url.at[i + 5] != '-'))
            continue;
        memcpy(text, url.at + i + 1, 10);
        text[10] = '\0';
        text[4] = text[7] = '-';
        if (url.at[i + 8] == url.at[i + 5] && span_read(text_of(text), &day))
            return day.first;
    }
    return DAY_UNKNOWN;
}

size_t starter_state(Build *build, size_t column, const char *claimant, const char *stance)
{
    Making *making = build->making;
    Text url = text_trim(making_cell(making, column));
    Trust trust = trust_of(text_trim(making_cell(making, CONFIDENCE)));
    const char *address = clean_text(build->arena, url), *site = build_site(build->arena, text_of(address));
    const char *speaker = "media";
    SourceFacts source = { .url = address,
                           .source_type = "media_own",
                           .reliability = trust.reliability,
                           .origin = "human",
                           .access = "open",
                           .group = site,
                           .published = day_in(url) };
    for (size_t i = 0; i < COUNT_OF(sites); i++)
        if (site && strcmp(site, sites[i].site) == 0) {
            source.source_type = sites[i].source_type;
            speaker = sites[i].claimant;
        }
    if (strcmp(source.source_type, "aggregator_ai") == 0) {
        source.origin = "machine";
        source.reliability = "d";
    }
    if (only_attacker(making)) {
        speaker = "actor";
        trust.credibility = "c4";
    }
    return build_statement(build, (StatementFacts){ .source = build_source(build, source),
                                                    .claimant = claimant ? claimant : speaker,
                                                    .stance = stance,
                                                    .credibility = trust.credibility,
                                                    .known_since = source.published,
                                                    .as_of = DAY_UNKNOWN });
}

size_t starter_state_list(Build *build, const char *locator)
{
    int source = build_source(build, (SourceFacts){ .title = "Vigie starter incidents",
                                                    .source_type = "dataset",
                                                    .reliability = "b",
                                                    .origin = "human",
                                                    .language = "en",
                                                    .licence = licence,
                                                    .group = "vigie",
                                                    .published = DAY_UNKNOWN });
    Trust trust = trust_of(text_trim(making_cell(build->making, CONFIDENCE)));
    return build_statement(build,
                           (StatementFacts){ .source = source,
                                             .claimant = "project",
                                             .stance = "asserts",
                                             .credibility = only_attacker(build->making) ? "c4" : trust.credibility,
                                             .locator = locator,
                                             .known_since = DAY_UNKNOWN,
                                             .as_of = DAY_UNKNOWN });
}
