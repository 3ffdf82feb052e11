#include "web/download.h"

#include "publish/about.h"
#include "publish/file_name.h"
#include "publish/own_csv.h"

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

bool download_stream(Request *request, Reply *reply, const char *what, ExportOrder *order, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    if (!handle_take(request, &handle, problem))
        return false;
    order->form = download_form(request);
    Export *export = export_begin(request->arena, edition_snapshot(request->edition), order);
    bool more = export_next(export, handle.store, &reply->body, problem);
    download_name(request, reply, what, export_as_of(export));
    if (more)
        reply->stream = export;
    else
        export_end(export);
    return !problem->kind;
}

void download_defuse(const Request *request, Reply *reply)
{
    if (!request->spreadsheet)
        return;
    Out plain = reply->body;
    reply->body = (Out){ 0 };
    own_csv_defused(&reply->body, out_view(&plain));
    out_free(&plain);
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
        download_defuse(request, reply);
        return true;
    }
    AUTO_XLSX *book = xlsx_begin(request->arena, &reply->body, &about, problem);
    return book && xlsx_csv(book, rows, problem) && xlsx_end(book, problem);
}
