#include "publish/cells.h"

Cell cell_text(const char *text)
{
    return (Cell){ .kind = text ? CELL_TEXT : CELL_EMPTY, .text = text };
}

Cell cell_number(double number)
{
    return (Cell){ .kind = isfinite(number) ? CELL_NUMBER : CELL_EMPTY, .number = number };
}

Cell cell_count(int64_t count)
{
    return cell_number((double)count);
}

Cell cell_flag(int64_t flag)
{
    return (Cell){ .kind = CELL_FLAG, .number = flag ? 1 : 0 };
}

Cell cell_list(const char *const *items, size_t count)
{
    return (Cell){ .kind = CELL_LIST, .items = items, .count = count };
}

Cell cell_day(Arena *arena, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    if (day == INT32_MIN)
        return cell_text(NULL);
    day_write(day, text);
    return (Cell){ .kind = CELL_DAY, .number = day, .text = arena_string(arena, text) };
}

/* What a spreadsheet takes for the start of a formula, also behind what it skips. */
static bool is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r\n", *text);
}

static const char *joined(Arena *arena, const Cell *cell)
{
    AUTO_OUT words = { 0 };
    for (size_t i = 0; i < cell->count; i++) {
        if (i)
            OUT_LITERAL(&words, "; ");
        out_raw(&words, cell->items[i], strlen(cell->items[i]));
    }
    return arena_text(arena, out_view(&words));
}

static const char *number_words(Arena *arena, double number)
{
    AUTO_OUT words = { 0 };
    out_fixed(&words, number, 6);
    return arena_text(arena, out_view(&words));
}

const char *cell_words(Arena *arena, const Cell *cell)
{
    switch (cell->kind) {
    case CELL_EMPTY: return "";
    case CELL_TEXT:
    case CELL_DAY: return cell->text;
    case CELL_NUMBER: return number_words(arena, cell->number);
    case CELL_FLAG: return cell->number > 0 ? "yes" : "no";
    case CELL_LIST: return joined(arena, cell);
    }
    return "";
}

void cells_csv_cell(Out *out, Arena *arena, const Cell *cell, CsvCare care)
{
    const char *words = cell_words(arena, cell);
    bool told = cell->kind == CELL_TEXT || cell->kind == CELL_LIST;
    out_csv(out, care == CSV_DEFUSED && told && is_formula(words) ? arena_format(arena, "'%s", words) : words);
}

void cells_csv_header(Out *out, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        out_csv(out, names[i]);
    }
    OUT_LITERAL(out, "\r\n");
}

void cells_csv(Out *out, const Cell *cells, size_t count, CsvCare care)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    for (size_t i = 0; i < count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        cells_csv_cell(out, arena, &cells[i], care);
    }
    OUT_LITERAL(out, "\r\n");
}

static void json_list(Out *out, const Cell *cell)
{
    OUT_LITERAL(out, "[");
    for (size_t i = 0; i < cell->count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        out_json(out, cell->items[i]);
    }
    OUT_LITERAL(out, "]");
}

static void json_cell(Out *out, const Cell *cell)
{
    switch (cell->kind) {
    case CELL_EMPTY: OUT_LITERAL(out, "null"); break;
    case CELL_TEXT:
    case CELL_DAY: out_json(out, cell->text); break;
    case CELL_NUMBER: out_fixed(out, cell->number, 6); break;
    case CELL_LIST: json_list(out, cell); break;
    case CELL_FLAG:
        if (cell->number > 0)
            OUT_LITERAL(out, "true");
        else
            OUT_LITERAL(out, "false");
        break;
    }
}

void cells_json(Out *out, const char *const *names, const Cell *cells, size_t count)
{
    OUT_LITERAL(out, "{");
    for (size_t i = 0; i < count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        out_json(out, names[i]);
        OUT_LITERAL(out, ":");
        json_cell(out, &cells[i]);
    }
    OUT_LITERAL(out, "}");
}
