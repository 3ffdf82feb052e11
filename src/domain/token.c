#include "domain/token.h"

#include "base/out.h"
#include "base/sys.h"
#include "base/unicode.h"
#include "domain/deed.h"

static const char *const scope_words[TOKEN_SCOPE_COUNT] = {
#define SCOPE(name, word, opens) word,
    TOKEN_SCOPES(SCOPE)
#undef SCOPE
};

static unsigned scope_of(Text word)
{
    for (unsigned i = 0; i < TOKEN_SCOPE_COUNT; i++)
        if (text_is(word, scope_words[i]))
            return 1u << i;
    return 0;
}

bool token_scopes_read(Text text, unsigned *scopes)
{
    Text rest = text, part, word;
    *scopes = 0;
    while (text_split(&rest, ',', &part))
        while (text_split(&part, ' ', &word)) {
            unsigned scope = scope_of(word);
            if (word.length && !scope)
                return false;
            *scopes |= scope;
        }
    return *scopes != 0;
}

const char *token_scopes_text(Arena *arena, unsigned scopes)
{
    const char *text = "";
    for (unsigned i = 0; i < TOKEN_SCOPE_COUNT; i++)
        if (scopes & 1u << i)
            text = arena_format(arena, "%s%s%s", text, *text ? " " : "", scope_words[i]);
    return text;
}

static bool take(Arena *arena, const Rows *rows, int64_t now, Token *token, Problem *problem)
{
    *token = (Token){ .id = rows_int(rows, 0),
                      .account = rows_int(rows, 1),
                      .name = arena_string(arena, rows_text(rows, 2)),
                      .label = arena_string(arena, rows_text(rows, 3)),
                      .made = rows_int(rows, 5),
                      .expires = rows_int(rows, 6),
                      .used = rows_int(rows, 7),
                      .revoked = rows_int(rows, 8),
                      .disabled = strcmp(rows_text(rows, 10), "active") != 0 };
    token->live = !token->revoked && now < token->expires;
    return (token_scopes_read(text_of(rows_text(rows, 4)), &token->scopes) &&
            account_role_find(text_of(rows_text(rows, 9)), &token->role)) ||
           fail(problem, PROBLEM_DAMAGED, "the token %lld has a scope or role that there is not", (long long)token->id);
}

static Text bytes_of(const Hash *hash)
{
    return (Text){ (const char *)hash->bytes, sizeof hash->bytes };
}

bool token_find(Arena *arena, Store *work, Text text, int64_t now, Token *token, Problem *problem)
{
    Hash hash;
    hash_bytes(text, &hash);
    AUTO_ROWS *rows = store_run(work, problem, SQL_TOKEN_BY_HASH, "b", bytes_of(&hash));
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no such token");
    return take(arena, rows, now, token, problem);
}

bool token_list(Arena *arena, Store *work, const char *account, int64_t now, Tokens *tokens, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_TOKEN_ALL, "t", account);
    size_t room = 0;
    *tokens = (Tokens){ 0 };
    while (rows && rows_next(rows)) {
        tokens->items = arena_grow(arena, tokens->items, tokens->count, &room, sizeof *tokens->items);
        if (!take(arena, rows, now, &tokens->items[tokens->count++], problem))
            return false;
    }
    return rows && !problem->kind;
}

/* Text of one line, which stays what it is wherever it is shown. */
static bool label_is_good(const char *label)
{
    size_t length = strlen(label);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)label[i] < 0x20 || label[i] == 0x7F)
            return false;
    return length > 0 && length <= TOKEN_LABEL_MOST && unicode_valid(text_of(label));
}

static bool plan_is_good(const Hand *hand, const TokenPlan *plan, const Account *account, Problem *problem)
{
    if (account->role != ACCOUNT_PARTNER)
        return fail_field(problem, PROBLEM_BAD_INPUT, "name", "%.60s is no partner: people log in at the workbench",
                          account->name);
    if (!label_is_good(plan->label))
        return fail_field(problem, PROBLEM_BAD_INPUT, "label", "what the token is for is told in 1 to %d bytes of text",
                          TOKEN_LABEL_MOST);
    return plan->expires > hand->now ||
           fail_field(problem, PROBLEM_BAD_INPUT, "until", "a token is good until a day that is still to come");
}

