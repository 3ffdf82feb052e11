#include "work/limits.h"

#include <pthread.h>

#include "base/sys.h"

enum { SETS = 1024, WAYS = 8, MINUTE_MS = 60000 };

static const struct {
    double most, a_minute;
} rates[RATE_COUNT] = {
    [RATE_READ] = { 300, 600 },                               /* of a session or address */
    [RATE_WRITE] = { 60, 120 },   [RATE_PROOF] = { 100, 60 }, /* of an address; behind a proxy all have one */
    [RATE_PARTNER] = { 60, 120 }, /* of a token, or of an address that shows none that is good */
    [RATE_FILE] = { 20, 20 },     [RATE_NAME] = { 5, 1 }, /* wrong tries of an account, whoever makes them */
};

typedef struct Bucket {
    uint64_t key; /* 0: free */
    double left;
    int64_t at; /* when `left` was true */
    Rate rate;
} Bucket;

struct Limits {
    pthread_mutex_t lock;
    uint64_t secret; /* so that nobody can choose which keys share a set */
    Bucket buckets[SETS][WAYS];
};

Limits *limits_open(Arena *arena)
{
    Limits *limits = NEW(arena, Limits);
    limits->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    sys_random(&limits->secret, sizeof limits->secret);
    return limits;
}

void limits_close(Limits *limits)
{
    if (limits)
        pthread_mutex_destroy(&limits->lock);
}

static uint64_t key_of(const Limits *limits, Rate rate, Text key)
{
    uint64_t mixed = (text_hash(key) ^ limits->secret) * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)rate;
    mixed = (mixed ^ mixed >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    return (mixed ^ mixed >> 32) | 1;
}

static void fill(Bucket *bucket, int64_t now)
{
    bucket->left += (double)(now - bucket->at) * rates[bucket->rate].a_minute / MINUTE_MS;
    bucket->left = MIN(bucket->left, rates[bucket->rate].most);
    bucket->at = now;
}

/* How much would be forgotten with it: nothing of a full one. */
static double spent(const Bucket *bucket)
{
    return bucket->key ? rates[bucket->rate].most - bucket->left : -1;
}

static Bucket *bucket_of(Limits *limits, Rate rate, Text name, int64_t now)
{
    uint64_t key = key_of(limits, rate, name);
    Bucket *set = limits->buckets[key >> 1 & (SETS - 1)], *least = set;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key)
            fill(&set[i], now);
        if (set[i].key == key)
            return &set[i];
        if (spent(&set[i]) < spent(least))
            least = &set[i];
    }
    *least = (Bucket){ .key = key, .left = rates[rate].most, .at = now, .rate = rate };
    return least;
}

bool limits_take(Limits *limits, Rate rate, Text key, int64_t now, int *wait)
{
    pthread_mutex_lock(&limits->lock);
    Bucket *bucket = bucket_of(limits, rate, key, now);
    bool taken = bucket->left >= 1;
    if (taken)
        bucket->left -= 1;
    else
        *wait = 1 + (int)((1 - bucket->left) * 60 / rates[rate].a_minute);
    pthread_mutex_unlock(&limits->lock);
    return taken;
}

void limits_give(Limits *limits, Rate rate, Text key, int64_t now)
{
    pthread_mutex_lock(&limits->lock);
    Bucket *bucket = bucket_of(limits, rate, key, now);
    bucket->left = MIN(bucket->left + 1, rates[rate].most);
    pthread_mutex_unlock(&limits->lock);
}
