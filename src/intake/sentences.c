#include "intake/sentences.h"

#include "base/out.h"
#include "base/unicode.h"

typedef struct List {
    Arena *arena;
    Sentence *items;
    size_t count, room;
} List;

static void cut(List *list, Text passage, size_t number)
{
    size_t count, *ends = unicode_sentences(list->arena, passage, &count);
    for (size_t i = 0, start = 0; i < count; start = ends[i++]) {
        Text text = text_trim(text_slice(passage, start, ends[i] - start));
        if (!text.length)
            continue;
        list->items = arena_grow(list->arena, list->items, list->count, &list->room, sizeof *list->items);
        list->items[list->count++] = (Sentence){ text, number };
    }
}

void sentences_of(Arena *arena, Text words, Sentence **sentences, size_t *count)
{
    List list = { .arena = arena };
    Text rest = words, passage;
    (void)text_split(&rest, '\n', &passage);
    for (size_t number = 0; text_split(&rest, '\n', &passage);)
        if (passage.length)
            cut(&list, passage, ++number);
    *sentences = list.items;
    *count = list.count;
}

/* Without what is not seen, each stretch of white space as one blank, none at the ends. */
static const char *folded(Arena *arena, Text text)
{
    AUTO_OUT out = { 0 };
    bool blank = false;
    for (size_t at = 0, start = 0; at < text.length; start = at) {
        int32_t c = unicode_next(text, &at);
        Look look = c < 0 ? LOOK_SEEN : unicode_look(c);
        blank = blank || look == LOOK_BLANK;
        if (look != LOOK_SEEN)
            continue;
        if (blank && out.length)
            OUT_LITERAL(&out, " ");
        out_raw(&out, text.at + start, at - start);
        blank = false;
    }
    return arena_text(arena, out_view(&out));
}

bool sentences_hold(Arena *arena, Text words, Text quote)
{
    const char *sought = folded(arena, quote);
    return *sought && strstr(folded(arena, words), sought);
}
