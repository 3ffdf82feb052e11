#include "store/journal.h"

#include "base/date.h"
#include "base/sys.h"
#include "store/entry.h"

struct Journal {
    Store *store;
    const SigningKey *key;
    Frontier frontier;
    int64_t last_at;
    int64_t checkpoints; /* how many are stored */
    Checkpoint newest;   /* size 0 and no note when there is none */
};

static const int64_t MOMENT_MAX = 253402300799999; /* the end of the year 9999 */

const char *entry_take(const Rows *rows, Entry *entry)
{
    char at[24];
    bool fits = rows_all_fit(rows);
    Text hash = rows_bytes(rows, 6);
    *entry = (Entry){ .seq = rows_int(rows, 0),
                      .at = rows_int(rows, 1),
                      .author = rows_text(rows, 2),
                      .kind = rows_text(rows, 3),
                      .subject = rows_text(rows, 4),
                      .body = rows_bytes(rows, 5) };
    (void)snprintf(at, sizeof at, "%lld", (long long)entry->at);
    if (hash.length != HASH_SIZE)
        return "its hash has the wrong size";
    memcpy(entry->hash.bytes, hash.at, HASH_SIZE);
    if (strcmp(at, rows_text(rows, 1)) != 0 || entry->at < 0 || entry->at > MOMENT_MAX)
        return "its moment is not one";
    return fits ? NULL : "there are bytes in it that are no text";
}

void entry_hash(const Entry *entry, Out *text, Hash *hash)
{
    char at[MOMENT_TEXT_SIZE];
    out_clear(text);
    OUT_LITERAL(text, "{\"at\":");
    out_json(text, moment_write(entry->at, at));
    OUT_LITERAL(text, ",\"author\":");
    out_json(text, entry->author);
    OUT_LITERAL(text, ",\"body\":");
    out_raw(text, entry->body.at, entry->body.length);
    OUT_LITERAL(text, ",\"kind\":");
    out_json(text, entry->kind);
    OUT_LITERAL(text, ",\"seq\":");
    out_int(text, entry->seq);
    OUT_LITERAL(text, ",\"subject\":");
    out_json(text, entry->subject);
    OUT_LITERAL(text, "}");
    leaf_hash(out_view(text), hash);
}

static void frontier_write(const Frontier *frontier, unsigned char bytes[LOG_LEVELS * HASH_SIZE], size_t *length)
{
    *length = 0;
    for (int level = LOG_LEVELS - 2; level >= 0; level--) {
        if (!(frontier->size >> level & 1))
            continue;
        memcpy(bytes + *length, frontier->nodes[level].bytes, HASH_SIZE);
        *length += HASH_SIZE;
    }
}

bool frontier_read(Text bytes, int64_t size, Frontier *frontier)
{
    *frontier = (Frontier){ .size = size };
    if (size < 0 || bytes.length != (size_t)__builtin_popcountll((unsigned long long)size) * HASH_SIZE)
        return false;
    size_t at = 0;
    for (int level = LOG_LEVELS - 2; level >= 0; level--) {
        if (!(size >> level & 1))
            continue;
        memcpy(frontier->nodes[level].bytes, bytes.at + at, HASH_SIZE);
        at += HASH_SIZE;
    }
    return true;
}

static bool hash_is(const Hash *hash, Text bytes)
{
    return bytes.length == HASH_SIZE && memcmp(hash->bytes, bytes.at, HASH_SIZE) == 0;
}

static bool unsound(Problem *problem, const char *what)
{
    return fail(problem, PROBLEM_DAMAGED, "the journal is damaged: %s (\"vigie verify\" says more)", what);
}

