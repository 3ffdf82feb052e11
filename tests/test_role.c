/* What must never happen: a process that was taken over reads a key, writes a published fact, reaches the network or
 * runs a program; or a role is so tight that its own work fails. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <zlib.h>

#include "base/json.h"
#include "base/sys.h"
#include "base/unicode.h"
#include "codebook/country.h"
#include "guard/codes.h"
#include "guard/password.h"
#include "guard/role.h"
#include "guard/seal.h"
#include "store/store.h"
#include "test.h"

enum { OUTPUT_MAX = 16384, GOOD = 0, BAD = 1, NOT_SHUT = 2 };

static char folder[64];

static const char *path_of(const char *name)
{
    static char paths[32][128];
    static size_t next;
    char *path = paths[next++ % COUNT_OF(paths)];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* What a child found out, for its parent: one line each. */
static bool say(bool good, const char *what)
{
    printf("%s: %s\n", good ? "good" : "BAD", what);
    fflush(stdout);
    return good;
}

static bool can_open(const char *path, int flags)
{
    int descriptor = open(path, flags | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

static bool add_entry(Store *store, int64_t seq)
{
    Problem problem = { 0 };
    bool done = store_begin(store, &problem) &&
                store_do(store, &problem, SQL_ENTRY_ADD, "iitttvb", seq, (int64_t)1000, "me", "source.add", "source/1",
                         TEXT("{}"), TEXT("hash")) &&
                store_commit(store, &problem);
    if (!done)
        printf("# %s\n", problem.message);
    return done;
}

static int64_t count_entries(Store *store)
{
    Problem problem = { 0 };
    AUTO_ROWS *rows = store ? store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)0) : NULL;
    int64_t count = 0;
    while (rows && rows_next(rows))
        count++;
    if (problem.kind)
        printf("# %s\n", problem.message);
    return problem.kind || !rows ? -1 : count;
}

static bool script(const char *path, int flags, const char *sql)
{
    sqlite3 *db = NULL;
    bool done =
        sqlite3_open_v2(path, &db, flags, NULL) == SQLITE_OK && sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!done)
        printf("# %s\n", sqlite3_errmsg(db));
    sqlite3_close(db);
    return done;
}

/* The web */

static enum MHD_Result answer(void *unused, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **context)
{
    (void)unused, (void)url, (void)method, (void)version, (void)upload, (void)upload_size, (void)context;
    Problem problem = { 0 };
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    char text[64];
    int length = snprintf(text, sizeof text, "%lld entries", (long long)count_entries(store));
    struct MHD_Response *response = MHD_create_response_from_buffer((size_t)length, text, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

static int listener(int *port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, size) || listen(descriptor, 8) ||
        getsockname(descriptor, (struct sockaddr *)&address, &size))
        abort();
    *port = ntohs(address.sin_port);
    return descriptor;
}

static bool work_in_memory(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    unsigned char packed[256], text[] = "words words words words words words words words";
    unsigned long size = sizeof packed;
    AUTO_JSON *json = json_parse(TEXT("{\"a\":[1,2,{\"b\":null}]}"), &problem);
    return json && compress(packed, &size, text, sizeof text) == Z_OK &&
           strcmp(country_name(arena, "DE", "fr"), "Allemagne") == 0 &&
           strcmp(unicode_fold(arena, TEXT("Hôpital")), "hopital") == 0;
}

static bool be_web(int stop, int listening)
{
    Problem problem = { 0 };
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    RolePaths paths = { .read = { path_of("public.db"), path_of("public.db-wal"), path_of("public.db-shm") } };
    if (!store || !role_enter(ROLE_WEB, &paths, &problem))
        return say(false, problem.message);
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, NULL, MHD_OPTION_LISTEN_SOCKET,
                         listening, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_END);
    bool good = say(daemon, "the server starts its threads");
    good &= say(count_entries(store) == 2, "the public store is read");
    good &= say(work_in_memory(), "texts, names, JSON and compression work");
    good &= say(!can_open(path_of("log.key"), O_RDONLY), "the signing key stays shut");
    good &= say(!can_open(path_of("work.db"), O_RDONLY), "the work store stays shut");
    good &= say(!script(path_of("public.db"), SQLITE_OPEN_READWRITE, "DELETE FROM entry"), "nothing is written");
    good &= say(!can_open(path_of("public.db"), O_WRONLY), "the public store does not open for writing");
    good &= role_selftest(ROLE_WEB, &paths, &problem);
    char byte;
    ssize_t got = read(stop, &byte, 1); /* the parent has asked */
    MHD_stop_daemon(daemon);
    return good && got == 1;
}

