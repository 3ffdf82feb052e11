/* What was committed must never be lost or half there, and a reader must never be able to write. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/sys.h"
#include "store/store.h"
#include "test.h"

static char folder[64];

static const char *path_of(const char *name)
{
    static char paths[4][128];
    static size_t next;
    char *path = paths[next++ % COUNT_OF(paths)];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void new_folder(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/vigie-store-XXXXXX");
    if (!mkdtemp(folder))
        abort();
}

static void end_folder(void)
{
    static const char *const names[] = { "public.db", "public.db-wal", "public.db-shm",
                                         "work.db",   "work.db-wal",   "work.db-shm" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        unlink(path_of(names[i]));
    rmdir(folder);
}

static bool add_entry(Store *store, int64_t seq, Problem *problem)
{
    static char body[2048] = "{}";
    memset(body + 2, ' ', sizeof body - 2);
    return store_do(store, problem, SQL_ENTRY_ADD, "iitttvb", seq, (int64_t)1000, "me", "source.add", "source/1",
                    (Text){ body, sizeof body }, TEXT("hash"));
}

static bool commit_entry(Store *store, int64_t seq, Problem *problem)
{
    return store_begin(store, problem) && add_entry(store, seq, problem) && store_commit(store, problem);
}

static int64_t count_entries(Store *store, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_ENTRIES_FROM, "i", (int64_t)0);
    int64_t count = 0;
    while (rows && rows_next(rows))
        count++;
    return problem->kind ? -1 : count;
}

static bool has_entries(Store *store, int64_t count)
{
    Problem problem = { 0 };
    return count_entries(store, &problem) == count;
}

static Store *open_writer(void)
{
    Problem problem = { 0 };
    Store *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    if (!store)
        printf("# %s\n", problem.message);
    return store;
}

static void test_reading_back(void)
{
    Problem problem = { 0 };
    AUTO_STORE *store = store_open(NULL, STORE_PUBLIC, READ_WRITE, &problem);
    CHECK(store, "a store opens in memory (%s)", problem.message);
    CHECK(add_entry(store, 1, &problem) && add_entry(store, 2, &problem), "rows are added (%s)", problem.message);
    AUTO_ROWS *rows = store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)1);
    CHECK(rows_next(rows) && rows_int(rows, 0) == 1 && strcmp(rows_text(rows, 2), "me") == 0, "a row is read");
    AUTO_ROWS *inner = store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)2);
    CHECK(inner && rows_next(inner) && rows_int(inner, 0) == 2, "the same statement runs while its rows are open");
    CHECK(rows_next(rows) && rows_int(rows, 0) == 2 && !rows_next(rows) && !rows_next(rows),
          "and the outer rows go on to the end, and stay there");
    CHECK(!add_entry(store, 1, &problem) && problem.kind == PROBLEM_CONFLICT, "a second row 1 is a conflict (%s)",
          problem.message);
    problem = (Problem){ 0 };
    CHECK(!store_do(store, &problem, SQL_ENTRIES_FROM, "ii", (int64_t)1, (int64_t)2) && problem.kind == PROBLEM_BROKEN,
          "a wrong number of parameters is a fault of the program (%s)", problem.message);
    problem = (Problem){ 0 };
    CHECK(!store_do(store, &problem, SQL_ENTRIES_FROM, "?", 1) && problem.kind == PROBLEM_BROKEN,
          "so is a shape that there is not (%s)", problem.message);
}

/* Values come back as they went in: the ends of the numbers, texts that are empty or missing, bytes of any kind. */
static void test_values(void)
{
    Problem problem = { 0 };
    AUTO_STORE *store = store_open(NULL, STORE_PUBLIC, READ_WRITE, &problem);
    bool added = store_do(store, &problem, SQL_ENTRY_ADD, "iitttvb", INT64_MAX, INT64_MIN, "", "\xC3\xA9", "x",
                          (Text){ 0 }, (Text){ "\0a", 2 }) &&
                 store_do(store, &problem, SQL_ENTRY_ADD, "iittttb", (int64_t)1, (int64_t)0, "a", "b", "c", NULL,
                          (Text){ "", 0 });
    CHECK(added, "values are added (%s)", problem.message);
    AUTO_ROWS *rows = store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)0);
    CHECK(rows_next(rows) && rows_is_null(rows, 5) && rows_bytes(rows, 5).at == NULL && rows_text(rows, 5)[0] == '\0' &&
              isnan(rows_real(rows, 5)),
          "a missing text is NULL");
    CHECK(!rows_is_null(rows, 6) && rows_bytes(rows, 6).at && rows_bytes(rows, 6).length == 0, "no bytes are not NULL");
    CHECK(rows_next(rows) && rows_int(rows, 0) == INT64_MAX && rows_int(rows, 1) == INT64_MIN, "the largest numbers");
    CHECK(!rows_is_null(rows, 2) && strcmp(rows_text(rows, 3), "\xC3\xA9") == 0 && !rows_is_null(rows, 5),
          "an empty text is not NULL");
    CHECK(rows_bytes(rows, 6).length == 2 && memcmp(rows_bytes(rows, 6).at, "\0a", 2) == 0, "bytes with a NUL");
    problem = (Problem){ 0 };
    CHECK(!store_do(store, &problem, SQL_ENTRY_ADD, "iitttvb", (int64_t)2, (int64_t)0, NULL, "b", "c", TEXT("{}"),
                    TEXT("h")) &&
              problem.kind == PROBLEM_CONFLICT,
          "a NULL where there must be a value is a conflict (%s)", problem.message);
}

