/* One pass over the journal, beside one pass over its checkpoints; memory does not grow with either. */
#include "store/entry.h"
#include "store/journal.h"

enum { FINDINGS_MAX = 1000, SUSPECTS_MAX = 64 };

typedef struct Suspect { /* an entry whose content does not give its hash */
    int64_t seq;
    Hash hash;
    Finding *finding;
} Suspect;

typedef struct Verifier {
    Arena *arena;
    Store *store;
    const SigningKey *key;
    Verification *result;
    Problem *problem;
    Out text;          /* the canonical entry at hand */
    Frontier frontier; /* over the hashes that stand */
    bool broken;       /* something was found since the last good checkpoint with which no root can agree */
    int64_t last;      /* the entry ahead */
    bool last_is_good; /* its content gives its hash */
    int64_t last_at;   /* moment of the last good one */
    Rows *checkpoints;
    bool more;             /* a row of checkpoints is at hand */
    int64_t newest, place; /* size and number of the checkpoint ahead */
    int64_t sealed;        /* size of the last checkpoint whose signed text is good */
    Checkpoint outside;    /* no note: there is none */
    bool outside_stands;   /* among the stored ones */
    int64_t *redactions;   /* entries whose body was taken out by a later entry, sorted */
    size_t redaction_count;
    Suspect suspects[SUSPECTS_MAX];
    size_t suspect_count;
} Verifier;

static Finding *found(Verifier *verifier, int64_t seq, const char *format, ...) PRINTF_LIKE(3, 4);

/* NULL when there are too many to keep. */
static Finding *found(Verifier *verifier, int64_t seq, const char *format, ...)
{
    Verification *result = verifier->result;
    if (result->finding_count == FINDINGS_MAX)
        return NULL;
    char what[300];
    va_list values;
    va_start(values, format);
    (void)vsnprintf(what, sizeof what, format, values);
    va_end(values);
    Finding *finding = &result->findings[result->finding_count++];
    *finding = (Finding){ seq, arena_string(verifier->arena, what) };
    return finding;
}

