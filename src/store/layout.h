/* Layout: the tables and indexes of a store, beside those that the program makes. */
#pragma once

#include "base/findings.h"
#include "store/store.h"

/* Adds a sentence to `findings` for each table, index, view or trigger that the program has not made, has made
 * otherwise, or that is gone; and for each of the first hundred places where the file contradicts itself, such as a row
 * that an index does not lead to, so that it is there but not found. Reads all of the store. */
bool layout_verify(Store *store, Findings *findings, Problem *problem);
