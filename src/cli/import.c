/* vigie import: options in, report out; the work is intake's. */
#include "intake/import.h"

#include "cli/command.h"

static const char *formats(Arena *arena)
{
    const char *names = "";
    for (const ImporterInfo *importer = importer_list(); importer->name; importer++)
        names = arena_format(arena, "%s%s%s", names, *names ? ", " : "", importer->name);
    return names;
}

static bool check_format(const Call *call, Problem *problem)
{
    const char *asked = call->options[OPTION_AS];
    if (!asked)
        return fail_field(problem, PROBLEM_USAGE, "as", "'vigie import' needs --as FORMAT: one of %s",
                          formats(call->arena));
    for (const ImporterInfo *importer = importer_list(); importer->name; importer++)
        if (strcmp(importer->name, asked) == 0)
            return true;
    return fail_field(problem, PROBLEM_USAGE, "as", "there is no format '%s'; there are %s", asked,
                      formats(call->arena));
}

static bool observed_day(const Call *call, int32_t *day, Problem *problem)
{
    const char *text = call->options[OPTION_OBSERVED];
    Span span;
    *day = DAY_UNKNOWN;
    if (!text)
        return true;
    if (!span_read(text_of(text), &span) || span.first != span.last)
        return fail_field(problem, PROBLEM_USAGE, "observed", "--observed needs a day such as 2022-07-15, not '%s'",
                          text);
    *day = span.first;
    return true;
}

bool run_import(const Call *call, Problem *problem)
{
    Codebook codebook;
    ImportReport report = { 0 };
    AUTO_OUT out = { 0 };
    ImportOptions options = {
        .importer = call->options[OPTION_AS],
        .files = call->arguments,
        .file_count = call->count,
        .var = call->var,
        .mapping = call->options[OPTION_MAPPING],
        .hold = option_given(call, OPTION_HOLD),
        .quiet = option_given(call, OPTION_QUIET),
    };
    if (!check_format(call, problem) || !observed_day(call, &options.observed, problem))
        return false;
    if (!call_codebook(call, &codebook, problem))
        return false;
    if (!import_run(call->arena, &codebook, &options, &report, problem))
        return false;
    if (option_given(call, OPTION_JSON))
        import_report_json(&out, &report);
    else
        import_report_text(&out, &report);
    return print_out(&out, problem);
}
