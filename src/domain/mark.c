#include "domain/mark.h"

#include "base/json.h"
#include "domain/change_step.h"

static const struct {
    const char *word; /* in subjects of the private journal and in sentences */
    Statement find, put, deed;
} places[] = {
    [MARK_CANDIDATE] = { "candidate", SQL_MARK_OF_CANDIDATE, SQL_MARK_PUT_CANDIDATE, SQL_MARK_DEED_OF_CANDIDATE },
    [MARK_CHANGE] = { "change", SQL_MARK_OF_CHANGE, SQL_MARK_PUT_CHANGE, SQL_MARK_DEED_OF_CHANGE },
    [MARK_REPLY] = { "reply", SQL_MARK_OF_REPLY, STATEMENT_COUNT, STATEMENT_COUNT },
};

typedef struct Marked { /* one row that bears a mark */
    MarkOn on;
    int64_t id;
    Tlp mark;
    bool over; /* what it says is public, or about to be */
} Marked;

static bool is_over(const char *state)
{
    return strcmp(state, "publishing") == 0 || strcmp(state, "published") == 0;
}

static bool find(Store *work, MarkOn on, int64_t id, Marked *marked, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, places[on].find, "i", id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no %s %lld", places[on].word, (long long)id);
    *marked = (Marked){ on, id, tlp_of(rows_int(rows, 0)), is_over(rows_text(rows, 1)) };
    return true;
}

bool mark_find(Store *work, MarkOn on, int64_t id, Tlp *mark, Problem *problem)
{
    Marked marked;
    if (!find(work, on, id, &marked, problem))
        return false;
    *mark = marked.mark;
    return true;
}

/* {"from":"AMBER","reason":"...","to":"CLEAR"} */
static const char *detail_of(Arena *arena, Tlp from, Tlp to, const char *reason)
{
    AUTO_OUT out = { 0 };
    OUT_LITERAL(&out, "{\"from\":");
    out_json(&out, tlp_words[from]);
    OUT_LITERAL(&out, ",\"reason\":");
    out_json(&out, reason);
    OUT_LITERAL(&out, ",\"to\":");
    out_json(&out, tlp_words[to]);
    OUT_LITERAL(&out, "}");
    return arena_text(arena, out_view(&out));
}

static bool reasoned(const MarkWish *wish)
{
    return wish->reason && *wish->reason;
}

static bool put(Arena *arena, Store *work, const Hand *hand, const Marked *marked, const MarkWish *wish,
                Problem *problem)
{
    Deed deed = { .at = hand->now,
                  .author = hand->author,
                  .kind = wish->mark < marked->mark ? "mark.lower" : "mark.raise",
                  .subject = arena_format(arena, "%s/%lld", places[marked->on].word, (long long)marked->id),
                  .detail = detail_of(arena, marked->mark, wish->mark, reasoned(wish) ? wish->reason : NULL) };
    return deed_add(work, &deed, problem) &&
           store_do(work, problem, places[marked->on].put, "iii", marked->id, (int64_t)wish->mark, deed.id);
}

typedef struct Family { /* a candidate and what was made from it */
    Marked *items;
    size_t count, room;
} Family;

static void join(Arena *arena, Family *family, Marked marked)
{
    family->items = arena_grow(arena, family->items, family->count, &family->room, sizeof *family->items);
    family->items[family->count++] = marked;
}

static bool origin_of(Store *work, const Marked *marked, int64_t *origin, Problem *problem)
{
    *origin = marked->id;
    if (marked->on == MARK_CANDIDATE)
        return true;
    AUTO_ROWS *rows = store_run(work, problem, SQL_MARK_ORIGIN, "i", marked->id);
    *origin = rows && rows_next(rows) ? rows_int(rows, 0) : 0;
    return rows && !problem->kind;
}

static bool family_of(Arena *arena, Store *work, const Marked *marked, Family *family, Problem *problem)
{
    int64_t origin;
    Marked candidate;
    Problem gone = { 0 };
    if (!origin_of(work, marked, &origin, problem))
        return false;
    if (!origin) {
        join(arena, family, *marked);
        return true;
    }
    if (find(work, MARK_CANDIDATE, origin, &candidate, &gone))
        join(arena, family, candidate);
    else if (gone.kind != PROBLEM_NOT_FOUND)
        return fail(problem, gone.kind, "%s", gone.message);
    AUTO_ROWS *rows = store_run(work, problem, SQL_MARK_CHANGES_OF, "i", origin);
    while (rows && rows_next(rows))
        join(arena, family,
             (Marked){ MARK_CHANGE, rows_int(rows, 0), tlp_of(rows_int(rows, 1)), is_over(rows_text(rows, 2)) });
    return rows && !problem->kind;
}

