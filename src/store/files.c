/* Two thin layers over SQLite's own files: one for readers, one that lets a test make a write or a flush fail. */
#include <errno.h>
#include <pthread.h>

#include "base/sys.h"
#include "store/sqlite.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sqlite3_vfs reader_files, writer_files; /* filled once */

static int open_as(sqlite3_vfs *files, const char *name, sqlite3_file *file, int flags, int *flags_got)
{
    return sqlite3_vfs_find(NULL)->xOpen(files, name, file, flags, flags_got);
}

/* SQLite opens the write-ahead log for writing even when the database is opened for reading. */
static int open_to_read(sqlite3_vfs *files, const char *name, sqlite3_file *file, int flags, int *flags_got)
{
    flags &= ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    return open_as(files, name, file, flags | SQLITE_OPEN_READONLY, flags_got);
}

#ifdef TESTING
/* SQLite has one table of methods for databases and another for the files beside them; each gets a failing copy. */
static const sqlite3_io_methods *real[2];
static sqlite3_io_methods failing[2];

static const sqlite3_io_methods *really(const sqlite3_file *file)
{
    return real[file->pMethods - failing];
}

static int write_or_fail(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    if (!sys_fails())
        return really(file)->xWrite(file, bytes, size, offset);
    return errno == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int sync_or_fail(sqlite3_file *file, int flags)
{
    return sys_fails() ? SQLITE_IOERR_FSYNC : really(file)->xSync(file, flags);
}

static int truncate_or_fail(sqlite3_file *file, sqlite3_int64 size)
{
    return sys_fails() ? SQLITE_IOERR_TRUNCATE : really(file)->xTruncate(file, size);
}

static int open_to_write(sqlite3_vfs *files, const char *name, sqlite3_file *file, int flags, int *flags_got)
{
    int state = open_as(files, name, file, flags, flags_got);
    size_t table = flags & SQLITE_OPEN_MAIN_DB ? 0 : 1;
    if (state != SQLITE_OK || !file->pMethods)
        return state;
    if (!real[table]) {
        failing[table] = *file->pMethods;
        failing[table].xWrite = write_or_fail;
        failing[table].xSync = sync_or_fail;
        failing[table].xTruncate = truncate_or_fail;
        real[table] = file->pMethods;
    }
    if (file->pMethods == real[table])
        file->pMethods = &failing[table];
    return state;
}
#else
static int open_to_write(sqlite3_vfs *files, const char *name, sqlite3_file *file, int flags, int *flags_got)
{
    return open_as(files, name, file, flags, flags_got);
}
#endif

static void make_layers(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* a lock for every allocation slows an import */
    sqlite3_initialize();
    const sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    reader_files = writer_files = *usual;
    reader_files.zName = "vigie-read";
    reader_files.xOpen = open_to_read;
    writer_files.zName = "vigie-write";
    writer_files.xOpen = open_to_write;
    sqlite3_vfs_register(&reader_files, 0);
    sqlite3_vfs_register(&writer_files, 0);
}

const char *sqlite_files(Access access)
{
    pthread_once(&once, make_layers);
    return access == READ_ONLY ? reader_files.zName : writer_files.zName;
}
