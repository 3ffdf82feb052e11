/* vigie verify and vigie rebuild: the journal against itself, and the tables against the journal. */
#include "base/sys.h"
#include "cli/desk.h"
#include "domain/answer.h"
#include "domain/deed_head.h"
#include "domain/imported.h"
#include "domain/rebuild.h"
#include "domain/witness.h"
#include "store/journal.h"
#include "store/layout.h"

enum { CHECKPOINT_FILE_MAX = 1 << 16 };

typedef struct Verified {
    Store *store;
    SigningKey key;
    Verification journal;
    RebuildReport tables;
    int64_t deeds; /* rows of the private journal */
    Text kept;     /* a head of it that was kept elsewhere */
    Findings findings;
} Verified;

/* `path` holds a checkpoint that the journal must contain; NULL for none. */
static bool verify_journal(const Call *call, Verified *verified, const char *path, Problem *problem)
{
    Text outside = { 0 };
    if (path && !sys_read_file(call->arena, path, CHECKPOINT_FILE_MAX, &outside, problem))
        return false;
    if (!journal_verify(call->arena, verified->store, &verified->key, outside, &verified->journal, problem))
        return false;
    for (size_t i = 0; i < verified->journal.finding_count; i++)
        findings_add(&verified->findings, "%s", verified->journal.findings[i].what);
    return true;
}

/* A journal from which the tables cannot be made is a finding, not an end. */
static bool verify_tables(const Call *call, Verified *verified, Problem *problem)
{
    Codebook codebook;
    Problem damaged = { 0 };
    if (!call_codebook(call, &codebook, problem))
        return false;
    if (!rebuild_compare(call->arena, verified->store, call->var, &codebook, &verified->tables, &damaged)) {
        if (damaged.kind != PROBLEM_DAMAGED)
            return fail(problem, damaged.kind, "%s", damaged.message);
        findings_add(&verified->findings, "%s", damaged.message);
    }
    for (size_t i = 0; i < verified->tables.count; i++) {
        const Difference *row = &verified->tables.differences[i];
        findings_add(&verified->findings, "%s %lld %s", row->table, (long long)row->id, row->what);
    }
    return answer_verify(verified->store, &verified->key, &verified->findings, problem);
}

/* The private journal, and what it says of the rows beside it, in one state of the work store: others may write to it
 * meanwhile. What it says is published was published before. */
static bool verify_rows(Verified *verified, Store *work, Problem *problem)
{
    int64_t wrong, since;
    AUTO_UNDO *reading = work;
    if (!store_read_begin(work, problem) || !deed_verify(work, &verified->deeds, &wrong, problem))
        return false;
    if (wrong)
        findings_add(&verified->findings, "row %lld of the private journal was changed, or one before it removed",
                     (long long)wrong);
    return witness_verify(work, &verified->findings, problem) &&
           imported_verify(verified->store, work, &verified->findings, problem) &&
           witness_since(work, &since, problem) &&
           answer_verify_since(verified->store, since, &verified->findings, problem);
}

static bool verify_no_work(Verified *verified, Problem *problem)
{
    int64_t size, at;
    if (!deed_head_signed(verified->store, &size, &at, problem))
        return false;
    if (size)
        findings_add(&verified->findings, "the work store is gone, of whose private journal %lld rows were signed",
                     (long long)size);
    return true;
}

/* The heads are read before that state, so that they tell of no rows behind it. A register without a work store has
 * none. */
static bool verify_work(const Call *call, Verified *verified, Problem *problem)
{
    Text beside = { 0 };
    Findings *findings = &verified->findings;
    if (!sys_exists(arena_format(call->arena, "%s/work.db", call->var)))
        return verify_no_work(verified, problem);
    const char *newest = arena_format(call->arena, "%s/deeds-checkpoint", call->var);
    if (sys_exists(newest) && !sys_read_file(call->arena, newest, CHECKPOINT_FILE_MAX, &beside, problem))
        return false;
    AUTO_STORE *work = desk_reader(call, problem);
    const DeedHeadCheck heads = { verified->store, work, &verified->key, beside, verified->kept };
    return work && layout_verify(work, findings, problem) && deed_head_verify(&heads, findings, problem) &&
           verify_rows(verified, work, problem);
}

