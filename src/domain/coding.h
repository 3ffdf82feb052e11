/* Coding: a second person's record of the same sources, made blind: without having seen the first. It is compared with
 * the change variable by variable; what differs is decided by people: see domain/adjudication.h. */
#pragma once

#include "domain/change.h"

/* NOT_ALLOWED for whoever wrote a version of the change or chose to see it; CONFLICT unless it is in review, when that
 * person has coded it already, or when another has and this one had not begun. The record must pass record_check. */
bool coding_add(Store *work, const Hand *hand, const Codebook *codebook, int64_t change, Text body, Problem *problem);

typedef struct CodingDraft {
    Record record;
    int64_t version; /* counts its saves; 0: there is none */
} CodingDraft;

/* What a person may see of a change and has coded of it so far: its sources and organisations, and no claim of others.
 * Fails as coding_add. Memory: `arena`. */
bool coding_open(Arena *arena, Store *work, const Hand *hand, int64_t change, CodingDraft *draft, Problem *problem);
/* Begins it, when it is not begun: from then on the person sees nothing else of the change. Fails as coding_add. */
bool coding_begin(Store *work, const Hand *hand, int64_t change, Problem *problem);
/* CONFLICT when `version` is not that of the newest save. */
bool coding_keep(Store *work, const Hand *hand, int64_t change, int64_t version, Text body, Problem *problem);

typedef struct CodedVariable { /* what two coders say about one variable */
    const char *variable;
    const char *first, *second; /* values in order, joined by "; ", a missing code in parentheses; "" when not coded */
    bool same;
} CodedVariable;

typedef struct Comparison {
    int64_t coding; /* its number */
    const char *author, *coder;
    int64_t version; /* of the change, that it was compared with */
    CodedVariable *variables;
    size_t count, same;
} Comparison;

/* One for each coder. Memory: `arena`. */
bool coding_compare(Arena *arena, Store *work, int64_t change, Comparison **comparisons, size_t *count,
                    Problem *problem);

/* The record of one second coding. Memory: `arena`. */
bool coding_read(Arena *arena, Store *work, int64_t coding, Record *record, Problem *problem);

typedef struct CodedPair { /* what both said, for measuring their agreement */
    int64_t change, at;
    Record first, second;
} CodedPair;

typedef enum CodedWhich {
    CODED_ALL,
    CODED_PUBLISHED, /* for the public: how many are being coded twice is nobody's business before */
} CodedWhich;

/* The pairs in the order in which they were made. Memory: `arena`. */
bool coding_pairs(Arena *arena, Store *work, CodedWhich which, CodedPair **pairs, size_t *count, Problem *problem);
/* The texts of one variable in a record, as in CodedVariable. */
const char *coding_text(Arena *arena, const Record *record, const char *variable);
