/* What must never happen: an account changes without an entry in the private journal; a session outlives what ends it;
 * an entry of that journal is changed or removed unseen; a recovery code opens twice. */
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/sys.h"
#include "domain/deed.h"
#include "domain/second.h"
#include "test.h"

#define HOUR INT64_C(3600000)

static const int64_t start = INT64_C(1700000000000);
static const Hand keeper = { .author = "keeper", .now = INT64_C(1700000000000) };

static Hash token_of(int number)
{
    Hash hash = { { 0 } };
    hash.bytes[0] = (unsigned char)number;
    return hash;
}

static bool is_live(Store *work, int token, int64_t now)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Session session = { 0 };
    Hash hash = token_of(token);
    return session_find(arena, work, &hash, now, &session, &problem) && session.live;
}

static bool begin(Store *work, int64_t account, int token)
{
    Problem problem = { 0 };
    Hash hash = token_of(token);
    return session_begin(work, &keeper, account, &hash, "a browser", &problem);
}

static void test_accounts(Store *work)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char password[PASSWORD_MADE_SIZE + 1];
    Problem problem = { 0 };
    Account account;
    CHECK(account_add(work, &keeper, "maria", ACCOUNT_CODER, password, &problem), "an account is added");
    CHECK(account_find(arena, work, "maria", &account, &problem) &&
              password_fits(account.password, text_of(password)) &&
              account.expires == start + TEMPORARY_DAYS * 24 * HOUR && account.role == ACCOUNT_CODER,
          "with a password for a week");
    CHECK(!account_add(work, &keeper, "maria", ACCOUNT_LEGAL, password, &problem) && problem.kind == PROBLEM_CONFLICT &&
              strcmp(problem.field, "name") == 0,
          "a name is given once: %s", problem.message);
    static const char *const names[] = { "",
                                         "a",
                                         "1st",
                                         "Maria",
                                         "ma ria",
                                         "m\xC3\xA4ria",
                                         "a'; DROP TABLE account;--",
                                         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        problem = (Problem){ 0 };
        CHECK(!account_add(work, &keeper, names[i], ACCOUNT_CODER, password, &problem) &&
                  problem.kind == PROBLEM_BAD_INPUT,
              "no name: '%s'", names[i]);
    }
    problem = (Problem){ 0 };
    CHECK(!account_disable(work, &keeper, "nobody", &problem) && problem.kind == PROBLEM_NOT_FOUND, "%s",
          problem.message);
}

static void test_sessions(Store *work)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char password[PASSWORD_MADE_SIZE + 1];
    Problem problem = { 0 };
    Account account;
    Session session;
    Sessions sessions = { 0 };
    if (!account_find(arena, work, "maria", &account, &problem))
        return;
    CHECK(begin(work, account.id, 1) && is_live(work, 1, start), "a session begins");
    CHECK(is_live(work, 1, start + HOUR - 1) && !is_live(work, 1, start + HOUR), "and ends an hour after its last use");
    Hash hash = token_of(1);
    for (int64_t now = start; now < start + 12 * HOUR; now += HOUR / 2)
        CHECK(session_find(arena, work, &hash, now, &session, &problem) && session.live &&
                  session_seen(work, &session, now, &problem),
              "it goes on while it is used: %lld h", (long long)((now - start) / HOUR));
    CHECK(!is_live(work, 1, start + 12 * HOUR), "but no longer than twelve hours");
    Hash none = token_of(99);
    CHECK(!session_find(arena, work, &none, start, &session, &problem) && problem.kind == PROBLEM_NOT_FOUND,
          "another token has none");
    problem = (Problem){ 0 };
    CHECK(begin(work, account.id, 2) && begin(work, account.id, 3) &&
              session_list(arena, work, account.id, start, &sessions, &problem) && sessions.count == 3,
          "all are listed");
    CHECK(!session_end(work, &keeper, account.id + 1, sessions.items[0].id, "x", &problem) &&
              problem.kind == PROBLEM_NOT_FOUND,
          "nobody ends that of another account");
    problem = (Problem){ 0 };
    CHECK(account_set_password(work, &keeper, &account, sessions.items[1].id, TEXT("nine pears"), &problem) &&
              session_list(arena, work, account.id, start, &sessions, &problem) && sessions.count == 1,
          "a new password ends all but the one in which it was chosen");
    CHECK(account_change_role(work, &keeper, "maria", ACCOUNT_REVIEWER, &problem) && !is_live(work, 2, start) &&
              !is_live(work, 3, start),
          "a change of role all");
    CHECK(begin(work, account.id, 4) && account_disable(work, &keeper, "maria", &problem) && !is_live(work, 4, start),
          "disabling too");
    CHECK(account_enable(work, &keeper, "maria", &problem) && !is_live(work, 4, start),
          "and enabling brings none back");
    CHECK(begin(work, account.id, 5) && account_reset(work, &keeper, "maria", password, &problem) &&
              !is_live(work, 5, start),
          "a reset too");
}

