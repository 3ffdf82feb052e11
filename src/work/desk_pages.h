/* The pages on which records are worked on: what their templates show. Texts are finished words in the reader's
 * language; addresses are whole and local. */
#pragma once

#include "domain/change.h"
#include "domain/record_edit.h"
#include "work/pages.h"

typedef struct ChangeRow {
    const char *address, *title, *kind, *state, *author, *at, *trouble;
} ChangeRow;

typedef struct ChangesPage {
    PageLinks tabs;
    const ChangeRow *rows;
    size_t count;
    const char *next, *new_one; /* next: NULL when there are no more */
} ChangesPage;

typedef struct ClaimRow { /* one claim, as it was entered */
    const char *entity, *variable, *value, *said, *quote, *source;
    const char *edit;   /* address of its form; NULL when it cannot be changed */
    const char *number; /* by which it is taken out, or its number in the register */
} ClaimRow;

typedef struct ActionForm { /* one button, with a reason where one is needed */
    const char *action, *button;
    const char *reason;      /* label of the field; NULL: none */
    const char *number;      /* label of a number's field; NULL: none */
    const char *number_name; /* of that field */
    const char *id;          /* of the form's fields, unique on the page */
} ActionForm;

enum { ACTIONS_MAX = 8 };

typedef struct Actions {
    const char *address, *token, *version;
    ActionForm items[ACTIONS_MAX];
    size_t count;
} Actions;

typedef struct ChangePage {
    const char *heading, *state, *kind, *about, *trouble, *fault, *reviewer; /* may be NULL but heading, state, kind */
    const char *reason;                                                      /* of an act */
    const ClaimRow *claims;
    size_t claim_count;
    PageLinks ways;
    Actions actions;
    bool editable;
    const ChangeRow *steps; /* its versions: title, author, at */
    size_t step_count;
} ChangePage;

typedef struct CodingVariable {
    const char *label, *definition, *unit, *address, *values; /* values: what is coded; NULL: nothing */
    bool required;
} CodingVariable;

typedef struct CodingEntity {
    const char *key, *label, *definition;
    const CodingVariable *variables;
    size_t count;
} CodingEntity;

typedef struct CodingPage {
    const char *heading, *back;
    const CodingEntity *entities;
    size_t count;
} CodingPage;

typedef struct ClaimPage { /* the form of one claim */
    const char *heading, *definition, *back;
    const char *conflict; /* somebody else has saved since; NULL: nobody */
    const Choice *values; /* the codes with their definitions */
    size_t value_count;
    const ClaimRow *there; /* what is coded already about it */
    size_t there_count;
    const WorkForm *form;
} ClaimPage;

typedef struct DifferenceRow {
    const char *figure, *code, *before, *after;
} DifferenceRow;

typedef struct PreviewPage {
    const char *back;
    const DifferenceRow *rows;
    size_t count;
} PreviewPage;

typedef struct DeskPage { /* a published incident */
    const char *heading, *site, *fault, *token, *address, *number;
    const ClaimRow *claims;
    size_t claim_count;
    Actions actions;
} DeskPage;

typedef struct CandidateView {
    const char *heading, *state, *score, *fault;
    const ClaimRow *claims;
    size_t claim_count;
    PageLinks similar;
    Choices reasons;
    const char *address, *token;
    bool open;
} CandidateView;

void changes_html(Out *out, const WorkFrame *frame, const ChangesPage *page);
void change_html(Out *out, const WorkFrame *frame, const ChangePage *page);
void coding_html(Out *out, const WorkFrame *frame, const CodingPage *page);
void claim_page_html(Out *out, const WorkFrame *frame, const ClaimPage *page);
void figure_changes_html(Out *out, const WorkFrame *frame, const PreviewPage *page);
void desk_html(Out *out, const WorkFrame *frame, const DeskPage *page);
void candidate_html(Out *out, const WorkFrame *frame, const CandidateView *page);
void actions_html(Out *out, const Language *language, const Actions *actions);
void claim_rows_html(Out *out, const Language *language, const ClaimRow *rows, size_t count);

/* The number in the address; the third part of /L/changes/#. */
int64_t desk_number_of(const WorkRequest *request);
/* "It was not done: ..." with the problem's own sentence. */
const char *desk_refusal(const WorkRequest *request, const Problem *problem);
/* Whether the problem is one of what was sent, which the form can say; else the answer fails with it. */
bool desk_is_refusal(const Problem *problem);
const char *desk_state(const Language *language, const char *state);
const char *desk_kind(const Language *language, const char *kind);
/* The claims of a record in its order. */
const ClaimRow *desk_claims(const WorkRequest *request, const Record *record, const char *edit, size_t *count);
/* Adds a button to the page's actions. */
ActionForm *desk_action(Actions *actions, const char *action, const char *button);
/* A label of the codebook; the code itself where it has none. */
const char *desk_label(const WorkRequest *request, const char *entity, const char *variable, const char *code);
