/* Imported: rows of imports beside what was published of them, in the other store. */
#pragma once

#include "base/findings.h"
#include "store/store.h"

/* Adds a sentence to `findings` for each row that says it is published, but of which the public journal has neither the
 * incident, of that data set and id, nor has a change that was published made it a part of another one. */
bool imported_verify(Store *published, Store *work, Findings *findings, Problem *problem);