static bool fetch(int port, const char *expected)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    char text[1024] = "";
    size_t length = 0;
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0 &&
        write(descriptor, request, sizeof request - 1) > 0)
        for (ssize_t got; (got = read(descriptor, text + length, sizeof text - 1 - length)) > 0;)
            length += (size_t)got;
    close(descriptor);
    return strstr(text, "200 OK") && strstr(text, expected);
}

/* The workbench */

static bool be_work(int stop, int listening)
{
    Problem problem = { 0 };
    char hash[PASSWORD_HASH_SIZE], byte;
    AUTO_STORE *work = store_open(folder, STORE_WORK, READ_WRITE, &problem);
    AUTO_STORE *published = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    RolePaths paths = { .read = { path_of("public.db"), path_of("public.db-wal"), path_of("public.db-shm") },
                        .write = { path_of("work.db"), path_of("work.db-wal"), path_of("work.db-shm") } };
    if (!work || !published || !seal_start(&problem) || !codes_start(&problem) ||
        !role_enter(ROLE_WORK, &paths, &problem))
        return say(false, problem.message);
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, answer, NULL,
                         MHD_OPTION_LISTEN_SOCKET, listening, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_END);
    bool good = say(daemon, "the server starts its threads");
    good &= say(store_begin(work, &problem) && store_commit(work, &problem), "the work store takes a transaction");
    good &= say(count_entries(published) == 2, "the public store is read");
    good &= say(password_hash(TEXT("a password"), hash, &problem) && password_fits(hash, TEXT("a password")),
                "a password is hashed");
    good &= say(code_step((const unsigned char *)"12345678901234567890", TEXT("287082"), 59000, 0) == 1,
                "a one-time code is checked");
    good &= say(work_in_memory(), "texts, names, JSON and compression work");
    good &= say(!can_open(path_of("log.key"), O_RDONLY), "the signing key stays shut");
    good &= say(!can_open(path_of("new"), O_WRONLY | O_CREAT), "no file is made");
    good &= say(!script(path_of("public.db"), SQLITE_OPEN_READWRITE, "DELETE FROM entry"), "nothing public is written");
    good &= role_selftest(ROLE_WORK, &paths, &problem);
    ssize_t got = read(stop, &byte, 1); /* the parent has asked */
    MHD_stop_daemon(daemon);
    return good && got == 1;
}

/* The importer */

static bool be_import(int foreign, int ledger)
{
    Problem problem = { 0 };
    char bytes[16] = "";
    AUTO_STORE *store = store_open(folder, STORE_WORK, READ_WRITE, &problem);
    RolePaths paths = { .write = { path_of("work.db"), path_of("work.db-wal"), path_of("work.db-shm") } };
    if (!store || !role_enter(ROLE_IMPORT, &paths, &problem))
        return say(false, problem.message);
    bool good =
        say(store_begin(store, &problem) && store_commit(store, &problem), "the work store takes a transaction");
    good &= say(script(path_of("work.db"), SQLITE_OPEN_READWRITE,
                       "CREATE TABLE probe (id INTEGER PRIMARY KEY, text TEXT);"
                       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                       " INSERT INTO probe SELECT i, 'a text of some length ' || i FROM n;"
                       "PRAGMA wal_checkpoint(TRUNCATE);"),
                "a large transaction and a checkpoint work");
    good &= say(read(foreign, bytes, sizeof bytes) == 3 && strcmp(bytes, "a,b") == 0, "the open file is read");
    good &= say(send(ledger, "batch", 5, MSG_NOSIGNAL) == 5 && recv(ledger, bytes, sizeof bytes, 0) == 6,
                "the log answers");
    good &= say(work_in_memory(), "texts, names, JSON and compression work");
    good &= say(!can_open(path_of("public.db"), O_RDONLY), "the public store stays shut");
    good &= say(!can_open(path_of("log.key"), O_RDONLY), "the signing key stays shut");
    good &= say(!can_open(path_of("new"), O_WRONLY | O_CREAT), "no file is made");
    return role_selftest(ROLE_IMPORT, &paths, &problem) && good;
}

