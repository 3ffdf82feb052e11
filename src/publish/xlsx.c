#include "publish/xlsx.h"

#include <archive.h>
#include <archive_entry.h>

#include "publish/own_csv.h"

enum {
    PIECE = 1 << 16,    /* bytes of a sheet that are collected before they are compressed */
    DIGITS_MAX = 15,    /* of a number that a spreadsheet keeps exactly */
    DAY_SERIAL = 25569, /* of 1 January 1970 */
    DAY_LEAST = -25508  /* 1 March 1900: before it, spreadsheets know a 29 February that there was not */
};

typedef enum CellStyle {
    STYLE_PLAIN,
    STYLE_HEADER,
    STYLE_TEXT,
    STYLE_DAY
} CellStyle; /* places in cellXfs of xl/styles.xml */

struct Xlsx {
    Arena *arena, *scratch; /* scratch: for one row */
    struct archive *archive;
    Out *out;
    const XlsxAbout *about;
    Out sheet;    /* what is written of the rows and not yet compressed */
    bool *number; /* whether a column holds numbers */
    size_t columns, rows;
};

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define SHEET_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const struct {
    const char *path, *text;
} parts[] = {
    { "[Content_Types].xml",
      XML "<Types xmlns=\"" PACKAGE "content-types\">"
          "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
          "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
          "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" SHEET_TYPE "sheet.main+xml\"/>"
          "<Override PartName=\"/xl/styles.xml\" ContentType=\"" SHEET_TYPE "styles+xml\"/>"
          "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" SHEET_TYPE "worksheet+xml\"/>"
          "<Override PartName=\"/xl/worksheets/sheet2.xml\" ContentType=\"" SHEET_TYPE "worksheet+xml\"/></Types>" },
    { "_rels/.rels", XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
                         "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
    { "xl/_rels/workbook.xml.rels",
      XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
          "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
          "<Relationship Id=\"rId2\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet2.xml\"/>"
          "<Relationship Id=\"rId3\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>" },
    { "xl/styles.xml",
      XML "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
          "</numFmts><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
          "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
          "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
          "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
          "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
          "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
          "<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
          "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
          "applyFont=\"1\"/>"
          "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
          "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>"
          "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
          "</styleSheet>" },
};

static la_ssize_t into_out(struct archive *archive, void *xlsx, const void *bytes, size_t length)
{
    (void)archive;
    out_raw(((Xlsx *)xlsx)->out, bytes, length);
    return (la_ssize_t)length;
}

static bool broken(Xlsx *xlsx, Problem *problem)
{
    const char *why = xlsx->archive ? archive_error_string(xlsx->archive) : "no memory";
    return fail(problem, PROBLEM_BROKEN, "the workbook cannot be written: %s", why ? why : "unknown reason");
}

static bool write_bytes(Xlsx *xlsx, Text bytes, Problem *problem)
{
    la_ssize_t written = archive_write_data(xlsx->archive, bytes.at, bytes.length);
    return (written >= 0 && (size_t)written == bytes.length) || broken(xlsx, problem);
}

static bool begin_part(Xlsx *xlsx, const char *path, Problem *problem)
{
    struct archive_entry *entry = archive_entry_new2(xlsx->archive);
    archive_entry_set_pathname(entry, path);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    bool fine = archive_write_header(xlsx->archive, entry) == ARCHIVE_OK;
    archive_entry_free(entry);
    return fine || broken(xlsx, problem);
}

static bool write_part(Xlsx *xlsx, const char *path, Text text, Problem *problem)
{
    return begin_part(xlsx, path, problem) && write_bytes(xlsx, text, problem);
}

/* Whether a spreadsheet would read the text as an escaped character: "_x000D_". */
static bool looks_escaped(Text text)
{
    if (text.length < 7 || text.at[1] != 'x' || text.at[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++)
        if (!strchr("0123456789ABCDEFabcdef", text.at[i]))
            return false;
    return true;
}

/* Bytes of the text that fit into a cell, beside room for "…" when it is cut. */
static size_t fitting(Text text)
{
    size_t units = 0, at = 0, last = 0;
    while (at < text.length) {
        unsigned char first = (unsigned char)text.at[at];
        size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        units += length == 4 ? 2 : 1;
        if (units > XLSX_CELL_MAX)
            return last;
        at = MIN(text.length, at + length);
        if (units < XLSX_CELL_MAX)
            last = at;
    }
    return text.length;
}

static void put_string(Out *out, Arena *scratch, Text text)
{
    size_t length = fitting(text), from = 0;
    for (size_t i = 0; i < length; i++) {
        if (text.at[i] != '_' || !looks_escaped(text_slice(text, i, 7)))
            continue;
        out_text(out, arena_copy(scratch, text.at + from, i - from));
        OUT_LITERAL(out, "_x005F");
        from = i;
    }
    out_text(out, arena_copy(scratch, text.length ? text.at + from : "", length - from));
    if (length < text.length)
        OUT_LITERAL(out, "\xE2\x80\xA6");
}

static void put_text_cell(Out *out, Arena *scratch, Text text, CellStyle style)
{
    OUT_LITERAL(out, "<c s=\"");
    out_int(out, style);
    OUT_LITERAL(out, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    put_string(out, scratch, text);
    OUT_LITERAL(out, "</t></is></c>");
}

/* A plain decimal that comes back from the spreadsheet as it went in: no sign but "-", no leading zeros. */
static bool is_exact_number(Text text)
{
    double number;
    size_t digits = 0, minus = text.length && text.at[0] == '-';
    if (!text_number(text, &number) || text.at[0] == '+' || text.at[0] == '.')
        return false;
    for (size_t i = 0; i < text.length; i++)
        digits += text.at[i] >= '0' && text.at[i] <= '9';
    bool padded = text.length > minus + 1 && text.at[minus] == '0' && text.at[minus + 1] != '.';
    return digits <= DIGITS_MAX && !padded && !text_ends(text, ".");
}

static void put_cell(Xlsx *xlsx, size_t column, Text text)
{
    if (xlsx->rows == 0)
        put_text_cell(&xlsx->sheet, xlsx->scratch, text, STYLE_HEADER);
    else if (!text.length)
        OUT_LITERAL(&xlsx->sheet, "<c/>");
    else if (column < xlsx->columns && xlsx->number[column] && is_exact_number(text)) {
        OUT_LITERAL(&xlsx->sheet, "<c><v>");
        out_raw(&xlsx->sheet, text.at, text.length);
        OUT_LITERAL(&xlsx->sheet, "</v></c>");
    } else
        put_text_cell(&xlsx->sheet, xlsx->scratch, text, STYLE_TEXT);
}

static void learn_columns(Xlsx *xlsx, const Text *cells, size_t count)
{
    xlsx->columns = count;
    xlsx->number = NEW_ARRAY(xlsx->arena, bool, count);
    for (size_t i = 0; i < count; i++) {
        Text rest = text_of(xlsx->about->numbers), name;
        while (text_split(&rest, ',', &name))
            xlsx->number[i] |= text_equal(name, cells[i]);
    }
}

static bool flush_sheet(Xlsx *xlsx, Problem *problem)
{
    bool fine = write_bytes(xlsx, out_view(&xlsx->sheet), problem);
    out_clear(&xlsx->sheet);
    return fine;
}

static bool begin_row(Xlsx *xlsx, Problem *problem)
{
    if (xlsx->rows >= XLSX_ROWS_MAX)
        return fail(problem, PROBLEM_BAD_INPUT, "a sheet holds %d rows and there are more; take the CSV instead",
                    XLSX_ROWS_MAX);
    arena_reset(xlsx->scratch);
    OUT_LITERAL(&xlsx->sheet, "<row>");
    return true;
}

static bool end_row(Xlsx *xlsx, Problem *problem)
{
    OUT_LITERAL(&xlsx->sheet, "</row>");
    xlsx->rows++;
    return xlsx->sheet.length < PIECE || flush_sheet(xlsx, problem);
}

bool xlsx_row(Xlsx *xlsx, const Text *cells, size_t count, Problem *problem)
{
    if (!begin_row(xlsx, problem))
        return false;
    if (xlsx->rows == 0)
        learn_columns(xlsx, cells, count);
    for (size_t i = 0; i < count; i++)
        put_cell(xlsx, i, cells[i]);
    return end_row(xlsx, problem);
}

static void put_day(Out *out, double day)
{
    OUT_LITERAL(out, "<c s=\"");
    out_int(out, STYLE_DAY);
    OUT_LITERAL(out, "\"><v>");
    out_fixed(out, day + DAY_SERIAL, 0);
    OUT_LITERAL(out, "</v></c>");
}

static void put_typed(Xlsx *xlsx, const Cell *cell)
{
    Out *out = &xlsx->sheet;
    Text words = text_of(cell_words(xlsx->scratch, cell));
    if (cell->kind == CELL_DAY && cell->number >= DAY_LEAST)
        put_day(out, cell->number);
    else if (!words.length)
        OUT_LITERAL(out, "<c/>");
    else if (cell->kind == CELL_NUMBER && is_exact_number(words)) {
        OUT_LITERAL(out, "<c><v>");
        out_raw(out, words.at, words.length);
        OUT_LITERAL(out, "</v></c>");
    } else
        put_text_cell(out, xlsx->scratch, words, STYLE_TEXT);
}

bool xlsx_cells(Xlsx *xlsx, const Cell *cells, size_t count, Problem *problem)
{
    if (!begin_row(xlsx, problem))
        return false;
    for (size_t i = 0; i < count; i++)
        put_typed(xlsx, &cells[i]);
    return end_row(xlsx, problem);
}

void xlsx_into(Xlsx *xlsx, Out *out)
{
    xlsx->out = out;
}

bool xlsx_csv(Xlsx *xlsx, Text rows, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char *write = arena_take(arena, rows.length);
    Text *cells = NULL;
    size_t room = 0;
    while (rows.length) {
        size_t count = 0;
        bool more = true;
        while (more) {
            cells = arena_grow(arena, cells, count, &room, sizeof *cells);
            more = own_csv_cell(&write, &rows, &cells[count++]);
        }
        if (!xlsx_row(xlsx, cells, count, problem))
            return false;
    }
    return true;
}

static void put_workbook(Out *out, const XlsxAbout *about)
{
    OUT_LITERAL(out, XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"");
    out_text(out, say(about->language, "Data"));
    OUT_LITERAL(out, "\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"");
    out_text(out, say(about->language, "About"));
    OUT_LITERAL(out, "\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>");
}

static void put_about(Out *out, Arena *scratch, const XlsxAbout *about)
{
    const char *const rows[][2] = {
        { N_("Title"), about->title },     { N_("Query"), about->query },     { N_("As of"), about->as_of },
        { N_("Licence"), about->licence }, { N_("Address"), about->address },
    };
    OUT_LITERAL(out, XML "<worksheet xmlns=\"" MAIN "\"><cols><col min=\"1\" max=\"1\" width=\"14\" customWidth=\"1\"/>"
                         "<col min=\"2\" max=\"2\" width=\"90\" customWidth=\"1\"/></cols><sheetData>");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (!rows[i][1])
            continue;
        OUT_LITERAL(out, "<row>");
        put_text_cell(out, scratch, text_of(say(about->language, rows[i][0])), STYLE_HEADER);
        put_text_cell(out, scratch, text_of(rows[i][1]), STYLE_TEXT);
        OUT_LITERAL(out, "</row>");
    }
    OUT_LITERAL(out, "</sheetData></worksheet>");
}

static bool write_frame(Xlsx *xlsx, Problem *problem)
{
    AUTO_OUT workbook = { 0 }, about = { 0 };
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (!write_part(xlsx, parts[i].path, text_of(parts[i].text), problem))
            return false;
    put_workbook(&workbook, xlsx->about);
    put_about(&about, xlsx->scratch, xlsx->about);
    return write_part(xlsx, "xl/workbook.xml", out_view(&workbook), problem) &&
           write_part(xlsx, "xl/worksheets/sheet2.xml", out_view(&about), problem);
}

static bool open_archive(Xlsx *xlsx)
{
    struct archive *archive = xlsx->archive;
    return archive && archive_write_set_format_zip(archive) == ARCHIVE_OK &&
           archive_write_set_format_option(archive, "zip", "zip64", NULL) == ARCHIVE_OK && /* Excel refuses it */
           archive_write_set_bytes_per_block(archive, 0) == ARCHIVE_OK &&
           archive_write_open(archive, xlsx, NULL, into_out, NULL) == ARCHIVE_OK;
}

Xlsx *xlsx_begin(Arena *arena, Out *out, const XlsxAbout *about, Problem *problem)
{
    Xlsx *xlsx = NEW(arena, Xlsx);
    *xlsx = (Xlsx){ .arena = arena, .archive = archive_write_new(), .out = out, .about = about };
    xlsx->scratch = arena_new(ARENA_NO_CAP);
    bool fine = (open_archive(xlsx) || broken(xlsx, problem)) && write_frame(xlsx, problem) &&
                begin_part(xlsx, "xl/worksheets/sheet1.xml", problem);
    if (!fine) {
        xlsx_close(xlsx);
        return NULL;
    }
    OUT_LITERAL(&xlsx->sheet, XML "<worksheet xmlns=\"" MAIN "\"><sheetViews><sheetView tabSelected=\"1\" "
                                  "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
                                  "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
                                  "<sheetFormatPr defaultColWidth=\"18\" defaultRowHeight=\"15\"/><sheetData>");
    return xlsx;
}

bool xlsx_end(Xlsx *xlsx, Problem *problem)
{
    OUT_LITERAL(&xlsx->sheet, "</sheetData></worksheet>");
    return flush_sheet(xlsx, problem) && (archive_write_close(xlsx->archive) == ARCHIVE_OK || broken(xlsx, problem));
}

void xlsx_close(Xlsx *xlsx)
{
    if (!xlsx)
        return;
    archive_write_free(xlsx->archive);
    arena_free(xlsx->scratch);
    out_free(&xlsx->sheet);
}
