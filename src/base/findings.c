#include "base/findings.h"

void findings_add(Findings *findings, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const char *sentence = arena_format_list(findings->arena, format, values);
    va_end(values);
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->items[i], sentence) == 0)
            return;
    findings->items = arena_grow(findings->arena, findings->items, findings->count, &findings->room, sizeof(char *));
    findings->items[findings->count++] = sentence;
}