/* The log */

static bool be_log(int ledger, int unused)
{
    (void)unused;
    Problem problem = { 0 };
    char bytes[16] = "";
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    RolePaths paths = { .read = { path_of("log.key.pub") },
                        .write = { path_of("public.db"), path_of("public.db-wal"), path_of("public.db-shm"),
                                   path_of("checkpoints") } };
    if (!store || !role_enter(ROLE_LOG, &paths, &problem))
        return say(false, problem.message);
    bool good = say(recv(ledger, bytes, sizeof bytes, 0) == 5, "a batch comes");
    good &= say(add_entry(store, 3) && count_entries(store) == 3, "an entry is added");
    good &= say(sys_write_file(path_of("checkpoints/newest"), TEXT("note\n"), 0644, &problem) &&
                    sys_write_file(path_of("checkpoints/newest"), TEXT("note 2\n"), 0644, &problem),
                "a checkpoint is written and replaced");
    good &= say(send(ledger, "answer", 6, MSG_NOSIGNAL) == 6, "the answer goes");
    good &= say(can_open(path_of("log.key.pub"), O_RDONLY), "what may be read is read");
    good &= say(!can_open(path_of("log.key"), O_RDONLY), "the signing key stays shut once it is in memory");
    good &= say(!can_open(path_of("work.db"), O_RDONLY), "the work store stays shut");
    good &= say(rename(path_of("checkpoints/newest"), path_of("newest")) != 0, "nothing is moved out of its folder");
    return role_selftest(ROLE_LOG, &paths, &problem) && good;
}

/* Processes of the test */

typedef struct Child {
    pid_t id;
    int output;
} Child;

static Child start(bool (*be)(int, int), int first, int second, int not_for_child)
{
    int pipe_ends[2];
    if (pipe(pipe_ends) != 0)
        abort();
    fflush(stdout);
    Child child = { fork(), pipe_ends[0] };
    if (child.id != 0) {
        close(pipe_ends[1]);
        return child;
    }
    close(pipe_ends[0]);
    close(not_for_child);
    dup2(pipe_ends[1], STDOUT_FILENO);
    exit(be(first, second) ? GOOD : BAD);
}

/* Waits for its end and tells what it said; `most` lines must be there. */
static void check_child(Child child, const char *name, size_t least)
{
    char output[OUTPUT_MAX];
    size_t length = 0, lines = 0, wrong = 0;
    for (ssize_t got;
         length < sizeof output && (got = read(child.output, output + length, sizeof output - length)) > 0;)
        length += (size_t)got;
    int status = 0;
    waitpid(child.id, &status, 0);
    close(child.output);
    Text rest = { output, length }, line;
    while (rest.length && text_split(&rest, '\n', &line)) {
        bool comment = text_starts(line, "#");
        bool good = text_starts(line, "good: ") || text_starts(line, "refused: ");
        lines += good;
        wrong += !good && !comment && line.length > 0;
        printf("# %s: %.*s\n", name, (int)line.length, line.at ? line.at : "");
    }
    CHECK(wrong == 0 && lines >= least, "%s: %zu things are as they must be, %zu are not", name, lines, wrong);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == GOOD, "%s: ends well (%x)", name, (unsigned)status);
}

static void prepare(void)
{
    Problem problem = { 0 };
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%.40s/vigie-role-XXXXXX", temporary ? temporary : "/tmp");
    if (!mkdtemp(folder) || mkdir(path_of("checkpoints"), 0700) != 0)
        abort();
    AUTO_STORE *public_store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    AUTO_STORE *work_store = store_open(folder, STORE_WORK, READ_WRITE, &problem);
    if (!public_store || !work_store || !add_entry(public_store, 1) || !add_entry(public_store, 2) ||
        !sys_write_file(path_of("log.key"), TEXT("secret"), 0600, &problem) ||
        !sys_write_file(path_of("log.key.pub"), TEXT("public"), 0600, &problem))
        abort();
}