static int64_t seconds_of(const char *name, Store *work, SecondResult expected, const Vault *vault, const char *typed)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Account account;
    SecondResult result = SECOND_WRONG;
    Hand hand = { .author = name, .now = start };
    bool done = account_find(arena, work, name, &account, &problem) &&
                second_take(&(SecondDesk){ work, vault, &hand }, &account, 1, text_of(typed), &result, &problem);
    CHECK(done && result == expected, "'%.12s...' is %s %s", typed, expected == SECOND_WRONG ? "refused" : "taken",
          problem.message);
    return account.recovery_left;
}

static void test_second(Store *work)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1];
    unsigned char secret[CODE_SECRET_SIZE], again[CODE_SECRET_SIZE];
    Vault vault = { { 1 } };
    Problem problem = { 0 };
    Account account;
    Session session;
    Hash hash = token_of(6);
    Hand hand = { .author = "maria", .now = start };
    bool fits = true;
    CHECK(account_find(arena, work, "maria", &account, &problem) && begin(work, account.id, 6) &&
              session_find(arena, work, &hash, start, &session, &problem) &&
              second_offer(work, &vault, &session, secret, &problem),
          "a secret is offered");
    CHECK(session_find(arena, work, &hash, start, &session, &problem) &&
              second_offer(work, &vault, &session, again, &problem) && memcmp(secret, again, sizeof secret) == 0,
          "the same as long as it is not used");
    CHECK(second_set_up(&(SecondDesk){ work, &vault, &hand }, &session, TEXT("123456"), &fits, codes, &problem) &&
              !fits,
          "a wrong code sets nothing up");
    for (int i = 0; i < 1000000 && !fits; i++) { /* the one code of three million tries: by the library's own answer */
        char code[8];
        (void)snprintf(code, sizeof code, "%06d", i);
        if (code_step(secret, text_of(code), start, 0))
            CHECK(
                second_set_up(&(SecondDesk){ work, &vault, &hand }, &session, text_of(code), &fits, codes, &problem) &&
                    fits,
                "the right one does");
    }
    CHECK(seconds_of("maria", work, SECOND_RECOVERY, &vault, codes[3]) == RECOVERY_CODES, "of eight recovery codes");
    CHECK(seconds_of("maria", work, SECOND_WRONG, &vault, codes[3]) == RECOVERY_CODES - 1, "one was used up");
    CHECK(seconds_of("maria", work, SECOND_WRONG, &vault, "") == RECOVERY_CODES - 1, "nothing opens nothing");
}

static bool script(const char *folder, const char *sql)
{
    char path[PATH_MAX];
    sqlite3 *db = NULL;
    (void)snprintf(path, sizeof path, "%.4000s/work.db", folder);
    bool done = sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_close(db);
    return done;
}

/* What somebody with access to the database may do, and the first entry that it must show at. */
static const struct {
    const char *what, *sql, *back;
    int64_t wrong;
} changes[] = {
    { "another author", "UPDATE deed SET author = 'other' WHERE id = 2",
      "UPDATE deed SET author = 'keeper' WHERE id = 2", 2 },
    { "another moment", "UPDATE deed SET at = at + 1 WHERE id = 3", "UPDATE deed SET at = at - 1 WHERE id = 3", 3 },
    { "a removed entry", "CREATE TABLE kept AS SELECT * FROM deed WHERE id = 4; DELETE FROM deed WHERE id = 4",
      "INSERT INTO deed SELECT * FROM kept", 5 },
    { "another hash", "UPDATE deed SET hash = zeroblob(32) WHERE id = 5", "", 5 },
};

static void test_journal(Store *work, const char *folder)
{
    Problem problem = { 0 };
    int64_t count, wrong;
    CHECK(deed_verify(work, &count, &wrong, &problem) && count > 10 && !wrong, "the journal of %lld entries is whole",
          (long long)count);
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        CHECK(script(folder, changes[i].sql) && deed_verify(work, &count, &wrong, &problem) &&
                  wrong == changes[i].wrong,
              "%s is seen, at entry %lld", changes[i].what, (long long)wrong);
        if (!script(folder, changes[i].back))
            printf("# it cannot be undone\n");
    }
}

int main(void)
{
    char folder[PATH_MAX];
    Problem problem = { 0 };
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%s/vigie-account-XXXXXX", temporary ? temporary : "/tmp");
    if (!mkdtemp(folder))
        return 1;
    AUTO_STORE *work = store_open(folder, STORE_WORK, READ_WRITE, &problem);
    CHECK(work && seal_start(&problem) && codes_start(&problem), "a work store %s", problem.message);
    if (!work)
        return DONE();
    test_accounts(work);
    test_sessions(work);
    test_second(work);
    test_journal(work, folder);
    return DONE();
}
