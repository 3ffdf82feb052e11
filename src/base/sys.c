#include "base/sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>

#ifdef TESTING
static _Thread_local unsigned fail_in; /* calls until the one that fails; 0: none */
static _Thread_local int fail_error;

static void fail_from_environment(void)
{
    static _Thread_local bool asked;
    const char *wish = asked ? NULL : getenv("VIGIE_FAIL");
    asked = true;
    if (!wish)
        return;
    Text rest = text_of(wish), nth;
    int64_t count, error;
    if (text_split(&rest, ':', &nth) && text_int(nth, &count) && text_int(rest, &error))
        sys_fail_at((unsigned)count, (int)error);
}

bool sys_fails(void)
{
    fail_from_environment();
    if (fail_in == 0 || --fail_in > 0)
        return false;
    errno = fail_error;
    return true;
}

void sys_fail_at(unsigned nth, int error)
{
    fail_in = nth;
    fail_error = error;
}
#else
bool sys_fails(void)
{
    return false;
}

void sys_fail_at(unsigned nth, int error)
{
    (void)nth;
    (void)error;
}
#endif

int64_t sys_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t sys_tick(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void sys_random(void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = getrandom((char *)bytes + done, size - done, 0);
        if (got < 0 && errno != EINTR)
            abort(); /* no keys without randomness */
        done += got > 0 ? (size_t)got : 0;
    }
}

static ProblemKind kind_of_error(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR: return PROBLEM_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS: return PROBLEM_NOT_ALLOWED;
    case ENOSPC:
    case EDQUOT: return PROBLEM_FULL;
    default: return PROBLEM_STORE;
    }
}

static bool failed(Problem *problem, const char *verb, const char *path)
{
    int error = errno;
    char words[128];
    const char *reason = strerror_r(error, words, sizeof words);
    return fail(problem, kind_of_error(error), "cannot %s %s: %s", verb, path, reason);
}

int sys_open_read(const char *path, Problem *problem)
{
    int descriptor = sys_fails() ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        failed(problem, "open", path);
    return descriptor;
}

ptrdiff_t sys_read(int descriptor, void *bytes, size_t size, Problem *problem)
{
    ssize_t got;
    do
        got = sys_fails() ? -1 : read(descriptor, bytes, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        failed(problem, "read", "the file");
    return got;
}

bool sys_hung_up(int descriptor)
{
    struct pollfd end = { .fd = descriptor };
    return poll(&end, 1, 0) > 0 && end.revents & (POLLHUP | POLLERR | POLLNVAL);
}

bool sys_rewind(int descriptor, Problem *problem)
{
    if (!sys_fails() && lseek(descriptor, 0, SEEK_SET) == 0)
        return true;
    return failed(problem, "go back to the start of", "the file");
}

bool sys_write(int descriptor, const void *bytes, size_t size, Problem *problem)
{
    for (size_t done = 0; done < size;) {
        ssize_t put = sys_fails() ? -1 : write(descriptor, (const char *)bytes + done, size - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return failed(problem, "write", "the file");
        done += (size_t)put;
    }
    return true;
}

static bool read_all(Arena *arena, int descriptor, size_t most, Text *bytes, Problem *problem)
{
    struct stat facts;
    size_t size = fstat(descriptor, &facts) == 0 && facts.st_size > 0 ? (size_t)facts.st_size : (size_t)64 * 1024;
    size = MIN(size, most);
    char *text = arena_take(arena, size + 2);
    for (size_t length = 0;;) {
        ptrdiff_t got = sys_read(descriptor, text + length, size + 1 - length, problem);
        if (got < 0)
            return false;
        length += (size_t)got;
        if (got == 0) {
            text[length] = '\0';
            *bytes = (Text){ text, length };
            return true;
        }
        if (length <= size)
            continue;
        if (size >= most)
            return fail(problem, PROBLEM_BAD_INPUT, "the file is larger than %zu bytes", most);
        char *wider = arena_take(arena, MIN(size_times(size, 2), most) + 2);
        memcpy(wider, text, length);
        text = wider;
        size = MIN(size * 2, most);
    }
}

bool sys_read_file(Arena *arena, const char *path, size_t most, Text *bytes, Problem *problem)
{
    int descriptor = sys_open_read(path, problem);
    if (descriptor < 0)
        return false;
    bool done = read_all(arena, descriptor, most, bytes, problem);
    close(descriptor);
    return done;
}

static bool sync_folder_of(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    (void)snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = descriptor >= 0 && fsync(descriptor) == 0;
    if (descriptor >= 0)
        close(descriptor);
    return synced;
}

bool sys_write_file(const char *path, Text bytes, unsigned mode, Problem *problem)
{
    char beside[PATH_MAX];
    if ((size_t)snprintf(beside, sizeof beside, "%s.new", path) >= sizeof beside)
        return fail(problem, PROBLEM_BAD_INPUT, "the path %.100s… is too long", path);
    int descriptor = sys_fails() ? -1 : open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode);
    if (descriptor < 0)
        return failed(problem, "make", beside);
    bool written = sys_write(descriptor, bytes.at, bytes.length, problem);
    if (written && (sys_fails() || fsync(descriptor) != 0))
        written = failed(problem, "flush", beside);
    close(descriptor);
    if (written && (sys_fails() || rename(beside, path) != 0))
        written = failed(problem, "rename", beside);
    if (written && !sync_folder_of(path))
        written = failed(problem, "flush the folder of", path);
    if (!written)
        unlink(beside);
    return written;
}

int sys_create(const char *path, Problem *problem)
{
    int descriptor = sys_fails() ? -1 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0)
        failed(problem, "make", path);
    return descriptor;
}