static void test_server(const char *name, bool (*be)(int, int), size_t least)
{
    int stop[2], port;
    int listening = listener(&port);
    if (pipe(stop) != 0)
        abort();
    Child server = start(be, stop[0], listening, stop[1]);
    close(listening);
    CHECK(fetch(port, "2 entries"), "%s: a reader gets an answer from the store", name);
    CHECK(fetch(port, "2 entries"), "%s: and another", name);
    CHECK(write(stop[1], "x", 1) == 1, "%s: is asked to end", name);
    check_child(server, name, least);
}

static void test_import_and_log(void)
{
    int foreign[2], ledger[2];
    if (pipe(foreign) != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, ledger) != 0 || write(foreign[1], "a,b", 3) != 3)
        abort();
    Child log = start(be_log, ledger[1], -1, ledger[0]);
    Child importer = start(be_import, foreign[0], ledger[0], ledger[1]);
    close(ledger[0]);
    close(ledger[1]);
    check_child(importer, "import", 8 + 13);
    check_child(log, "log", 8 + 13 + 1);
}

/* Whether a child that does `what` in a role ends by a signal of the filter. */
static bool is_killed(void (*what)(void))
{
    pid_t child = fork();
    if (child == 0) {
        Problem problem = { 0 };
        if (!role_enter(ROLE_LOG, &(RolePaths){ 0 }, &problem))
            _exit(NOT_SHUT);
        what();
        _exit(GOOD);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static void load_module(void)
{
    (void)syscall(SYS_init_module, NULL, 0, "");
}

static void open_ring(void)
{
    (void)syscall(SYS_io_uring_setup, 1, NULL);
}

static void *sleep_a_while(void *unused)
{
    struct timespec second = { 1, 0 };
    nanosleep(&second, NULL);
    return unused;
}

static void test_entering(void)
{
    Problem problem = { 0 };
    CHECK(is_killed(load_module), "loading a module ends the process");
    CHECK(is_killed(open_ring), "an io_uring ends the process");
    pid_t child = fork();
    if (child == 0) {
        RolePaths missing = { .read = { path_of("nothing") } };
        _exit(!role_enter(ROLE_WEB, &missing, &problem) && problem.kind == PROBLEM_NOT_FOUND ? GOOD : BAD);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0, "a path that is not there is told");
    pthread_t thread;
    if (pthread_create(&thread, NULL, sleep_a_while, NULL) != 0)
        abort();
    CHECK(!role_enter(ROLE_WEB, &(RolePaths){ 0 }, &problem) && problem.kind == PROBLEM_BROKEN,
          "a second thread, which would stay outside, is refused (%s)", problem.message);
    pthread_join(thread, NULL);
    char text[OUTPUT_MAX];
    int pipe_ends[2], kept = dup(STDOUT_FILENO);
    fflush(stdout);
    if (pipe(pipe_ends) != 0 || dup2(pipe_ends[1], STDOUT_FILENO) < 0)
        abort();
    child = fork();
    if (child == 0) {
        problem = (Problem){ 0 };
        alarm(20);
        exit(!role_selftest(ROLE_WEB, &(RolePaths){ 0 }, &problem) && problem.kind == PROBLEM_NOT_ALLOWED ? GOOD : BAD);
    }
    waitpid(child, &status, 0);
    dup2(kept, STDOUT_FILENO);
    ssize_t length = read(pipe_ends[0], text, sizeof text - 1);
    text[MAX(length, 0)] = '\0';
    CHECK(strstr(text, "ALLOWED: open /etc/passwd\n") && strstr(text, "ALLOWED: make a UDP socket\n"),
          "outside a role the selftest sees that things are allowed");
}

int main(void)
{
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 1) {
        printf("1..0 # skip this kernel has no Landlock\n");
        return 0;
    }
    prepare();
    test_server("web", be_web, 7 + 13 + 3);
    test_server("work", be_work, 9 + 13 + 3);
    test_import_and_log();
    test_entering();
    return DONE();
}
