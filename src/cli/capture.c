/* vigie capture add, list, show: what a source said, kept as it was read beside the draft that quotes it. */
#include "domain/capture.h"

#include "base/sys.h"
#include "base/unicode.h"
#include "cli/body.h"
#include "cli/desk.h"
#include "domain/witness.h"
#include "guard/jail.h"
#include "intake/article.h"

/* A file with one source in JSON, as in the list of sources of a record. */
static bool read_source(const Call *call, const char *path, SourceFacts *source, Problem *problem)
{
    Text body;
    Record record;
    AUTO_OUT whole = { 0 };
    if (!body_read(call, path, &body, problem))
        return false;
    OUT_LITERAL(&whole, "{\"sources\":[");
    out_raw(&whole, body.at, body.length);
    OUT_LITERAL(&whole, "]}");
    if (!record_read(call->arena, text_of(arena_text(call->arena, out_view(&whole))), &record, problem))
        return false;
    *source = record.sources[0];
    return !source->sha256 ||
           fail(problem, PROBLEM_BAD_INPUT, "%s: a source gets its fingerprint from the file that is kept", path);
}

/* The source of the change with this address that has no fingerprint yet. */
static bool find_source(const Call *call, const Change *change, const char *address, SourceFacts *source,
                        Problem *problem)
{
    Record record;
    if (act_find(change->kind) != ACT_KIND_COUNT)
        return fail(problem, PROBLEM_CONFLICT, "change %lld has no record with sources", (long long)change->id);
    if (!record_read(call->arena, change->body, &record, problem))
        return false;
    for (size_t i = 0; i < record.source_count; i++)
        if (record.sources[i].url && !record.sources[i].sha256 && strcmp(record.sources[i].url, address) == 0) {
            *source = record.sources[i];
            return true;
        }
    return fail(problem, PROBLEM_NOT_FOUND, "change %lld has no source with the address %.200s that lacks a capture",
                (long long)change->id, address);
}

static bool is_address(const char *argument)
{
    return text_starts(text_of(argument), "https://") || text_starts(text_of(argument), "http://");
}

/* As at the workbench: foreign bytes are understood in the jail only, and kept as they are. */
static bool understand(const Call *call, Jail *jail, CapturePlan *plan, Problem *problem)
{
    Problem refused = { 0 };
    AUTO_OUT document = { 0 };
    OUT_LITERAL(&document, ARTICLE_FILE);
    out_raw(&document, plan->bytes.at, plan->bytes.length);
    if (jail_run(jail, call->arena, out_view(&document), &plan->words, &refused))
        return unicode_valid(plan->words) || fail(problem, PROBLEM_BROKEN, "what came out of the jail is no text");
    return fail(problem, refused.kind, "%s",
                refused.kind == PROBLEM_BAD_INPUT ? "the file is neither HTML nor text, or cannot be read"
                                                  : refused.message);
}

