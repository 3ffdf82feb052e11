#include "domain/coding.h"

#include "domain/change_step.h"
#include "domain/sight.h"

static bool may_code(Arena *arena, Store *work, const Hand *hand, int64_t id, Change *change, Problem *problem)
{
    SightFacts facts;
    if (!change_person(work, hand->author, CHANGE_PREPARE, problem) || !change_find(arena, work, id, change, problem) ||
        !sight_facts(work, id, hand->author, &facts, problem))
        return false;
    if (strcmp(change->state, "in_review") != 0 || strcmp(change->kind, KIND_OPEN) != 0)
        return fail(problem, PROBLEM_CONFLICT, "change %lld is no new incident in review", (long long)id);
    if (facts.wrote)
        return fail_field(problem, PROBLEM_NOT_ALLOWED, "by", "%s has seen change %lld, having written a part of it",
                          hand->author, (long long)id);
    if (facts.looked)
        return fail_field(problem, PROBLEM_NOT_ALLOWED, "by", "%s chose to see change %lld", hand->author,
                          (long long)id);
    if (facts.coded)
        return fail(problem, PROBLEM_CONFLICT, "%s has coded change %lld already", hand->author, (long long)id);
    return !facts.twice || facts.coding ||
           fail(problem, PROBLEM_CONFLICT, "change %lld has been coded a second time", (long long)id);
}

/* The version that it is compared with: what was decided since is no coding. */
static bool base_of(Store *work, int64_t change, int64_t *version, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ADJUDICATION_BASE, "i", change);
    if (!rows || !rows_next(rows))
        return false;
    *version = rows_int(rows, 0);
    return true;
}

bool coding_add(Store *work, const Hand *hand, const Codebook *codebook, int64_t id, Text body, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    Change change;
    Record record;
    int64_t deed, base;
    return record_read(arena, body, &record, problem) && record_check(&record, codebook, problem) &&
           store_begin(work, problem) && may_code(arena, work, hand, id, &change, problem) &&
           base_of(work, id, &base, problem) &&
           change_deed(arena, work, hand, (ChangeDeed){ "change.code", id, change_body_detail(arena, 0, body) }, &deed,
                       problem) &&
           store_do(work, problem, SQL_CODING_PUT, "itiivi", id, hand->author, base, hand->now, body, deed) &&
           store_do(work, problem, SQL_CODING_DRAFT_REMOVE, "it", id, hand->author) && store_commit(work, problem);
}

/* What stays of the first coding when nothing may be seen of it. */
static void blind(Record *record)
{
    *record = (Record){ .dataset = record->dataset,
                        .external = record->external,
                        .title = record->title,
                        .sources = record->sources,
                        .source_count = record->source_count,
                        .affected = record->affected,
                        .affected_count = record->affected_count };
}

typedef struct Kept { /* the newest save */
    int64_t version;
    Text body; /* untouched when there is none */
} Kept;

static bool find_kept(Arena *arena, Store *work, const char *coder, int64_t id, Kept *kept, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CODING_DRAFT_GET, "it", id, coder);
    if (rows && rows_next(rows))
        *kept = (Kept){ rows_int(rows, 0), text_of(arena_text(arena, rows_bytes(rows, 1))) };
    return rows && !problem->kind;
}

bool coding_open(Arena *arena, Store *work, const Hand *hand, int64_t id, CodingDraft *draft, Problem *problem)
{
    Change change;
    if (!may_code(arena, work, hand, id, &change, problem))
        return false;
    Kept kept = { .body = change.body };
    if (!find_kept(arena, work, hand->author, id, &kept, problem) ||
        !record_read(arena, kept.body, &draft->record, problem))
        return false;
    draft->version = kept.version;
    if (!kept.version)
        blind(&draft->record);
    return true;
}

bool coding_begin(Store *work, const Hand *hand, int64_t id, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT body = { 0 };
    CodingDraft draft;
    if (!coding_open(arena, work, hand, id, &draft, problem))
        return false;
    record_write(&body, &draft.record);
    return draft.version > 0 || coding_keep(work, hand, id, 0, out_view(&body), problem);
}

bool coding_keep(Store *work, const Hand *hand, int64_t id, int64_t version, Text body, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    Change change;
    Kept kept = { 0 };
    if (!store_begin(work, problem) || !may_code(arena, work, hand, id, &change, problem) ||
        !find_kept(arena, work, hand->author, id, &kept, problem) ||
        !change_is_newest(id, kept.version, version, problem))
        return false;
    return store_do(work, problem, SQL_CODING_DRAFT_PUT, "itiiv", id, hand->author, version + 1, hand->now, body) &&
           store_commit(work, problem);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

typedef struct Texts {
    Arena *arena;
    const char **items;
    size_t count, room;
} Texts;

static void add_once(Texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->items[i], text) == 0)
            return;
    texts->items = arena_grow(texts->arena, texts->items, texts->count, &texts->room, sizeof *texts->items);
    texts->items[texts->count++] = text;
}

