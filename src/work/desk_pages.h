/* The pages on which records are worked on: what their templates show. Texts are finished words in the reader's
 * language; addresses are whole and local. */
#pragma once

#include "domain/change.h"
#include "domain/record_edit.h"
#include "domain/whole.h"
#include "work/pages.h"

typedef struct ChangeRow {
    const char *address, *title, *kind, *state, *author, *at, *trouble;
    MarkLabel mark;
} ChangeRow;

typedef struct ChangesPage {
    PageLinks tabs;
    const ChangeRow *rows;
    size_t count;
    const char *next, *new_one, *batch; /* next: NULL when there are no more */
} ChangesPage;

typedef struct ClaimRow { /* one claim, as it was entered */
    const char *name;     /* of the variable */
    bool contested;       /* what would be published of it */
    const char *entity, *variable, *value, *said, *quote, *source;
    const char *link;    /* address of the source; NULL when it is not linked */
    const char *edit;    /* address of its form; NULL when it cannot be changed */
    const WorkForm *out; /* takes it out by its number; NULL when it cannot be taken out here */
    bool chosen;         /* its box is ticked */
    const char *number;  /* by which it is taken out, or its number in the register */
} ClaimRow;

typedef struct OutcomeRow {          /* something that follows from what is coded */
    const char *label, *words, *why; /* why: the rule; NULL */
    const char *name;                /* of a contested variable; NULL */
} OutcomeRow;

typedef struct OutcomeView {
    const OutcomeRow *rows;
    size_t count; /* 0: nothing can be said yet */
} OutcomeView;

enum { ACTIONS_MAX = 8 };

typedef struct Actions { /* what may be done, each a form of its own */
    const char *path;    /* that they are sent to: "/changes/7" */
    const char *version; /* that goes along; NULL: none */
    WorkForm *items[ACTIONS_MAX];
    size_t count;
} Actions;

typedef struct NamedRow { /* something with its kind, and where it leads; address may be NULL */
    const char *kind, *words, *address;
} NamedRow;

typedef struct PartView { /* one record of several that an act brings */
    const char *title;    /* NULL: none */
    const NamedRow *organisations;
    const ClaimRow *claims;
    size_t organisation_count, claim_count;
} PartView;

typedef struct ChangeStepRow {                /* one step of a change, and what it made otherwise */
    const char *at, *author, *words, *reason; /* reason: NULL: none */
    const char *const *come, *const *gone;    /* "Attack type: Ransomware · Victim · Probably true" */
    size_t come_count, gone_count;
    bool saved; /* a version */
} ChangeStepRow;

typedef struct ChangePage {
    const char *heading, *state, *kind, *about, *trouble, *fault, *reviewer; /* may be NULL but heading, state, kind */
    const char *reason;                                                      /* of an act */
    const char *unnamed;  /* that it is published without names; NULL */
    const char *marking;  /* how it came to its mark; NULL: it was never marked */
    const NamedRow *said; /* what an act names: claims that end or change their rank, names */
    size_t said_count;
    const PartView *parts;
    size_t part_count;
    ClaimRow *claims;
    size_t claim_count;
    OutcomeView outcome;
    const char *uncoded; /* required variables; NULL */
    PageLinks ways;
    Actions actions;
    bool editable;
    const ChangeStepRow *steps; /* oldest first */
    size_t step_count;
} ChangePage;

typedef struct CodingVariable {
    const char *name, *label, *definition, *unit, *address, *values; /* values: what is coded; NULL: nothing */
    bool required;
} CodingVariable;

typedef struct CodingEntity {
    const char *key, *label, *definition;
    const char *statement; /* address of the form of what belongs together; NULL: there is none */
    const CodingVariable *variables;
    size_t count;
} CodingEntity;

typedef struct CodingPage {
    const char *heading, *back, *captures;
    const char *about, *fault; /* what it is for; NULL: the usual */
    Actions actions;           /* of a second coding */
    ClaimRow *claims;          /* of a second coding, so far */
    size_t claim_count;
    const CodingEntity *entities;
    size_t count;
    OutcomeView outcome;
} CodingPage;

