/* The body of a form from anybody must never crash the program; and what was understood must be text, and mean the same
 * when it is written as a form and read again. */
#include "base/out.h"
#include "base/unicode.h"
#include "fuzz.h"
#include "work/form.h"

static void write_form(Arena *arena, const Form *form, Out *out)
{
    for (size_t i = 0; i < form->count; i++) {
        if (i)
            OUT_LITERAL(out, "&");
        out_url(out, arena_text(arena, form->items[i].name));
        OUT_LITERAL(out, "=");
        out_url(out, form->items[i].value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT written = { 0 };
    Form form, again;
    if (!form_read(arena, (Text){ (const char *)bytes, size }, &form))
        return 0;
    write_form(arena, &form, &written);
    if (!form_read(arena, out_view(&written), &again) || again.count != form.count)
        abort();
    for (size_t i = 0; i < form.count; i++)
        if (!unicode_valid(form.items[i].name) || !unicode_valid(text_of(form.items[i].value)) ||
            !text_equal(form.items[i].name, again.items[i].name) ||
            strcmp(form.items[i].value, again.items[i].value) != 0)
            abort();
    return 0;
}