const char *coding_text(Arena *arena, const Record *record, const char *variable)
{
    Texts texts = { .arena = arena };
    const char *all = "";
    for (size_t i = 0; i < record->statement_count; i++)
        for (size_t j = 0; j < record->statements[i].claim_count; j++) {
            const ClaimFacts *claim = &record->statements[i].claims[j];
            if (strcmp(claim->variable, variable) == 0)
                add_once(&texts, claim->value ? claim->value : arena_format(arena, "(%s)", claim->missing));
        }
    if (texts.count)
        qsort(texts.items, texts.count, sizeof *texts.items, by_text);
    for (size_t i = 0; i < texts.count; i++)
        all = arena_format(arena, "%s%s%s", all, i ? "; " : "", texts.items[i]);
    return all;
}

static void add_variables(Texts *variables, const Record *record)
{
    for (size_t i = 0; i < record->statement_count; i++)
        for (size_t j = 0; j < record->statements[i].claim_count; j++)
            add_once(variables, record->statements[i].claims[j].variable);
}

static void compare(Arena *arena, const CodedPair *pair, Comparison *comparison)
{
    Texts variables = { .arena = arena };
    add_variables(&variables, &pair->first);
    add_variables(&variables, &pair->second);
    if (variables.count)
        qsort(variables.items, variables.count, sizeof *variables.items, by_text);
    comparison->variables = NEW_ARRAY(arena, CodedVariable, variables.count + 1);
    for (comparison->count = 0; comparison->count < variables.count; comparison->count++) {
        CodedVariable *row = &comparison->variables[comparison->count];
        row->variable = variables.items[comparison->count];
        row->first = coding_text(arena, &pair->first, row->variable);
        row->second = coding_text(arena, &pair->second, row->variable);
        row->same = strcmp(row->first, row->second) == 0;
        comparison->same += row->same ? 1 : 0;
    }
}

static bool take_pair(Arena *arena, const Rows *rows, CodedPair *pair, Problem *problem)
{
    *pair = (CodedPair){ .change = rows_int(rows, 0), .at = rows_int(rows, 1) };
    return record_read(arena, text_of(arena_text(arena, rows_bytes(rows, 2))), &pair->first, problem) &&
           record_read(arena, text_of(arena_text(arena, rows_bytes(rows, 3))), &pair->second, problem);
}

bool coding_compare(Arena *arena, Store *work, int64_t change, Comparison **comparisons, size_t *count,
                    Problem *problem)
{
    size_t room = 0;
    *comparisons = NULL;
    *count = 0;
    AUTO_ROWS *rows = store_run(work, problem, SQL_CODINGS_OF, "i", change);
    while (rows && rows_next(rows)) {
        CodedPair pair;
        *comparisons = arena_grow(arena, *comparisons, *count, &room, sizeof **comparisons);
        Comparison *comparison = &(*comparisons)[(*count)++];
        *comparison = (Comparison){ .author = arena_string(arena, rows_text(rows, 4)),
                                    .coder = arena_string(arena, rows_text(rows, 5)),
                                    .version = rows_int(rows, 6),
                                    .coding = rows_int(rows, 7) };
        if (!take_pair(arena, rows, &pair, problem))
            return false;
        compare(arena, &pair, comparison);
    }
    return !problem->kind;
}

bool coding_read(Arena *arena, Store *work, int64_t coding, Record *record, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CODING_GET, "i", coding);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no second coding %lld", (long long)coding);
    return record_read(arena, text_of(arena_text(arena, rows_bytes(rows, 0))), record, problem);
}

bool coding_pairs(Arena *arena, Store *work, CodedWhich which, CodedPair **pairs, size_t *count, Problem *problem)
{
    size_t room = 0;
    *pairs = NULL;
    *count = 0;
    AUTO_ROWS *rows = store_run(work, problem, SQL_CODINGS_ALL, "i", (int64_t)which);
    while (rows && rows_next(rows)) {
        *pairs = arena_grow(arena, *pairs, *count, &room, sizeof **pairs);
        if (!take_pair(arena, rows, &(*pairs)[(*count)++], problem))
            return false;
    }
    return !problem->kind;
}
