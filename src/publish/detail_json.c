/* One incident as JSON: what is published, with its claims, sources and organisations. */
#include "publish/detail.h"
#include "publish/figures_json.h"
#include "publish/tables.h"

static bool put_rows(const View *view, Store *store, int64_t incident, ExportTable table, Out *out, Problem *problem)
{
    const ExportOne order = { .table = table,
                              .form = EXPORT_JSON,
                              .codebook = view->codebook,
                              .incident = incident,
                              .entries = view->figures->entries };
    return export_one(view->arena, store, &order, out, problem);
}

static void put_member(Out *out, const char *key, const char *value)
{
    if (out->text[out->length - 1] != '{')
        OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":");
    out_json(out, value);
}

static void put_supplier(Out *out, const Organisation *supplier)
{
    OUT_LITERAL(out, ",\"supplier\":");
    if (supplier && strcmp(supplier->naming, "withheld") != 0)
        out_int(out, supplier->id);
    else
        OUT_LITERAL(out, "null");
}

static void put_organisations(Out *out, const Incident *incident)
{
    OUT_LITERAL(out, ",\"organisations\":[");
    for (size_t i = 0; i < incident->organisation_count; i++) {
        const Organisation *one = &incident->organisations[i];
        if (i)
            OUT_LITERAL(out, ",");
        OUT_LITERAL(out, "{\"organisation\":");
        if (strcmp(one->naming, "withheld") == 0)
            OUT_LITERAL(out, "null");
        else
            out_int(out, one->id);
        put_member(out, "name", *one->name ? one->name : NULL);
        put_member(out, "country", one->country);
        put_member(out, "subdivision", one->subdivision);
        put_member(out, "place", one->place);
        put_member(out, "org_type", one->org_type);
        put_member(out, "sector_group", one->sector_group);
        put_member(out, "role", one->role);
        put_member(out, "naming", one->naming);
        put_member(out, "naming_basis", one->naming_basis);
        put_supplier(out, incident_supplier(incident, one));
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]");
}

bool detail_json(const View *view, const Snapshot *snapshot, Store *store, int64_t incident, Out *out, Problem *problem)
{
    Incident known;
    History history;
    SimilarList similar;
    ArchivedList archived;
    Run all;
    if (!incident_read(view->arena, store, incident, view->figures->entries, &known, problem))
        return false;
    OUT_LITERAL(out, "{\"incident\":");
    AUTO_OUT row = { 0 }; /* an array of one */
    if (!put_rows(view, store, incident, EXPORT_INCIDENTS, &row, problem))
        return false;
    out_raw(out, row.text + 1, row.length - 2);
    OUT_LITERAL(out, ",\"summary\":");
    out_json(out, known.summary);
    put_organisations(out, &known);
    OUT_LITERAL(out, ",\"claims\":");
    if (!put_rows(view, store, incident, EXPORT_CLAIMS, out, problem))
        return false;
    OUT_LITERAL(out, ",\"sources\":");
    if (!put_rows(view, store, incident, EXPORT_SOURCES, out, problem))
        return false;
    if (!history_read(view, store, incident, &history, problem))
        return false;
    history_json(out, &history);
    if (!evidence_read(view->arena, store, view->codebook, (Asked){ incident, view->figures->entries }, &all, problem))
        return false;
    Timeline timeline = timeline_of(view, all);
    ImpactView impact = impact_view(view, incident, all);
    timeline_json(out, &timeline, &impact);
    SaidList attributions = said_about(view, all, "attribution");
    SaidList accountability = said_about(view, all, "accountability");
    NormList norms = norms_of(view, &known, &accountability);
    said_json(out, "attributions", &attributions);
    said_json(out, "accountability", &accountability);
    norms_json(out, &norms);
    if (!archived_read(view, store, incident, &archived, problem))
        return false;
    archived_json(out, &archived);
    if (!similar_read(view, snapshot, store, &known, &similar, problem))
        return false;
    similar_json(out, &similar);
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, "}\n");
    return true;
}
