#include "publish/figures_json.h"

#include "publish/schema.h"

enum { THOUSAND = 1000, ALPHA_DIGITS = 3 };

typedef enum KeyKind { A_COUNT, A_NUMBER, A_DAY, SOME_COUNTS } KeyKind;

static const struct Key {
    const char *group, *key;
    KeyKind kind;
    size_t at; /* in Figures */
    const char *variables;
} keys[] = {
#define KEY(group, key, kind, member, variables) { group, key, kind, offsetof(Figures, member), variables },
#include "publish/figures_json.def"
#undef KEY
};

Counted counted_of(const View *view)
{
    return (Counted){ view->figures, view->filter, view->codebook, view->agreed };
}

const char *figures_variables(size_t at)
{
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (keys[i].at == at)
            return keys[i].variables;
    return "";
}

static bool rests_on(const struct Key *key, const char *variable)
{
    Text rest = text_of(key->variables), one;
    while (text_split(&rest, ' ', &one))
        if (text_is(one, variable))
            return true;
    return false;
}

/* The name of a key, or of the group in which it stands; NULL when the one before it has the same. */
static const char *outer_name(size_t i)
{
    if (!*keys[i].group)
        return keys[i].key;
    return i && strcmp(keys[i - 1].group, keys[i].group) == 0 ? NULL : keys[i].group;
}

/* What the figures rest on and coders agree too little on, when it is the `i`th number published and stands for its
 * variable; else NULL. */
static const Measured *little_agreed(const Agreed *agreed, size_t i, int64_t as_of)
{
    const char *variable = agreed->items[i].variable;
    if (i && strcmp(agreed->items[i - 1].variable, variable) == 0)
        return NULL;
    const Measured *newest = agreed_least(agreed, variable, as_of);
    bool used = false;
    for (size_t j = 0; j < COUNT_OF(keys); j++)
        used = used || rests_on(&keys[j], variable);
    return used && newest && trust_of(newest->thousandths) != TRUST_GOOD ? newest : NULL;
}

static const void *member(const Figures *figures, const struct Key *key)
{
    return (const char *)figures + key->at;
}

static const char *code_or_unknown(const Count *count)
{
    return *count->code ? count->code : "unknown";
}

/* The day as text; NULL when nothing was counted. */
static const char *day_of_key(const Figures *figures, const struct Key *key, char text[DATE_TEXT_SIZE])
{
    if (!figures->incidents)
        return NULL;
    day_write(*(const int32_t *)member(figures, key), text);
    return text;
}

static void put_number(Out *out, double number, const char *unknown)
{
    if (isfinite(number))
        out_fixed(out, number, 4);
    else
        out_raw(out, unknown, strlen(unknown));
}

static void json_key(Out *out, const char *key)
{
    if (out->length && out->text[out->length - 1] != '{')
        OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":");
}

static void json_counts(Out *out, const Counts *counts)
{
    OUT_LITERAL(out, "{");
    for (size_t i = 0; i < counts->count; i++) {
        json_key(out, code_or_unknown(&counts->items[i]));
        out_int(out, counts->items[i].count);
    }
    OUT_LITERAL(out, "}");
}

static void json_value(Out *out, const Figures *figures, const struct Key *key)
{
    char text[DATE_TEXT_SIZE];
    switch (key->kind) {
    case A_COUNT: out_int(out, *(const int64_t *)member(figures, key)); break;
    case A_NUMBER: put_number(out, *(const double *)member(figures, key), "null"); break;
    case A_DAY: out_json(out, day_of_key(figures, key, text)); break;
    case SOME_COUNTS: json_counts(out, member(figures, key)); break;
    }
}

/* The day by whose end it was known; NULL when that was not asked. */
static const char *known_day(const Filter *filter, char text[DATE_TEXT_SIZE])
{
    if (!filter->known_by_text)
        return NULL;
    day_write(filter->known_by, text);
    return text;
}