static void test_transactions(void)
{
    Problem problem = { 0 };
    new_folder();
    Store *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(!store && problem.kind == PROBLEM_NOT_FOUND, "a missing store is not made by a reader (%s)", problem.message);
    problem = (Problem){ 0 };
    store = open_writer();
    CHECK(store && commit_entry(store, 1, &problem), "a commit is answered (%s)", problem.message);
    AUTO_STORE *reader = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(reader && has_entries(reader, 1), "a reader sees it while the writer is there (%s)", problem.message);
    CHECK(!add_entry(reader, 2, &problem) && problem.kind == PROBLEM_NOT_ALLOWED, "a reader cannot add (%s)",
          problem.message);
    problem = (Problem){ 0 };
    int64_t version = store_data_version(reader);
    CHECK(has_entries(reader, 1) && store_data_version(reader) == version, "no commit, same data version");
    CHECK(commit_entry(store, 2, &problem) && store_data_version(reader) != version,
          "a commit changes the data version");
    CHECK(store_read_begin(reader, &problem) && has_entries(reader, 2), "a read transaction begins");
    CHECK(commit_entry(store, 3, &problem) && has_entries(reader, 2), "and keeps its state while others write");
    store_undo(reader);
    CHECK(has_entries(reader, 3), "until it ends");
    CHECK(store_begin(store, &problem) && add_entry(store, 4, &problem), "an insert");
    store_undo(store);
    CHECK(has_entries(store, 3), "that is undone is gone");
    store_close(store);
    CHECK(has_entries(reader, 3), "a reader goes on after the writer has left");
    version = store_data_version(reader);
    CHECK(has_entries(reader, 3) && store_data_version(reader) == version, "and its data version rests");
    end_folder();
}

/* Descriptors of files in the folder that could write */
static int writable_descriptors(void)
{
    int found = 0;
    for (int i = 3; i < 100; i++) {
        char link[64], target[256] = "";
        (void)snprintf(link, sizeof link, "/proc/self/fd/%d", i);
        if (readlink(link, target, sizeof target - 1) > 0 && strncmp(target, folder, strlen(folder)) == 0)
            found += (fcntl(i, F_GETFL) & O_ACCMODE) != O_RDONLY;
    }
    return found;
}

static void forget_side_files(void)
{
    unlink(path_of("public.db-wal"));
    unlink(path_of("public.db-shm"));
}

