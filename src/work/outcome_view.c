#include "work/outcome_view.h"

#include "publish/stated.h"

typedef struct Shown {
    View view;
    OutcomeRow *rows;
    size_t count, room;
} Shown;

static void add(Shown *shown, OutcomeRow row)
{
    shown->rows = arena_grow(shown->view.arena, shown->rows, shown->count, &shown->room, sizeof *shown->rows);
    shown->rows[shown->count++] = row;
}

/* "disruption of care at least 3 of 4 and duration at least 4 of 4" */
static const char *floor_words(const View *view, const SeverityFloor *floor)
{
    const char *parts[FLOOR_PARTS];
    size_t count = 0;
    for (size_t i = 0; floor && i < FLOOR_PARTS && floor->parts[i].least; i++)
        parts[count++] =
            say_with(view->arena, view->language, N_("{dimension} at least {least} of 4"),
                     SLOTS({ "dimension", say(view->language, dimension_words[floor->parts[i].dimension]) },
                           { "least", say_number(view->arena, view->language, floor->parts[i].least) }));
    return count ? say_list(view->arena, view->language, parts, count) : NULL;
}

static const char *level_why(const View *view, const Severity *severity)
{
    const char *coverage = show_coverage(view, severity->coverage, severity->index_low, severity->index_high);
    const char *floor = floor_words(view, severity->floor);
    return floor ? say_with(view->arena, view->language, N_("{rule}; {coverage}"),
                            SLOTS({ "rule", floor }, { "coverage", coverage }))
                 : coverage;
}

static const char *verification_of(const View *view, const Derived *derived)
{
    return show_code(view, "verification_level", verification_codes[derived->verification]);
}

static void add_levels(Shown *shown, const Derived *derived)
{
    const View *view = &shown->view;
    const Language *language = view->language;
    const Severity *severity = &derived->severity;
    add(shown, (OutcomeRow){ .label = say(language, N_("Inclusion")),
                             .words = show_code(view, "inclusion_decision", derived->inclusion),
                             .why = derived->reason ? say(language, derived->reason) : NULL });
    add(shown, (OutcomeRow){ .label = say(language, N_("Verification")),
                             .words = verification_of(view, derived),
                             .why = say(language, verification_words[derived->verification_rule]) });
    add(shown, (OutcomeRow){ .label = say(language, N_("Documented level")),
                             .words = show_documented(view, severity->level_low, severity->level_high),
                             .why = level_why(view, severity) });
}

static void add_facts(Shown *shown, const Derived *derived)
{
    const View *view = &shown->view;
    const Language *language = view->language;
    const char *basis = derived->reference_basis;
    add(shown, (OutcomeRow){ .label = say(language, N_("Reference date")),
                             .words = basis ? say_span(view->arena, language, derived->reference)
                                            : say(language, N_("date not known")),
                             .why = basis ? show_code(view, "reference_date_basis", basis) : NULL });
    if (isfinite(derived->persons))
        add(shown, (OutcomeRow){ .label = say(language, N_("Persons affected")),
                                 .words = show_range(view, derived->persons, INFINITY),
                                 .why = say(language, N_("this is added to the total")) });
}

static void add_contested(Shown *shown, Run all)
{
    for (size_t i = 0; i < all.count;) {
        Run run = run_at(all, i);
        Stated stated = stated_of(&shown->view, run);
        if (stated.contested)
            add(shown, (OutcomeRow){ .label = stated.label,
                                     .words = stated.contested,
                                     .why = say(shown->view.language, N_("contested: credible sources differ")),
                                     .name = run.claims->variable });
        i += run.count;
    }
}

/* `there` false when the record is not complete enough for it. */
static bool find(const WorkRequest *request, const OutcomeCase *sought, Outcome *outcome, bool *there, Problem *problem)
{
    Problem incomplete = { 0 };
    Store *published = pool_take(request->bench->published, problem);
    if (!published)
        return false;
    *there = outcome_find(request->arena, published, request->bench->site->codebook, sought, outcome, &incomplete);
    pool_give(request->bench->published, published);
    return *there || incomplete.kind == PROBLEM_BAD_INPUT || fail(problem, incomplete.kind, "%s", incomplete.message);
}

bool outcome_view(const WorkRequest *request, const OutcomeCase *sought, OutcomeView *view, Problem *problem)
{
    bool there;
    Outcome outcome;
    Shown shown = { .view = desk_view(request) };
    *view = (OutcomeView){ 0 };
    if (!find(request, sought, &outcome, &there, problem) || !there)
        return !problem->kind;
    add_levels(&shown, &outcome.derived);
    add_facts(&shown, &outcome.derived);
    add_contested(&shown, outcome.evidence);
    *view = (OutcomeView){ shown.rows, shown.count };
    return true;
}

void outcome_mark(const OutcomeView *view, ClaimRow *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < view->count; j++)
            if (view->rows[j].name && strcmp(view->rows[j].name, rows[i].name) == 0)
                rows[i].contested = true;
}

bool outcome_sentence(const WorkRequest *request, const OutcomeCase *sought, const char **sentence, Problem *problem)
{
    bool there;
    Outcome outcome;
    const View view = desk_view(request);
    const Severity *severity = &outcome.derived.severity;
    *sentence = NULL;
    if (!find(request, sought, &outcome, &there, problem) || !there)
        return !problem->kind;
    *sentence =
        say_with(request->arena, request->language, N_("With this claim: {verification}; documented level: {level}."),
                 SLOTS({ "verification", verification_of(&view, &outcome.derived) },
                       { "level", show_documented(&view, severity->level_low, severity->level_high) }));
    return true;
}
