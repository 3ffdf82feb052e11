#include "store/layout.h"

#include "store/sqlite.h"

static const char *const files[] = { [STORE_WORK] = "work.db", [STORE_PUBLIC] = "public.db" };

typedef struct Comparing {
    const char *file;
    Rows *stands, *made;
    Findings *findings;
} Comparing;

static void find(const Comparing *comparing, const Rows *rows, const char *wrong)
{
    findings_add(comparing->findings, "%s: %s %s", comparing->file, rows_text(rows, 0), wrong);
}

static void compare_one(const Comparing *comparing, int order)
{
    if (order < 0)
        find(comparing, comparing->stands, "is none that the program made");
    else if (order > 0)
        find(comparing, comparing->made, "is gone");
    else if (strcmp(rows_text(comparing->stands, 1), rows_text(comparing->made, 1)) != 0)
        find(comparing, comparing->stands, "is not as the program made it");
}

/* Both are in the order of their names. */
static void compare(const Comparing *comparing)
{
    bool some = rows_next(comparing->stands), more = rows_next(comparing->made);
    while (some || more) {
        int order = !more ? -1 : !some ? 1 : strcmp(rows_text(comparing->stands, 0), rows_text(comparing->made, 0));
        compare_one(comparing, order);
        if (order <= 0)
            some = rows_next(comparing->stands);
        if (order >= 0)
            more = rows_next(comparing->made);
    }
}

static bool verify_names(Store *store, Findings *findings, Problem *problem)
{
    AUTO_STORE *fresh = store_open(NULL, store->kind, READ_WRITE, problem);
    AUTO_ROWS *stands = fresh ? store_run(store, problem, SQL_LAYOUT_ALL, "") : NULL;
    AUTO_ROWS *made = stands ? store_run(fresh, problem, SQL_LAYOUT_ALL, "") : NULL;
    if (made)
        compare(&(Comparing){ files[store->kind], stands, made, findings });
    return made && !problem->kind;
}

static bool verify_pages(Store *store, Findings *findings, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_LAYOUT_FAULTS, "");
    while (rows && rows_next(rows))
        if (strcmp(rows_text(rows, 0), "ok") != 0)
            findings_add(findings, "%s: %s", files[store->kind], rows_text(rows, 0));
    return rows && !problem->kind;
}

bool layout_verify(Store *store, Findings *findings, Problem *problem)
{
    return verify_names(store, findings, problem) && verify_pages(store, findings, problem);
}
