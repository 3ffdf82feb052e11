/* vigie sources: whether the addresses of sources still answer. */
#include "base/client.h"
#include "base/sys.h"
#include "cli/command.h"
#include "intake/survey.h"

enum { LIMIT = 500, AFTER = 30, TIMEOUT = 20, LIMIT_MOST = 1000000, AFTER_MOST = 3650, TIMEOUT_MOST = 300 };

typedef struct NumberOption {
    Option option;
    const char *word, *what;
    int64_t usual, least, most;
} NumberOption;

static bool read_number(const Call *call, const NumberOption *one, int64_t *number, Problem *problem)
{
    const char *text = call->options[one->option];
    *number = one->usual;
    if (!text)
        return true;
    return (text_int(text_of(text), number) && *number >= one->least && *number <= one->most) ||
           fail_field(problem, PROBLEM_USAGE, one->word, "--%s needs a number of %s from %lld to %lld, not '%.60s'",
                      one->word, one->what, (long long)one->least, (long long)one->most, text);
}

static bool read_numbers(const Call *call, SurveyPlan *plan, Problem *problem)
{
    static const NumberOption limit = { OPTION_LIMIT, "limit", "sources", LIMIT, 1, LIMIT_MOST },
                              after = { OPTION_AFTER, "after", "days", AFTER, 0, AFTER_MOST },
                              timeout = { OPTION_TIMEOUT, "timeout", "seconds", TIMEOUT, 1, TIMEOUT_MOST };
    int64_t seconds;
    bool read = read_number(call, &limit, &plan->most, problem) && read_number(call, &after, &plan->after, problem) &&
                read_number(call, &timeout, &seconds, problem);
    plan->ask.seconds = read ? (int)seconds : 0;
    return read;
}

/* Who asks, for those who read the logs of a server. */
static bool read_agent(const Call *call, SurveyPlan *plan, Problem *problem)
{
    const char *address = call->options[OPTION_ADDRESS];
    Text text = text_of(address);
    plan->ask.agent = "Vigie/" VERSION " (register of cyberattacks on health care; asks whether cited sources answer)";
    if (!address)
        return true;
    for (size_t i = 0; i < text.length; i++)
        if (address[i] <= ' ' || address[i] > '~' || strchr("()", address[i]))
            text.length = 0;
    plan->ask.agent = arena_format(call->arena,
                                   "Vigie/" VERSION " (register of cyberattacks on health care; asks whether cited "
                                   "sources answer; +%s)",
                                   address);
    return text_starts(text, "https://") || text_starts(text, "http://") ||
           fail_field(problem, PROBLEM_USAGE, "address",
                      "\"%.100s\" is not the address of a site; expected for example https://vigie.example", address);
}

static bool read_plan(const Call *call, SurveyPlan *plan, Problem *problem)
{
    const char *network = call->options[OPTION_ALLOW_PRIVATE], *authorities = call->options[OPTION_AUTHORITIES];
    *plan = (SurveyPlan){ .var = call->var, .quiet = option_given(call, OPTION_QUIET) };
    plan->ask.authorities = authorities ? authorities : CLIENT_AUTHORITIES;
    if (!read_numbers(call, plan, problem) || !read_agent(call, plan, problem))
        return false;
    if (authorities && !sys_exists(authorities))
        return fail_field(problem, PROBLEM_NOT_FOUND, "authorities", "%.300s does not exist", authorities);
    return !network || network_read(text_of(network), &plan->ask.allowed) ||
           fail_field(problem, PROBLEM_USAGE, "allow-private",
                      "--allow-private needs a network such as 10.1.0.0/16, not '%.60s'", network);
}

typedef struct Counts {
    size_t verdicts[SOURCE_UNTOLD + 1], turns[TURN_BACK + 1];
} Counts;