static void test_readers(void)
{
    Problem problem = { 0 };
    new_folder();
    Store *store = open_writer();
    CHECK(commit_entry(store, 1, &problem) && writable_descriptors() > 0, "a writer's descriptors can write");
    store_close(store);
    store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(store && has_entries(store, 1), "a reader opens without a writer (%s)", problem.message);
    CHECK(writable_descriptors() == 0, "a reader's descriptors cannot write, those beside the database neither");
    store_close(store);
    forget_side_files();
    store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(store && has_entries(store, 1) && writable_descriptors() == 0,
          "a database that was copied alone can be read (%s)", problem.message);
    store_close(store);
    struct stat facts;
    AUTO_STORE *work = store_open(folder, STORE_WORK, READ_WRITE, &problem);
    CHECK(work && stat(path_of("work.db"), &facts) == 0 && (facts.st_mode & 0777) == 0600 &&
              stat(path_of("work.db-wal"), &facts) == 0 && (facts.st_mode & 0777) == 0600,
          "drafts are for their owner only");
    end_folder();
}

/* As when a writer starts: it has opened the index of the write-ahead log (the lock at byte 128 says so) and has not
 * filled it yet. */
static void start_slowly(void)
{
    int file = open(path_of("public.db-shm"), O_RDWR);
    struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 128, .l_len = 1 };
    if (file < 0 || fcntl(file, F_SETLK, &lock) != 0 || ftruncate(file, 0) != 0 || ftruncate(file, 32768) != 0)
        _exit(1);
    usleep(700000);
    Problem problem = { 0 };
    Store *store = open_writer();
    bool done = store && commit_entry(store, 3, &problem);
    usleep(300000);
    store_close(store);
    _exit(!done);
}

/* Readers depend on what writers leave beside the database. */
static void test_side_files(void)
{
    Problem problem = { 0 };
    new_folder();
    Store *writer = open_writer();
    CHECK(commit_entry(writer, 1, &problem), "a commit");
    store_close(writer);
    Store *reader = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    int64_t version = store_data_version(reader);
    CHECK(has_entries(reader, 1) && has_entries(reader, 1) && store_data_version(reader) == version,
          "without any writer the data version rests");
    store_close(reader);
    forget_side_files();
    writer = open_writer();
    reader = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(commit_entry(writer, 2, &problem) && reader && count_entries(reader, &problem) == 2,
          "a first commit beside new files is read at once (%s)", problem.message);
    store_close(writer);
    store_close(reader);
    pid_t child = fork();
    if (child == 0)
        start_slowly();
    usleep(300000);
    reader = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    int status = 1;
    CHECK(reader && count_entries(reader, &problem) >= 2, "a reader waits for a writer that starts (%s)",
          problem.message);
    waitpid(child, &status, 0);
    CHECK(status == 0 && reader && has_entries(reader, 3), "and sees what it commits");
    store_close(reader);
    end_folder();
}

static void make_text(void)
{
    Problem problem = { 0 };
    (void)!sys_write_file(path_of("public.db"), TEXT("This is a letter and no database at all, whatever its name is."),
                          0600, &problem);
}

static void run_sql(const char *sql)
{
    sqlite3 *db;
    if (sqlite3_open(path_of("public.db"), &db) == SQLITE_OK)
        sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
}

static void make_foreign(void)
{
    run_sql("CREATE TABLE recipes (cake TEXT)");
}

static void make_newer(void)
{
    store_close(open_writer());
    run_sql("PRAGMA user_version = 1000");
}

static void make_older(void)
{
    store_close(open_writer());
    run_sql("PRAGMA user_version = 0");
}

static void make_other_kind(void)
{
    Problem problem = { 0 };
    store_close(store_open(folder, STORE_WORK, READ_WRITE, &problem));
    (void)rename(path_of("work.db"), path_of("public.db"));
}

static void overwrite(off_t from, off_t to)
{
    int file = open(path_of("public.db"), O_WRONLY);
    char noise[512];
    memset(noise, 0x5A, sizeof noise);
    for (off_t at = from; at < to; at += (off_t)sizeof noise)
        if (pwrite(file, noise, sizeof noise, at) < 0)
            abort();
    close(file);
}

static void make_scribbled(void)
{
    Problem problem = { 0 };
    Store *store = open_writer();
    for (int64_t i = 1; i < 100; i++)
        (void)!add_entry(store, i, &problem);
    store_close(store);
    unlink(path_of("public.db-wal"));
    overwrite(4096, 512 * 1024);
}

static void make_folder(void)
{
    if (mkdir(path_of("public.db"), 0700) != 0)
        abort();
}