static long long number(int64_t n)
{
    return n;
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

/* A body may only be missing when an entry of the kind "redaction" about "entry/<seq>" says so. */
static bool load_redactions(Verifier *verifier)
{
    AUTO_ROWS *rows = store_run(verifier->store, verifier->problem, SQL_REDACTIONS, "");
    size_t room = 0;
    while (rows && rows_next(rows)) {
        Text subject = rows_bytes(rows, 0);
        int64_t seq;
        if (!text_starts(subject, "entry/") || !text_int(text_slice(subject, strlen("entry/"), subject.length), &seq))
            continue;
        verifier->redactions = arena_grow(verifier->arena, verifier->redactions, verifier->redaction_count, &room,
                                          sizeof *verifier->redactions);
        verifier->redactions[verifier->redaction_count++] = seq;
    }
    if (verifier->redaction_count)
        qsort(verifier->redactions, verifier->redaction_count, sizeof *verifier->redactions, by_number);
    return !verifier->problem->kind;
}

static bool was_redacted(const Verifier *verifier, int64_t seq)
{
    return verifier->redaction_count &&
           bsearch(&seq, verifier->redactions, verifier->redaction_count, sizeof *verifier->redactions, by_number);
}

/* The tree goes on with the hash that stands, so that one changed entry is one finding and not a wrong root too. */
static bool check_content(Verifier *verifier, const Entry *entry)
{
    if (!entry->body.at) {
        verifier->result->redacted++;
        if (!was_redacted(verifier, entry->seq))
            found(verifier, entry->seq, "entry %lld was changed: its body is gone, and no redaction says why",
                  number(entry->seq));
        return false;
    }
    Hash hash;
    entry_hash(entry, &verifier->text, &hash);
    if (memcmp(&hash, &entry->hash, sizeof hash) == 0)
        return true;
    Finding *finding =
        found(verifier, entry->seq, "entry %lld was changed: its content does not give its hash", number(entry->seq));
    if (finding && verifier->suspect_count < SUSPECTS_MAX)
        verifier->suspects[verifier->suspect_count++] = (Suspect){ entry->seq, entry->hash, finding };
    return false;
}

static void check_sequence(Verifier *verifier, int64_t seq)
{
    int64_t expected = verifier->last + 1;
    if (seq == expected + 1)
        found(verifier, expected, "entry %lld is missing", number(expected));
    else if (seq > expected)
        found(verifier, expected, "entries %lld to %lld are missing", number(expected), number(seq - 1));
}

/* The stored row against its own signed text. True: it can be trusted, and `frontier` is the tree that was signed. */
static bool check_stored(Verifier *verifier, int64_t size, Frontier *frontier, Checkpoint *signed_text)
{
    const Rows *rows = verifier->checkpoints;
    Problem wrong = { 0 };
    bool fits = rows_all_fit(rows);
    if (!checkpoint_read(verifier->key, rows_bytes(rows, 5), signed_text, &wrong)) {
        found(verifier, size, "checkpoint %lld: %s", number(size), wrong.message);
        return false;
    }
    Text root = rows_bytes(rows, 3);
    if (!fits || signed_text->size != size || root.length != HASH_SIZE ||
        memcmp(root.at, &signed_text->root, HASH_SIZE) != 0) {
        found(verifier, size, "checkpoint %lld was changed: its size and root are not those that were signed",
              number(size));
        return false;
    }
    Hash hash;
    bool whole = frontier_read(rows_bytes(rows, 4), size, frontier);
    frontier_root(frontier, &hash);
    if (whole && memcmp(&hash, &signed_text->root, sizeof hash) == 0)
        return true;
    found(verifier, size, "checkpoint %lld was changed: its subtrees do not give its root", number(size));
    return false;
}

static void check_place(Verifier *verifier, int64_t size)
{
    int64_t place = rows_int(verifier->checkpoints, 1), expected = verifier->place + 1;
    bool possible = place >= 1 && place - 1 <= size;
    if (possible && place > expected)
        found(verifier, size, "%lld of the checkpoints between entries %lld and %lld are missing",
              number(place - expected), number(verifier->newest), number(size));
    else if (place != expected)
        found(verifier, size, "checkpoint %lld was added or is not in order", number(size));
    verifier->place = possible ? place : expected;
}

/* A root that agrees proves all entries since the last good one. One that does not says where to look; the next
 * checkpoints are then compared from the signed state on, so that each names its own stretch. */
static void check_root(Verifier *verifier, int64_t size, const Frontier *frontier, const Checkpoint *signed_text)
{
    Hash root;
    frontier_root(&verifier->frontier, &root);
    bool complete = verifier->frontier.size == size && !verifier->broken; /* else it was told already */
    bool agrees = complete && memcmp(&root, &signed_text->root, sizeof root) == 0;
    if (complete && !agrees)
        found(verifier, verifier->sealed + 1,
              "entries %lld to %lld are not those that were signed: some were changed, added, removed or reordered",
              number(verifier->sealed + 1), number(size));
    if (agrees && verifier->last_is_good && rows_int(verifier->checkpoints, 2) != verifier->last_at)
        found(verifier, size, "checkpoint %lld was changed: its moment is not that of its last entry", number(size));
    verifier->frontier = *frontier;
    verifier->sealed = size;
    verifier->broken = false;
}

static void check_checkpoint(Verifier *verifier)
{
    int64_t size = rows_int(verifier->checkpoints, 0);
    Frontier frontier;
    Checkpoint signed_text;
    verifier->result->checkpoints++;
    check_place(verifier, size);
    if (check_stored(verifier, size, &frontier, &signed_text))
        check_root(verifier, size, &frontier, &signed_text);
    verifier->outside_stands = verifier->outside_stands || size == verifier->outside.size;
    verifier->newest = size;
    verifier->more = rows_next(verifier->checkpoints);
}

static void check_checkpoints(Verifier *verifier, int64_t size)
{
    while (verifier->more && rows_int(verifier->checkpoints, 0) <= size)
        check_checkpoint(verifier);
}

static void check_outside(Verifier *verifier)
{
    const Checkpoint *outside = &verifier->outside;
    if (!outside->note[0] || verifier->broken || verifier->frontier.size != outside->size)
        return;
    Hash root;
    frontier_root(&verifier->frontier, &root);
    if (memcmp(&root, &outside->root, sizeof root) != 0)
        found(verifier, outside->size,
              "the checkpoint kept outside is of another journal: here entry %lld has another root",
              number(outside->size));
}

static void check_entry(Verifier *verifier, const Rows *rows)
{
    Entry entry;
    const char *wrong = entry_take(rows, &entry);
    verifier->result->entries++;
    if (entry.seq < 1) {
        found(verifier, entry.seq, "entry %lld was added: the first entry is 1", number(entry.seq));
        return;
    }
    check_sequence(verifier, entry.seq);
    check_checkpoints(verifier, entry.seq - 1);
    if (wrong)
        found(verifier, entry.seq, "entry %lld was changed: %s", number(entry.seq), wrong);
    verifier->last_is_good = !wrong && check_content(verifier, &entry);
    if (verifier->last_is_good && entry.at < verifier->last_at)
        found(verifier, entry.seq, "entry %lld is not in order: its moment is before that of the one ahead",
              number(entry.seq));
    verifier->last_at = verifier->last_is_good ? entry.at : verifier->last_at;
    verifier->broken = verifier->broken || wrong || verifier->frontier.size != entry.seq - 1;
    frontier_add(&verifier->frontier, &entry.hash);
    verifier->last = entry.seq;
    check_outside(verifier);
}

static void read_outside(Verifier *verifier, Text outside)
{
    Problem wrong = { 0 };
    if (text_trim(outside).length == 0)
        return;
    if (!checkpoint_read(verifier->key, outside, &verifier->outside, &wrong)) {
        verifier->outside = (Checkpoint){ 0 };
        found(verifier, 0, "the checkpoint kept outside: %s", wrong.message);
    }
}

static void check_end(Verifier *verifier)
{
    int64_t last = verifier->last, outside = verifier->outside.size;
    check_checkpoints(verifier, last);
    while (verifier->more)
        check_checkpoint(verifier);
    if (verifier->newest > last)
        found(verifier, verifier->newest, "entries %lld to %lld are missing: a checkpoint covers them",
              number(last + 1), number(verifier->newest));
    if (last > verifier->newest)
        found(verifier, verifier->newest + 1, "entries %lld to %lld come after the last checkpoint: nobody signed them",
              number(verifier->newest + 1), number(last));
    if (outside > last)
        found(verifier, outside, "the end was cut off at entry %lld: the checkpoint kept outside covers %lld entries",
              number(last), number(outside));
    else if (verifier->outside.note[0] && !verifier->outside_stands)
        found(verifier, outside, "checkpoint %lld is missing: it was kept outside only", number(outside));
}

/* The suspect whose place this entry had when it was hashed; NULL when its content was changed. Moved whole it brought
 * its hash along; when only the contents changed places, its hash stands where it was. */
static const Suspect *place_before(Verifier *verifier, const Suspect *suspect, const Entry *entry)
{
    Entry moved = *entry;
    Hash hash;
    for (const Suspect *other = verifier->suspects; other < verifier->suspects + verifier->suspect_count; other++) {
        moved.seq = other->seq;
        entry_hash(&moved, &verifier->text, &hash);
        if (memcmp(&hash, &suspect->hash, sizeof hash) == 0 || memcmp(&hash, &other->hash, sizeof hash) == 0)
            return other;
    }
    return NULL;
}

/* Tells entries that changed places from entries that were changed. */
static bool name_moved(Verifier *verifier)
{
    for (size_t i = 0; i < verifier->suspect_count; i++) {
        const Suspect *suspect = &verifier->suspects[i];
        AUTO_ROWS *rows = store_run(verifier->store, verifier->problem, SQL_ENTRIES_FROM, "i", suspect->seq);
        Entry entry;
        if (!rows || !rows_next(rows) || entry_take(rows, &entry))
            return !verifier->problem->kind;
        const Suspect *before = place_before(verifier, suspect, &entry);
        if (before)
            suspect->finding->what = arena_format(verifier->arena, "entry %lld is not in order: it was entry %lld",
                                                  number(suspect->seq), number(before->seq));
    }
    return true;
}

static bool verify(Verifier *verifier, Text outside)
{
    if (!load_redactions(verifier))
        return false;
    read_outside(verifier, outside);
    AUTO_ROWS *checkpoints = store_run(verifier->store, verifier->problem, SQL_CHECKPOINTS, "");
    AUTO_ROWS *entries = store_run(verifier->store, verifier->problem, SQL_ENTRIES_FROM, "i", INT64_MIN);
    if (!checkpoints || !entries)
        return false;
    verifier->checkpoints = checkpoints;
    verifier->more = rows_next(checkpoints);
    while (rows_next(entries))
        check_entry(verifier, entries);
    check_end(verifier);
    return !verifier->problem->kind && name_moved(verifier);
}

bool journal_verify(Arena *arena, Store *public_store, const SigningKey *key, Text outside, Verification *result,
                    Problem *problem)
{
    *result = (Verification){ .findings = NEW_ARRAY(arena, Finding, FINDINGS_MAX) };
    if (!store_read_begin(public_store, problem))
        return false;
    AUTO_UNDO *reading = public_store;
    Verifier verifier = { .arena = arena, .store = public_store, .key = key, .result = result, .problem = problem };
    bool done = verify(&verifier, outside);
    out_free(&verifier.text);
    return done;
}