static Counts count_rows(const SurveyReport *report)
{
    Counts counts = { 0 };
    for (size_t i = 0; i < report->count; i++) {
        counts.verdicts[source_sights[report->rows[i].answer.seen].verdict]++;
        counts.turns[report->rows[i].turn]++;
    }
    return counts;
}

static const char *const turn_words[] = {
    [TURN_NONE] = NULL, [TURN_SUSPECTED] = "suspected", [TURN_GONE] = "gone", [TURN_BACK] = "there"
};

static void row_json(Out *out, const SurveyRow *row)
{
    OUT_LITERAL(out, "{\"address\":");
    out_json(out, row->address);
    OUT_LITERAL(out, ",\"led_to\":");
    out_json(out, row->answer.address);
    OUT_LITERAL(out, ",\"said\":");
    out_json(out, turn_words[row->turn]);
    OUT_LITERAL(out, ",\"seen\":");
    out_json(out, source_sights[row->answer.seen].word);
    OUT_LITERAL(out, ",\"source\":");
    out_int(out, row->source);
    OUT_LITERAL(out, ",\"status\":");
    if (row->answer.status)
        out_int(out, row->answer.status);
    else
        OUT_LITERAL(out, "null");
    OUT_LITERAL(out, "}");
}

static void report_json(Out *out, const SurveyReport *report)
{
    Counts counts = count_rows(report);
    OUT_LITERAL(out, "{\"answering\":");
    out_count(out, counts.verdicts[SOURCE_ANSWERS]);
    OUT_LITERAL(out, ",\"checked\":");
    out_count(out, report->count);
    OUT_LITERAL(out, ",\"gone\":");
    out_count(out, counts.verdicts[SOURCE_SEEN_GONE]);
    OUT_LITERAL(out, ",\"left\":");
    out_count(out, report->left);
    OUT_LITERAL(out, ",\"sources\":[");
    for (size_t i = 0; i < report->count; i++) {
        out_raw(out, ",", i ? 1 : 0);
        row_json(out, &report->rows[i]);
    }
    OUT_LITERAL(out, "],\"untold\":");
    out_count(out, counts.verdicts[SOURCE_UNTOLD]);
    OUT_LITERAL(out, "}\n");
}

static void line(const Call *call, Out *out, size_t count, const char *what)
{
    const char *text = arena_format(call->arena, "%8zu %s\n", count, what);
    out_raw(out, text, strlen(text));
}

static void report_text(const Call *call, Out *out, const SurveyReport *report)
{
    static const char *const words[] = { [TURN_GONE] = "now said to be gone", [TURN_BACK] = "there again" };
    Counts counts = count_rows(report);
    line(call, out, report->count, "checked");
    line(call, out, counts.verdicts[SOURCE_ANSWERS], "answering");
    line(call, out, counts.verdicts[SOURCE_SEEN_GONE], "gone");
    line(call, out, counts.verdicts[SOURCE_UNTOLD], "could not be told");
    if (counts.turns[TURN_SUSPECTED])
        line(call, out, counts.turns[TURN_SUSPECTED], "of those gone are asked again on another day before it is said");
    if (report->left)
        line(call, out, report->left, "more are due");
    for (size_t i = 0; i < report->count; i++) {
        const SurveyRow *row = &report->rows[i];
        if (row->turn != TURN_GONE && row->turn != TURN_BACK)
            continue;
        const char *text =
            arena_format(call->arena, "%s: source %lld, %s\n", words[row->turn], (long long)row->source, row->address);
        out_raw(out, text, strlen(text));
    }
}

bool run_sources_check(const Call *call, Problem *problem)
{
    AUTO_OUT out = { 0 };
    SurveyPlan plan;
    SurveyReport report;
    if (!read_plan(call, &plan, problem) || !survey_run(call->arena, &plan, &report, problem))
        return false;
    if (option_given(call, OPTION_JSON))
        report_json(&out, &report);
    else
        report_text(call, &out, &report);
    return print_out(&out, problem);
}