/* Opens for writing or reading, then reads everything. */
static ProblemKind kind_of_use(Access access, char sentence[400])
{
    Problem problem = { 0 };
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, access, &problem);
    if (store)
        count_entries(store, &problem);
    (void)snprintf(sentence, 400, "%s", problem.message);
    return problem.kind;
}

static void test_bad_files(void)
{
    static const struct {
        const char *what;
        void (*make)(void);
        ProblemKind kind;
    } rows[] = {
        { "a file that is no database", make_text, PROBLEM_DAMAGED },
        { "the database of another program", make_foreign, PROBLEM_DAMAGED },
        { "the other store under this name", make_other_kind, PROBLEM_DAMAGED },
        { "a database of a newer program", make_newer, PROBLEM_CONFLICT },
        { "overwritten pages", make_scribbled, PROBLEM_DAMAGED },
        { "a folder of this name", make_folder, PROBLEM_NOT_ALLOWED },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char sentence[400];
        new_folder();
        rows[i].make();
        CHECK(kind_of_use(READ_ONLY, sentence) == rows[i].kind, "%s, read: %s", rows[i].what, sentence);
        CHECK(kind_of_use(READ_WRITE, sentence) == rows[i].kind, "%s, written: %s", rows[i].what, sentence);
        rmdir(path_of("public.db"));
        end_folder();
    }
    char sentence[400];
    new_folder();
    make_older();
    CHECK(kind_of_use(READ_ONLY, sentence) == PROBLEM_CONFLICT, "a database of an older program, read: %s", sentence);
    end_folder();
    Problem problem = { 0 };
    CHECK(!store_open("/nowhere/at/all", STORE_PUBLIC, READ_WRITE, &problem) && problem.kind == PROBLEM_NOT_FOUND,
          "a folder that is not there: %s", problem.message);
}

static void test_locked(void)
{
    Problem problem = { 0 };
    new_folder();
    AUTO_STORE *store = open_writer();
    AUTO_STORE *second = open_writer();
    CHECK(commit_entry(store, 1, &problem) && store_begin(store, &problem), "one writes");
    CHECK(!store_begin(second, &problem) && problem.kind == PROBLEM_BUSY, "another one is told so: %s",
          problem.message);
    store_undo(store);
    problem = (Problem){ 0 };
    CHECK(commit_entry(second, 2, &problem) && has_entries(store, 2), "and can write afterwards");
    end_folder();
}

static bool is_whole(void)
{
    sqlite3 *db;
    sqlite3_stmt *rows = NULL;
    bool whole = sqlite3_open(path_of("public.db"), &db) == SQLITE_OK &&
                 sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &rows, NULL) == SQLITE_OK &&
                 sqlite3_step(rows) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(rows, 0), "ok") == 0;
    sqlite3_finalize(rows);
    sqlite3_close(db);
    return whole;
}

enum { BATCH = 50 };

#ifdef TESTING
enum { HAS_SEAM = 1 };
#else
enum { HAS_SEAM = 0 };
#endif

static bool commit_batch(Store *store, Problem *problem)
{
    bool done = store_begin(store, problem);
    for (int64_t i = 2; done && i < 2 + BATCH; i++)
        done = add_entry(store, i, problem);
    return done && store_commit(store, problem);
}

typedef struct Sweep {
    size_t failures, wrong_kind, no_sentence, went_on, half, damaged;
} Sweep;

/* One commit whose Nth write or flush fails; false when it has fewer of them. */
static bool fail_once(unsigned nth, int error, Sweep *sweep)
{
    Problem problem = { 0 }, after = { 0 };
    new_folder();
    Store *store = open_writer();
    if (!commit_entry(store, 1, &problem))
        abort();
    sys_fail_at(nth, error);
    bool done = commit_batch(store, &problem);
    sys_fail_at(0, 0);
    if (!done) {
        sweep->failures++;
        sweep->wrong_kind += problem.kind != (error == ENOSPC ? PROBLEM_FULL : PROBLEM_STORE);
        sweep->no_sentence += !strstr(problem.message, "public.db cannot ");
        sweep->went_on += error == EIO && (add_entry(store, 99, &after) || after.kind != PROBLEM_STORE);
    }
    store_close(store);
    store = open_writer();
    /* A flush that failed may have reached the disk all the same: what was not acknowledged may be there, but whole. */
    sweep->half += !store || !(has_entries(store, 1 + BATCH) || (!done && has_entries(store, 1)));
    store_close(store);
    sweep->damaged += !is_whole();
    end_folder();
    return !done;
}

