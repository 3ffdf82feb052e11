#include "work/parts.h"

#include "base/out.h"

enum { HEADERS_MOST = 4096 };

typedef struct Parts {
    Arena *arena;
    Form *form;
    size_t room;
    Out value; /* of the part that is being read */
    const char *name, *file;
    bool open, fine;
} Parts;

/* The part is over: it is a field or the file. */
static void close_part(Parts *parts)
{
    Form *form = parts->form;
    if (!parts->open || !parts->fine)
        return;
    Text bytes = out_view(&parts->value);
    parts->open = false;
    if (parts->file && !form->file.field) {
        form->file =
            (FormFile){ parts->name, parts->file, { arena_copy(parts->arena, bytes.at, bytes.length), bytes.length } };
        return;
    }
    const char *value = form_plain(parts->arena, bytes);
    parts->fine = !parts->file && value && form->count < FORM_FIELDS_MAX;
    if (!parts->fine)
        return;
    form->items = arena_grow(parts->arena, form->items, form->count, &parts->room, sizeof *form->items);
    form->items[form->count++] = (FormValue){ text_of(parts->name), value };
}

/* NOLINTNEXTLINE(readability-function-size): the form that libmicrohttpd calls */
static enum MHD_Result take(void *context, enum MHD_ValueKind kind, const char *name, const char *file,
                            const char *type, const char *encoding, const char *bytes, uint64_t from, size_t size)
{
    Parts *parts = context;
    (void)kind, (void)type, (void)encoding;
    if (from == 0) {
        close_part(parts);
        out_clear(&parts->value);
        parts->name = form_plain(parts->arena, text_of(name));
        parts->file = file ? form_plain(parts->arena, text_of(file)) : NULL;
        parts->open = true;
        parts->fine = parts->fine && parts->name && !file == !parts->file;
    }
    out_raw(&parts->value, bytes, size);
    return parts->fine ? MHD_YES : MHD_NO;
}

bool parts_read(Arena *arena, struct MHD_Connection *connection, Text body, Form *form)
{
    Parts parts = { .arena = arena, .form = form, .fine = true };
    *form = (Form){ 0 };
    struct MHD_PostProcessor *processor = MHD_create_post_processor(connection, HEADERS_MOST, take, &parts);
    if (!processor)
        return false;
    bool whole = MHD_post_process(processor, body.at, body.length) == MHD_YES;
    whole = MHD_destroy_post_processor(processor) == MHD_YES && whole;
    close_part(&parts);
    out_free(&parts.value);
    return whole && parts.fine;
}
