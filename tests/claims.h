/* Claims for tests, one a line: variable value claimant stance credibility source:type:reliability[:group] [day
 * [rank]]. A value "?code" is a missing code; a day "-" is not known. */
#pragma once

#include "domain/derive.h"

enum { CLAIMS_MAX = 64 };

static inline const char *word(Arena *arena, Text *rest, char separator)
{
    Text part;
    return text_split(rest, separator, &part) && part.length ? arena_text(arena, part) : NULL;
}

static inline Evidence claim_of(Arena *arena, const Codebook *codebook, Text line, int64_t number)
{
    Problem problem = { 0 };
    Span day = { DAY_UNKNOWN, DAY_UNKNOWN };
    Evidence claim = { .claim = number, .statement = number, .recorded = number, .parsed = { NAN, NAN, { 0 } } };
    claim.variable = word(arena, &line, ' ');
    const char *value = word(arena, &line, ' ');
    claim.claimant = word(arena, &line, ' ');
    claim.stance = word(arena, &line, ' ');
    claim.credibility = word(arena, &line, ' ');
    Text source = text_of(word(arena, &line, ' '));
    const char *written = word(arena, &line, ' '), *rank = word(arena, &line, ' ');
    claim.value = value[0] == '?' ? NULL : value;
    claim.missing = value[0] == '?' ? value + 1 : NULL;
    claim.source = (int64_t)text_hash(text_of(word(arena, &source, ':')));
    claim.source_type = word(arena, &source, ':');
    claim.reliability = word(arena, &source, ':');
    claim.group = word(arena, &source, ':');
    if (written)
        span_read(text_of(written), &day);
    claim.as_of = claim.known_since = day.first;
    claim.rank = rank ? rank : "normal";
    claim.definition = codebook_claimable(codebook, text_of(claim.variable), &claim.type);
    if (!claim.definition ||
        (claim.value && !value_check(claim.definition, claim.type, text_of(value), &claim.parsed, &problem))) {
        printf("Bail out! %s: %s\n", claim.variable, problem.message);
        exit(1);
    }
    return claim;
}

static inline Run claims_of(Arena *arena, const Codebook *codebook, const char *lines)
{
    Evidence *claims = NEW_ARRAY(arena, Evidence, CLAIMS_MAX);
    size_t count = 0;
    Text rest = text_of(lines), line;
    while (text_split(&rest, '\n', &line))
        if (line.length && count < CLAIMS_MAX) {
            claims[count] = claim_of(arena, codebook, line, (int64_t)count + 1);
            count++;
        }
    evidence_sort(claims, count);
    return (Run){ claims, count };
}

static inline Codebook codebook_of_tests(Arena *arena)
{
    Codebook codebook;
    Problem problem = { 0 };
    if (!codebook_read(arena, codebook_embedded(), &codebook, &problem)) {
        printf("Bail out! %s\n", problem.message);
        exit(1);
    }
    return codebook;
}