/* A source without a title has that of the document. */
static bool name_source(const Call *call, CapturePlan *plan, Problem *problem)
{
    Text rest = plan->words, title = { 0 };
    (void)text_split(&rest, '\n', &title);
    if (!plan->source.title && title.length)
        plan->source.title = arena_text(call->arena, title);
    return plan->source.url || plan->source.title ||
           fail(problem, PROBLEM_BAD_INPUT, "a source needs an address or a title");
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool read_plan(const Call *call, Jail *jail, CapturePlan *plan, Problem *problem)
{
    const char *file = call->arguments[2];
    plan->name = name_of(file);
    return desk_number(call, 0, &plan->change, problem) &&
           (is_address(call->arguments[1]) || read_source(call, call->arguments[1], &plan->source, problem)) &&
           sys_read_file(call->arena, file, CAPTURE_BYTES_MAX, &plan->bytes, problem) &&
           understand(call, jail, plan, problem);
}

static bool add(const Call *call, const Hand *hand, CapturePlan *plan, Capture *capture, Problem *problem)
{
    Change change;
    int64_t id;
    AUTO_STORE *work = witness_open(call->var, problem);
    if (!work || !change_find(call->arena, work, plan->change, &change, problem))
        return false;
    plan->version = change.version;
    if (is_address(call->arguments[1]) && !find_source(call, &change, call->arguments[1], &plan->source, problem))
        return false;
    return name_source(call, plan, problem) && capture_add(work, hand, plan, &id, problem) &&
           capture_find(call->arena, work, plan->change, id, capture, problem);
}

static void row_text(Out *out, Arena *arena, const Capture *capture)
{
    char moment[MOMENT_TEXT_SIZE];
    const char *line = arena_format(arena, "%-6lld %s %8lld bytes  %s  %s%s%s\n", (long long)capture->id,
                                    moment_write(capture->at, moment), (long long)capture->size, capture->sha256,
                                    capture->account, *capture->name ? "  " : "", capture->name);
    out_raw(out, line, strlen(line));
}

static void row_json(Out *out, const Capture *capture)
{
    char moment[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, "{\"account\":");
    out_json(out, capture->account);
    OUT_LITERAL(out, ",\"at\":");
    out_json(out, moment_write(capture->at, moment));
    OUT_LITERAL(out, ",\"bytes\":");
    out_int(out, capture->size);
    OUT_LITERAL(out, ",\"capture\":");
    out_int(out, capture->id);
    OUT_LITERAL(out, ",\"change\":");
    out_int(out, capture->change);
    OUT_LITERAL(out, ",\"name\":");
    out_json(out, *capture->name ? capture->name : NULL);
    OUT_LITERAL(out, ",\"sha256\":");
    out_json(out, capture->sha256);
}

static bool tell(const Call *call, const Capture *capture, Problem *problem)
{
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    json ? row_json(&out, capture) : row_text(&out, call->arena, capture);
    if (json)
        OUT_LITERAL(&out, "}\n");
    return print_out(&out, problem);
}

bool run_capture_add(const Call *call, Problem *problem)
{
    Hand hand;
    Capture capture;
    CapturePlan plan = { 0 };
    if (!desk_hand(call, &hand, problem))
        return false;
    Jail *jail = jail_start(call->arena, article_words, problem);
    bool understood = jail && read_plan(call, jail, &plan, problem);
    jail_stop(jail);
    return understood && add(call, &hand, &plan, &capture, problem) && tell(call, &capture, problem);
}

bool run_capture_list(const Call *call, Problem *problem)
{
    int64_t change;
    Change found;
    Capture *captures;
    size_t count;
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    if (!desk_number(call, 0, &change, problem))
        return false;
    AUTO_STORE *work = desk_reader(call, problem);
    if (!work || !change_find(call->arena, work, change, &found, problem) ||
        !capture_list(call->arena, work, change, &captures, &count, problem))
        return false;
    if (json)
        OUT_LITERAL(&out, "{\"captures\":[");
    for (size_t i = 0; i < count; i++) {
        if (json && i)
            OUT_LITERAL(&out, ",");
        json ? row_json(&out, &captures[i]) : row_text(&out, call->arena, &captures[i]);
        if (json)
            OUT_LITERAL(&out, "}");
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    return print_out(&out, problem);
}

bool run_capture_show(const Call *call, Problem *problem)
{
    int64_t change, id;
    Capture capture;
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    if (!desk_number(call, 0, &change, problem) || !desk_number(call, 1, &id, problem))
        return false;
    AUTO_STORE *work = desk_reader(call, problem);
    if (!work || !capture_find(call->arena, work, change, id, &capture, problem))
        return false;
    json ? row_json(&out, &capture) : row_text(&out, call->arena, &capture);
    if (json) {
        OUT_LITERAL(&out, ",\"words\":");
        out_json(&out, arena_text(call->arena, capture.words));
        OUT_LITERAL(&out, "}\n");
    } else
        out_raw(&out, capture.words.at, capture.words.length);
    return print_out(&out, problem);
}
