/* Pages of the workbench: what each template may show. Texts are finished words in the reader's language; addresses are
 * whole and local. Made in the request's arena. */
#pragma once

#include "publish/pages.h"
#include "work/request.h"

#define WORK(method, path, roles, needs, ceiling, bytes, rate, fields, answer) WorkAnswer answer;
#define API(method, path, scope, bytes, fields, about, answer) WorkAnswer answer;
#include "work/routes.def"
#undef WORK
#undef API

typedef struct MarkLabel { /* how confidential something is */
    const char *code;      /* for the style sheet: "amber" */
    const char *word;      /* of TLP 2.0: "AMBER" */
    const char *about;     /* who may see it */
} MarkLabel;

typedef struct WorkFrame { /* around every page */
    const Language *language;
    const char *title, *style, *work_style;
    PageLinks languages, navigation; /* no navigation before somebody has logged in */
    const char *name, *role;         /* who has; NULL: nobody */
    PageLink sessions;               /* theirs */
    const char *token, *logout;
    const MarkLabel *mark; /* of the record that the page is about; NULL: none */
} WorkFrame;

typedef enum FieldKind {
    FIELD_TEXT,
    FIELD_PASSWORD,
    FIELD_CODE,
    FIELD_AREA,
    FIELD_DATE,
    FIELD_FILE,
    FIELD_SELECT,
    FIELD_CHECKS,
    FIELD_HIDDEN
} FieldKind;

typedef struct Field { /* of a form */
    const char *name, *label;
    const char *hint; /* NULL: none */
    FieldKind kind;
    const char *autocomplete; /* as HTML names it: "username", "off" */
    const char *value;
    const char *fault; /* NULL: none */
    Choices choices;   /* of a select or of boxes to tick */
} Field;

/* What a script needs to ask a device for a passkey, at a form that takes its answer. */
typedef struct PasskeyOffer {
    bool makes;               /* a new one, and the form is for nothing else */
    const char *challenge;    /* base64url, as all bytes here */
    const char *party, *keys; /* keys: those of the account, blanks between; "" when nobody is logged in */
    const char *owner, *name; /* of whose account a new one will be */
    const char *label, *script;
    const char *nothing, *twice; /* sentences for when the device gives none, and when it has one already */
} PasskeyOffer;

enum { FORM_SHOWN_MAX = 24 };

typedef struct WorkForm {
    const char *action, *token, *button;
    const char *prefix;           /* of its fields' ids, where a page has several forms; "" */
    const PasskeyOffer *passkey;  /* NULL: none */
    const char *fault;            /* with the form as a whole; NULL: none */
    const char *also, *also_path; /* a second button, and where it leads; NULL: none */
    bool files;                   /* a file goes along: its route has RATE_FILE */
    Field fields[FORM_SHOWN_MAX];
    size_t count;
} WorkForm;

typedef struct FormPage { /* a heading, some sentences and a form */
    const char *heading, *intro;
    const WorkForm *form;
    PageLinks ways; /* to what else one may want */
} FormPage;

typedef struct FaultPage {
    int status;
    const char *sentence, *way, *way_label; /* way NULL: none */
} FaultPage;

typedef struct CodesPage { /* setting up one-time codes */
    const char *heading;
    const char *secret, *address; /* as typed, and as scanned (otpauth:) */
    const char *picture;          /* what is scanned, as an SVG path */
    int picture_size;
    const WorkForm *form;
    const char *passkeys; /* the page of what one may have instead */
} CodesPage;

typedef struct RecoveryPage {
    const char *heading, *next;
    const char *const *codes;
    size_t count;
} RecoveryPage;

typedef struct PasskeyRow {
    int64_t id;
    const char *name, *made, *used;
    bool copied;
} PasskeyRow;

typedef struct PasskeysPage {
    const PasskeyRow *rows;
    size_t count;
    const char *fault;     /* why one was not made or removed; NULL: none */
    const WorkForm *form;  /* a new one */
    const char *elsewhere; /* the address at which passkeys work; NULL: this one */
} PasskeysPage;

typedef struct SessionRow {
    int64_t id;
    const char *agent, *made, *seen;
    bool here;
} SessionRow;

