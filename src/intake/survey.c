#include "intake/survey.h"

#include "base/progress.h"
#include "base/sys.h"
#include "base/table.h"
#include "domain/witness.h"
#include "guard/role.h"
#include "intake/fetcher.h"

typedef struct Survey {
    Arena *arena;
    const SurveyPlan *plan;
    Fetcher *fetcher;
    Store *work, *published;
    Table *asked; /* address: the row that has its answer */
    SurveyReport *report;
    bool *held;       /* by row: not noted yet */
    bool names_known; /* a name was found in this round */
} Survey;

static bool shut_in(const Survey *survey, Problem *problem)
{
    Arena *arena = survey->arena;
    const char *var = survey->plan->var;
    RolePaths paths = { .read = { arena_format(arena, "%s/public.db", var),
                                  arena_format(arena, "%s/public.db-wal", var),
                                  arena_format(arena, "%s/public.db-shm", var) },
                        .write = { arena_format(arena, "%s/work.db", var), arena_format(arena, "%s/work.db-wal", var),
                                   arena_format(arena, "%s/work.db-shm", var) } };
    return role_enter(ROLE_IMPORT, &paths, problem);
}

/* The process that asks first: it must not inherit a store. */
static bool open_all(Survey *survey, Problem *problem)
{
    const SurveyPlan *plan = survey->plan;
    survey->fetcher = fetcher_start(survey->arena, &plan->ask, problem);
    if (!survey->fetcher)
        return false;
    survey->published = store_open(plan->var, STORE_PUBLIC, READ_ONLY, problem);
    survey->work = survey->published ? witness_open(plan->var, problem) : NULL;
    return survey->work && shut_in(survey, problem);
}

static bool note(Survey *survey, SurveyRow *row, Problem *problem)
{
    SourceCheck seen = { .answer = row->answer, .at = sys_now() };
    return source_check_note(survey->work, survey->published, row->source, &seen, &row->turn, problem);
}

/* Several sources can have one address, which is asked once. */
static bool ask(Survey *survey, SurveyRow *row, Problem *problem)
{
    Asked asked;
    const int64_t *before = table_get(survey->asked, text_of(row->address));
    if (before) {
        row->answer = survey->report->rows[*before].answer;
        return true;
    }
    if (!fetcher_ask(survey->fetcher, survey->arena, row->address, &asked, problem))
        return false;
    row->answer = asked.answer;
    survey->names_known = survey->names_known || asked.name_known;
    table_put(survey->asked, text_of(row->address), row - survey->report->rows);
    return true;
}

/* A network that lets no names out says of each that there is no such name; so that is believed only in a round that
 * found another one. What did not survive an answer must not meet it first again the next time. */
static bool ask_and_note(Survey *survey, int64_t source, Problem *problem)
{
    Problem lost = { 0 };
    SurveyRow *row = &survey->report->rows[survey->report->count];
    *row = (SurveyRow){ .source = source };
    if (!source_check_address(survey->arena, survey->published, source, &row->address, problem))
        return false;
    if (!ask(survey, row, &lost)) {
        row->answer = (SourceAnswer){ .seen = SEEN_BROKEN };
        return note(survey, row, problem) && fail(problem, lost.kind, "%s", lost.message);
    }
    survey->held[survey->report->count++] = row->answer.seen == SEEN_NO_HOST;
    return row->answer.seen == SEEN_NO_HOST || note(survey, row, problem);
}

static bool note_held(Survey *survey, Problem *problem)
{
    for (size_t i = 0; i < survey->report->count; i++) {
        SurveyRow *row = &survey->report->rows[i];
        if (!survey->held[i])
            continue;
        row->answer.seen = survey->names_known ? SEEN_NO_HOST : SEEN_UNREACHED;
        if (!note(survey, row, problem))
            return false;
    }
    return true;
}

static bool go_round(Survey *survey, Problem *problem)
{
    SourcesDue due;
    const SurveyPlan *plan = survey->plan;
    const DuePlan when = { sys_now(), plan->after, plan->most };
    if (!source_check_due(survey->arena, survey->work, survey->published, &when, &due, problem))
        return false;
    *survey->report = (SurveyReport){ .rows = NEW_ARRAY(survey->arena, SurveyRow, due.count + 1), .left = due.left };
    survey->held = NEW_ARRAY(survey->arena, bool, due.count + 1);
    Progress progress = progress_start("Asking sources", (int64_t)due.count);
    progress.shown = progress.shown && !plan->quiet;
    bool done = true;
    for (size_t i = 0; i < due.count && done; i++) {
        progress_show(&progress, (int64_t)i, (int64_t)i);
        done = ask_and_note(survey, due.items[i], problem);
    }
    progress_end(&progress);
    return done && note_held(survey, problem);
}

/* One at a time, so that no host is asked twice as often as it should be. */
static int lock(const SurveyPlan *plan, Arena *arena, Problem *problem)
{
    Problem why = { 0 };
    int held = sys_lock(arena_format(arena, "%s/sources.lock", plan->var), &why);
    if (held < 0)
        fail(problem, why.kind, "%s",
             why.kind == PROBLEM_BUSY ? "the addresses of sources are being asked by another process" : why.message);
    return held;
}

bool survey_run(Arena *arena, const SurveyPlan *plan, SurveyReport *report, Problem *problem)
{
    Survey survey = { .arena = arena, .plan = plan, .asked = table_new(arena), .report = report };
    int held = lock(plan, arena, problem);
    if (held < 0)
        return false;
    bool done = open_all(&survey, problem) && go_round(&survey, problem);
    store_close(survey.work);
    store_close(survey.published);
    fetcher_stop(survey.fetcher);
    close(held);
    return done;
}