typedef struct ClaimPage { /* the form of one claim */
    const char *heading, *definition, *back;
    const char *conflict;                         /* somebody else has saved since; NULL: nobody */
    const char *restored;                         /* what was typed before is back; NULL: nothing was */
    const char *others;                           /* who else is there; NULL: nobody */
    const char *save, *script, *token, *variable; /* where what is typed is kept */
    const Choice *values;                         /* the codes with their definitions */
    size_t value_count;
    const ClaimRow *there; /* what is coded already about it */
    size_t there_count;
    OutcomeView outcome;
    const WorkForm *form;
} ClaimPage;

typedef struct FoundRow {
    const char *address, *number, *name, *kind, *country;
} FoundRow;

typedef struct StatementPage { /* the form of several values that one source gives together */
    const char *heading, *definition, *back;
    const char *conflict;                 /* somebody else has saved since; NULL: nobody */
    const char *address, *entity, *words; /* of finding an attacker; address NULL: nobody is looked for */
    const char *told, *script, *new_one;
    const FoundRow *found;
    size_t found_count;
    const ClaimRow *there; /* what is coded already */
    size_t there_count;
    const WorkForm *form;
} StatementPage;

typedef struct ComparedRow {                      /* what two coders say about one variable */
    const char *name, *variable, *first, *second; /* name: of the fields; first and second "": not coded */
    bool same, open;                              /* open: to be decided, where the reader may */
    const char *decided, *reason, *by;            /* what was decided; NULL: nothing */
    const char *typed, *fault;                    /* the reason as it was typed; fault may be NULL */
    const char *chosen;                           /* code; "": none */
} ComparedRow;

typedef struct ComparedPair {
    const char *first, *second; /* who coded */
    const char *sentence, *coding;
    const ComparedRow *rows;
    size_t count;
    bool decides; /* the reader may decide on what is open */
} ComparedPair;

typedef struct ComparePage {
    const char *heading, *title, *back, *fault;
    const char *address, *token, *version; /* of the form */
    const Choice *choices;                 /* DECISION_COUNT of them */
    size_t choice_count;
    const ComparedPair *pairs;
    size_t count;
} ComparePage;

typedef struct CaptureRow {
    const char *address, *title, *name, *at, *account, *sha256;
} CaptureRow;

typedef struct CapturesPage { /* what was captured for a record, and a form for more */
    const char *heading, *back;
    const char *conflict; /* somebody else has saved since; NULL: nobody */
    const CaptureRow *rows;
    size_t count;
    const WorkForm *form; /* NULL: nothing more can be captured */
} CapturesPage;

typedef struct CaptureSentence {
    const char *number, *text;
} CaptureSentence;

typedef struct CapturePassage {
    const CaptureSentence *sentences;
    size_t count;
} CapturePassage;

typedef struct CapturePage { /* the words of one, and a form that chooses a quotation and its variable */
    const char *heading, *back, *about, *sha256, *id, *bytes, *size; /* bytes: where they are given out */
    const char *claim, *script; /* where the form leads; claim NULL: nothing can be coded */
    const CapturePassage *passages;
    size_t count;
    int first_passage; /* number of the first one shown */
    const char *next, *previous;
    const CodingEntity *entities;
    size_t entity_count;
} CapturePage;

typedef struct DifferenceRow {
    const char *figure, *code, *before, *after;
} DifferenceRow;

typedef struct FiguresView { /* how public figures would change */
    const DifferenceRow *rows;
    size_t count;
} FiguresView;

typedef struct ChangeWhy {      /* why they would */
    const char *about, *reason; /* what the change does, and why; NULL */
    OutcomeView outcome;
} ChangeWhy;

typedef struct PreviewPage {
    const char *back;
    ChangeWhy why;
    FiguresView figures;
} PreviewPage;

typedef struct BatchRow { /* a change that is in review, or that was */
    const char *number, *address, *title, *kind, *author;
    MarkLabel mark;
    bool chosen;
    const char *version;        /* that was tried, in a preview */
    const char *barred;         /* why its reader may not agree to it; NULL */
    const char *about, *reason; /* as in ChangeWhy */
    const char *outcome;        /* what follows from it, in one line; NULL */
    const char *result;         /* what became of it */
} BatchRow;

typedef struct BatchPage {
    const BatchRow *rows;
    size_t count, offered;         /* offered: those that the reader may agree to */
    const char *fault;             /* NULL: none */
    const char *address, *preview; /* where the batch is published, and tried */
    const char *back, *next;       /* next: NULL when there are no more */
    const char *token;
    FiguresView figures;
} BatchPage;

