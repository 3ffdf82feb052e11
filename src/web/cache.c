#include "web/cache.h"

#include <pthread.h>

enum {
    BUCKETS = 256, /* chosen by the key's first byte */
    WAYS = 8,
    SHARE = 8, /* one answer takes at most this part of the bytes */
    QUESTIONS = 1024,
    QUESTION_MAX = 200 /* bytes of an address; longer ones are read each time */
};

typedef struct Entry {
    Hash key;
    struct MHD_Response *response; /* NULL: free */
    size_t size;
    uint64_t used; /* of the counter, when it was last sent */
} Entry;

typedef struct Question {
    char address[QUESTION_MAX];
    Asked asked; /* its address is the one above */
    Hash key;
} Question;

struct Cache {
    pthread_mutex_t lock;
    Entry entries[BUCKETS][WAYS];
    Question questions[QUESTIONS]; /* each in the place that its address chooses, until another one comes there */
    size_t bytes, most_bytes;
    uint64_t counter;
};

Cache *cache_open(Arena *arena, size_t most_bytes)
{
    Cache *cache = NEW(arena, Cache);
    cache->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    cache->most_bytes = most_bytes;
    return cache;
}

static void drop(Cache *cache, Entry *entry)
{
    if (!entry->response)
        return;
    MHD_destroy_response(entry->response);
    cache->bytes -= entry->size;
    *entry = (Entry){ .response = NULL };
}

void cache_close(Cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < (size_t)BUCKETS * WAYS; i++)
        drop(cache, &cache->entries[i / WAYS][i % WAYS]);
    pthread_mutex_destroy(&cache->lock);
}

static Entry *entry_of(Cache *cache, const Hash *key)
{
    Entry *bucket = cache->entries[key->bytes[0]];
    for (size_t i = 0; i < WAYS; i++)
        if (bucket[i].response && memcmp(&bucket[i].key, key, sizeof *key) == 0)
            return &bucket[i];
    return NULL;
}

/* The lock is kept while the answer is queued: from then on the server holds a reference of its own. */
static bool send_entry(Cache *cache, const Hash *key, struct MHD_Connection *connection)
{
    Entry *entry = entry_of(cache, key);
    bool sent = entry && MHD_queue_response(connection, MHD_HTTP_OK, entry->response) == MHD_YES;
    if (sent)
        entry->used = ++cache->counter;
    return sent;
}

bool cache_send(Cache *cache, const Hash *key, struct MHD_Connection *connection)
{
    pthread_mutex_lock(&cache->lock);
    bool sent = send_entry(cache, key, connection);
    pthread_mutex_unlock(&cache->lock);
    return sent;
}

static Question *place_of(Cache *cache, const Asked *asked)
{
    return &cache->questions[text_hash(asked->address) % QUESTIONS];
}

static bool is_same(const Asked *a, const Asked *b)
{
    return a->edition == b->edition && a->form == b->form && text_equal(a->address, b->address);
}

bool cache_send_again(Cache *cache, const Asked *asked, struct MHD_Connection *connection)
{
    const Question *question = place_of(cache, asked);
    pthread_mutex_lock(&cache->lock);
    bool sent = is_same(&question->asked, asked) && send_entry(cache, &question->key, connection);
    pthread_mutex_unlock(&cache->lock);
    return sent;
}

void cache_learn(Cache *cache, const Asked *asked, const Hash *key)
{
    Question *question = place_of(cache, asked);
    if (asked->address.length > QUESTION_MAX)
        return;
    pthread_mutex_lock(&cache->lock);
    memcpy(question->address, asked->address.at, asked->address.length);
    question->asked = *asked;
    question->asked.address.at = question->address;
    question->key = *key;
    pthread_mutex_unlock(&cache->lock);
}

/* Of `count` entries a free one, or the one used least lately. */
static Entry *oldest(Entry *entries, size_t count)
{
    Entry *best = entries;
    for (size_t i = 0; i < count && best->response; i++)
        if (!entries[i].response || entries[i].used < best->used)
            best = &entries[i];
    return best;
}

/* Drops what was used least lately until `size` more bytes have room. */
static void make_room(Cache *cache, size_t size)
{
    while (cache->bytes + size > cache->most_bytes) {
        Entry *old = NULL;
        for (size_t i = 0; i < (size_t)BUCKETS * WAYS; i++) {
            Entry *entry = &cache->entries[i / WAYS][i % WAYS];
            if (entry->response && (!old || entry->used < old->used))
                old = entry;
        }
        if (!old)
            return;
        drop(cache, old);
    }
}

bool cache_keep(Cache *cache, const Hash *key, struct MHD_Response *response, size_t size)
{
    if (size > cache->most_bytes / SHARE)
        return false;
    pthread_mutex_lock(&cache->lock);
    bool known = entry_of(cache, key) != NULL; /* another thread was faster */
    if (!known) {
        make_room(cache, size);
        Entry *entry = oldest(cache->entries[key->bytes[0]], WAYS);
        drop(cache, entry);
        *entry = (Entry){ .key = *key, .response = response, .size = size, .used = ++cache->counter };
        cache->bytes += size;
    }
    pthread_mutex_unlock(&cache->lock);
    return !known;
}
