#include "domain/imported.h"

static bool is_there(Rows *rows, Problem *problem)
{
    AUTO_ROWS *closed = rows;
    return closed && rows_next(closed) && !problem->kind;
}

bool imported_verify(Store *published, Store *work, Findings *findings, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_IMPORTED_PUBLISHED, "");
    while (rows && rows_next(rows)) {
        int64_t id = rows_int(rows, 0), incident = rows_int(rows, 3);
        if (!is_there(store_run(published, problem, SQL_IMPORTED_INCIDENT, "itt", incident, rows_text(rows, 1),
                                rows_text(rows, 2)),
                      problem) &&
            !is_there(store_run(work, problem, SQL_IMPORTED_CHANGE, "ii", id, incident), problem))
            findings_add(findings, "imported row %lld is not published as incident %lld", (long long)id,
                         (long long)incident);
    }
    return rows && !problem->kind;
}
