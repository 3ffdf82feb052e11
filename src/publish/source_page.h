/* Pages of the data sets and of the documents that the register rests on. */
#pragma once

#include "publish/entity.h"

/* Page `number` of the list, from 1; NOT_FOUND behind its end. */
bool sources_page(const Reading *reading, size_t number, EntityPage *page, Problem *problem);

bool source_page(const Reading *reading, int64_t id, EntityPage *page, Problem *problem);
bool source_sheet(const Reading *reading, int64_t id, Sheet *sheet, Problem *problem); /* a row alone */
/* {"source": ..., "newest_incidents": [...]} and what makes it citable. */
bool source_json(const Reading *reading, int64_t id, Out *out, Problem *problem);

/* A data set, by its name; NOT_FOUND when nothing of it is in the register. */
bool dataset_page(const Reading *reading, const char *name, EntityPage *page, Problem *problem);
bool dataset_csv(const Reading *reading, const char *name, Out *out, Problem *problem); /* its figures */
bool dataset_data(const Reading *reading, const char *name, Out *out, Problem *problem);
const char *dataset_path(const View *view, const char *name); /* "/sources/starter": what follows the language */
