/* Pages: what each template may show. Texts are finished words in the reader's language; addresses are whole and
 * local. Made by the builders below, in the view's arena. */
#pragma once

#include "publish/cite.h"
#include "publish/dataset.h"
#include "publish/figure.h"
#include "publish/incident.h"
#include "publish/oembed.h"
#include "publish/template.h"
#include "publish/xlsx.h"
#include "stats/recent.h"

typedef struct PageLink {
    const char *label, *address;
    const char *code; /* of a language; NULL otherwise */
    bool current;
} PageLink;

typedef struct PageLinks {
    const PageLink *items;
    size_t count;
} PageLinks;

enum { CITE_FORMS = 3 };

typedef struct CiteForm {
    const char *name, *text; /* "BibTeX" */
} CiteForm;

typedef struct CiteBox {
    const Citation *citation;
    const char *plain;
    CiteForm forms[CITE_FORMS];
    size_t count;
} CiteBox;

typedef struct Frame { /* around every page */
    const Language *language;
    const char *title, *description;
    const char *canonical; /* the page's own address, with the site's */
    PageLinks alternates;  /* the same page in each language, with the site's address */
    const char *style;     /* address of the style sheet, with its version */
    const char *script;    /* of what adds comfort */
    PageLinks languages, navigation, texts;
    const char *csv, *json, *xlsx; /* the page as data; NULL when there is none */
    const char *path;              /* what follows the language in its address */
    const CiteBox *cite;           /* NULL on pages without figures */
    const char *atom;              /* what is new under the page's filter; NULL on pages without one */
    const char *origin;            /* "As of ..., codebook ..."; NULL on pages without figures */
    const char *card;   /* the picture that stands for the page elsewhere, absolute; NULL where none is offered */
    const char *oembed; /* how to embed it; NULL where nothing can be */
} Frame;

typedef struct Choice {
    const char *code, *label;
    bool chosen;
} Choice;

typedef struct Choices {
    const Choice *items;
    size_t count;
} Choices;

typedef struct Select {            /* one filter of a list of codes */
    const char *key, *label, *all; /* all: what no choice is called */
    Choices choices;
} Select;

enum { SELECTS = 5 };

typedef struct FilterForm {
    const char *action, *reset; /* reset: without any filter; NULL when there is none */
    Select selects[SELECTS];
    const char *from, *to;          /* as date fields take them: 2021-05-01; "" when open */
    const char *as_of, *as_of_kind; /* kind of field: date, or text when it is a moment */
    const char *known_by;
    const char *q;
    Choices kept;    /* filters without a field: key and codes, kept as hidden fields */
    PageLinks chips; /* those in words, each with an address without it */
} FilterForm;

typedef struct Number {                      /* one of the key figures */
    const char *label, *value, *note, *link; /* note and link may be NULL */
    const char *caution;                     /* NULL: none is needed */
} Number;

typedef struct FigureBlock {
    const View *view;
    const Figure *figure;
    const FigureRow *rows;
    size_t count;
    const char *note, *late, *column; /* late: NULL when nothing is still being reported */
    const char *unknown;              /* NULL where nothing can be unknown */
    const char *caution;              /* how far coders agree, where that is too little; NULL */
    const char *sentence;             /* of a FIGURE_SENTENCE, which stands in a page as text; NULL of others */
    bool drawn;                       /* false: the caution stands in the chart's place */
    const char *svg, *csv, *json, *xlsx;
    const char *png;                               /* NULL where none is offered */
    const char *page;                              /* of the figure alone */
    const char *cite, *permalink, *iframe, *image; /* to copy: a sentence, an address, HTML; image as png */
    const char *context;                           /* of figures by country: their reporting context; NULL otherwise */
} FigureBlock;

typedef struct ChangedIncident {
    const char *label, *address, *how; /* how: "added", "changed" */
} ChangedIncident;

typedef struct Changes { /* of the last days */
    const char *sentence, *all;
    const ChangedIncident *items;
    size_t count;
} Changes;

typedef struct FigurePage { /* one figure alone */
    FigureBlock block;
    const FilterForm *form;
    const char *sentence, *filter;
    PageLinks others;
} FigurePage;

typedef struct HomePage {
    const Changes *changes; /* NULL where the question is by known_by */
    const Dataset *dataset; /* for search engines */
    const char *sentence, *link, *filter;
    const char *caution; /* about the sentence; NULL: none is needed */
    const FilterForm *form;
    const Number *numbers;
    size_t number_count;
    const FigureBlock *blocks;
    size_t block_count;
    const char *svg;
    PageLinks closer; /* to the lists of countries, organisations, attackers and sources */
} HomePage;

typedef struct ListRow {
    const char *address, *heading, *title, *types, *verification, *severity;
    const char *date, *date_code, *persons, *decision;
    const char *reason, *reason_language; /* why it is not counted, and in which language that is said */
    const char *mark;                     /* what the page adds: an organisation's role; NULL when nothing */
    PageLinks countries;                  /* to their pages */
    bool conflicting;
} ListRow;

typedef struct FacetValue {
    const char *label, *count, *address; /* address: the list with it, or without it when it is chosen */
    bool chosen;
} FacetValue;

typedef struct FacetBox { /* one thing that the list can be narrowed by */
    const char *key, *label;
    const FacetValue *values;
    size_t count, shown; /* those behind `shown` are folded away */
    const char *more;    /* "12 more" */
    bool chosen;         /* one of its values is */
} FacetBox;

typedef struct Facets {
    const FacetBox *items;
    size_t count;
} Facets;

