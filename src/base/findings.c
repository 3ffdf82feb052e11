#include "base/findings.h"

void findings_add(Findings *findings, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const char *sentence = arena_format_list(findings->arena, format, values);
    va_end(values);
    if (!findings->known)
        findings->known = table_new(findings->arena);
    if (table_get(findings->known, text_of(sentence)))
        return;
    table_put(findings->known, text_of(sentence), 0);
    findings->items = arena_grow(findings->arena, findings->items, findings->count, &findings->room, sizeof(char *));
    findings->items[findings->count++] = sentence;
}