bool sys_finish(int descriptor, const char *path, Problem *problem)
{
    bool flushed = !sys_fails() && fsync(descriptor) == 0;
    if (!flushed)
        failed(problem, "flush", path);
    close(descriptor);
    return flushed;
}

bool sys_rename(const char *from, const char *to, Problem *problem)
{
    if (sys_fails() || rename(from, to) != 0)
        return failed(problem, "rename", from);
    return sync_folder_of(to) || failed(problem, "flush the folder of", to);
}

int sys_lock(const char *path, Problem *problem)
{
    int descriptor = sys_create(path, problem);
    if (descriptor < 0 || (!sys_fails() && flock(descriptor, LOCK_EX | LOCK_NB) == 0))
        return descriptor;
    if (errno == EWOULDBLOCK)
        fail(problem, PROBLEM_BUSY, "%.200s is locked by another process", path);
    else
        failed(problem, "lock", path);
    close(descriptor);
    return -1;
}

void sys_remove_folder(const char *path)
{
    char file[PATH_MAX];
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        if (entry->d_name[0] != '.' && (size_t)snprintf(file, sizeof file, "%s/%s", path, entry->d_name) < sizeof file)
            unlink(file);
    if (folder)
        closedir(folder);
    rmdir(path);
}

static bool is_word_of(const char *words, const char *word)
{
    Text rest = text_of(words), one;
    while (text_split(&rest, ' ', &one))
        if (text_is(one, word))
            return true;
    return false;
}

void sys_remove_others(const char *path, const char *keep)
{
    char place[PATH_MAX];
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9' && !is_word_of(keep, entry->d_name) &&
            (size_t)snprintf(place, sizeof place, "%s/%s", path, entry->d_name) < sizeof place)
            sys_remove_folder(place);
    if (folder)
        closedir(folder);
}

bool sys_make_folder(const char *path, Problem *problem)
{
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof part)
        return fail(problem, PROBLEM_BAD_INPUT, "'%.100s' is not a folder's path", path);
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        (void)snprintf(part, sizeof part, "%.*s", (int)i, path);
        if ((sys_fails() || mkdir(part, 0700) != 0) && errno != EEXIST)
            return failed(problem, "make the folder", part);
    }
    struct stat facts;
    if (stat(path, &facts) != 0 || !S_ISDIR(facts.st_mode))
        return fail(problem, PROBLEM_NOT_ALLOWED, "%s is not a folder", path);
    return true;
}

bool sys_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

void sys_free(void *memory)
{
    free(memory);
}

#ifdef COVERAGE_FOLDER
void __gcov_dump(void);
#endif

_Noreturn void sys_leave(int status)
{
#ifdef COVERAGE_FOLDER
    __gcov_dump(); /* what exit() would have done */
#endif
    _exit(status);
}
