/* Download: rows as a file, CSV or a workbook, called after what it holds, what was asked and the day it tells of. */
#pragma once

#include "publish/sheet.h"
#include "web/request.h"

typedef struct TableFile {
    const char *what;    /* in the file's name: "organisation-12" */
    const char *title;   /* in the reader's language, and */
    const char *path;    /* the page it belongs to, behind the language: what a workbook says about itself */
    const char *numbers; /* of rows of text, the columns that hold numbers: "value" */
} TableFile;

bool download_is_csv(const Request *request);
bool download_is_workbook(const Request *request);
bool download_is_asked(const Request *request);   /* as one of the two */
ExportForm download_form(const Request *request); /* JSON when it is neither */

/* Type and name alone, of rows that something else writes. */
void download_name(const Request *request, Reply *reply, const char *what, int64_t as_of);

/* Rows that are written chunk by chunk, some of them now. The order's form is set here; its filter, view and about are
 * looked at until all are sent. */
bool download_stream(Request *request, Reply *reply, const char *what, ExportOrder *order, Problem *problem);

/* Of our own CSV in the reply's body: makes it one for spreadsheets when that was asked for. */
void download_defuse(const Request *request, Reply *reply);

/* In the form that was asked for. What a view without figures shows has no moment in its name. */
bool download_sheet(const Request *request, Reply *reply, const View *view, const TableFile *file, const Sheet *sheet,
                    Problem *problem);
/* The same of whole rows of our own CSV, its header among them. */
bool download_rows(const Request *request, Reply *reply, const View *view, const TableFile *file, Text rows,
                   Problem *problem);
