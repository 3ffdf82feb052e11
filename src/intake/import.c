#include "intake/import.h"

#include "intake/mapping.h"

static const Importer importers[] = {
#define IMPORTER(...) { __VA_ARGS__ },
#include "intake/importers.def"
#undef IMPORTER
};

static const ImporterInfo infos[] = {
#define IMPORTER(name, reads, ...) { name, reads },
#include "intake/importers.def"
#undef IMPORTER
    { NULL, NULL },
};

const Importer *importer_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(importers); i++)
        if (strcmp(importers[i].name, name) == 0)
            return &importers[i];
    return NULL;
}

const ImporterInfo *importer_list(void)
{
    return infos;
}

bool importer_bind(Arena *arena, const Importer *importer, const Mapping *mapping, const Columns *columns,
                   const int **places, Problem *problem)
{
    if (!columns)
        return true;
    if (mapping)
        return mapping_bind(arena, mapping, columns, places, problem);
    size_t count = 0;
    while (importer->columns[count])
        count++;
    int *found = NEW_ARRAY(arena, int, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *name = importer->columns[i];
        bool optional = name[0] == '?';
        found[i] = column_find(columns, name + optional);
        if (found[i] < 0 && !optional)
            return fail_field(problem, PROBLEM_BAD_INPUT, name,
                              "the file has no column \"%s\"; is it really a file for the format %s?", name,
                              importer->name);
    }
    *places = found;
    return true;
}

Text making_cell(const Making *making, size_t column)
{
    int place = making->places[column];
    const CsvRow *cells = making->row->cells;
    return place >= 0 && (size_t)place < cells->count ? cells->cells[place] : (Text){ 0 };
}
