/* Witness: each row of the work store is told to the private journal by its digest, in the transaction that writes it,
 * so that one which is changed, added or taken away behind the program's back is named:
 *
 *   rows.written, written: {"change":{"3":["<32 hexadecimal digits>","<digits>"]},"sight":{"1":[null,"<digits>"]}}
 *
 * One deed stands for all rows of a transaction, and says of each what it is and what it was before; null: it is gone.
 * So what was changed behind the program's back stays known when the program writes the same row. The digest is the
 * first half of SHA-256 of the row as rows_write (store/store.h) gives it, from the column behind its number on. */
#pragma once

#include "base/findings.h"
#include "store/store.h"

#define WITNESS_KIND "rows.written"
#define WITNESS_SUBJECT "written"

/* The work store, to be written. All writers open it by this. What stands in a store that the private journal tells
 * nothing of yet is told as it is found. As store_open. */
Store *witness_open(const char *folder, Problem *problem);

/* The moment from which on rows are told of; INT64_MAX: they are not. */
bool witness_since(Store *work, int64_t *moment, Problem *problem);

/* Adds a sentence to `findings` for each row that is not what the private journal says, or once was not, that it does
 * not tell of, or that is gone. Of a store that no program has written since it tells of rows, nothing is said. */
bool witness_verify(Store *work, Findings *findings, Problem *problem);
