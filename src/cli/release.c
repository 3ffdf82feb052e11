/* vigie release: the data as files that stay, signed, with their entry in the public journal. */
#include "base/sys.h"
#include "cli/desk.h"
#include "cli/public.h"
#include "domain/coding.h"
#include "publish/release_make.h"
#include "stats/agreement.h"

static bool agreement_csv(Arena *arena, Store *work, const Codebook *codebook, Text *csv, Problem *problem)
{
    CodedPair *pairs;
    Agreement *rows;
    size_t pair_count, count;
    AUTO_OUT out = { 0 };
    if (!coding_pairs(arena, work, CODED_PUBLISHED, &pairs, &pair_count, problem))
        return false;
    agreement_of(arena, codebook, pairs, pair_count, &rows, &count);
    if (!count)
        return true;
    OUT_LITERAL(&out, "period,variable,metric,units,alpha\n");
    for (size_t i = 0; i < count; i++) {
        const char *alpha = isnan(rows[i].alpha) ? "" : arena_format(arena, "%.6f", rows[i].alpha);
        const char *line = arena_format(arena, "%s,%s,%s,%zu,%s\n", rows[i].period, rows[i].variable,
                                        alpha_metrics[rows[i].metric], rows[i].units, alpha);
        out_raw(&out, line, strlen(line));
    }
    *csv = text_of(arena_text(arena, out_view(&out)));
    return true;
}

static bool next_number(Store *published, int64_t *number, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_RELEASE_LAST, "");
    if (!rows || !rows_next(rows))
        return false;
    *number = rows_int(rows, 0) + 1;
    return true;
}

/* Into a folder beside, which gets its name when it is whole; one that an earlier try left is made anew. */
static bool make(const Call *call, ReleasePlan *plan, Release *release, Problem *problem)
{
    const char *folder = arena_format(call->arena, "%s/releases/%lld", call->var, (long long)plan->number);
    plan->folder = arena_format(call->arena, "%s.new", folder);
    sys_remove_folder(plan->folder);
    sys_remove_folder(folder);
    return sys_make_folder(plan->folder, problem) && release_make(call->arena, plan, release, problem) &&
           sys_rename(plan->folder, folder, problem);
}

static bool publish(const Call *call, Ledger *ledger, const Hand *hand, const ReleasePlan *plan, const Release *release,
                    Problem *problem)
{
    AUTO_OUT body = { 0 };
    int64_t number;
    release_write(&body, release);
    Proposal proposal = { KIND_RELEASE, plan->number, out_view(&body) };
    const char *key = arena_format(call->arena, "release:%lld:%.16s", (long long)plan->number, release->sums);
    return ledger_send(ledger, key, hand->author, &proposal, 1, problem) && ledger_receive(ledger, &number, 1, problem);
}

/* Before it is published, so that nothing is public of which the private journal does not know who did it. */
static bool note(const Call *call, Store *work, const Hand *hand, const ReleasePlan *plan, Problem *problem)
{
    AUTO_UNDO *undo = work;
    Deed deed = { .at = hand->now,
                  .author = hand->author,
                  .kind = "release.publish",
                  .subject = arena_format(call->arena, "release/%lld", (long long)plan->number) };
    return store_begin(work, problem) && deed_add(work, &deed, problem) && store_commit(work, problem);
}

static bool tell(const Call *call, const ReleasePlan *plan, const Release *release, Problem *problem)
{
    AUTO_OUT out = { 0 };
    const char *words =
        option_given(call, OPTION_JSON)
            ? arena_format(call->arena, "{\"files\":%zu,\"release\":%lld,\"sums\":\"%s\"}\n", release->file_count,
                           (long long)plan->number, release->sums)
            : arena_format(call->arena, "release %lld: %zu files in %s/releases/%lld\nminisign key: %s\n",
                           (long long)plan->number, release->file_count, call->var, (long long)plan->number,
                           release->key);
    out_raw(&out, words, strlen(words));
    return print_out(&out, problem);
}

static bool release_all(const Call *call, Desk *desk, const Hand *hand, SigningKey *key, Problem *problem)
{
    AUTO_PUBLISHED published = { 0 };
    Release release;
    if (!change_may_publish(desk->change.work, hand->author, problem) || !public_open(call, NULL, &published, problem))
        return false;
    ReleasePlan plan = { .now = hand->now,
                         .address = call->options[OPTION_ADDRESS],
                         .store = published.store,
                         .snapshot = published.snapshot,
                         .codebook = &published.codebook,
                         .key = key };
    return next_number(published.store, &plan.number, problem) &&
           agreement_csv(call->arena, desk->change.work, &desk->codebook, &plan.agreement, problem) &&
           make(call, &plan, &release, problem) && note(call, desk->change.work, hand, &plan, problem) &&
           publish(call, desk->change.ledger, hand, &plan, &release, problem) && tell(call, &plan, &release, problem);
}

/* One at a time: the number is free, and what stands in its folder was left by one that did not come to its end. */
static bool release_alone(const Call *call, Desk *desk, const Hand *hand, SigningKey *key, Problem *problem)
{
    Problem busy = { 0 };
    const char *folder = arena_format(call->arena, "%s/releases", call->var);
    if (!sys_make_folder(folder, problem))
        return false;
    int lock = sys_lock(arena_format(call->arena, "%s/.lock", folder), &busy);
    if (lock < 0)
        return fail(problem, busy.kind, "%s",
                    busy.kind == PROBLEM_BUSY ? "another release is being made; try again when it is done"
                                              : busy.message);
    bool done = release_all(call, desk, hand, key, problem);
    close(lock);
    return done;
}

bool run_release(const Call *call, Problem *problem)
{
    Hand hand;
    Desk desk = { 0 };
    SigningKey key = { 0 };
    bool done = desk_hand(call, &hand, problem) && desk_open(call, &desk, problem) && seal_start(problem) &&
                key_open(arena_format(call->arena, "%s/release.key", call->var), "vigie/releases", &key, problem) &&
                release_alone(call, &desk, &hand, &key, problem);
    key_forget(&key);
    desk_close(&desk);
    return done;
}
