/* Body: a record that somebody wrote as JSON. */
#pragma once

#include "cli/command.h"

/* A JSON file in any layout, in canonical form. Memory: the call's arena. */
bool body_read(const Call *call, const char *path, Text *body, Problem *problem);
