#include "intake/input.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/sys.h"
#include "base/unicode.h"
#include "guard/seal.h"
#include "intake/documents.h"

enum { ERROR_SIZE = 400, STEP = 128 * 1024 };

struct Input {
    Format format;
    const char *path, *name;
    int descriptor; /* of a file; of the document being read in a folder; -1 */
    bool folder;
    const char **files;      /* of a folder, sorted */
    size_t file_count, file; /* the next one */
    size_t size, done, number;
    Arena *arena;   /* of the reader */
    Arena *scratch; /* of one document of a folder */
    Csv *csv;
    CsvRow *cells;
    Columns *columns;
    Text header;
    Documents *documents;
    json_t *json; /* of the row */
    char error[ERROR_SIZE];
};

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int name_order(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool list_folder(Arena *arena, Input *input, Problem *problem)
{
    DIR *folder = opendir(input->path);
    if (!folder)
        return fail(problem, PROBLEM_NOT_ALLOWED, "cannot list the folder %.200s", input->path);
    size_t room = 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        struct stat facts;
        const char *path = arena_format(arena, "%s/%s", input->path, entry->d_name);
        if (entry->d_name[0] == '.' || stat(path, &facts) != 0 || !S_ISREG(facts.st_mode))
            continue;
        input->files = arena_grow(arena, input->files, input->file_count, &room, sizeof *input->files);
        input->files[input->file_count++] = path;
        input->size += (size_t)facts.st_size;
    }
    closedir(folder);
    if (!input->file_count)
        return fail(problem, PROBLEM_BAD_INPUT, "the folder %.200s has no files", input->path);
    qsort((void *)input->files, input->file_count, sizeof *input->files, name_order);
    return true;
}

/* Without slashes at its end, so that it has a last part. */
static const char *clean_path(Arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return arena_copy(arena, path, length);
}

Input *input_open(Arena *arena, const char *path, Format format, Problem *problem)
{
    struct stat facts;
    Input *input = NEW(arena, Input);
    path = clean_path(arena, path);
    *input = (Input){ .format = format, .path = path, .name = last_part(path), .descriptor = -1 };
    input->descriptor = sys_open_read(path, problem);
    if (input->descriptor < 0)
        return NULL;
    if (fstat(input->descriptor, &facts) != 0) {
        fail(problem, PROBLEM_STORE, "cannot read %.200s", path);
    } else if (S_ISDIR(facts.st_mode)) {
        input->folder = true;
        if (format != FORMAT_JSON)
            fail(problem, PROBLEM_BAD_INPUT, "%.200s is a folder; name the files in it", path);
        else
            list_folder(arena, input, problem);
    } else
        input->size = (size_t)facts.st_size;
    if (!problem->kind && input->folder) {
        close(input->descriptor);
        input->descriptor = -1;
    }
    if (!problem->kind)
        return input;
    input_close(input);
    return NULL;
}

static void reader_close(Input *input)
{
    json_decref(input->json);
    input->json = NULL;
    arena_free(input->scratch);
    input->scratch = NULL;
}

void input_close(Input *input)
{
    if (!input)
        return;
    reader_close(input);
    if (input->descriptor >= 0)
        close(input->descriptor);
    input->descriptor = -1;
}

const char *input_name(const Input *input)
{
    return input->name;
}

const char *input_folder(const Input *input)
{
    return input->folder ? input->path : NULL;
}

size_t input_size(const Input *input)
{
    return input->size;
}

size_t input_done(const Input *input)
{
    return input->done;
}

static bool hash_file(int descriptor, Hashing *hashing, char *bytes, Problem *problem)
{
    for (;;) {
        ptrdiff_t got = sys_read(descriptor, bytes, STEP, problem);
        if (got <= 0)
            return got == 0;
        hash_add(hashing, (Text){ bytes, (size_t)got });
    }
}

/* Of a folder: the names and bytes of all its files. */
static bool hash_folder(Input *input, Hashing *hashing, char *bytes, Problem *problem)
{
    for (size_t i = 0; i < input->file_count; i++) {
        const char *name = last_part(input->files[i]);
        hash_add(hashing, (Text){ name, strlen(name) + 1 });
        int descriptor = sys_open_read(input->files[i], problem);
        if (descriptor < 0)
            return false;
        bool good = hash_file(descriptor, hashing, bytes, problem);
        close(descriptor);
        if (!good)
            return false;
    }
    return true;
}

bool input_hash(Input *input, char *text, Problem *problem)
{
    Hashing hashing;
    Hash hash;
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char *bytes = arena_take(arena, STEP);
    hash_start(&hashing);
    bool good = input->folder
                    ? hash_folder(input, &hashing, bytes, problem)
                    : sys_rewind(input->descriptor, problem) && hash_file(input->descriptor, &hashing, bytes, problem);
    hash_end(&hashing, &hash);
    hash_hex(&hash, text);
    return good;
}

