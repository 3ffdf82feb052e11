#include "publish/preview.h"

/* What differs by every publication is no figure. */
static const char *const origins[] = { "figure", "as_of", "entries", "known_by", "codebook", "query", NULL };

/* What was committed at the last look. */
static Snapshot *standing;

void preview_forget(void)
{
    snapshot_release(standing);
    standing = NULL;
}

/* Of what will be undone nothing is kept. */
static Snapshot *look(LedgerMoment moment, Store *public_store, const Codebook *codebook, Problem *problem)
{
    Snapshot *seen = standing ? snapshot_next_within(public_store, standing, problem)
                              : snapshot_load_within(public_store, codebook, problem);
    if (!seen || moment == LEDGER_AFTER)
        return seen;
    preview_forget();
    standing = snapshot_hold(seen);
    return seen;
}

bool preview_look(LedgerMoment moment, Store *public_store, const Codebook *codebook, Out *out, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Filter filter;
    Figures figures = { 0 };
    if (!filter_read(arena, codebook, TEXT(""), "", &filter, problem))
        return false;
    Snapshot *snapshot = look(moment, public_store, codebook, problem);
    if (!snapshot)
        return false;
    figures_count(snapshot, &filter, NULL, 0, arena, &figures);
    figures_csv(out, &(Counted){ &figures, &filter, codebook, NULL });
    snapshot_release(snapshot);
    return true;
}

typedef struct Line { /* figure,code,value: none of them is ever quoted, but the origins */
    Text key, value;
} Line;

static bool next_line(Text *rest, Line *line)
{
    Text text, cell, cells;
    if (!text_split(rest, '\n', &text))
        return false;
    text = text_trim(text);
    size_t value = text.length;
    for (cells = text; text_split(&cells, ',', &cell);)
        value = (size_t)(cell.at - text.at);
    *line = (Line){ text_slice(text, 0, value ? value - 1 : 0), text_slice(text, value, text.length) };
    return true;
}

static bool is_origin(Text key)
{
    for (size_t i = 0; origins[i]; i++) {
        size_t length = strlen(origins[i]);
        if (text_starts(key, origins[i]) && (key.length == length || key.at[length] == ','))
            return true;
    }
    return false;
}

/* A figure that is not known is there without a value. */
static bool find_value(Text all, Text key, Text *value)
{
    Line line;
    *value = (Text){ 0 };
    while (next_line(&all, &line))
        if (text_equal(line.key, key)) {
            *value = line.value;
            return true;
        }
    return false;
}

typedef struct Differences {
    Arena *arena;
    FigureChange *items;
    size_t count, room;
} Differences;

static void add(Differences *differences, Text key, Text before, Text after)
{
    Arena *arena = differences->arena;
    Text figure = key, code = { 0 };
    (void)text_split(&key, ',', &figure);
    (void)text_split(&key, ',', &code);
    differences->items =
        arena_grow(arena, differences->items, differences->count, &differences->room, sizeof *differences->items);
    differences->items[differences->count++] = (FigureChange){ arena_text(arena, figure), arena_text(arena, code),
                                                               arena_text(arena, before), arena_text(arena, after) };
}

void preview_changes(Arena *arena, Text before, Text after, FigureChange **changes, size_t *count)
{
    Differences differences = { .arena = arena };
    Line line;
    Text old, none;
    for (Text rest = after; next_line(&rest, &line);) {
        (void)find_value(before, line.key, &old);
        if (line.key.length && !is_origin(line.key) && !text_equal(old, line.value))
            add(&differences, line.key, old, line.value);
    }
    for (Text rest = before; next_line(&rest, &line);)
        if (line.key.length && !is_origin(line.key) && !find_value(after, line.key, &none))
            add(&differences, line.key, line.value, (Text){ 0 });
    *changes = differences.items;
    *count = differences.count;
}