typedef struct DeskPage {                                          /* a published incident */
    const char *heading, *number, *left, *fault, *token, *address; /* left: that it does not stand any more; NULL */
    ClaimRow *claims;
    size_t claim_count;
    OutcomeView outcome;
    const NamedRow *history; /* what was done to it, oldest first */
    size_t history_count;
    Choices deeds;                           /* what may be done with claims that are chosen */
    const char *reason;                      /* typed for them */
    const char *chosen_fault, *reason_fault; /* NULL: none */
    PageLinks ways;
    Actions actions;
} DeskPage;

typedef struct PartiesPage { /* finding an organisation or an actor */
    const char *heading, *caption, *address, *words, *script, *new_one;
    bool placed;      /* rows have a type and a country */
    const char *told; /* how many were found; "": nothing was looked for */
    const FoundRow *rows;
    size_t count;
} PartiesPage;

typedef struct PartyPage {
    const char *heading, *number, *about, *fault; /* about: kind, country and place */
    const PageLink *into;                         /* the one that it was merged into; NULL */
    const char *split, *divide;                   /* address of dividing it, and its words; split NULL: it was merged */
    const NamedRow *names, *links, *deeds;
    size_t name_count, link_count, deed_count;
    Actions actions;
} PartyPage;

typedef struct ReleasesDeskPage {
    const char *fault; /* NULL: none */
    WorkForm *form;    /* NULL for those who may prepare none */
    const NamedRow *rows;
    size_t count;
} ReleasesDeskPage;

typedef struct AgreementDeskPart { /* one half-year */
    const char *period;
    const NamedRow *rows;
    size_t count;
    WorkForm *form; /* NULL for those who may prepare none */
} AgreementDeskPart;

typedef struct AgreementDeskPage {
    const char *fault; /* NULL: none */
    const AgreementDeskPart *parts;
    size_t count;
} AgreementDeskPage;

typedef struct SplitRow {              /* what goes into one part, or into several */
    const char *name;                  /* of its fields: "claim.12582913" */
    const char *label, *about, *fault; /* about and fault may be NULL */
    const bool *ticked;                /* by part */
} SplitRow;

typedef struct SplitPage {
    const char *heading, *back, *address, *token, *fault;
    size_t parts;
    const char *const *titles, *const *title_faults; /* by part */
    const SplitRow *links, *claims;
    size_t link_count, claim_count;
    const char *reason, *reason_fault;
    Choices sizes; /* into how many parts */
} SplitPage;

typedef struct CandidateView {
    const char *heading, *state, *score, *source, *fault;
    const char *marking;           /* how it came to its mark; NULL: it was never marked */
    const NamedRow *organisations; /* that were hit */
    const ClaimRow *claims;
    size_t organisation_count, claim_count;
    OutcomeView outcome;
    PageLinks similar, waiting; /* published incidents, and other candidates, that are like it */
    Actions actions;
} CandidateView;

void changes_html(Out *out, const WorkFrame *frame, const ChangesPage *page);
void change_html(Out *out, const WorkFrame *frame, const ChangePage *page);
void coding_html(Out *out, const WorkFrame *frame, const CodingPage *page);
void claim_page_html(Out *out, const WorkFrame *frame, const ClaimPage *page);
void statement_html(Out *out, const WorkFrame *frame, const StatementPage *page);
void compare_html(Out *out, const WorkFrame *frame, const ComparePage *page);
void captures_html(Out *out, const WorkFrame *frame, const CapturesPage *page);
void capture_html(Out *out, const WorkFrame *frame, const CapturePage *page);
void figure_changes_html(Out *out, const WorkFrame *frame, const PreviewPage *page);
/* "Figures before and after". */
void differences_html(Out *out, const Language *language, const FiguresView *figures);
void batch_html(Out *out, const WorkFrame *frame, const BatchPage *page);
void batch_preview_html(Out *out, const WorkFrame *frame, const BatchPage *page);
void batch_done_html(Out *out, const WorkFrame *frame, const BatchPage *page);
void desk_html(Out *out, const WorkFrame *frame, const DeskPage *page);
void candidate_html(Out *out, const WorkFrame *frame, const CandidateView *page);
void work_parties_html(Out *out, const WorkFrame *frame, const PartiesPage *page);
void work_party_html(Out *out, const WorkFrame *frame, const PartyPage *page);
void work_releases_html(Out *out, const WorkFrame *frame, const ReleasesDeskPage *page);
void work_agreement_html(Out *out, const WorkFrame *frame, const AgreementDeskPage *page);
void split_html(Out *out, const WorkFrame *frame, const SplitPage *page);
void actions_html(Out *out, const Language *language, const Actions *actions);
void named_rows_html(Out *out, const NamedRow *rows, size_t count);
void outcome_html(Out *out, const Language *language, const OutcomeView *outcome);
void value_cell_html(Out *out, const Language *language, const ClaimRow *row);
void claim_rows_html(Out *out, const Language *language, const ClaimRow *rows, size_t count);
void source_cell_html(Out *out, const ClaimRow *row);

