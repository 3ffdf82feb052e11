#include "publish/sheet.h"

Sheet sheet_new(Arena *arena, const Schema *schema)
{
    return (Sheet){ .arena = arena, .schema = schema };
}

Cell *sheet_row(Sheet *sheet)
{
    size_t width = size_times(sheet->schema->count, sizeof(Cell));
    sheet->cells = arena_grow(sheet->arena, sheet->cells, sheet->count, &sheet->room, width);
    Cell *row = &sheet->cells[sheet->count++ * sheet->schema->count];
    memset(row, 0, width);
    return row;
}

static const char **names_of(const Sheet *sheet)
{
    const char **names = NEW_ARRAY(sheet->arena, const char *, sheet->schema->count);
    for (size_t i = 0; i < sheet->schema->count; i++)
        names[i] = sheet->schema->columns[i].name;
    return names;
}

static const Cell *row_at(const Sheet *sheet, size_t row)
{
    return &sheet->cells[row * sheet->schema->count];
}

void sheet_csv(Out *out, const Sheet *sheet, CsvCare care)
{
    if (care == CSV_DEFUSED)
        OUT_LITERAL(out, "\xEF\xBB\xBF");
    cells_csv_header(out, names_of(sheet), sheet->schema->count);
    for (size_t i = 0; i < sheet->count; i++)
        cells_csv(out, row_at(sheet, i), sheet->schema->count, care);
}

void sheet_json(Out *out, const Sheet *sheet)
{
    const char **names = names_of(sheet);
    OUT_LITERAL(out, "[");
    for (size_t i = 0; i < sheet->count; i++) {
        if (i)
            OUT_LITERAL(out, ",\n");
        cells_json(out, names, row_at(sheet, i), sheet->schema->count);
    }
    OUT_LITERAL(out, "]");
}

bool sheet_xlsx(Out *out, const Sheet *sheet, const XlsxAbout *about, Problem *problem)
{
    Text *names = NEW_ARRAY(sheet->arena, Text, sheet->schema->count);
    for (size_t i = 0; i < sheet->schema->count; i++)
        names[i] = text_of(sheet->schema->columns[i].name);
    AUTO_XLSX *book = xlsx_begin(sheet->arena, out, about, problem);
    if (!book || !xlsx_row(book, names, sheet->schema->count, problem))
        return false;
    for (size_t i = 0; i < sheet->count; i++)
        if (!xlsx_cells(book, row_at(sheet, i), sheet->schema->count, problem))
            return false;
    return xlsx_end(book, problem);
}

void sheet_object(Out *out, const Sheet *sheet)
{
    cells_json(out, names_of(sheet), row_at(sheet, 0), sheet->schema->count);
}
