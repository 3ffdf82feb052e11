/* Veris decide: whether a VERIS document tells of an attack on health care (METHOD.md 2), and small looks into it. */
#pragma once

#include "base/json.h"

typedef struct VerisDecision {
    const char *inclusion, *reason; /* reason: NULL when it is included */
} VerisDecision;

VerisDecision veris_decide(const json_t *document);

bool veris_acts(const json_t *document, const char *action); /* it has this kind of action */
bool veris_is_attack(const json_t *document);                /* somebody meant to act without right */
/* The industry (North American classification) belongs to the health sector as METHOD.md 2 means it. */
bool veris_is_health(Text industry);

const json_t *veris_down(const json_t *at, const char *a, const char *b); /* at.a.b; `b` may be NULL */
/* The text under `key` of `object`, or of the document when `object` is NULL; NULL when there is none. */
const char *veris_text(const json_t *document, const char *object, const char *key);
