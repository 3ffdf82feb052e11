/* Later: the rows of a store that wait to be written together. */
#pragma once

#include "base/out.h"
#include "store/sqlite.h"

typedef struct Later Later;

void later_drop(Store *store);  /* forgets them */
void later_close(Store *store); /* gives everything back, before the database is closed */
