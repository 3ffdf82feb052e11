#include "publish/codebook_page.h"

static const char *const cardinality_codes[] = { [EXACTLY_ONE] = "1", [AT_MOST_ONE] = "?", [ANY_NUMBER] = "*" };
static const char *const visibility_codes[] = {
    [VISIBLE_PUBLIC] = "public", [VISIBLE_ANALYST] = "analyst", [VISIBLE_PRIVATE] = "private"
};

const char *codebook_unit(const Language *language, const char *unit)
{
    static const char *const words[][2] = {
        { "alpha", N_("Krippendorff’s alpha") },
        { "beds", N_("beds") },
        { "by metric", N_("that of its indicator") },
        { "by variable", N_("that of its variable") },
        { "bytes", N_("bytes") },
        { "currency", N_("with its currency") },
        { "day", N_("day") },
        { "days", N_("days") },
        { "degrees", N_("degrees") },
        { "events", N_("events") },
        { "hours", N_("hours") },
        { "percent", N_("percent") },
        { "persons", N_("persons") },
        { "records", N_("records") },
        { "sites", N_("sites") },
        { "transports", N_("transports") },
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(words[i][0], unit) == 0)
            return say(language, words[i][1]);
    return unit;
}

const char *codebook_type(const View *view, const Variable *variable)
{
    static const char *const words[TYPE_COUNT_OF_TYPES] = {
        [TYPE_ID] = N_("identifier"),
        [TYPE_TEXT] = N_("text"),
        [TYPE_TEXT_I18N] = N_("text, in each language"),
        [TYPE_ENUM] = N_("one of its values"),
        [TYPE_FLAG] = N_("yes or no"),
        [TYPE_CODE] = N_("code of another list"),
        [TYPE_REF] = N_("reference to another record"),
        [TYPE_DATE] = N_("date"),
        [TYPE_DATETIME] = N_("date and time"),
        [TYPE_COUNT] = N_("whole number"),
        [TYPE_NUMBER] = N_("number"),
        [TYPE_RANGE] = N_("number or range"),
        [TYPE_MONEY] = N_("amount of money"),
        [TYPE_URL] = N_("web address"),
        [TYPE_HASH] = N_("hash"),
        [TYPE_POINT] = N_("place on the map"),
        [TYPE_ANY] = N_("that of its variable"),
    };
    return say(view->language, words[variable->type]);
}

const char *codebook_cardinality(const View *view, const Variable *variable)
{
    static const char *const words[] = {
        [EXACTLY_ONE] = N_("exactly one"), [AT_MOST_ONE] = N_("at most one"), [ANY_NUMBER] = N_("any number")
    };
    return say(view->language, words[variable->cardinality]);
}

const char *codebook_visibility(const View *view, const Variable *variable)
{
    static const char *const words[] = {
        [VISIBLE_PUBLIC] = N_("public"), [VISIBLE_ANALYST] = N_("for analysts"), [VISIBLE_PRIVATE] = N_("private")
    };
    return say(view->language, words[variable->visibility]);
}

static void csv_row(Out *out, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        out_csv(out, cells[i]);
    }
    OUT_LITERAL(out, "\r\n");
}

static void csv_variable(Out *out, const Variable *variable)
{
    const char *const cells[] = { variable->entity,
                                  variable->key,
                                  "",
                                  value_type_name(variable->type),
                                  cardinality_codes[variable->cardinality],
                                  variable->unit,
                                  variable->origin,
                                  visibility_codes[variable->visibility],
                                  variable->label.en,
                                  variable->label.fr,
                                  variable->definition.en,
                                  variable->definition.fr,
                                  variable->veris,
                                  variable->stix };
    csv_row(out, cells, COUNT_OF(cells));
    for (size_t i = 0; i < variable->value_count; i++) {
        const Value *value = &variable->values[i];
        const char *const row[] = { variable->entity,
                                    variable->key,
                                    value->code,
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    value->label.en,
                                    value->label.fr,
                                    value->definition.en,
                                    value->definition.fr,
                                    value->veris,
                                    value->stix };
        csv_row(out, row, COUNT_OF(row));
    }
}

void codebook_csv(Out *out, const Codebook *codebook)
{
    OUT_LITERAL(out, "entity,variable,code,type,cardinality,unit,origin,visibility,label_en,label_fr,definition_en,"
                     "definition_fr,veris,stix\r\n");
    for (size_t i = 0; i < codebook->entity_count; i++)
        for (size_t j = 0; j < codebook->entities[i].variable_count; j++)
            csv_variable(out, &codebook->entities[i].variables[j]);
}

static void json_pair(Out *out, const char *key, const char *value)
{
    if (out->text[out->length - 1] != '{')
        OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":");
    out_json(out, value);
}

static void json_label(Out *out, const char *key, Label label)
{
    OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":{");
    json_pair(out, "en", label.en);
    json_pair(out, "fr", label.fr);
    OUT_LITERAL(out, "}");
}

/* What stands between the items of a list. */
static void json_next(Out *out, size_t place)
{
    if (place)
        OUT_LITERAL(out, ",\n");
}

static void json_values(Out *out, const Variable *variable)
{
    OUT_LITERAL(out, ",\"values\":[");
    for (size_t i = 0; i < variable->value_count; i++) {
        const Value *value = &variable->values[i];
        json_next(out, i);
        OUT_LITERAL(out, "{");
        json_pair(out, "code", value->code);
        json_label(out, "label", value->label);
        json_label(out, "definition", value->definition);
        json_pair(out, "veris", value->veris);
        json_pair(out, "stix", value->stix);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]");
}

static void json_variable(Out *out, const Variable *variable)
{
    OUT_LITERAL(out, "{");
    json_pair(out, "key", variable->key);
    json_pair(out, "type", value_type_name(variable->type));
    json_pair(out, "cardinality", cardinality_codes[variable->cardinality]);
    json_pair(out, "unit", variable->unit);
    json_pair(out, "origin", variable->origin);
    json_pair(out, "visibility", visibility_codes[variable->visibility]);
    json_label(out, "label", variable->label);
    json_label(out, "definition", variable->definition);
    json_pair(out, "veris", variable->veris);
    json_pair(out, "stix", variable->stix);
    if (variable->value_count)
        json_values(out, variable);
    OUT_LITERAL(out, "}");
}

void codebook_json(Out *out, const Codebook *codebook)
{
    OUT_LITERAL(out, "{");
    json_pair(out, "name", codebook->name);
    json_pair(out, "version", codebook->version);
    json_pair(out, "licence", codebook->licence);
    OUT_LITERAL(out, ",\"entities\":[");
    for (size_t i = 0; i < codebook->entity_count; i++) {
        const Entity *entity = &codebook->entities[i];
        json_next(out, i);
        OUT_LITERAL(out, "{");
        json_pair(out, "key", entity->key);
        json_label(out, "label", entity->label);
        json_label(out, "definition", entity->definition);
        OUT_LITERAL(out, ",\"variables\":[");
        for (size_t j = 0; j < entity->variable_count; j++) {
            json_next(out, j);
            json_variable(out, &entity->variables[j]);
        }
        OUT_LITERAL(out, "]}");
    }
    OUT_LITERAL(out, "]}\n");
}
