#include "codebook/codebook.h"

#include "codebook/index.h"

extern const char asset_health_txt[], asset_health_txt_end[];

Text codebook_embedded(void)
{
    return (Text){ asset_health_txt, (size_t)(asset_health_txt_end - asset_health_txt) };
}

static const Variable *look_up(const Codebook *codebook, const Table *table, Text name)
{
    const int64_t *place = table_get(table, name);
    return place ? codebook->index->found[*place] : NULL;
}

const Variable *codebook_needed(const Codebook *codebook, NeededName name)
{
    return codebook->index->needed[name];
}

const Variable *codebook_variable(const Codebook *codebook, const char *key)
{
    return look_up(codebook, codebook->index->variables, text_of(key));
}

const Variable *codebook_variable_of(const Codebook *codebook, const char *entity, const char *key)
{
    char name[QUALIFIED_MAX];
    return look_up(codebook, codebook->index->qualified, index_qualified(entity, key, name));
}

size_t variable_place(const Variable *variable, const char *code)
{
    const int64_t *place = variable->value_count > 0 && code ? table_get(variable->codes, text_of(code)) : NULL;
    return place ? (size_t)*place : variable->value_count;
}

const Value *variable_value(const Variable *variable, const char *code)
{
    size_t place = variable_place(variable, code);
    return place < variable->value_count ? &variable->values[place] : NULL;
}

const Variable *codebook_claimable(const Codebook *codebook, Text name, ValueType *type)
{
    const Variable *variable = look_up(codebook, codebook->index->claims, name);
    if (variable)
        *type = variable->type;
    return variable;
}

const char *codebook_sector_of(const Codebook *codebook, const char *org_type)
{
    const Value *value = variable_value(codebook_needed(codebook, NEEDED_ORGANISATION_ORG_TYPE), org_type);
    return value && value->group && strcmp(value->group, "sector_group") == 0 ? value->group_code : NULL;
}

const char *value_type_name(ValueType type)
{
    static const char *const names[TYPE_COUNT_OF_TYPES] = {
        [TYPE_ID] = "id",       [TYPE_TEXT] = "text",     [TYPE_TEXT_I18N] = "text_i18n",
        [TYPE_ENUM] = "enum",   [TYPE_FLAG] = "flag",     [TYPE_CODE] = "code",
        [TYPE_REF] = "ref",     [TYPE_DATE] = "date",     [TYPE_DATETIME] = "datetime",
        [TYPE_COUNT] = "count", [TYPE_NUMBER] = "number", [TYPE_RANGE] = "range",
        [TYPE_MONEY] = "money", [TYPE_URL] = "url",       [TYPE_HASH] = "hash",
        [TYPE_POINT] = "point", [TYPE_ANY] = "any",
    };
    return names[type];
}

const char *label_in(Label label, const char *language)
{
    return language && strcmp(language, "fr") == 0 ? label.fr : label.en;
}
