#include "base/csv.h"

#include "base/sys.h"

enum { BUFFER = 2 * CSV_ROW_MAX, READ_STEP = 256 * 1024 };

struct Csv {
    int descriptor;  /* -1: everything is in the buffer already */
    char *buffer;    /* as read; cells are views into `cells` */
    char *cells;     /* unquoted text of the current row */
    size_t from, to; /* unread bytes of the buffer */
    size_t consumed; /* bytes of the file before buffer[from] */
    size_t line;
    char separator; /* '\0' until the first row was seen */
    bool ended;     /* the file has no more bytes */
};

Csv *csv_new(Arena *arena, int descriptor)
{
    Csv *csv = NEW(arena, Csv);
    *csv = (Csv){ .descriptor = descriptor, .line = 1 };
    csv->buffer = arena_take(arena, BUFFER);
    csv->cells = arena_take(arena, CSV_ROW_MAX + CSV_CELLS_MAX);
    return csv;
}

Csv *csv_of(Arena *arena, Text bytes)
{
    Csv *csv = NEW(arena, Csv);
    *csv = (Csv){ .descriptor = -1, .line = 1, .ended = true, .to = bytes.length };
    csv->buffer = arena_copy(arena, bytes.at, bytes.length);
    csv->cells = arena_take(arena, CSV_ROW_MAX + CSV_CELLS_MAX);
    return csv;
}

/* Reads on when less than a whole row may be in the buffer. */
static bool fill(Csv *csv, Problem *problem)
{
    if (csv->ended || csv->to - csv->from > CSV_ROW_MAX)
        return true;
    memmove(csv->buffer, csv->buffer + csv->from, csv->to - csv->from);
    csv->to -= csv->from;
    csv->from = 0;
    while (!csv->ended && csv->to <= CSV_ROW_MAX) {
        ptrdiff_t got =
            sys_read(csv->descriptor, csv->buffer + csv->to, MIN((size_t)READ_STEP, BUFFER - csv->to), problem);
        if (got < 0)
            return false;
        csv->to += (size_t)got;
        csv->ended = got == 0;
    }
    return true;
}

static void skip(Csv *csv, size_t bytes)
{
    csv->from += bytes;
    csv->consumed += bytes;
}

/* The most frequent of the three separators in the first line, outside quotes. */
static char separator_of(Text line)
{
    static const char candidates[] = ",;\t";
    size_t seen[3] = { 0 };
    bool quoted = false;
    for (size_t i = 0; i < line.length; i++) {
        char c = line.at[i];
        quoted ^= c == '"';
        if (!quoted && (c == '\n' || c == '\r'))
            break;
        const char *found = quoted || !c ? NULL : strchr(candidates, c);
        if (found)
            seen[found - candidates]++;
    }
    return seen[1] > seen[0] && seen[1] >= seen[2] ? ';' : seen[2] > seen[0] ? '\t' : ',';
}

static void start(Csv *csv)
{
    Text text = { csv->buffer + csv->from, csv->to - csv->from };
    if (text_starts(text, "\xEF\xBB\xBF"))
        skip(csv, 3);
    csv->separator = separator_of((Text){ csv->buffer + csv->from, csv->to - csv->from });
}

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

typedef struct Scan { /* one row being read */
    const char *at, *end;
    char *write;
    char separator;
    const char *error;
} Scan;

/* From behind the opening quote to behind the closing one. */
static void quoted_cell(Scan *scan)
{
    for (;;) {
        const char *quote = scan->at < scan->end ? memchr(scan->at, '"', (size_t)(scan->end - scan->at)) : NULL;
        size_t length = (size_t)((quote ? quote : scan->end) - scan->at);
        memcpy(scan->write, scan->at, length);
        scan->write += length;
        scan->at += length;
        if (!quote) {
            scan->error = "a quoted cell is never closed";
            return;
        }
        scan->at++;
        if (scan->at == scan->end || *scan->at != '"')
            return;
        *scan->write++ = '"';
        scan->at++;
    }
}

static void plain_cell(Scan *scan)
{
    while (scan->at < scan->end && *scan->at != scan->separator && !is_end(*scan->at))
        *scan->write++ = *scan->at++;
}

static Text next_cell(Scan *scan)
{
    char *cell = scan->write;
    if (scan->at < scan->end && *scan->at == '"') {
        scan->at++;
        quoted_cell(scan);
        if (!scan->error && scan->at < scan->end && *scan->at != scan->separator && !is_end(*scan->at))
            scan->error = "text stands after a closing quote";
    }
    plain_cell(scan);
    Text text = { cell, (size_t)(scan->write - cell) };
    *scan->write++ = '\0';
    return text;
}

static void read_cells(Scan *scan, CsvRow *row)
{
    for (row->count = 0;;) {
        Text cell = next_cell(scan);
        if (row->count < CSV_CELLS_MAX)
            row->cells[row->count++] = cell;
        else
            scan->error = "the row has more than 1,024 cells";
        if (scan->at == scan->end || is_end(*scan->at))
            return;
        scan->at++; /* the separator */
    }
}

static size_t lines_in(Text text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text.length; i++)
        lines += text.at[i] == '\n' || (text.at[i] == '\r' && !(i + 1 < text.length && text.at[i + 1] == '\n'));
    return lines;
}

static size_t end_of_line(const Csv *csv)
{
    if (csv->from == csv->to || !is_end(csv->buffer[csv->from]))
        return 0;
    bool pair = csv->buffer[csv->from] == '\r' && csv->from + 1 < csv->to && csv->buffer[csv->from + 1] == '\n';
    return pair ? 2 : 1;
}

static bool skip_blank_lines(Csv *csv, Problem *problem)
{
    for (size_t length; (length = end_of_line(csv)) > 0; csv->line++) {
        skip(csv, length);
        if (!fill(csv, problem))
            return false;
    }
    return true;
}

/* A row that does not close within CSV_ROW_MAX, or at all, ends at its first line's end, so that one stray quote costs
 * one row and not the rest of the file. */
static void cut_at_line(Scan *scan, const char *from)
{
    scan->at = from;
    while (scan->at < scan->end && !is_end(*scan->at))
        scan->at++;
}

bool csv_next(Csv *csv, CsvRow *row, Problem *problem)
{
    if (!fill(csv, problem))
        return false;
    if (!csv->separator)
        start(csv);
    if (!skip_blank_lines(csv, problem) || csv->from == csv->to)
        return false;
    const char *from = csv->buffer + csv->from;
    size_t room = MIN(csv->to - csv->from, (size_t)CSV_ROW_MAX);
    Scan scan = { .at = from, .end = from + room, .write = csv->cells, .separator = csv->separator };
    read_cells(&scan, row);
    bool cut = scan.at == scan.end && (csv->to - csv->from > room || !csv->ended);
    if (cut)
        scan.error = "the row is longer than 1 MiB";
    if (scan.error && scan.at == scan.end)
        cut_at_line(&scan, from);
    row->raw = (Text){ from, (size_t)(scan.at - from) };
    row->error = scan.error;
    row->line = csv->line;
    skip(csv, row->raw.length);
    csv->line += lines_in(row->raw);
    size_t ending = end_of_line(csv);
    csv->line += ending > 0;
    skip(csv, ending);
    row->end = csv->consumed;
    return true;
}
