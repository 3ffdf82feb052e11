/* What journal.c and verify.c share: entries and checkpoints as their tables hold them. */
#pragma once

#include "base/out.h"
#include "store/journal.h"

/* Reads a row of entries_from. NULL, or what is wrong with its form: such a row was not written by journal_append. */
const char *entry_take(const Rows *rows, Entry *entry);

/* The leaf hash of the canonical entry, which is left in `text`. */
void entry_hash(const Entry *entry, Out *text, Hash *hash);

/* The roots of the complete subtrees, largest first; false when they are not those of a tree of this size. */
bool frontier_read(Text bytes, int64_t size, Frontier *frontier);
