/* What the tests of imports share: files to import, imports in a process of their own (an import shuts its process in),
 * and questions to the stores. */
#pragma once

#include <ftw.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/json.h"
#include "base/sys.h"
#include "intake/import.h"
#include "test.h"

static char place[64]; /* a folder for this run */

static inline const char *path_of(const char *name)
{
    static char paths[8][256];
    static int turn;
    char *path = paths[turn++ % 8];
    (void)snprintf(path, sizeof paths[0], "%s/%s", place, name);
    return path;
}

static inline void place_make(void)
{
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(place, sizeof place, "%.40s/import-XXXXXX", temporary ? temporary : "/tmp");
    if (!mkdtemp(place))
        abort();
}

static inline int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *walk)
{
    (void)facts;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline void place_remove(void)
{
    (void)nftw(place, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline const char *file_of(const char *name, Text bytes)
{
    Problem problem = { 0 };
    const char *path = path_of(name);
    if (!sys_write_file(path, bytes, 0600, &problem))
        abort();
    return path;
}

static inline const char *file_with(const char *name, const char *text)
{
    return file_of(name, text_of(text));
}

typedef struct Import {
    const char *importer, *file, *var, *mapping, *observed;
    bool hold;
} Import;

static inline void import_in_child(const Import *import, int out)
{
    Arena *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook;
    Problem problem = { 0 };
    ImportReport *report = NEW(arena, ImportReport);
    Out text = { 0 };
    Span day = { DAY_UNKNOWN, DAY_UNKNOWN };
    if (import->observed)
        (void)span_read(text_of(import->observed), &day);
    ImportOptions options = { .importer = import->importer,
                              .files = &import->file,
                              .file_count = 1,
                              .var = import->var,
                              .mapping = import->mapping,
                              .observed = day.first,
                              .hold = import->hold,
                              .quiet = true };
    bool good = codebook_read(arena, codebook_embedded(), &codebook, &problem) &&
                import_run(arena, &codebook, &options, report, &problem);
    if (good)
        import_report_json(&text, report);
    else {
        OUT_LITERAL(&text, "{\"problem\":");
        out_json(&text, problem.message);
        OUT_LITERAL(&text, "}");
    }
    Problem ignored = { 0 };
    (void)sys_write(out, text.text, text.length, &ignored);
    arena_free(arena);
    out_free(&text);
}

/* The report as JSON, or {"problem": "..."}; NULL when the process died. */
static inline json_t *imported(Import import)
{
    int ends[2];
    char piece[4096];
    Out text = { 0 };
    Problem problem = { 0 };
    (void)fflush(NULL);
    if (pipe(ends) != 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        import_in_child(&import, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    for (ptrdiff_t got; (got = sys_read(ends[0], piece, sizeof piece, &problem)) > 0;)
        out_raw(&text, piece, (size_t)got);
    close(ends[0]);
    int status;
    (void)waitpid(child, &status, 0);
    json_t *report = text.length && status == 0 ? json_parse(out_view(&text), &problem) : NULL;
    out_free(&text);
    return report;
}

static inline long long number_in(const json_t *report, const char *key)
{
    return (long long)json_number_value(json_object_get(report, key));
}

/* The first cell that `sql` gives in a store ("work.db" or "public.db") of `var`, as text. */
static inline const char *asked(const char *var, const char *store, const char *sql)
{
    static char answers[8][400];
    static int turn;
    char *answer = answers[turn++ % 8], path[400];
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", var, store);
    (void)snprintf(answer, sizeof answers[0], "(nothing)");
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        (void)snprintf(answer, sizeof answers[0], "%s", text ? text : "(null)");
    } else if (sqlite3_errcode(db) != SQLITE_OK && sqlite3_errcode(db) != SQLITE_DONE)
        (void)snprintf(answer, sizeof answers[0], "%s", sqlite3_errmsg(db));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return answer;
}

#define CHECK_ASKED(var, store, sql, expected, ...)             \
    do {                                                        \
        const char *answer_ = asked((var), (store), (sql));     \
        CHECK(strcmp(answer_, (expected)) == 0, __VA_ARGS__);   \
        if (strcmp(answer_, (expected)) != 0)                   \
            printf("# %s, expected %s\n", answer_, (expected)); \
    } while (0)

/* The folder of real data, or NULL. */
static inline const char *shared_folder(void)
{
    const char *folder = getenv("VIGIE_SHARED");
    folder = folder ? folder : "../shared";
    return sys_exists(folder) ? folder : NULL;
}