typedef struct ListPage {
    const char *heading, *intro, *count, *empty; /* empty: what to say when no row matches */
    PageLinks tabs;
    const FilterForm *form;
    Facets facets;
    PageLinks orders;
    const ListRow *rows;
    size_t row_count;
    PageLinks pages; /* NULL items when there is only one */
    const char *spreadsheet, *workbook;
} ListPage;

/* Where a page stands in the navigation. */
typedef enum PagePlace {
    PAGE_HOME,
    PAGE_INCIDENTS,
    PAGE_METHOD,
    PAGE_CODEBOOK,
    PAGE_DATA,
    PAGE_CALLS,
    PAGE_ELSEWHERE
} PagePlace;

typedef struct TextPage {
    const Document *document;
    PageLinks contents;
    PagePlace place;
    const char *description;
} TextPage;

typedef struct ErrorPage {
    int status;
    const char *heading, *sentence;
    const char *field, *field_label; /* NULL when it is not about one */
    const char *form;                /* what the field takes, in words; NULL when it is a list */
    Choices allowed;
    const char *detail; /* in English, for those who know the API; NULL when there is nothing to add */
    PageLinks ways;     /* on from here */
} ErrorPage;
/* The same for a program, in one sentence in its reader's language; `message`: the problem's own, in English. */
const char *error_sentence(const View *view, const ErrorPage *page, const char *message);

typedef struct ApiKey { /* of the query */
    const char *key, *about;
} ApiKey;

typedef struct ApiOperation {
    const char *address, *about, *forms;
    const char *leaves; /* when it goes; NULL while it stays */
    bool filtered;      /* takes the filter of the pages */
    const ApiKey *keys;
    size_t key_count;
} ApiOperation;

typedef struct ApiPage {
    const ApiOperation *operations;
    size_t count;
    const char *filter; /* where the filter's words are explained */
} ApiPage;

void api_html(Out *out, const Frame *frame, const ApiPage *page);
void home_html(Out *out, const Frame *frame, const HomePage *page);
void list_row_html(Out *out, const Language *language, const ListRow *row);
void list_html(Out *out, const Frame *frame, const ListPage *page);
void text_html(Out *out, const Frame *frame, const TextPage *page);
/* The title of a text and the list of what stands below it; first and last: what stands before and after its own
 * headings, or NULL. */
void text_start_html(Out *out, const Language *language, const TextPage *text, const PageLink *first,
                     const PageLink *last);
void error_html(Out *out, const Frame *frame, const ErrorPage *page);
void filter_html(Out *out, const Language *language, const FilterForm *form);
void cite_html(Out *out, const Language *language, const CiteBox *box);
void dataset_html(Out *out, const Dataset *dataset);
void figure_body_html(Out *out, const Language *language, const FigureBlock *block); /* all but its heading */
void figure_page_html(Out *out, const Frame *frame, const FigurePage *page);
void embed_html(Out *out, const Frame *frame, const FigureBlock *block);
void facet_html(Out *out, const Language *language, const FacetBox *box);
void figure_html(Out *out, const Language *language, const FigureBlock *block);

/* Where the reader is: fills all of the frame but title, description and data. `path` is what follows the language. */
Frame frame_of(const View *view, PagePlace place, const char *path);
/* How the page is cited: as of the moment of its figures. */
const CiteBox *cite_box(const View *view, const Frame *frame, const char *title);
const char *cite_address(const View *view, const char *path);                  /* absolute, as of that moment */
const char *cite_words(const View *view, const char *path, const char *title); /* in one sentence */
void frame_title(Frame *frame, const View *view, const char *title, const char *description);
/* The page as data, in each form, at `path`, which follows the language. */
void frame_data(Frame *frame, const View *view, const char *path);

/* `all` are the figures without a filter: their countries are offered. */
/* One of its lists of codes, by its key. */
Select filter_select(const View *view, const Figures *all, const char *key);
const FilterForm *filter_form(const View *view, const Figures *all, const char *path);
/* `store` may be NULL: then what was changed is told by its number only. */
HomePage home_page(const View *view, const Figures *all, const Recent *recent, Store *store);
Changes home_changes(const View *view, const Recent *recent, Store *store);
FigurePage figure_page(const View *view, const Figures *all, const Figure *figure);
Embed figure_embed(const View *view, const Figure *figure);
FigureBlock figure_block(const View *view, const Figure *figure);
const char *figure_link(const View *view, const Figure *figure, const char *extension); /* with the view's filter */
/* The key figures of a view. */
const Number *key_numbers(const View *view, size_t *count);

enum { LIST_ROWS = 50 };

typedef struct ListOrder {
    Register which;
    Order sort;
    const Snapshot *snapshot;
    const Listing *listing;
    const int64_t *ids;        /* incidents of this page */
    size_t count, total, page; /* page from 1 */
} ListOrder;

/* Reads the rows from the store. */
bool list_page(const View *view, const Figures *all, Store *store, const ListOrder *order, ListPage *page,
               Problem *problem);
/* One incident as a row of such a list. */
bool list_row(const View *view, Store *store, int64_t id, Register which, ListRow *row, Problem *problem);
/* Links to the pages of a list of `total` rows, the first one at `address`; none when there is only one. */
PageLinks list_pages(const View *view, const char *address, size_t total, size_t current);
const char *list_path(Register which); /* "/incidents", "/claimed", "/excluded" */
Facets list_facets(const View *view, const ListOrder *order);
NEVER_NULL const char *list_sorted(const View *view, const char *address, Order sort); /* the address with its order */
Choices order_choices(const View *view);
const char *list_heading(const View *view, Register which);

TextPage text_page(const View *view, size_t text); /* its place in texts.def */
PageLinks text_links(const View *view);            /* to all of them, by their titles */

/* Names the field that is wrong and what it takes. */
ErrorPage error_page(const View *view, const Problem *problem, int status);
