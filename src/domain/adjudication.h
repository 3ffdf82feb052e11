/* Adjudication: where two codings of a new incident differ, a third person decides each variable, with a reason. What
 * is decided becomes a further version of the change; both codings stay as they were made, for measuring the agreement.
 * A change is published when nothing that differs is undecided. */
#pragma once

#include "domain/coding.h"

typedef enum DecisionKind {
#define DECISION(name, code, words) DECIDE_##name,
#include "domain/decisions.def"
#undef DECISION
    DECISION_COUNT
} DecisionKind;

typedef struct DecisionInfo {
    const char *code, *words; /* words: in English */
} DecisionInfo;
extern const DecisionInfo decision_kinds[DECISION_COUNT];

typedef struct Decision {
    const char *choice; /* a code of decision_kinds */
    const char *reason;
    const char *value; /* what the change says of the variable since, as coding_text; set by adjudication_decide */
    const char *variable;
} Decision;

typedef struct Adjudication { /* what one person decided at once */
    Decision *decisions;
    size_t decision_count;
} Adjudication;

typedef struct JudgedVariable {
    const char *variable;
    const char *now;          /* what the newest version of the change says, as coding_text */
    const Decision *decision; /* the newest; NULL: none */
    const char *account;      /* who decided; NULL */
    bool open;                /* it differs, and nobody has decided on what stands now */
} JudgedVariable;

typedef struct Judged { /* one second coding */
    Comparison comparison;
    JudgedVariable *variables; /* in the order of the comparison */
    size_t open;
} Judged;

/* One for each coder. Memory: `arena`. */
bool adjudication_list(Arena *arena, Store *work, const Change *change, Judged **all, size_t *count, Problem *problem);

/* NOT_ALLOWED for whoever wrote a version of the change otherwise than by deciding, or coded it. */
bool adjudication_may(Store *work, const char *account, int64_t change, Problem *problem);

typedef struct AdjudicationPlan {
    int64_t change, version; /* version: that the decisions were made from */
    int64_t coding;          /* as in Comparison */
    const Decision *decisions;
    size_t count;
} AdjudicationPlan;

/* CONFLICT unless the change is in review and `version` its newest; BAD_INPUT names the variable that does not differ,
 * or whose decision has no reason, and what is missing in the record that would come of it. */
bool adjudication_decide(Store *work, const Hand *hand, const Codebook *codebook, const AdjudicationPlan *plan,
                         Problem *problem);
