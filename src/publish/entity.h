/* Entity pages: what the register knows of one country, source, organisation or actor, and the lists of them. Each is
 * a row of sections; the template knows no kind of entity. */
#pragma once

#include "publish/pages.h"
#include "publish/sheet.h"
#include "stats/snapshot.h"

typedef struct Reading { /* what an entity is read from */
    const View *view;
    const Snapshot *snapshot;
    Store *store;
} Reading;

typedef struct EntityCell {
    const char *text, *link, *note; /* text may come from a source; link and note may be NULL */
    bool outside;                   /* the link leads to another site */
} EntityCell;

typedef struct EntityColumn {
    const char *label;
    bool number;
} EntityColumn;

typedef struct EntityTable { /* the first column names the row */
    const EntityColumn *columns;
    size_t column_count;
    EntityCell *cells; /* row by row */
    size_t count, room;
} EntityTable;

typedef struct PledgeView { /* in words; NULL where nothing is said */
    const char *id, *promise, *when, *kind, *channel, *covers, *exceptions, *status, *meaning, *confidence;
    const char *attack_label, *attack, *attack_link, *attack_date;
    const char *assessment, *explanation, *remedy;
    const char *sources[2], *hosts[2];
} PledgeView;

typedef struct EntitySection {        /* what it holds is shown in this order */
    const char *id, *heading, *intro; /* intro may be NULL */
    const Number *numbers;
    size_t number_count;
    EntityTable table;
    const FigureBlock *blocks;
    size_t block_count;
    const PledgeView *pledges;
    size_t pledge_count;
    const ListRow *rows;
    size_t row_count;
    const char *empty; /* instead of a table or rows that have none; NULL: nothing */
    PageLinks links;
} EntitySection;

typedef struct EntityForm { /* of a list: words, and lists of codes */
    const char *action, *label, *q;
    Select selects[2];
    size_t select_count;
} EntityForm;

enum { ENTITY_SECTIONS = 8, ENTITY_NOTICES = 3 };

typedef struct EntityPage {
    PageLinks tabs; /* to the lists */
    const char *heading, *kind, *intro;
    const char *notices[ENTITY_NOTICES]; /* NULL ends them */
    const EntityForm *form;              /* of a list; may be NULL */
    const char *count;                   /* "2,700 organisations"; may be NULL */
    EntitySection sections[ENTITY_SECTIONS];
    size_t section_count;
    PageLinks pages; /* of a list that takes several */
} EntityPage;

typedef enum EntityKind { ENTITY_COUNTRY, ENTITY_ORGANISATION, ENTITY_ACTOR, ENTITY_SOURCE, ENTITY_KINDS } EntityKind;

void entity_html(Out *out, const Frame *frame, const EntityPage *page);

/* "/countries", "/organisations". */
const char *entity_path(EntityKind kind);
/* A page of this kind whose tabs lead to the lists, this kind's as where the reader is. */
EntityPage entity_page(const View *view, EntityKind kind, const char *heading);
EntitySection *entity_section(EntityPage *page, const char *id, const char *heading, const char *intro);
/* An empty table; its columns' labels are translated. */
EntityTable entity_table(const View *view, const EntityColumn *columns, size_t count);
/* The cells of one more row. Valid until the next call. */
EntityCell *entity_row(const View *view, EntityTable *table);
/* Links to the whole register's lists, for the home page. */
PageLinks entity_links(const View *view);

/* The view of the incidents that also have this code, with their figures. */
const View *entity_narrowed(const Reading *reading, const View *view, const char *key, const char *code);
/* The key figures of a view and some of its charts, as two sections. */
void entity_figures(const View *view, EntityPage *page, const char *const *charts, size_t count);
/* The newest incidents of a view as rows of a list. */
bool entity_newest(const Reading *reading, const View *view, size_t most, EntitySection *section, Problem *problem);
