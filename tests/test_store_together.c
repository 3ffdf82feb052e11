/* Processes that use one store at the same moment, start, end and are killed: none may see half of anything, nor fail.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "store_harness.h"

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

int main(void)
{
    test_side_files();
    test_locked();
    test_starting_together();
    test_reading_meanwhile();
    return DONE();
}
