/* The columns of data. Cells are filled in this order by what writes each kind of row. */
#include "publish/schema.h"

static const ColumnInfo origin_columns[] = {
    /* what makes an answer citable */
    { "as_of", COLUMN_MOMENT },  { "known_by", COLUMN_DAY }, { "entries", COLUMN_INTEGER },
    { "codebook", COLUMN_TEXT }, { "query", COLUMN_TEXT },
};

static const ColumnInfo incident_columns[] = {
    { "id", COLUMN_INTEGER },
    { "dataset", COLUMN_TEXT },
    { "external_id", COLUMN_TEXT },
    { "title", COLUMN_TEXT },
    { "date_first", COLUMN_DAY },
    { "date_last", COLUMN_DAY },
    { "date_precision", COLUMN_TEXT },
    { "date_basis", COLUMN_TEXT },
    { "organisations", COLUMN_LIST },
    { "countries", COLUMN_LIST },
    { "sectors", COLUMN_LIST },
    { "org_types", COLUMN_LIST },
    { "organisations_beside", COLUMN_LIST },
    { "main_type", COLUMN_TEXT },
    { "attack_types", COLUMN_LIST },
    { "ransomware_status", COLUMN_TEXT },
    { "actors", COLUMN_LIST },
    { "verification", COLUMN_TEXT },
    { "inclusion", COLUMN_TEXT },
    { "reason", COLUMN_TEXT },
    { "severity_at_least", COLUMN_TEXT },
    { "severity_at_most", COLUMN_TEXT },
    { "severity_index_low", COLUMN_INTEGER },
    { "severity_index_high", COLUMN_INTEGER },
    { "coverage_percent", COLUMN_INTEGER },
    { "persons_affected", COLUMN_NUMBER },
    { "persons_affected_missing", COLUMN_TEXT },
    { "days_of_disturbed_care", COLUMN_NUMBER },
    { "appointments_cancelled", COLUMN_NUMBER },
    { "procedures_cancelled", COLUMN_NUMBER },
    { "conflicting", COLUMN_FLAG },
    { "licence", COLUMN_LIST },
    { "source_urls", COLUMN_LIST },
    { "first_entry", COLUMN_INTEGER },
    { "version_entry", COLUMN_INTEGER },
};

static const ColumnInfo claim_columns[] = {
    { "claim", COLUMN_INTEGER },    { "incident", COLUMN_INTEGER }, { "variable", COLUMN_TEXT },
    { "value", COLUMN_TEXT },       { "missing", COLUMN_TEXT },     { "low", COLUMN_NUMBER },
    { "high", COLUMN_NUMBER },      { "raw", COLUMN_TEXT },         { "quote", COLUMN_TEXT },
    { "rank", COLUMN_TEXT },        { "claimant", COLUMN_TEXT },    { "stance", COLUMN_TEXT },
    { "credibility", COLUMN_TEXT }, { "known_since", COLUMN_DAY },  { "as_of", COLUMN_DAY },
    { "source", COLUMN_INTEGER },   { "locator", COLUMN_TEXT },     { "since", COLUMN_INTEGER },
    { "until", COLUMN_INTEGER },
};

static const ColumnInfo source_columns[] = {
    { "source", COLUMN_INTEGER },          { "url", COLUMN_TEXT },         { "title", COLUMN_TEXT },
    { "source_type", COLUMN_TEXT },        { "reliability", COLUMN_TEXT }, { "origin", COLUMN_TEXT },
    { "language", COLUMN_TEXT },           { "access", COLUMN_TEXT },      { "licence", COLUMN_TEXT },
    { "independence_group", COLUMN_TEXT }, { "published", COLUMN_DAY },    { "since", COLUMN_INTEGER },
};

