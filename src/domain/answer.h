/* Answer: what the log role has answered to each batch, kept under the batch's idempotency key, so that one which is
 * sent again is published once. These rows are not made from the journal: the log signs each, and numbers them without
 * gaps. */
#pragma once

#include "base/findings.h"
#include "guard/seal.h"
#include "store/store.h"

/* `body` NULL: nothing was answered under that key yet. Memory: `arena`. */
bool answer_find(Arena *arena, Store *published, const char *key, const char **body, Problem *problem);

typedef struct Answer {
    const char *key;
    int64_t at;      /* moment */
    int64_t entries; /* in the journal behind the batch */
    Text body;       /* JSON: what was answered */
} Answer;

/* Within the transaction that publishes the batch. Signed is, in lines: the name of the log with "/answers" behind it,
 * the answer's number, its moment, its entries, its key and its body. */
bool answer_add(Store *published, const SigningKey *log, const Answer *answer, Problem *problem);

/* Adds a sentence to `findings` for each answer that is not what the log signed, that is gone, or, behind the last,
 * whose batch the journal has. What was answered before answers were signed is not held to anything but its number. */
bool answer_verify(Store *published, const SigningKey *log, Findings *findings, Problem *problem);

/* The same for each batch from that moment on to which there is no signed answer: programs that write the work store as
 * domain/witness.h says sign them all. */
bool answer_verify_since(Store *published, int64_t since, Findings *findings, Problem *problem);
