/* Reports of agreement, as rows. */
#include "domain/agreement_report.h"
#include "domain/job.h"

enum { ROWS_AN_ENTRY = 1000 };

bool projector_agreement(Projector *projector, const Entry *entry, const AgreementReport *report, Problem *problem)
{
    int64_t number, alpha = 0;
    Store *store = projector->store;
    if (!job_subject(entry, "agreement/", &number, problem) || !agreement_report_check(report, number, problem) ||
        !store_settle(store, problem))
        return false;
    for (size_t i = 0; i < report->row_count; i++) {
        const AgreementRow *row = &report->rows[i];
        bool measured = row->alpha && agreement_thousandths(row->alpha, &alpha);
        if (!store_do(store, problem, SQL_AGREEMENT_ADD, "iitttir", entry->seq * ROWS_AN_ENTRY + (int64_t)i + 1,
                      entry->seq, report->period, row->variable, row->metric, row->units,
                      measured ? (double)alpha : (double)NAN))
            return false;
    }
    return true;
}
