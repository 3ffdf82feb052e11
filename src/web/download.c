#include "web/download.h"

#include "publish/about.h"
#include "publish/file_name.h"

static const char csv_type[] = "text/csv; charset=utf-8; header=present";
static const char xlsx_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

bool download_is_csv(const Request *request)
{
    return text_is(request->extension, "csv");
}

bool download_is_workbook(const Request *request)
{
    return text_is(request->extension, "xlsx");
}

bool download_is_asked(const Request *request)
{
    return download_is_csv(request) || download_is_workbook(request);
}

ExportForm download_form(const Request *request)
{
    if (download_is_workbook(request))
        return EXPORT_XLSX;
    if (!download_is_csv(request))
        return EXPORT_JSON;
    return request->spreadsheet ? EXPORT_CSV_SPREADSHEET : EXPORT_CSV;
}

void download_name(const Request *request, Reply *reply, const char *what, int64_t as_of)
{
    reply->type = download_is_csv(request) ? csv_type : xlsx_type;
    reply->file_name =
        file_name(request->arena, what, &request->filter, as_of, arena_text(request->arena, request->extension));
}

/* What stands for no moment of the register is called by its name alone. */
static void name_file(const Request *request, Reply *reply, const View *view, const char *what)
{
    reply->type = download_is_csv(request) ? csv_type : xlsx_type;
    reply->file_name =
        arena_format(request->arena, "vigie-%s.%.*s", what, (int)request->extension.length, request->extension.at);
    if (view->figures)
        download_name(request, reply, what, view->figures->as_of);
}

static XlsxAbout about_of(const View *view, const TableFile *file)
{
    XlsxAbout about = about_view(view, file->title, file->path);
    about.numbers = file->numbers;
    return about;
}

bool download_sheet(const Request *request, Reply *reply, const View *view, const TableFile *file, const Sheet *sheet,
                    Problem *problem)
{
    XlsxAbout about = about_of(view, file);
    name_file(request, reply, view, file->what);
    if (download_is_workbook(request))
        return sheet_xlsx(&reply->body, sheet, &about, problem);
    sheet_csv(&reply->body, sheet, request->spreadsheet ? CSV_DEFUSED : CSV_PLAIN);
    return true;
}

bool download_rows(const Request *request, Reply *reply, const View *view, const TableFile *file, Text rows,
                   Problem *problem)
{
    XlsxAbout about = about_of(view, file);
    name_file(request, reply, view, file->what);
    if (!download_is_workbook(request)) {
        out_raw(&reply->body, rows.at, rows.length);
        return true;
    }
    AUTO_XLSX *book = xlsx_begin(request->arena, &reply->body, &about, problem);
    return book && xlsx_csv(book, rows, problem) && xlsx_end(book, problem);
}