static bool has_room(Store *work, int64_t account, int64_t now, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_TOKEN_COUNT, "ii", account, now);
    if (!rows || !rows_next(rows))
        return false;
    return rows_int(rows, 0) < TOKENS_MOST ||
           fail(problem, PROBLEM_CONFLICT, "the account has %d tokens already: revoke one first", TOKENS_MOST);
}

typedef struct Inserted {
    int64_t account;
    Hash hash;
    const char *label, *scopes;
    int64_t made, expires;
} Inserted;

static bool insert(Store *work, const Inserted *row, int64_t *id, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_TOKEN_INSERT, "ibttii", row->account, bytes_of(&row->hash),
                                row->label, row->scopes, row->made, row->expires);
    if (!rows || !rows_next(rows))
        return false;
    *id = rows_int(rows, 0);
    return true;
}

static bool tell(Store *work, const Hand *hand, const char *kind, int64_t id, const char *detail, Problem *problem)
{
    char subject[40];
    (void)snprintf(subject, sizeof subject, "token/%lld", (long long)id);
    Deed deed = { .at = hand->now, .author = hand->author, .kind = kind, .subject = subject, .detail = detail };
    return deed_add(work, &deed, problem);
}

static const char *plan_detail(Out *out, Arena *arena, const TokenPlan *plan)
{
    OUT_LITERAL(out, "{\"account\":");
    out_json(out, plan->account);
    OUT_LITERAL(out, ",\"expires\":");
    out_int(out, plan->expires);
    OUT_LITERAL(out, ",\"label\":");
    out_json(out, plan->label);
    OUT_LITERAL(out, ",\"scopes\":");
    out_json(out, token_scopes_text(arena, plan->scopes));
    OUT_LITERAL(out, "}");
    return out->text;
}

bool token_add(Store *work, const Hand *hand, const TokenPlan *plan, char text[TOKEN_TEXT_SIZE + 1], int64_t *id,
               Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT detail = { 0 };
    AUTO_UNDO *undo = work;
    Account account;
    Hash random;
    memcpy(text, TOKEN_PREFIX, sizeof TOKEN_PREFIX - 1);
    sys_random(random.bytes, sizeof random.bytes);
    hash_hex(&random, text + sizeof TOKEN_PREFIX - 1);
    if (!store_begin(work, problem) || !account_find(arena, work, plan->account, &account, problem))
        return false;
    Inserted row = { .account = account.id,
                     .label = plan->label,
                     .scopes = token_scopes_text(arena, plan->scopes),
                     .made = hand->now,
                     .expires = plan->expires };
    hash_bytes(text_of(text), &row.hash);
    return plan_is_good(hand, plan, &account, problem) && has_room(work, account.id, hand->now, problem) &&
           insert(work, &row, id, problem) &&
           tell(work, hand, "token.add", *id, plan_detail(&detail, arena, plan), problem) &&
           store_commit(work, problem);
}

static bool put_revoked(Store *work, int64_t id, int64_t account, int64_t now, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_TOKEN_PUT_REVOKED, "iii", id, account, now);
    return rows &&
           (rows_next(rows) || (!problem->kind && fail(problem, PROBLEM_NOT_FOUND,
                                                       "there is no good token with the number %lld", (long long)id)));
}

bool token_revoke(Store *work, const Hand *hand, int64_t id, int64_t account, Problem *problem)
{
    AUTO_UNDO *undo = work;
    return store_begin(work, problem) && put_revoked(work, id, account, hand->now, problem) &&
           tell(work, hand, "token.revoke", id, NULL, problem) && store_commit(work, problem);
}

bool token_refused(Store *work, const Token *token, int64_t now, const TokenUse *use, Problem *problem)
{
    AUTO_UNDO *undo = work;
    Deed deed = { .at = now, .author = token->name, .kind = use->kind, .subject = use->subject, .detail = use->detail };
    return store_begin(work, problem) && deed_add(work, &deed, problem) && store_commit(work, problem);
}

bool token_used(Store *work, const Token *token, int64_t now, const TokenUse *use, Problem *problem)
{
    Deed deed = { .at = now, .author = token->name, .kind = use->kind, .subject = use->subject, .detail = use->detail };
    return store_do(work, problem, SQL_TOKEN_PUT_USED, "ii", token->id, now) && deed_add(work, &deed, problem);
}
