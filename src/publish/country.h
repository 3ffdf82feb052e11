/* Countries: each with its reporting context first, because a count says as much about who reports as about who is
 * attacked (METHOD.md 5.9). Never ranked; fewer than COMPARED_LEAST incidents are not compared. */
#pragma once

#include "publish/entity.h"

enum { COMPARED_LEAST = 5 };

/* Whether it is an assigned code of ISO 3166-1 in capitals. */
bool country_is(const View *view, const char *code);

const char *country_path(const View *view, const char *code); /* "/countries/FR": what follows the language */

bool countries_page(const Reading *reading, EntityPage *page, Problem *problem);
bool country_page(const Reading *reading, const char *code, EntityPage *page, Problem *problem);

/* The list as rows, or {"countries": [...]} and what makes it citable. */
bool countries_sheet(const Reading *reading, Sheet *sheet, Problem *problem);
bool countries_json(const Reading *reading, Out *out, Problem *problem);
/* {"country", "name", "data_sets", "public_registers", "figures", "incidents": their address} and what makes it
 * citable. */
bool country_json(const Reading *reading, const char *code, Out *out, Problem *problem);
void country_csv(const Reading *reading, const char *code, Out *out); /* its figures */