/* A checkpoint that was kept elsewhere, of the public journal or of the private one. */
static bool verify_kept(const Call *call, Verified *verified, const char *path, Problem *problem)
{
    Text note = { 0 };
    if (!path)
        return true;
    if (!sys_read_file(call->arena, path, CHECKPOINT_FILE_MAX, &note, problem))
        return false;
    if (!deed_head_is(&verified->key, note))
        return verify_journal(call, verified, path, problem);
    verified->kept = note;
    return true;
}

static bool verify_all(const Call *call, Verified *verified, Problem *problem)
{
    const char *kept = call->options[OPTION_CHECKPOINT];
    const char *beside = arena_format(call->arena, "%s/checkpoint", call->var);
    verified->findings.arena = call->arena;
    verified->store = store_open(call->var, STORE_PUBLIC, READ_ONLY, problem);
    if (!verified->store || !seal_start(problem) ||
        !key_read_public(arena_format(call->arena, "%s/log.key.pub", call->var), &verified->key, problem))
        return false;
    return layout_verify(verified->store, &verified->findings, problem) &&
           verify_journal(call, verified, sys_exists(beside) ? beside : NULL, problem) &&
           verify_kept(call, verified, kept, problem) && verify_tables(call, verified, problem) &&
           verify_work(call, verified, problem);
}

static void verified_text(Out *out, Arena *arena, const Verified *verified)
{
    const Verification *journal = &verified->journal;
    const char *head =
        arena_format(arena, "Entries: %lld, checkpoints: %lld, redacted: %lld; rows made again and compared: %lld\n",
                     (long long)journal->entries, (long long)journal->checkpoints, (long long)journal->redacted,
                     (long long)verified->tables.rows);
    out_raw(out, head, strlen(head));
    for (size_t i = 0; i < verified->findings.count; i++) {
        out_raw(out, verified->findings.items[i], strlen(verified->findings.items[i]));
        OUT_LITERAL(out, "\n");
    }
    if (!verified->findings.count)
        OUT_LITERAL(out, "The record is whole.\n");
}

static void verified_json(Out *out, const Verified *verified)
{
    OUT_LITERAL(out, "{\"checkpoints\":");
    out_int(out, verified->journal.checkpoints);
    OUT_LITERAL(out, ",\"entries\":");
    out_int(out, verified->journal.entries);
    OUT_LITERAL(out, ",\"findings\":[");
    for (size_t i = 0; i < verified->findings.count; i++) {
        if (i > 0)
            OUT_LITERAL(out, ",");
        out_json(out, verified->findings.items[i]);
    }
    OUT_LITERAL(out, "],\"redacted\":");
    out_int(out, verified->journal.redacted);
    OUT_LITERAL(out, ",\"rows\":");
    out_int(out, verified->tables.rows);
    OUT_LITERAL(out, "}\n");
}

bool run_verify(const Call *call, Problem *problem)
{
    AUTO_OUT out = { 0 };
    Verified verified = { 0 };
    bool done = verify_all(call, &verified, problem);
    store_close(verified.store);
    if (!done)
        return false;
    if (option_given(call, OPTION_JSON))
        verified_json(&out, &verified);
    else
        verified_text(&out, call->arena, &verified);
    if (!print_out(&out, problem))
        return false;
    size_t count = verified.findings.count;
    return !count ||
           fail(problem, PROBLEM_DAMAGED, "verification found damage in %zu place%s", count, count == 1 ? "" : "s");
}

/* A register that is not there is not made by rebuilding it. */
static Store *open_to_rebuild(const Call *call, Problem *problem)
{
    const char *path = arena_format(call->arena, "%s/public.db", call->var);
    if (sys_exists(path))
        return store_open(call->var, STORE_PUBLIC, READ_WRITE, problem);
    fail(problem, PROBLEM_NOT_FOUND, "there is no %s to rebuild", path);
    return NULL;
}

bool run_rebuild(const Call *call, Problem *problem)
{
    AUTO_OUT out = { 0 };
    Codebook codebook;
    RebuildReport report = { 0 };
    if (!call_codebook(call, &codebook, problem))
        return false;
    AUTO_STORE *store = open_to_rebuild(call, problem);
    if (!store || !rebuild_replace(store, &codebook, &report, problem))
        return false;
    bool json = option_given(call, OPTION_JSON);
    const char *told = arena_format(call->arena, "%s%lld%s\n", json ? "{\"entries\":" : "All tables made again from ",
                                    (long long)report.entries, json ? "}" : " entries.");
    out_raw(&out, told, strlen(told));
    return print_out(&out, problem);
}