/* Nothing is appended to a journal whose end is not what was signed: the next checkpoint would vouch for it. */
static bool take_newest(Journal *journal, const Rows *rows, Problem *problem)
{
    int64_t last = rows_int(rows, 0), size = rows_int(rows, 2);
    journal->last_at = rows_int(rows, 1);
    journal->checkpoints = rows_int(rows, 3);
    if (last != size)
        return unsound(problem, "its last checkpoint does not cover its last entry");
    Hash root;
    if (!frontier_read(rows_bytes(rows, 5), size, &journal->frontier))
        return unsound(problem, "the state of the tree at the last checkpoint has the wrong size");
    frontier_root(&journal->frontier, &root);
    if (size > 0 && !hash_is(&root, rows_bytes(rows, 4)))
        return unsound(problem, "the state of the tree at the last checkpoint does not give its root");
    Text note = rows_bytes(rows, 6);
    journal->newest = (Checkpoint){ .size = size, .root = root };
    if (!journal->key || size == 0)
        return true;
    if (!checkpoint_read(journal->key, note, &journal->newest, problem))
        return false;
    return (journal->newest.size == size && memcmp(&journal->newest.root, &root, sizeof root) == 0) ||
           unsound(problem, "the text of the last checkpoint does not give its size and root");
}

bool journal_reload(Journal *journal, Problem *problem)
{
    AUTO_ROWS *rows = store_run(journal->store, problem, SQL_JOURNAL_END, "");
    return rows && rows_next(rows) && take_newest(journal, rows, problem);
}

Journal *journal_open(Arena *arena, Store *public_store, const SigningKey *key, Problem *problem)
{
    Journal *journal = NEW(arena, Journal);
    *journal = (Journal){ .store = public_store, .key = key };
    return journal_reload(journal, problem) ? journal : NULL;
}

int64_t journal_size(const Journal *journal)
{
    return journal->frontier.size;
}

bool journal_append(Journal *journal, Entry *entry, Problem *problem)
{
    if (entry->body.length == 0 || !entry->author[0] || !entry->kind[0] || !entry->subject[0])
        return fail(problem, PROBLEM_BROKEN, "an entry needs an author, a kind, a subject and a body");
    AUTO_OUT text = { 0 };
    entry->seq = journal->frontier.size + 1;
    entry->at = MAX(sys_now(), journal->last_at);
    entry_hash(entry, &text, &entry->hash);
    if (!store_later(journal->store, problem, SQL_ENTRY_ADD, "iitttvb", entry->seq, entry->at, entry->author,
                     entry->kind, entry->subject, entry->body, (Text){ (const char *)entry->hash.bytes, HASH_SIZE }))
        return false;
    frontier_add(&journal->frontier, &entry->hash);
    journal->last_at = entry->at;
    return true;
}

bool journal_seal(Journal *journal, Checkpoint *checkpoint, Problem *problem)
{
    if (!journal->key)
        return fail(problem, PROBLEM_NOT_ALLOWED, "this journal was opened for reading: there is no key to sign with");
    if (journal->newest.note[0] && journal->newest.size == journal->frontier.size) {
        *checkpoint = journal->newest;
        return true;
    }
    unsigned char nodes[LOG_LEVELS * HASH_SIZE];
    size_t length;
    frontier_write(&journal->frontier, nodes, &length);
    if (!checkpoint_sign(journal->key, &journal->frontier, checkpoint, problem) ||
        !store_do(journal->store, problem, SQL_CHECKPOINT_ADD, "iiibbt", checkpoint->size, journal->checkpoints + 1,
                  journal->last_at, (Text){ (const char *)checkpoint->root.bytes, HASH_SIZE },
                  (Text){ (const char *)nodes, length }, checkpoint->note))
        return false;
    journal->checkpoints++;
    journal->newest = *checkpoint;
    return true;
}

bool journal_each(Store *public_store, int64_t from, EntryVisitor *each, void *context, Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_ENTRIES_FROM, "i", from);
    while (rows && rows_next(rows)) {
        Entry entry;
        const char *wrong = entry_take(rows, &entry);
        if (wrong)
            return fail(problem, PROBLEM_DAMAGED, "entry %lld of the journal is damaged: %s", (long long)entry.seq,
                        wrong);
        if (!each(context, &entry, problem))
            break;
    }
    return !problem->kind;
}
