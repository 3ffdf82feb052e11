#include <errno.h>

#include "store/sqlite.h"

/* The rows that tell no detail say everything there is to say. */
static const struct {
    int code;
    ProblemKind kind;
    bool detail;
    const char *sentence;
} failures[] = {
    { SQLITE_NOTADB, PROBLEM_DAMAGED, false, "is not a database or its first page is damaged" },
    { SQLITE_CORRUPT, PROBLEM_DAMAGED, true, "is damaged" },
    { SQLITE_FULL, PROBLEM_FULL, false, "cannot grow: the disk is full" },
    { SQLITE_BUSY, PROBLEM_BUSY, false, "is in use by another process" },
    { SQLITE_LOCKED, PROBLEM_BUSY, false, "is in use by this process" },
    { SQLITE_PROTOCOL, PROBLEM_BUSY, false, "is in use by another process" },
    { SQLITE_READONLY, PROBLEM_NOT_ALLOWED, true, "may only be read here" },
    { SQLITE_PERM, PROBLEM_NOT_ALLOWED, true, "may not be used by this account" },
    { SQLITE_AUTH, PROBLEM_NOT_ALLOWED, true, "may only be read here" },
    { SQLITE_CANTOPEN, PROBLEM_NOT_ALLOWED, true, "cannot be opened" },
    { SQLITE_CONSTRAINT, PROBLEM_CONFLICT, true, "does not take this" },
    { SQLITE_TOOBIG, PROBLEM_BAD_INPUT, true, "does not take a value of this size" },
    { SQLITE_INTERRUPT, PROBLEM_UNAVAILABLE, false, "is read no more: the program ends" },
    { SQLITE_IOERR, PROBLEM_STORE, true, "cannot be read or written" },
    { SQLITE_NOMEM, PROBLEM_STORE, true, "cannot be used" },
};

static bool out_of_space(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

/* After a failed flush the system may have dropped what it could not write, and a second flush would claim success;
 * so a writer that met an I/O error does not go on. Only a write that found the disk full is safe to undo. */
static bool stops(const Store *store, int code, int error)
{
    if (store->access == READ_ONLY || (code & 0xFF) != SQLITE_IOERR)
        return false;
    return !out_of_space(error) || code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

/* SQLite forgets errno when a commit fails; that the disk was full is worth knowing. */
static int system_error(const Store *store, int code)
{
    int last = errno;
    if ((code & 0xFF) != SQLITE_IOERR && (code & 0xFF) != SQLITE_CANTOPEN)
        return 0;
    int known = sqlite3_system_errno(store->db);
    return known == 0 && out_of_space(last) ? last : known;
}

bool sqlite_failed(Store *store, int code, Problem *problem)
{
    int primary = code & 0xFF;
    if (store->access == READ_ONLY && primary == SQLITE_READONLY)
        primary = SQLITE_BUSY; /* a writer has to mend something first: see sqlite_again */
    int error = system_error(store, code);
    store->stopped = store->stopped || stops(store, code, error);
    if (out_of_space(error))
        primary = SQLITE_FULL;
    char words[128];
    const char *detail = error ? strerror_r(error, words, sizeof words) : sqlite3_errmsg(store->db);
    if (primary == SQLITE_CANTOPEN && error == ENOENT)
        return fail(problem, PROBLEM_NOT_FOUND, "%.200s does not exist", store->path);
    for (size_t i = 0; i < COUNT_OF(failures); i++) {
        if (failures[i].code != primary)
            continue;
        if (!failures[i].detail)
            return fail(problem, failures[i].kind, "%.200s %s", store->path, failures[i].sentence);
        return fail(problem, failures[i].kind, "%.200s %s (%s)", store->path, failures[i].sentence, detail);
    }
    return fail(problem, PROBLEM_BROKEN, "%.200s: %s", store->path, sqlite3_errmsg(store->db));
}
