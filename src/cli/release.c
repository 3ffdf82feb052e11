/* vigie release: the data as files that stay, signed, with their entry in the public journal. */
#include "base/sys.h"
#include "cli/desk.h"
#include "cli/public.h"
#include "publish/release_make.h"

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
    const char *words = option_given(call, OPTION_JSON)
                            ? arena_format(call->arena, "{\"files\":%zu,\"release\":%lld,\"sums\":\"%s\"}\n",
                                           release->file_count, (long long)plan->number, release->sums)
                            : arena_format(call->arena, "release %lld: %zu files in %s\nminisign key: %s\n",
                                           (long long)plan->number, release->file_count, plan->folder, release->key);
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
    return change_releases(call->arena, desk->change.work, &plan.keep, problem) &&
           release_prepare(call->arena, arena_format(call->arena, "%s/releases", call->var), &plan, &release,
                           problem) &&
           note(call, desk->change.work, hand, &plan, problem) &&
           publish(call, desk->change.ledger, hand, &plan, &release, problem) && tell(call, &plan, &release, problem);
}

/* One at a time, until its log has ended too: what stands in the way was left by one that did not come to its end. */
static bool release_alone(const Call *call, const Hand *hand, int lock, Problem *problem)
{
    Desk desk = { 0 };
    SigningKey key = { 0 };
    bool done = desk_open_holding(call, &desk, lock, problem) && seal_start(problem) &&
                key_open(arena_format(call->arena, "%s/release.key", call->var), "vigie/releases", &key, problem) &&
                release_all(call, &desk, hand, &key, problem);
    key_forget(&key);
    desk_close(&desk);
    return done;
}

bool run_release(const Call *call, Problem *problem)
{
    Hand hand;
    if (!desk_hand(call, &hand, problem))
        return false;
    int lock = release_lock(call->arena, arena_format(call->arena, "%s/releases", call->var), problem);
    if (lock < 0)
        return false;
    bool done = release_alone(call, &hand, lock, problem);
    close(lock);
    return done;
}