static bool put_all(Store *work, const Hand *hand, const Marked *marked, const MarkWish *wish, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Family family = { 0 };
    if (!family_of(arena, work, marked, &family, problem))
        return false;
    for (size_t i = 0; i < family.count; i++) {
        const Marked *one = &family.items[i];
        if (one->over)
            return fail(problem, PROBLEM_CONFLICT, "%s %lld is published", places[one->on].word, (long long)one->id);
        if (one->mark != wish->mark && !put(arena, work, hand, one, wish, problem))
            return false;
    }
    return true;
}

static bool wish_is_good(const Marked *marked, const MarkWish *wish, Problem *problem)
{
    if (marked->mark > wish->ceiling)
        return fail(problem, PROBLEM_NOT_FOUND, "there is no %s %lld", places[marked->on].word, (long long)marked->id);
    if (marked->over)
        return fail(problem, PROBLEM_CONFLICT, "%s %lld is published", places[marked->on].word, (long long)marked->id);
    if (wish->mark > wish->ceiling)
        return fail_field(problem, PROBLEM_BAD_INPUT, "tlp", "your role marks nothing higher than TLP:%s",
                          tlp_words[wish->ceiling]);
    if (wish->mark == marked->mark)
        return fail_field(problem, PROBLEM_BAD_INPUT, "tlp", "it is marked TLP:%s already", tlp_words[wish->mark]);
    if (!deed_words_fit("reason", wish->reason, problem))
        return false;
    return wish->mark > marked->mark || reasoned(wish) ||
           fail_field(problem, PROBLEM_BAD_INPUT, "reason", "lowering a mark takes a reason: who allowed it, and when");
}

bool mark_set(Store *work, const Hand *hand, MarkOn on, int64_t id, const MarkWish *wish, Problem *problem)
{
    AUTO_UNDO *undo = work;
    Marked marked;
    return store_begin(work, problem) && change_person(work, hand->author, CHANGE_PREPARE, problem) &&
           find(work, on, id, &marked, problem) && wish_is_good(&marked, wish, problem) &&
           put_all(work, hand, &marked, wish, problem) && store_commit(work, problem);
}

bool mark_raise_within(Store *work, const Hand *hand, MarkOn on, int64_t id, Tlp mark, Problem *problem)
{
    Marked marked;
    if (!find(work, on, id, &marked, problem))
        return false;
    return mark <= marked.mark || put_all(work, hand, &marked, &(MarkWish){ .mark = mark }, problem);
}

static bool deed_of(Arena *arena, const Rows *rows, MarkDeed *last, Problem *problem)
{
    AUTO_JSON *detail = json_parse(text_of(rows_text(rows, 2)), problem);
    if (!detail)
        return false;
    const char *from = json_string_of(detail, "from"), *to = json_string_of(detail, "to");
    const char *reason = json_string_of(detail, "reason");
    *last = (MarkDeed){ .at = rows_int(rows, 0),
                        .author = arena_string(arena, rows_text(rows, 1)),
                        .reason = reason ? arena_string(arena, reason) : NULL };
    return (from && to && tlp_find(text_of(from), &last->from) && tlp_find(text_of(to), &last->to)) ||
           fail(problem, PROBLEM_STORE, "a row of the private journal about a mark cannot be read");
}

bool mark_last(Arena *arena, Store *work, MarkOn on, int64_t id, MarkDeed *last, Problem *problem)
{
    *last = (MarkDeed){ 0 };
    if (places[on].deed == STATEMENT_COUNT)
        return true;
    AUTO_ROWS *rows = store_run(work, problem, places[on].deed, "i", id);
    if (!rows)
        return false;
    return rows_next(rows) ? deed_of(arena, rows, last, problem) : !problem->kind;
}

bool mark_lets_publish(Store *work, int64_t change, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_MARK_OF_ALL_USED, "i", change);
    if (!rows || !rows_next(rows))
        return false;
    Tlp mark = tlp_of(rows_int(rows, 0));
    return mark == TLP_CLEAR || fail_field(problem, PROBLEM_CONFLICT, "tlp",
                                           "change %lld is marked TLP:%s: only what is TLP:CLEAR is published",
                                           (long long)change, tlp_words[mark]);
}