/* The number in the address; the third part of /L/changes/#. */
int64_t desk_number_of(const WorkRequest *request);
/* "This was not done: ..." with the problem's sentence, in the reader's language. */
const char *desk_refusal(const WorkRequest *request, const Problem *problem);
/* Whether the problem is one of what was sent, which the form can say; else the answer fails with it. */
bool desk_is_refusal(const Problem *problem);
/* Of a change or a candidate. */
const char *desk_state(const Language *language, const char *state);
const char *desk_kind(const Language *language, const char *kind);
/* Gives each row a button that takes its claim out: action "remove" of the actions' path and version. */
void desk_offer_taking_out(const WorkRequest *request, const Actions *actions, ClaimRow *rows, size_t count);
/* The claims of a record in its order. */
ClaimRow *desk_claims(const WorkRequest *request, const Record *record, const char *edit, size_t *count);
/* What an act says, for whoever has to agree to it: its reason, what it names, and the records that it brings. */
bool act_view(const WorkRequest *request, const Change *change, ChangePage *page, Problem *problem);
/* What was done with a change, by whom and why, and what each of its versions says otherwise than the one before. */
bool steps_view(const WorkRequest *request, Store *work, const Change *change, ChangePage *page, Problem *problem);
/* The organisations that a record says were hit: how, and which; one for each of record->affected. */
const NamedRow *affected_rows(const WorkRequest *request, const Record *record);
/* The same as a part of the page. */
void affected_view(const WorkRequest *request, const Record *record, ChangePage *page);
/* How somebody was hit, whether it may be named and why, and through whom: "Directly attacked · Named". */
const char *affected_words(const WorkRequest *request, const AffectedFacts *affected, const char *supplier);
/* The same of a release: what goes in. */
bool release_view(const WorkRequest *request, const Change *change, ChangePage *page, Problem *problem);
/* The same of how far coders agree. */
bool agreement_view(const WorkRequest *request, const Change *change, ChangePage *page, Problem *problem);
/* Adds a form to the page's actions, and a field to it: what was typed and its faults come back in the one that was
 * sent and in no other. */
WorkForm *desk_action(const WorkRequest *request, Actions *actions, const char *action, const char *button);
Field *desk_field(const WorkRequest *request, WorkForm *form, FieldPlan plan);
/* Tells a refusal at the field that it is about when that is one of `shown`, "reason into"; else with the form as a
 * whole. */
void desk_refuse(WorkRequest *request, const Problem *problem, const char *shown);
/* The same, and the form comes back; what is no refusal fails the answer. */
bool desk_again(WorkRequest *request, const Problem *refused, const char *shown, WorkReply *reply, Problem *problem);
/* On to the page of a change, which was begun or has had its deed. */
bool desk_went(const WorkRequest *request, int64_t change, WorkReply *reply);

typedef struct DeskForm { /* one of several forms of a page */
    const char *action, *fields;
} DeskForm;

/* The fields of the form that was sent; "" when it has none. A sentence at a field of another form would not be seen.
 */
const char *desk_shown(const WorkRequest *request, const DeskForm *forms, size_t count);
/* The published incident that the address names. */
bool desk_whole(const WorkRequest *request, Whole *whole, Problem *problem);
/* Begins a change with this act upon an incident or organisation, if it would be taken when somebody else agrees. */
bool desk_propose(const WorkRequest *request, ActKind kind, int64_t subject, Act *act, int64_t *change,
                  Problem *problem);
/* A label of the codebook; the code itself where it has none. */
View desk_view(const WorkRequest *request); /* for what the public site says in words too */
const char *desk_label(const WorkRequest *request, const char *entity, const char *variable, const char *code);
/* The country's name in the reader's language; "" for NULL. */
const char *desk_country(const WorkRequest *request, const char *code);