typedef struct SessionsPage {
    const char *action, *token, *fault; /* fault: NULL: none */
    const SessionRow *rows;
    size_t count;
} SessionsPage;

typedef struct WorkHome {
    const char *heading;
    const Number *numbers;
    size_t number_count;
    const struct AlertRow *alerts; /* the newest */
    size_t alert_count;
    PageLinks own; /* what belongs to one's account */
} WorkHome;

typedef struct QueueRow {
    const char *address; /* of the candidate */
    const char *number, *title, *source, *external, *state, *reason, *at, *score;
    const char *alike; /* how many there are of the same name; NULL: none */
    MarkLabel mark;
} QueueRow;

typedef struct QueuePage {
    PageLinks tabs;
    const QueueRow *rows;
    size_t count;
    const char *next; /* NULL: no more */
} QueuePage;

typedef struct AccountRow {
    const char *address, *name, *role, *state, *codes;
} AccountRow;

typedef struct AccountsPage {
    const AccountRow *rows;
    size_t count;
    const WorkForm *form; /* a new one */
} AccountsPage;

typedef struct AccountPage {
    const char *name, *role, *state, *codes, *made;
    const char *own;       /* why it cannot be changed by oneself; NULL when it can */
    const WorkForm *roles; /* the other forms are single buttons: */
    const char *action, *token, *act, *act_label;
} AccountPage;

typedef struct SecretPage { /* something that is shown once */
    const char *heading, *intro, *secret, *next, *next_label;
} SecretPage;

typedef struct DeedRow {
    const char *at, *author, *what, *subject, *detail;
} DeedRow;

typedef struct DeedsPage {
    const DeedRow *rows;
    size_t count;
    const char *next; /* NULL: no older ones */
} DeedsPage;

void accounts_html(Out *out, const WorkFrame *frame, const AccountsPage *page);
void account_html(Out *out, const WorkFrame *frame, const AccountPage *page);
void secret_html(Out *out, const WorkFrame *frame, const SecretPage *page);
/* What somebody did, behind their name: "handed a change over for review". */
const char *journal_words(const Language *language, const char *kind);
void deeds_html(Out *out, const WorkFrame *frame, const DeedsPage *page);
void form_page_html(Out *out, const WorkFrame *frame, const FormPage *page);
void form_html(Out *out, const Language *language, const WorkForm *form);
void work_fault_html(Out *out, const WorkFrame *frame, const FaultPage *page);
void codes_html(Out *out, const WorkFrame *frame, const CodesPage *page);
void recovery_html(Out *out, const WorkFrame *frame, const RecoveryPage *page);
void passkeys_html(Out *out, const WorkFrame *frame, const PasskeysPage *page);
void sessions_html(Out *out, const WorkFrame *frame, const SessionsPage *page);
void work_home_html(Out *out, const WorkFrame *frame, const WorkHome *page);
void mark_html(Out *out, const MarkLabel *mark);
void queue_html(Out *out, const WorkFrame *frame, const QueuePage *page);

/* Fills the frame and makes the reply an HTML page. */
WorkFrame work_frame(const WorkRequest *request, WorkReply *reply, const char *title);
const char *work_link(const WorkRequest *request, const char *path); /* "/fr/queue" */

/* A form that is sent to where its page is, or to `path` ("/sessions"). */
WorkForm *form_new(const WorkRequest *request, const char *path, const char *button);
/* A field with what was typed, but for passwords and codes, and with what is wrong with it. It may be changed further
 * before the page is written. */
typedef struct FieldPlan {
    const char *name, *label, *hint, *autocomplete;
    const char *none; /* what no choice is called; NULL: an invitation to choose */
    FieldKind kind;
} FieldPlan;
Field *form_field(const WorkRequest *request, WorkForm *form, FieldPlan plan);

const char *role_label(const Language *language, AccountRole role);

/* Recovery codes that are in use from now on and shown only now. */
bool recovery_page(const WorkRequest *request, char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1], WorkReply *reply);

bool fault_page(WorkRequest *request, int status, const char *sentence, const char *way, WorkReply *reply);
