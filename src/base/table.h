/* Table: from a text to a number, in memory. Made for the life of an arena. */
#pragma once

#include "base/arena.h"

typedef struct Table Table;

Table *table_new(Arena *arena);
/* The value of `key`, or NULL. Valid until the next table_put. */
int64_t *table_get(const Table *table, Text key);
/* Sets or replaces. The key is copied into the arena. */
void table_put(Table *table, Text key, int64_t value);
size_t table_count(const Table *table);