static void test_failing_writes(void)
{
    static const int errors[] = { ENOSPC, EIO };
    for (size_t i = 0; i < COUNT_OF(errors); i++) {
        Sweep sweep = { 0 };
        for (unsigned nth = 1; fail_once(nth, errors[i], &sweep); nth++)
            ;
        const char *name = strerrorname_np(errors[i]);
        CHECK(sweep.failures > 20, "%s: each of %zu writes and flushes of a commit fails once", name, sweep.failures);
        CHECK(sweep.wrong_kind == 0, "%s: the problem is of the right kind", name);
        CHECK(sweep.no_sentence == 0, "%s: one sentence says what cannot be done to which file", name);
        CHECK(sweep.went_on == 0, "%s: after an error of the disk the writer stops", name);
        CHECK(sweep.half == 0, "%s: what was committed is there, and nothing by halves", name);
        CHECK(sweep.damaged == 0, "%s: the database is intact", name);
    }
}

static void test_failing_start(void)
{
    size_t unsaid = 0, lost = 0;
    unsigned nth = 1;
    for (bool done = false; !done; nth++) {
        Problem problem = { 0 };
        new_folder();
        sys_fail_at(nth, EIO);
        Store *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
        done = store;
        sys_fail_at(0, 0);
        unsaid += !store && !strstr(problem.message, "public.db ");
        store_close(store);
        store = open_writer();
        lost += !store || !commit_entry(store, 1, &problem);
        store_close(store);
        end_folder();
    }
    CHECK(nth > 10 && unsaid == 0 && lost == 0, "a start that failed at any of %u writes can be made again", nth - 2);
}

/* The real thing: files may not grow beyond a limit. Answers how many commits were acknowledged, 0 when the end was
 * not told as it should be. */
static int fill_the_disk(void)
{
    Problem problem = { 0 };
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 300000, 300000 });
    Store *store = open_writer();
    int acknowledged = 1;
    while (store && commit_entry(store, acknowledged + 1, &problem))
        acknowledged++;
    store_close(store);
    return problem.kind == PROBLEM_FULL && strstr(problem.message, "the disk is full") ? acknowledged : 0;
}

static void test_full_disk(void)
{
    new_folder();
    Problem problem = { 0 };
    Store *store = open_writer();
    CHECK(commit_entry(store, 1, &problem), "a first commit");
    store_close(store);
    pid_t child = fork();
    if (child == 0)
        _exit(fill_the_disk());
    int status = 0;
    waitpid(child, &status, 0);
    int acknowledged = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    store = open_writer();
    CHECK(acknowledged > 10 && store && has_entries(store, acknowledged),
          "a full disk keeps the %d commits that were acknowledged", acknowledged);
    store_close(store);
    CHECK(is_whole(), "and the database is intact");
    end_folder();
}

static void test_starting_together(void)
{
    enum { TOGETHER = 12 };
    new_folder();
    pid_t children[TOGETHER];
    for (int i = 0; i < TOGETHER; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            Problem problem = { 0 };
            Store *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
            bool done = store && commit_entry(store, i + 1, &problem);
            if (!done)
                fprintf(stderr, "# %s\n", problem.message);
            store_close(store);
            _exit(!done);
        }
    }
    int failed = 0;
    for (int i = 0; i < TOGETHER; i++) {
        int status = 1;
        waitpid(children[i], &status, 0);
        failed += status != 0;
    }
    AUTO_STORE *store = open_writer();
    CHECK(failed == 0 && has_entries(store, TOGETHER), "%d processes make one store at the same moment", TOGETHER);
    end_folder();
}

/* A writer comes, commits, begins something, and leaves or is killed. */
static bool come_and_go(int64_t round)
{
    Problem problem = { 0 };
    Store *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    bool done = store && commit_entry(store, round, &problem) && store_begin(store, &problem) &&
                add_entry(store, 1000 + round, &problem);
    if (done && round % 3 == 0)
        kill(getpid(), SIGKILL);
    store_close(store);
    return done;
}