static const ColumnInfo organisation_columns[] = {
    { "organisation", COLUMN_INTEGER }, { "name", COLUMN_TEXT },         { "named", COLUMN_FLAG },
    { "country", COLUMN_TEXT },         { "subdivision", COLUMN_TEXT },  { "place", COLUMN_TEXT },
    { "org_type", COLUMN_TEXT },        { "sector_group", COLUMN_TEXT }, { "aliases", COLUMN_LIST },
    { "identifiers", COLUMN_LIST },     { "incidents", COLUMN_INTEGER }, { "since", COLUMN_INTEGER },
};

static const ColumnInfo affected_columns[] = {
    { "organisation", COLUMN_INTEGER }, { "name", COLUMN_TEXT },        { "country", COLUMN_TEXT },
    { "subdivision", COLUMN_TEXT },     { "place", COLUMN_TEXT },       { "org_type", COLUMN_TEXT },
    { "sector_group", COLUMN_TEXT },    { "role", COLUMN_TEXT },        { "naming", COLUMN_TEXT },
    { "naming_basis", COLUMN_TEXT },    { "supplier", COLUMN_INTEGER },
};

static const ColumnInfo other_name_columns[] = {
    { "kind", COLUMN_TEXT },
    { "value", COLUMN_TEXT },
};

static const ColumnInfo involvement_columns[] = {
    { "incident", COLUMN_INTEGER },  { "role", COLUMN_TEXT },        { "inclusion", COLUMN_TEXT },
    { "verification", COLUMN_TEXT }, { "date_first", COLUMN_DAY },   { "counted", COLUMN_FLAG },
    { "naming_basis", COLUMN_TEXT }, { "supplier", COLUMN_INTEGER }, { "supplied", COLUMN_INTEGER },
};

static const ColumnInfo actor_columns[] = {
    { "actor", COLUMN_TEXT },
    { "number", COLUMN_INTEGER },
    { "name", COLUMN_TEXT },
    { "aliases", COLUMN_LIST },
    { "identifiers", COLUMN_LIST },
    { "incidents", COLUMN_INTEGER },
    { "claimed_only", COLUMN_INTEGER },
    { "named_by_itself_alone", COLUMN_INTEGER },
    { "named_by_others", COLUMN_INTEGER },
    { "named_by_authority_or_court", COLUMN_INTEGER },
    { "pledges", COLUMN_INTEGER },
    { "pledge_statuses", COLUMN_LIST },
};

static const ColumnInfo attribution_columns[] = {
    { "incident", COLUMN_INTEGER },  { "source", COLUMN_INTEGER }, { "basis", COLUMN_TEXT },
    { "claimant", COLUMN_TEXT },     { "asserted", COLUMN_FLAG },  { "inclusion", COLUMN_TEXT },
    { "verification", COLUMN_TEXT }, { "date_first", COLUMN_DAY },
};

static const ColumnInfo pledge_columns[] = {
    { "pledge", COLUMN_TEXT },      { "date", COLUMN_DAY },        { "date_precision", COLUMN_TEXT },
    { "kind", COLUMN_TEXT },        { "promise", COLUMN_TEXT },    { "covers", COLUMN_LIST },
    { "exceptions", COLUMN_TEXT },  { "channel", COLUMN_TEXT },    { "status", COLUMN_TEXT },
    { "breach", COLUMN_TEXT },      { "breach_date", COLUMN_DAY }, { "breach_assessment", COLUMN_TEXT },
    { "explanation", COLUMN_TEXT }, { "remedy", COLUMN_TEXT },     { "source_url", COLUMN_TEXT },
    { "source2_url", COLUMN_TEXT }, { "confidence", COLUMN_TEXT },
};

static const ColumnInfo country_columns[] = {
    { "code", COLUMN_TEXT },      { "name", COLUMN_TEXT },         { "public_registers", COLUMN_INTEGER },
    { "data_sets", COLUMN_LIST }, { "incidents", COLUMN_INTEGER },
};

static const ColumnInfo data_set_columns[] = {
    { "data_set", COLUMN_TEXT },  { "incidents", COLUMN_INTEGER }, { "claimed_only", COLUMN_INTEGER },
    { "date_first", COLUMN_DAY }, { "date_last", COLUMN_DAY },
};

