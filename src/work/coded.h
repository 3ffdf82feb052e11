/* Coded: the record of a change, as the forms have it with which it is coded claim by claim. */
#pragma once

#include "domain/record_edit.h"
#include "work/desk_pages.h"

typedef struct Coded {
    Change change;
    Record record;
    const char *path; /* "/changes/7", "/changes/7/second": its claims stand below it */
    const char *form; /* path of its coding form */
    int64_t version;  /* that a save must name */
    bool blind;       /* it is the person's own second coding, made without seeing the first */
} Coded;

/* The one that the address names; NOT_FOUND when it is no record. */
bool coded_find(const WorkRequest *request, Store *work, Coded *coded, Problem *problem);
/* Saves the record of the address without the claim that was sent, if nobody has saved since. */
bool coded_take_out(const WorkRequest *request, Store *work, Problem *problem);
bool coded_read(const WorkRequest *request, Coded *coded, Problem *problem); /* the same, by a reader of its own */

/* Whether the address is one of a second coding. */
bool coded_is_blind(const WorkRequest *request);
/* A fault-free record is stored as what it is: a version of the change, or the second coding so far. */
bool coded_save(const WorkRequest *request, Store *work, const Coded *coded, int64_t version, Problem *problem);

/* The record with what stands in the form of a claim; false when that is not complete. */
bool claim_tried(WorkRequest *request, const Coded *coded, Record *record);

/* Ends with the form again, and why it was refused: somebody else has saved since, or `refused`. */
bool claim_again(WorkRequest *request, WorkReply *reply, const Problem *refused, Problem *problem);

/* The page of its coding form; `page` has what differs. */
bool coding_form(WorkRequest *request, const Coded *coded, CodingPage *page, WorkReply *reply, Problem *problem);
bool coding_is_elsewhere(const char *entity); /* whether it is told in another way than by claims of a coder */
bool coding_is_coded(const Codebook *codebook, const Variable *variable); /* whether the form asks for it */
/* Address of the form that takes all of an entity that belongs together; NULL where each value stands by itself. */
const char *statement_link(const WorkRequest *request, const Coded *coded, const char *entity);
/* A fault at "quote" when its words are not in what was captured of its source. */
bool coded_words_check(WorkRequest *request, Store *work, const Coded *coded, const ClaimEntry *entry,
                       Problem *problem);

/* The labels of required variables of which nothing is coded, not even why there is no value; NULL: there are none. */
const char *coding_uncoded(const WorkRequest *request, const Coded *coded);

/* The variables of the codebook that are coded, by entity, with what the record says of them. */
CodingEntity *coding_entities(const WorkRequest *request, const Coded *coded, size_t *count);
