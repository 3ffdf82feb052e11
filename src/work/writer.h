/* Writer: the one handle by which this process writes the work store. Who wants it waits for its turn; nobody holds it
 * while a password is hashed for a stranger. */
#pragma once

#include "store/store.h"

typedef struct Writer Writer;

Writer *writer_open(Arena *arena, const char *folder, Problem *problem);
void writer_close(Writer *writer); /* accepts NULL */
Store *writer_hold(Writer *writer);
void writer_release(Writer *writer);
