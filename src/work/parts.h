/* Parts: a form that was sent with a file (multipart/form-data, RFC 7578), as libmicrohttpd takes it apart. */
#pragma once

#include <microhttpd.h>

#include "work/form.h"

/* `body` is whole; the connection tells its boundary. False when it is not well-formed, holds too many fields or more
 * than one file, or when a field's text is none. Memory: `arena`; the file's bytes too. */
bool parts_read(Arena *arena, struct MHD_Connection *connection, Text body, Form *form);
