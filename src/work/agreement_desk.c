/* How far coders agree, at the workbench: what can be published of each half-year, and beginning to publish it. */
#include "stats/agreement.h"
#include "work/desk_pages.h"
#include "work/writer.h"

static NamedRow row_of(const WorkRequest *request, const AgreementRow *row)
{
    ValueType type;
    const Variable *variable = codebook_claimable(request->bench->site->codebook, text_of(row->variable), &type);
    const char *units = say_number(request->arena, request->language, row->units);
    return (NamedRow){ .kind = variable ? label_in(variable->label, request->language->code) : row->variable,
                       .words =
                           row->alpha
                               ? say_with(request->arena, request->language,
                                          N_("alpha {alpha} ({metric}), incidents coded twice: {count}"),
                                          SLOTS({ "alpha", row->alpha }, { "metric", row->metric }, { "count", units }))
                               : say_with(request->arena, request->language,
                                          N_("no number, incidents coded twice: {count}"), SLOTS({ "count", units })) };
}

static const NamedRow *rows_of(const WorkRequest *request, const AgreementReport *report)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, report->row_count + 1);
    for (size_t i = 0; i < report->row_count; i++)
        rows[i] = row_of(request, &report->rows[i]);
    return rows;
}

static WorkForm *form_of(const WorkRequest *request, const AgreementReport *report)
{
    const WorkRoute *route = work_route_of("POST", "/L/agreement");
    if (!route || !(route->rule.roles & 1u << request->session.role))
        return NULL;
    WorkForm *form = form_new(request, "/agreement", say(request->language, N_("Prepare its publication")));
    form->prefix = arena_format(request->arena, "%s-", report->period);
    form->fault = NULL; /* the page tells it */
    form_field(request, form, (FieldPlan){ .name = "period", .kind = FIELD_HIDDEN })->value = report->period;
    return form;
}

bool work_agreement(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    AgreementReport *reports;
    AgreementDeskPage page = { .fault = fault_of(request, "") };
    if (!reader_take(request, &reader, problem) ||
        !agreement_reports(request->arena, reader.store, request->bench->site->codebook, &reports, &page.count,
                           problem))
        return false;
    AgreementDeskPart *parts = NEW_ARRAY(request->arena, AgreementDeskPart, page.count + 1);
    for (size_t i = 0; i < page.count; i++)
        parts[i] = (AgreementDeskPart){ .period = reports[i].period,
                                        .rows = rows_of(request, &reports[i]),
                                        .count = reports[i].row_count,
                                        .form = form_of(request, &reports[i]) };
    page.parts = parts;
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("How far coders agree")));
    work_agreement_html(&reply->body, &frame, &page);
    return true;
}

static bool prepare(const WorkRequest *request, int64_t *change, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    AUTO_OUT body = { 0 };
    Hand hand = hand_of(request);
    AgreementReport report;
    ChangeDraft draft = { .kind = KIND_AGREEMENT, .subject = agreement_number(sent(request, "period")) };
    writer_take(request, &writing);
    if (!agreement_report_of(request->arena, writing.store, request->bench->site->codebook, sent(request, "period"),
                             &report, problem))
        return false;
    agreement_report_write(&body, &report);
    draft.body = out_view(&body);
    return change_begin(writing.store, &hand, &draft, change, problem);
}

bool work_agreement_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    int64_t change;
    if (prepare(request, &change, &refused))
        return desk_went(request, change, reply);
    return desk_again(request, &refused, "", reply, problem);
}

bool agreement_view(const WorkRequest *request, const Change *change, ChangePage *page, Problem *problem)
{
    AgreementReport report;
    if (!agreement_report_read(request->arena, change->body, &report, problem))
        return false;
    page->said = rows_of(request, &report);
    page->said_count = report.row_count;
    page->heading = say_with(request->arena, request->language, N_("How far coders agree, {period}"),
                             SLOTS({ "period", report.period }));
    return true;
}