void figures_json_origin(Out *out, const Figures *figures, const Filter *filter, const Codebook *codebook)
{
    char moment[MOMENT_TEXT_SIZE], day[DATE_TEXT_SIZE];
    AUTO_OUT text = { 0 };
    json_key(out, "as_of");
    out_json(out, figures->entries ? moment_write(figures->as_of, moment) : NULL);
    json_key(out, "known_by");
    out_json(out, known_day(filter, day));
    json_key(out, "entries");
    out_int(out, figures->entries);
    out_raw(&text, codebook->name, strlen(codebook->name));
    OUT_LITERAL(&text, " ");
    out_raw(&text, codebook->version, strlen(codebook->version));
    json_key(out, "codebook");
    out_json_text(out, out_view(&text));
    out_clear(&text);
    filter_write(&text, filter);
    json_key(out, "query");
    out_json_text(out, out_view(&text));
}

void figures_json_measured(Out *out, const Measured *measured)
{
    json_key(out, "alpha");
    out_fixed(out, (double)measured->thousandths / THOUSAND, ALPHA_DIGITS);
    json_key(out, "charted");
    trust_of(measured->thousandths) == TRUST_NONE ? OUT_LITERAL(out, "false") : OUT_LITERAL(out, "true");
    json_key(out, "period");
    out_json(out, measured->period);
    json_key(out, "variable");
    out_json(out, measured->variable);
}

static void json_agreement(Out *out, const Agreed *agreed, int64_t as_of)
{
    size_t told = 0;
    json_key(out, "agreement");
    OUT_LITERAL(out, "[");
    for (size_t i = 0; agreed && i < agreed->count; i++) {
        const Measured *measured = little_agreed(agreed, i, as_of);
        if (!measured)
            continue;
        if (told++)
            OUT_LITERAL(out, ",");
        OUT_LITERAL(out, "{");
        figures_json_measured(out, measured);
        json_key(out, "figures");
        OUT_LITERAL(out, "[");
        for (size_t j = 0, named = 0; j < COUNT_OF(keys); j++)
            if (rests_on(&keys[j], measured->variable) && outer_name(j)) {
                if (named++)
                    OUT_LITERAL(out, ",");
                out_json(out, outer_name(j));
            }
        OUT_LITERAL(out, "]}");
    }
    OUT_LITERAL(out, "]");
}

void figures_json(Out *out, const Counted *counted)
{
    const Figures *figures = counted->figures;
    const char *group = "";
    OUT_LITERAL(out, "{");
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        bool changes = strcmp(group, keys[i].group) != 0;
        if (changes && *group)
            OUT_LITERAL(out, "}");
        group = keys[i].group;
        if (changes && *group) {
            json_key(out, group);
            OUT_LITERAL(out, "{");
        }
        json_key(out, keys[i].key);
        json_value(out, figures, &keys[i]);
    }
    json_agreement(out, counted->agreed, counted->filter->as_of);
    figures_json_origin(out, figures, counted->filter, counted->codebook);
    OUT_LITERAL(out, "}");
}

static void schema_value(Out *out, KeyKind kind)
{
    switch (kind) {
    case A_COUNT: schema_type(out, COLUMN_INTEGER); break;
    case A_NUMBER: schema_type(out, COLUMN_NUMBER); break;
    case A_DAY: schema_type(out, COLUMN_DAY); break;
    case SOME_COUNTS: OUT_LITERAL(out, "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}"); break;
    }
}

