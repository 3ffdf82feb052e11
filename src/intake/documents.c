#include "intake/documents.h"

#include "base/sys.h"

enum { BUFFER = 2 * DOCUMENT_MAX, READ_STEP = 256 * 1024, LEVELS = 64 };

struct Documents {
    int descriptor; /* -1: everything is in the buffer already */
    char *buffer;
    size_t from, to; /* unread bytes of the buffer; a document starts at `from` while it is being read */
    size_t consumed; /* bytes of the file before buffer[from] */
    size_t line;     /* of buffer[from] */
    bool ended;
};

Documents *documents_new(Arena *arena, int descriptor)
{
    Documents *documents = NEW(arena, Documents);
    *documents = (Documents){ .descriptor = descriptor, .line = 1 };
    documents->buffer = arena_take(arena, BUFFER);
    return documents;
}

Documents *documents_of(Arena *arena, Text bytes)
{
    Documents *documents = NEW(arena, Documents);
    *documents = (Documents){ .descriptor = -1, .line = 1, .ended = true, .to = bytes.length };
    documents->buffer = arena_copy(arena, bytes.at, bytes.length);
    return documents;
}

/* Reads on when less than a whole document may be in the buffer. */
static bool fill(Documents *documents, Problem *problem)
{
    if (documents->ended || documents->to - documents->from > DOCUMENT_MAX)
        return true;
    memmove(documents->buffer, documents->buffer + documents->from, documents->to - documents->from);
    documents->to -= documents->from;
    documents->from = 0;
    while (!documents->ended && documents->to <= DOCUMENT_MAX) {
        ptrdiff_t got = sys_read(documents->descriptor, documents->buffer + documents->to, READ_STEP, problem);
        if (got < 0)
            return false;
        documents->to += (size_t)got;
        documents->ended = got == 0;
    }
    return true;
}

static void skip(Documents *documents, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        documents->line += documents->buffer[documents->from + i] == '\n';
    documents->from += bytes;
    documents->consumed += bytes;
}

/* What stands between the objects of an array. */
static bool is_between(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '[' || c == ']' || c == ',';
}

static bool skip_between(Documents *documents, Problem *problem)
{
    for (;;) {
        if (!fill(documents, problem))
            return false;
        Text rest = { documents->buffer + documents->from, documents->to - documents->from };
        size_t length = documents->consumed == 0 && text_starts(rest, "\xEF\xBB\xBF") ? 3 : 0;
        while (length < rest.length && is_between(rest.at[length]))
            length++;
        skip(documents, length);
        if (length < rest.length || documents->ended)
            return length < rest.length;
    }
}

typedef struct Scan { /* inside one object */
    size_t depth;
    uint64_t objects; /* bit i: level i is an object and no list */
    bool in_text, escaped;
    bool key_next; /* of an object: a key or its end must come */
} Scan;

typedef enum Step { STEP_ON, STEP_END, STEP_BROKEN } Step;

static void open_level(Scan *scan, bool object)
{
    scan->depth++;
    if (scan->depth < LEVELS)
        scan->objects =
            object ? scan->objects | (UINT64_C(1) << scan->depth) : scan->objects & ~(UINT64_C(1) << scan->depth);
    scan->key_next = object;
}

static bool in_object(const Scan *scan)
{
    return scan->depth < LEVELS && (scan->objects >> scan->depth) & 1;
}

static Step text_step(Scan *scan, char c)
{
    if (scan->escaped)
        scan->escaped = false;
    else if (c == '\\')
        scan->escaped = true;
    else if (c == '"' || c == '\n') /* a line cannot end inside a text: its closing quote is missing */
        scan->in_text = false;
    return STEP_ON;
}

static Step scan_step(Scan *scan, char c)
{
    if (scan->in_text)
        return text_step(scan, c);
    switch (c) {
    case '"':
        scan->in_text = true;
        scan->key_next = false;
        return STEP_ON;
    case '{':
        if (scan->key_next && scan->depth > 0) /* no object can stand here: the one around it was never closed */
            return STEP_BROKEN;
        open_level(scan, true);
        return STEP_ON;
    case '[': open_level(scan, false); return STEP_ON;
    case '}':
    case ']':
        scan->depth--;
        scan->key_next = false;
        return scan->depth == 0 ? STEP_END : STEP_ON;
    case ',': scan->key_next = in_object(scan); return STEP_ON;
    default: return STEP_ON;
    }
}

/* The length of the object at `from`, as far as it is in the buffer. */
static size_t object_length(const Documents *documents, size_t room, const char **error)
{
    Scan scan = { 0 };
    const char *bytes = documents->buffer + documents->from;
    for (size_t i = 0; i < room; i++) {
        Step step = scan_step(&scan, bytes[i]);
        if (step == STEP_END)
            return i + 1;
        if (step == STEP_BROKEN) {
            *error = "an object is not closed before the next one";
            return i;
        }
    }
    *error = room < documents->to - documents->from || !documents->ended ? "the object is longer than 1 MiB"
                                                                         : "an object is never closed";
    return room;
}

/* Bytes up to the next object or the end of the line. */
static size_t stray_length(const Documents *documents, size_t room)
{
    const char *bytes = documents->buffer + documents->from;
    size_t length = 0;
    while (length < room && bytes[length] != '{' && bytes[length] != '\n')
        length++;
    return length;
}

bool documents_next(Documents *documents, Document *document, Problem *problem)
{
    if (!skip_between(documents, problem))
        return false;
    size_t room = MIN(documents->to - documents->from, (size_t)DOCUMENT_MAX);
    bool object = documents->buffer[documents->from] == '{';
    *document = (Document){ .line = documents->line };
    size_t length = 0;
    if (object)
        length = object_length(documents, room, &document->error);
    else {
        document->error = "text stands outside of an object";
        length = stray_length(documents, room);
    }
    document->raw = (Text){ documents->buffer + documents->from, length };
    skip(documents, length);
    document->end = documents->consumed;
    return true;
}
