#include "publish/other_names.h"

#include "domain/name_form.h"

void other_names_add(Arena *arena, OtherNames *names, OtherName name)
{
    names->items = arena_grow(arena, names->items, names->count, &names->room, sizeof *names->items);
    names->items[names->count++] = name;
}

bool other_names_take(Arena *arena, Rows *rows, OtherNames *names)
{
    while (rows && rows_next(rows))
        other_names_add(
            arena, names,
            (OtherName){ arena_string(arena, rows_text(rows, 0)), arena_string(arena, rows_text(rows, 1)) });
    return rows && rows_close(rows);
}

Cell other_names_cell(Arena *arena, const OtherNames *names, OtherPart part)
{
    const char **items = NEW_ARRAY(arena, const char *, names->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++) {
        const OtherName *name = &names->items[i];
        if (name_is_own(name->kind) == (part == OTHER_NAMES))
            items[count++] = part == OTHER_NAMES ? name->value : arena_format(arena, "%s:%s", name->kind, name->value);
    }
    return cell_list(items, count);
}

static const struct {
    const char *kind, *label;
} labels[] = { { "alias", N_("Also called") },
               { "former", N_("Formerly called") },
               { "parent", N_("Belongs to") },
               { "register", N_("Number in its data set") } };

/* As readers say it; the others as the workbench does. */
static const char *kind_in_words(const View *view, const char *kind)
{
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (strcmp(labels[i].kind, kind) == 0)
            return say(view->language, labels[i].label);
    for (size_t i = 0; i < NAME_KIND_COUNT; i++)
        if (strcmp(name_kinds[i].code, kind) == 0)
            return say(view->language, name_kinds[i].words);
    return kind;
}

void other_names_section(const View *view, const OtherNames *names, EntityPage *page)
{
    static const EntityColumn columns[] = { { N_("Name or number"), false }, { N_("What it is"), false } };
    if (names->count == 0)
        return;
    EntitySection *section = entity_section(page, "names", say(view->language, "Other names and numbers"), NULL);
    section->table = entity_table(view, columns, COUNT_OF(columns));
    for (size_t i = 0; i < names->count; i++) {
        EntityCell *cells = entity_row(view, &section->table);
        cells[0].text = show_foreign(view, names->items[i].value);
        cells[1].text = kind_in_words(view, names->items[i].kind);
    }
}

void other_names_json(const View *view, const OtherNames *names, Out *out)
{
    Sheet sheet = sheet_new(view->arena, &other_name_schema);
    for (size_t i = 0; i < names->count; i++) {
        Cell *cells = sheet_row(&sheet);
        cells[0] = cell_text(names->items[i].kind);
        cells[1] = cell_text(names->items[i].value);
    }
    OUT_LITERAL(out, ",\"names\":");
    sheet_json(out, &sheet);
}

void others_section(const View *view, Rows *rows, OtherShown *shown, const char *heading, EntityPage *page)
{
    static const EntityColumn columns[] = { { N_("Who"), false }, { N_("Reason"), false } };
    EntityTable table = entity_table(view, columns, COUNT_OF(columns));
    while (rows && rows_next(rows)) {
        const char *kind = rows_text(rows, 1), *end = strrchr(kind, '.');
        PageLink other = shown(view, rows, end && strcmp(end, ".split") == 0);
        EntityCell *cells = entity_row(view, &table);
        cells[0] = (EntityCell){ .text = other.label, .link = other.address };
        cells[1].text = arena_string(view->arena, rows_text(rows, 2));
    }
    (void)rows_close(rows); /* the statement's problem says whether it broke off */
    if (table.count)
        entity_section(page, "others", heading, NULL)->table = table;
}