/* The members from `from` on that stand in one group, as an object; answers how many. */
static size_t schema_group(Out *out, size_t from)
{
    size_t to = from;
    OUT_LITERAL(out, "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
    for (; to < COUNT_OF(keys) && strcmp(keys[to].group, keys[from].group) == 0; to++) {
        json_key(out, keys[to].key);
        schema_value(out, keys[to].kind);
    }
    OUT_LITERAL(out, "}}");
    return to - from;
}

void figures_schema(Out *out)
{
    OUT_LITERAL(out, "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
    for (size_t i = 0; i < COUNT_OF(keys);) {
        json_key(out, *keys[i].group ? keys[i].group : keys[i].key);
        if (*keys[i].group)
            i += schema_group(out, i);
        else
            schema_value(out, keys[i++].kind);
    }
    OUT_LITERAL(out, ",\"agreement\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/little_agreed\"}}");
    for (size_t i = 0; i < origin_schema.count; i++) {
        json_key(out, origin_schema.columns[i].name);
        schema_type(out, origin_schema.columns[i].type);
    }
    OUT_LITERAL(out, "},\"required\":[");
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (i == 0 || !*keys[i].group || strcmp(keys[i].group, keys[i - 1].group) != 0) {
            out_json(out, *keys[i].group ? keys[i].group : keys[i].key);
            OUT_LITERAL(out, ",");
        }
    OUT_LITERAL(out, "\"agreement\",\"as_of\"]}");
}

/* `figure,code,` of a row. */
static void csv_start(Out *out, const struct Key *key, const char *code)
{
    if (*key->group) {
        out_csv(out, key->group);
        OUT_LITERAL(out, ".");
    }
    out_csv(out, key->key);
    OUT_LITERAL(out, ",");
    out_csv(out, code);
    OUT_LITERAL(out, ",");
}

static void csv_rows(Out *out, const Figures *figures, const struct Key *key)
{
    if (key->kind == SOME_COUNTS) {
        const Counts *counts = member(figures, key);
        for (size_t i = 0; i < counts->count; i++) {
            csv_start(out, key, code_or_unknown(&counts->items[i]));
            out_int(out, counts->items[i].count);
            OUT_LITERAL(out, "\r\n");
        }
        return;
    }
    char text[DATE_TEXT_SIZE];
    csv_start(out, key, "");
    if (key->kind == A_COUNT)
        out_int(out, *(const int64_t *)member(figures, key));
    else if (key->kind == A_NUMBER)
        put_number(out, *(const double *)member(figures, key), "");
    else
        out_csv(out, day_of_key(figures, key, text));
    OUT_LITERAL(out, "\r\n");
}

static void csv_agreement(Out *out, const Agreed *agreed, int64_t as_of)
{
    for (size_t i = 0; agreed && i < agreed->count; i++) {
        const Measured *measured = little_agreed(agreed, i, as_of);
        if (!measured)
            continue;
        OUT_LITERAL(out, "agreement,");
        out_csv(out, measured->variable);
        OUT_LITERAL(out, ",");
        out_fixed(out, (double)measured->thousandths / THOUSAND, ALPHA_DIGITS);
        OUT_LITERAL(out, "\r\n");
    }
}

void figures_csv(Out *out, const Counted *counted)
{
    const Figures *figures = counted->figures;
    const Filter *filter = counted->filter;
    char moment[MOMENT_TEXT_SIZE], day[DATE_TEXT_SIZE];
    AUTO_OUT query = { 0 };
    OUT_LITERAL(out, "figure,code,value\r\n");
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        csv_rows(out, figures, &keys[i]);
    csv_agreement(out, counted->agreed, filter->as_of);
    OUT_LITERAL(out, "as_of,,");
    out_csv(out, figures->entries ? moment_write(figures->as_of, moment) : "");
    OUT_LITERAL(out, "\r\nknown_by,,");
    out_csv(out, known_day(filter, day));
    OUT_LITERAL(out, "\r\nentries,,");
    out_int(out, figures->entries);
    OUT_LITERAL(out, "\r\ncodebook,,");
    out_csv(out, counted->codebook->version);
    filter_write(&query, filter);
    OUT_LITERAL(out, "\r\nquery,,");
    out_csv(out, query.text);
    OUT_LITERAL(out, "\r\n");
}
