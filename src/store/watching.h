/* Watching: what a store has noted for its watch. Private to the driver. */
#pragma once

#include "store/sqlite.h"

bool watch_tell(Store *store, Problem *problem); /* before the commit */
void watch_drop(Store *store);                   /* forgets them: they were undone */
void watch_close(Store *store);                  /* accepts a store without one */
