/* Pages of the organisations that were attacked. One that may not be named is its kind and its country. */
#pragma once

#include "publish/entity.h"
#include "publish/victim.h"

/* Page `number` of those that the view's filter asks for; `all` are the figures without a filter. */
bool organisations_page(const Reading *reading, size_t number, const Figures *all, EntityPage *page, Problem *problem);

/* NOT_FOUND when nothing of it may be shown. */
bool organisation_page(const Reading *reading, int64_t id, EntityPage *page, Problem *problem);
bool organisation_sheet(const Reading *reading, int64_t id, Sheet *sheet, Problem *problem); /* its incidents */
/* {"organisation": a row of the list, "names": [...], "incidents": [...]} and what makes it citable. */
bool organisation_json(const Reading *reading, int64_t id, Out *out, Problem *problem);
