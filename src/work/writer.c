#include "work/writer.h"

#include <pthread.h>

#include "domain/witness.h"

enum { PATIENCE_MS = 2000 };

struct Writer {
    pthread_mutex_t lock;
    Store *store;
};

Writer *writer_open(Arena *arena, const char *folder, Problem *problem)
{
    Writer *writer = NEW(arena, Writer);
    *writer = (Writer){ .lock = PTHREAD_MUTEX_INITIALIZER, .store = witness_open(folder, problem) };
    if (writer->store)
        store_patience(writer->store, PATIENCE_MS);
    return writer->store ? writer : NULL;
}

void writer_close(Writer *writer)
{
    if (!writer)
        return;
    store_close(writer->store);
    pthread_mutex_destroy(&writer->lock);
}

Store *writer_hold(Writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    return writer->store;
}

void writer_release(Writer *writer)
{
    pthread_mutex_unlock(&writer->lock);
}