Columns *columns_of(Arena *arena, const CsvRow *header)
{
    Columns *columns = NEW(arena, Columns);
    *columns = (Columns){ .names = NEW_ARRAY(arena, const char *, header->count + 1),
                          .count = header->count,
                          .places = table_new(arena) };
    for (size_t i = 0; i < header->count; i++) {
        columns->names[i] = clean_text(arena, header->cells[i]);
        Text folded = text_of(unicode_fold(arena, text_of(columns->names[i])));
        if (!table_get(columns->places, folded))
            table_put(columns->places, folded, (int64_t)i);
    }
    return columns;
}

int column_find(const Columns *columns, const char *name)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->names[i], name) == 0)
            return (int)i;
    const int64_t *place = table_get(columns->places, text_of(unicode_fold(arena, text_of(name))));
    return place ? (int)*place : -1;
}

static bool start_csv(Input *input, Problem *problem)
{
    input->csv = csv_new(input->arena, input->descriptor);
    input->cells = NEW(input->arena, CsvRow);
    if (!csv_next(input->csv, input->cells, problem))
        return !problem->kind ? fail(problem, PROBLEM_BAD_INPUT, "%.200s is empty: it has no header", input->name)
                              : false;
    if (text_starts(input->cells->raw, "\xFF\xFE") || text_starts(input->cells->raw, "\xFE\xFF"))
        return fail(problem, PROBLEM_BAD_INPUT, "%.200s is in UTF-16; save it as UTF-8", input->name);
    if (input->cells->error)
        return fail(problem, PROBLEM_BAD_INPUT, "%.200s: the header cannot be read: %s", input->name,
                    input->cells->error);
    input->header = (Text){ arena_text(input->arena, input->cells->raw), input->cells->raw.length };
    input->columns = columns_of(input->arena, input->cells);
    return true;
}

bool input_start(Input *input, Arena *arena, Problem *problem)
{
    reader_close(input);
    input->arena = arena;
    input->number = input->done = input->file = 0;
    input->documents = NULL;
    if (input->folder)
        return true;
    if (!sys_rewind(input->descriptor, problem))
        return false;
    if (input->format == FORMAT_CSV)
        return start_csv(input, problem);
    input->documents = documents_new(arena, input->descriptor);
    return true;
}

const Columns *input_columns(const Input *input)
{
    return input->columns;
}

Text input_header(const Input *input)
{
    return input->header;
}

static bool next_csv(Input *input, Row *row, const char **error, Problem *problem)
{
    if (!csv_next(input->csv, input->cells, problem))
        return false;
    input->done = input->cells->end;
    *error = input->cells->error;
    *row = (Row){ .number = ++input->number,
                  .line = input->cells->line,
                  .file = input->name,
                  .raw = input->cells->raw,
                  .cells = input->cells };
    return true;
}

/* Opens the next file of a folder. */
static bool next_file(Input *input, Problem *problem)
{
    reader_close(input);
    if (input->descriptor >= 0)
        close(input->descriptor);
    input->descriptor = sys_open_read(input->files[input->file++], problem);
    if (input->descriptor < 0)
        return false;
    input->scratch = arena_new(ARENA_NO_CAP);
    input->documents = documents_new(input->scratch, input->descriptor);
    return true;
}

static bool next_document(Input *input, Document *document, Problem *problem)
{
    for (;;) {
        if (input->documents && documents_next(input->documents, document, problem))
            return true;
        if (problem->kind || !input->folder || input->file == input->file_count)
            return false;
        if (!next_file(input, problem))
            return false;
    }
}

static bool next_json(Input *input, Row *row, const char **error, Problem *problem)
{
    Document document;
    Problem inner = { 0 };
    if (!next_document(input, &document, problem))
        return false;
    json_decref(input->json);
    input->json = document.error ? NULL : json_parse(document.raw, &inner);
    (void)snprintf(input->error, sizeof input->error, "%s", document.error ? document.error : inner.message);
    *error = input->json ? NULL : input->error;
    input->done = input->folder ? input->done + document.raw.length : document.end;
    *row = (Row){ .number = ++input->number,
                  .line = document.line,
                  .file = input->folder ? last_part(input->files[input->file - 1]) : input->name,
                  .raw = document.raw,
                  .json = input->json };
    return true;
}

bool input_next(Input *input, Row *row, const char **error, Problem *problem)
{
    return input->format == FORMAT_CSV ? next_csv(input, row, error, problem) : next_json(input, row, error, problem);
}
