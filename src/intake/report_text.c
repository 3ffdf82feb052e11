/* The report of an import for people: plain text, nothing in it can steer a terminal. */
#include "intake/import.h"

enum { LINE_CODES = 60 };

/* Text from a file: control characters become blanks. */
static void plain(Out *out, const char *text)
{
    for (; text && *text; text++) {
        char c = (unsigned char)*text < ' ' || *text == 127 ? ' ' : *text;
        bool c1 = (unsigned char)text[0] == 0xC2 && (unsigned char)text[1] >= 0x80 && (unsigned char)text[1] < 0xA0;
        if (c1)
            text++;
        out_raw(out, c1 ? " " : &c, 1);
    }
}

/* "1,234,567" */
static void figure(Out *out, double number)
{
    char digits[40];
    int length = snprintf(digits, sizeof digits, "%.0f", number);
    for (int i = 0; i < length; i++) {
        out_raw(out, &digits[i], 1);
        if (i + 1 < length && (length - i - 1) % 3 == 0 && digits[i] != '-')
            OUT_LITERAL(out, ",");
    }
}

static void counted(Out *out, int64_t count, const char *what)
{
    figure(out, (double)count);
    OUT_LITERAL(out, " ");
    plain(out, what);
}

static void rows_part(Out *out, const ImportReport *report)
{
    counted(out, report->read, report->read == 1 ? "row read: " : "rows read: ");
    counted(out, report->added, "added, ");
    counted(out, report->changed, "changed, ");
    counted(out, report->unchanged, "unchanged, ");
    counted(out, report->refused, "refused");
    OUT_LITERAL(out, "\n");
    if (report->resumed_at > 0) {
        OUT_LITERAL(out, "An earlier run was interrupted; this one went on behind row ");
        figure(out, (double)report->resumed_at);
        OUT_LITERAL(out, "\n");
    }
    OUT_LITERAL(out, "Of the rows added or changed: ");
    counted(out, report->published, "published as attacks, ");
    counted(out, report->excluded, "published in the register of excluded records, ");
    counted(out, report->pending, "pending in the work store, ");
    counted(out, report->held, "held there");
    OUT_LITERAL(out, "\n");
}

static void sum_part(Out *out, const ImportReport *report)
{
    if (!report->summed)
        return;
    OUT_LITERAL(out, "The source counts ");
    figure(out, report->sum);
    OUT_LITERAL(out, " ");
    plain(out, report->summed);
    OUT_LITERAL(out, "; ");
    counted(out, report->sum_missing, "rows give no number; ");
    counted(out, report->placeholders, "rows give a placeholder");
    OUT_LITERAL(out, "\n");
}

static void group_part(Out *out, const ImportReport *report, const ImportGroup *group)
{
    OUT_LITERAL(out, "By ");
    plain(out, group->name);
    OUT_LITERAL(out, ":\n");
    for (size_t i = 0; i < group->count && i < LINE_CODES; i++) {
        OUT_LITERAL(out, "  ");
        plain(out, group->items[i].code);
        OUT_LITERAL(out, ": ");
        figure(out, (double)group->items[i].rows);
        if (report->summed) {
            OUT_LITERAL(out, " (");
            figure(out, group->items[i].sum);
            OUT_LITERAL(out, " ");
            plain(out, report->summed);
            OUT_LITERAL(out, ")");
        }
        OUT_LITERAL(out, "\n");
    }
    if (group->count > LINE_CODES) {
        OUT_LITERAL(out, "  and ");
        counted(out, (int64_t)(group->count - LINE_CODES), "more: see the report as JSON");
        OUT_LITERAL(out, "\n");
    }
}

static void misread_part(Out *out, const ImportReport *report)
{
    if (report->misread_count)
        OUT_LITERAL(out, "Not understood and kept as written:\n");
    for (size_t i = 0; i < report->misread_count; i++) {
        const ImportMisread *misread = &report->misreads[i];
        OUT_LITERAL(out, "  ");
        plain(out, misread->column);
        OUT_LITERAL(out, ": ");
        counted(out, misread->count, misread->count == 1 ? "cell, line " : "cells, first on line ");
        out_count(out, misread->line);
        OUT_LITERAL(out, ": \"");
        plain(out, misread->example);
        OUT_LITERAL(out, "\" (");
        plain(out, misread->reason);
        OUT_LITERAL(out, ")\n");
    }
}

static void unused_part(Out *out, const ImportReport *report)
{
    if (report->unused_count)
        OUT_LITERAL(out, "Kept in the raw rows only: ");
    for (size_t i = 0; i < report->unused_count; i++) {
        if (i)
            OUT_LITERAL(out, ", ");
        plain(out, report->unused[i]);
    }
    if (report->unused_count)
        OUT_LITERAL(out, "\n");
}

static void refusal_part(Out *out, const ImportReport *report)
{
    if (report->refusal_count)
        OUT_LITERAL(out, "Refused:\n");
    for (size_t i = 0; i < report->refusal_count; i++) {
        OUT_LITERAL(out, "  ");
        plain(out, report->refusals[i].file);
        OUT_LITERAL(out, ":");
        out_count(out, report->refusals[i].line);
        OUT_LITERAL(out, ": ");
        plain(out, report->refusals[i].reason);
        OUT_LITERAL(out, "\n");
    }
    if (report->refused > (int64_t)report->refusal_count) {
        OUT_LITERAL(out, "  and ");
        counted(out, report->refused - (int64_t)report->refusal_count, "more: they are in the work store");
        OUT_LITERAL(out, "\n");
    }
}

void import_report_text(Out *out, const ImportReport *report)
{
    OUT_LITERAL(out, "Imported as ");
    plain(out, report->importer);
    OUT_LITERAL(out, ", data set ");
    plain(out, report->dataset);
    OUT_LITERAL(out, ", licence ");
    plain(out, report->licence ? report->licence : "not stated");
    OUT_LITERAL(out, "\n");
    rows_part(out, report);
    sum_part(out, report);
    for (size_t i = 0; i < report->group_count; i++)
        group_part(out, report, &report->groups[i]);
    misread_part(out, report);
    unused_part(out, report);
    refusal_part(out, report);
}
