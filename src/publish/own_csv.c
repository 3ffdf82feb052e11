#include "publish/own_csv.h"

#include "publish/cells.h"

/* A cell in quotes, without them, into `write`; `rest` begins behind the opening one. */
static Text quoted_cell(char **write, Text *rest)
{
    char *text = *write;
    size_t length = 0, i = 0;
    for (; i < rest->length; i++) {
        if (rest->at[i] == '"' && (++i >= rest->length || rest->at[i] != '"'))
            break;
        text[length++] = rest->at[i];
    }
    *rest = text_slice(*rest, i, rest->length);
    *write += length;
    return (Text){ text, length };
}

bool own_csv_cell(char **write, Text *rest, Text *cell)
{
    if (text_starts(*rest, "\"")) {
        *rest = text_slice(*rest, 1, rest->length);
        *cell = quoted_cell(write, rest);
    } else {
        size_t length = 0;
        while (length < rest->length && !strchr(",\r\n", rest->at[length]))
            length++;
        *cell = text_slice(*rest, 0, length);
        *rest = text_slice(*rest, length, rest->length);
    }
    bool more = text_starts(*rest, ",");
    *rest = text_slice(*rest, more ? 1 : text_starts(*rest, "\r\n") ? 2 : 1, rest->length);
    return more;
}

/* A number may begin with a sign: that is no formula. */
static bool is_number(Text text)
{
    double number;
    return text_number(text, &number);
}

void own_csv_defused(Out *out, Text rows)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char *write = arena_take(arena, rows.length);
    OUT_LITERAL(out, "\xEF\xBB\xBF");
    while (rows.length) {
        Text text;
        bool more = own_csv_cell(&write, &rows, &text);
        Cell cell = cell_text(arena_text(arena, text));
        cells_csv_cell(out, arena, &cell, is_number(text) ? CSV_PLAIN : CSV_DEFUSED);
        if (more)
            OUT_LITERAL(out, ",");
        else
            OUT_LITERAL(out, "\r\n");
    }
}