static const ColumnInfo register_columns[] = {
    { "source", COLUMN_INTEGER },
    { "title", COLUMN_TEXT },
    { "url", COLUMN_TEXT },
};

static const ColumnInfo document_columns[] = {
    { "source", COLUMN_INTEGER },   { "url", COLUMN_TEXT },          { "title", COLUMN_TEXT },
    { "source_type", COLUMN_TEXT }, { "reliability", COLUMN_TEXT },  { "origin", COLUMN_TEXT },
    { "language", COLUMN_TEXT },    { "access", COLUMN_TEXT },       { "licence", COLUMN_TEXT },
    { "published", COLUMN_DAY },    { "incidents", COLUMN_INTEGER }, { "statements", COLUMN_INTEGER },
    { "claims", COLUMN_INTEGER },   { "said_from", COLUMN_DAY },     { "said_until", COLUMN_DAY },
    { "recorded", COLUMN_MOMENT },  { "since", COLUMN_INTEGER },
};

static const ColumnInfo history_columns[] = {
    { "sources", COLUMN_INTEGER }, { "entry", COLUMN_INTEGER },   { "at", COLUMN_MOMENT },
    { "author", COLUMN_TEXT },     { "kind", COLUMN_TEXT },       { "reason", COLUMN_TEXT },
    { "reviewer", COLUMN_TEXT },   { "claims", COLUMN_INTEGERS }, { "ended", COLUMN_INTEGERS },
    { "changes", COLUMN_OBJECTS },
};

static const ColumnInfo event_columns[] = {
    { "event", COLUMN_TEXT },
    { "first", COLUMN_DAY },
    { "last", COLUMN_DAY },
    { "sources", COLUMN_INTEGERS },
};

static const ColumnInfo series_columns[] = {
    { "variable", COLUMN_TEXT },
    { "steps", COLUMN_OBJECTS },
};

static const ColumnInfo said_columns[] = {
    { "source", COLUMN_INTEGER },
    { "claims", COLUMN_OBJECTS },
};

static const ColumnInfo norm_columns[] = {
    { "code", COLUMN_TEXT },
    { "engaged", COLUMN_FLAG },
    { "named_by", COLUMN_INTEGERS },
};

static const ColumnInfo similar_columns[] = {
    { "incident", COLUMN_INTEGER },
    { "shared", COLUMN_LIST },
    { "days", COLUMN_INTEGER },
};

static const ColumnInfo archived_columns[] = {
    { "source", COLUMN_INTEGER },
    { "sha256", COLUMN_TEXT },
    { "address", COLUMN_TEXT },
    { "entry", COLUMN_INTEGER },
};

static const ColumnInfo correction_columns[] = {
    { "incident", COLUMN_INTEGER }, { "left", COLUMN_FLAG },     { "entry", COLUMN_INTEGER },
    { "at", COLUMN_MOMENT },        { "author", COLUMN_TEXT },   { "kind", COLUMN_TEXT },
    { "reason", COLUMN_TEXT },      { "reviewer", COLUMN_TEXT }, { "changes", COLUMN_OBJECTS },
};

static const ColumnInfo release_file_columns[] = {
    { "release", COLUMN_INTEGER }, { "day", COLUMN_DAY },     { "entries", COLUMN_INTEGER },
    { "codebook", COLUMN_TEXT },   { "path", COLUMN_TEXT },   { "address", COLUMN_TEXT },
    { "bytes", COLUMN_INTEGER },   { "sha256", COLUMN_TEXT },
};

