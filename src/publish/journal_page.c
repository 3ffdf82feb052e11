#include "publish/journal_page.h"

#include "guard/seal.h"

enum { CHECKPOINTS_SHOWN = 20, BASE64_SIZE = 48 };

static CheckpointRow row_of(const View *view, const Rows *rows)
{
    char root[BASE64_SIZE];
    seal_base64(rows_bytes(rows, 3), root, sizeof root);
    return (CheckpointRow){ .size = say_number(view->arena, view->language, rows_int(rows, 0)),
                            .when = say_moment(view->arena, view->language, rows_int(rows, 1)),
                            .root = arena_string(view->arena, root) };
}

bool journal_page(const View *view, Store *public_store, const char *key, JournalPage *page, Problem *problem)
{
    CheckpointRow *shown = NEW_ARRAY(view->arena, CheckpointRow, CHECKPOINTS_SHOWN);
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_CHECKPOINTS_NEWEST, "i", (int64_t)CHECKPOINTS_SHOWN);
    *page = (JournalPage){ .text = text_page(view, TEXT_journal),
                           .first = { .label = say(view->language, "Where the record stands"), .address = "#now" },
                           .key = key,
                           .rows = shown };
    for (; rows && rows_next(rows); page->row_count++) {
        if (!page->note)
            page->note = arena_string(view->arena, rows_text(rows, 4));
        shown[page->row_count] = row_of(view, rows);
    }
    return !problem->kind;
}