static bool all_come_and_go(int64_t rounds)
{
    bool good = true;
    for (int64_t i = 1; i <= rounds; i++) {
        pid_t child = fork();
        if (child == 0)
            _exit(!come_and_go(i));
        int status = 1;
        waitpid(child, &status, 0);
        good = good && (WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    }
    return good;
}

static void test_reading_meanwhile(void)
{
    enum { ROUNDS = 40 };
    new_folder();
    store_close(open_writer());
    pid_t child = fork();
    if (child == 0)
        _exit(!all_come_and_go(ROUNDS));
    Problem problem = { 0 };
    AUTO_STORE *lasting = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    int64_t backwards = 0, before = 0;
    int status = -1, reads = 0;
    for (; lasting && !problem.kind && waitpid(child, &status, WNOHANG) == 0; reads++) {
        AUTO_STORE *brief = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
        int64_t first = count_entries(lasting, &problem), second = brief ? count_entries(brief, &problem) : -1;
        backwards += first < before || second < first;
        before = second;
    }
    if (problem.kind)
        waitpid(child, &status, 0);
    CHECK(status == 0 && lasting && has_entries(lasting, ROUNDS) && backwards == 0 && !problem.kind,
          "readers see each commit of writers that come, go and are killed (%d reads; %s)", reads, problem.message);
    CHECK(is_whole(), "and the database is intact");
    end_folder();
}

/* Each named statement must be right for one of the two schemas, and none may touch what the journal has said. */
static int note_changes(void *context, int action, const char *first, const char *second, const char *database,
                        const char *trigger)
{
    (void)second, (void)database, (void)trigger;
    bool *changes_journal = context;
    if ((action == SQLITE_UPDATE || action == SQLITE_DELETE) &&
        (strcmp(first, "entry") == 0 || strcmp(first, "checkpoint") == 0))
        *changes_journal = true;
    return SQLITE_OK;
}

static bool is_valid(sqlite3 *db, const char *sql, bool *changes_journal)
{
    sqlite3_stmt *statement = NULL;
    const char *rest = "";
    sqlite3_set_authorizer(db, note_changes, changes_journal);
    bool valid = sqlite3_prepare_v2(db, sql, -1, &statement, &rest) == SQLITE_OK && statement && *rest == '\0';
    sqlite3_finalize(statement);
    return valid;
}

static void test_statements(void)
{
    Problem problem = { 0 };
    new_folder();
    store_close(open_writer());
    store_close(store_open(folder, STORE_WORK, READ_WRITE, &problem));
    sqlite3 *public_db, *work_db;
    sqlite3_open(path_of("public.db"), &public_db);
    sqlite3_open(path_of("work.db"), &work_db);
    size_t invalid = 0, forbidden = 0;
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        const char *sql = statement_text[i];
        bool changes_journal = false;
        bool valid = is_valid(public_db, sql, &changes_journal) || is_valid(work_db, sql, &changes_journal);
        bool replaces = strcasestr(sql, "or replace") || strncasecmp(sql, "replace", strlen("replace")) == 0;
        if (!valid)
            printf("# %s: %s; %s\n", sql, sqlite3_errmsg(public_db), sqlite3_errmsg(work_db));
        if (changes_journal || replaces)
            printf("# %s\n", sql);
        invalid += !valid;
        forbidden += changes_journal || replaces;
    }
    sqlite3_close(public_db);
    sqlite3_close(work_db);
    CHECK(invalid == 0, "each of the %d statements is valid in a schema", STATEMENT_COUNT);
    CHECK(forbidden == 0, "no statement changes or removes an entry or a checkpoint, or replaces rows unseen");
    end_folder();
}

int main(void)
{
    test_reading_back();
    test_values();
    test_transactions();
    test_readers();
    test_side_files();
    test_bad_files();
    test_locked();
    if (HAS_SEAM) {
        test_failing_writes();
        test_failing_start();
    } else
        CHECK(true, "a write that fails # SKIP this build has no seam");
    test_full_disk();
    test_starting_together();
    test_reading_meanwhile();
    test_statements();
    return DONE();
}