static const ColumnInfo corrected_columns[] = {
    /* a correction as rows, one for each value that it changed */
    { "entry", COLUMN_INTEGER }, { "at", COLUMN_MOMENT },           { "incident", COLUMN_INTEGER },
    { "kind", COLUMN_TEXT },     { "author", COLUMN_TEXT },         { "reviewer", COLUMN_TEXT },
    { "reason", COLUMN_TEXT },   { "left", COLUMN_FLAG },           { "variable", COLUMN_TEXT },
    { "before", COLUMN_TEXT },   { "before_missing", COLUMN_TEXT }, { "before_contested", COLUMN_TEXT },
    { "after", COLUMN_TEXT },    { "after_missing", COLUMN_TEXT },  { "after_contested", COLUMN_TEXT },
};

static const ColumnInfo change_columns[] = {
    { "entry", COLUMN_INTEGER }, { "at", COLUMN_MOMENT }, { "kind", COLUMN_TEXT },
    { "subject", COLUMN_TEXT },  { "hash", COLUMN_TEXT }, { "address", COLUMN_TEXT },
};

static const ColumnInfo checkpoint_columns[] = {
    { "size", COLUMN_INTEGER }, { "at", COLUMN_MOMENT }, { "number", COLUMN_INTEGER },
    { "root", COLUMN_TEXT },    { "note", COLUMN_TEXT },
};

static const ColumnInfo agreement_columns[] = {
    { "period", COLUMN_TEXT },       { "variable", COLUMN_TEXT }, { "metric", COLUMN_TEXT },
    { "incidents", COLUMN_INTEGER }, { "alpha", COLUMN_NUMBER },  { "entry", COLUMN_INTEGER },
    { "published", COLUMN_MOMENT },
};

static const ColumnInfo little_agreed_columns[] = {
    { "alpha", COLUMN_NUMBER },  { "charted", COLUMN_FLAG }, { "period", COLUMN_TEXT },
    { "variable", COLUMN_TEXT }, { "figures", COLUMN_LIST },
};

#define SCHEMA(name, end) const Schema name##_schema = { #name, name##_columns, COUNT_OF(name##_columns), end };
#include "publish/schema.def"
#undef SCHEMA

const Schema *const schema_table[] = {
#define SCHEMA(name, end) &name##_schema,
#include "publish/schema.def"
#undef SCHEMA
};
const size_t schema_count = COUNT_OF(schema_table);

void schema_type(Out *out, ColumnType type)
{
    switch (type) {
    case COLUMN_TEXT: OUT_LITERAL(out, "{\"type\":[\"string\",\"null\"]}"); break;
    case COLUMN_DAY: OUT_LITERAL(out, "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}"); break;
    case COLUMN_MOMENT: OUT_LITERAL(out, "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}"); break;
    case COLUMN_INTEGER: OUT_LITERAL(out, "{\"type\":[\"integer\",\"null\"]}"); break;
    case COLUMN_NUMBER: OUT_LITERAL(out, "{\"type\":[\"number\",\"null\"]}"); break;
    case COLUMN_FLAG: OUT_LITERAL(out, "{\"type\":\"boolean\"}"); break;
    case COLUMN_LIST: OUT_LITERAL(out, "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"); break;
    case COLUMN_INTEGERS: OUT_LITERAL(out, "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}"); break;
    case COLUMN_OBJECTS: OUT_LITERAL(out, "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"); break;
    }
}

void schema_json(Out *out, const Schema *schema)
{
    OUT_LITERAL(out, "{\"type\":\"object\",\"required\":[");
    for (size_t i = 0; i < schema->count; i++) {
        out_raw(out, ",", i ? 1 : 0);
        out_json(out, schema->columns[i].name);
    }
    OUT_LITERAL(out, "],\"properties\":{");
    for (size_t i = 0; i < schema->count; i++) {
        out_raw(out, ",", i ? 1 : 0);
        out_json(out, schema->columns[i].name);
        OUT_LITERAL(out, ":");
        schema_type(out, schema->columns[i].type);
    }
    OUT_LITERAL(out, "},\"additionalProperties\":");
    if (schema->end == SCHEMA_VARIABLES)
        schema_type(out, COLUMN_LIST);
    else
        OUT_LITERAL(out, "false");
    OUT_LITERAL(out, "}");
}
