#include "publish/history.h"

#include "base/date.h"
#include "domain/evidence.h"
#include "publish/link.h"
#include "publish/table_rows.h"

enum { OWN_MAX = 8 };

typedef struct Published { /* all that was published at one entry */
    Stated *items;
    size_t count;
} Published;

static void add_own(const View *view, Published *all, const char *variable, const char *label, const char *value,
                    const char *words)
{
    const Variable *known = codebook_variable(view->codebook, variable);
    if (value)
        all->items[all->count++] =
            (Stated){ .variable = variable,
                      .label = known ? label_in(known->label, view->language->code) : say(view->language, label),
                      .value = value,
                      .words = words };
}

/* What the register itself decides or computes. */
static void add_computed(const View *view, const Incident *incident, Published *all)
{
    Arena *arena = view->arena;
    add_own(view, all, "inclusion_decision", NULL, incident->inclusion,
            show_code(view, "inclusion_decision", incident->inclusion));
    add_own(view, all, "reason", N_("Reason"), incident->reason,
            incident->reason ? say(view->language, incident->reason) : NULL);
    add_own(view, all, "verification_level", NULL, incident->verification,
            show_code(view, "verification_level", incident->verification));
    if (incident->date_basis)
        add_own(view, all, "reference_date", NULL, span_write(incident->date, NEW_ARRAY(arena, char, DATE_TEXT_SIZE)),
                say_span(arena, view->language, incident->date));
    add_own(view, all, "severity", N_("Documented level"), arena_format(arena, "%d", incident->severity_low),
            incident_severity(view, incident));
    add_own(view, all, "coverage", N_("Coverage of the level"), arena_format(arena, "%d", incident->coverage),
            say_percent(arena, view->language, incident->coverage / 100.0, 0));
}

/* Empty when it was not published then. */
static bool read_published(const View *view, Store *store, Asked asked, Published *all, Problem *problem)
{
    Incident incident;
    Run evidence;
    Problem away = { 0 };
    *all = (Published){ 0 };
    if (!incident_read(view->arena, store, asked.incident, asked.at, &incident, &away))
        return away.kind == PROBLEM_NOT_FOUND || fail(problem, away.kind, "%s", away.message);
    if (!evidence_read(view->arena, store, view->codebook, asked, &evidence, problem))
        return false;
    *all = (Published){ .items = NEW_ARRAY(view->arena, Stated, evidence.count + OWN_MAX) };
    add_computed(view, &incident, all);
    for (size_t i = 0; i < evidence.count;) {
        Run run = run_at(evidence, i);
        all->items[all->count++] = stated_of(view, run);
        i += run.count;
    }
    return true;
}

static const Stated *find(const Published *all, const char *variable)
{
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->items[i].variable, variable) == 0)
            return &all->items[i];
    return NULL;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_said(const Stated *stated)
{
    return stated && (stated->value || stated->missing);
}

static void compare(const View *view, const Published *before, const Published *after, Revision *revision)
{
    ValueChange *changes = NEW_ARRAY(view->arena, ValueChange, before->count + after->count + 1);
    for (size_t i = 0; i < after->count; i++) {
        const Stated *now = &after->items[i], *then = find(before, now->variable);
        if (then ? same(then->value, now->value) && same(then->missing, now->missing) && same(then->rivals, now->rivals)
                 : !is_said(now))
            continue;
        changes[revision->change_count++] =
            (ValueChange){ now->variable, now->label, is_said(then) ? then : NULL, is_said(now) ? now : NULL };
    }
    for (size_t i = 0; i < before->count; i++) {
        const Stated *then = &before->items[i];
        if (is_said(then) && !find(after, then->variable))
            changes[revision->change_count++] = (ValueChange){ then->variable, then->label, then, NULL };
    }
    revision->changes = changes;
}

bool history_compare(const View *view, Store *store, int64_t incident, int64_t before, Revision *revision,
                     Problem *problem)
{
    Published then, now;
    if (!read_published(view, store, (Asked){ incident, before }, &then, problem) ||
        !read_published(view, store, (Asked){ incident, revision->entry }, &now, problem))
        return false;
    revision->left = now.count == 0;
    if (then.count && now.count)
        compare(view, &then, &now, revision);
    return true;
}

static const struct {
    const char *kind, *words;
} kinds[] = {
    { "claim.add", N_("Claims added") },
    { "claim.correct", N_("Claims corrected") },
    { "claim.retract", N_("Claims retracted") },
    { "claim.rank", N_("Claims ranked") },
    { "incident.merge", N_("Merged") },
    { "incident.split", N_("Split") },
    { "affected.add", N_("Organisations linked") },
    { "affected.change", N_("Organisations linked otherwise") },
    { "affected.end", N_("Organisations no longer linked") },
    { "incident.withdraw", N_("Withdrawn") },
    { "incident.undo", N_("An earlier change taken back") },
    { "organisation.merge", N_("Organisations merged") },
    { "organisation.split", N_("An organisation told apart") },
    { "organisation.undo", N_("A change of organisations taken back") },
    { "actor.name", N_("Names of an attacker added") },
    { "actor.add", N_("An attacker registered") },
    { "actor.merge", N_("Attackers merged") },
    { "actor.split", N_("An attacker told apart") },
    { "actor.undo", N_("A change of attackers taken back") },
};

const char *history_kind(const View *view, const char *kind)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return say(view->language, kinds[i].words);
    return kind;
}

static const char *opened_or_added(const View *view, const Revision *revision)
{
    const char *claims = say_count(view->arena, view->language, (int64_t)revision->claims, "{n} claim", "{n} claims");
    const char *sources = say_count(view->arena, view->language, revision->sources, "{n} source", "{n} sources");
    bool opened = strcmp(revision->kind, "incident.open") == 0;
    return say_with(view->arena, view->language,
                    opened ? N_("Opened with {claims} from {sources}") : N_("{claims} added from {sources}"),
                    SLOTS({ "claims", claims }, { "sources", sources }));
}

/* "Merged: number 7 into number 3". */
static const char *what_of(const View *view, const Rows *rows, const Revision *revision)
{
    if (strcmp(revision->kind, "incident.open") == 0 || strcmp(revision->kind, "claim.add") == 0)
        return opened_or_added(view, revision);
    const char *kind = history_kind(view, revision->kind);
    if (rows_is_null(rows, 7))
        return kind;
    return say_with(view->arena, view->language, "{change}: number {from} into number {into}",
                    SLOTS({ "change", kind },
                          { "from", arena_format(view->arena, "%lld", (long long)rows_int(rows, 6)) },
                          { "into", arena_format(view->arena, "%lld", (long long)rows_int(rows, 7)) }));
}

static Revision revision_of(const View *view, const Rows *rows, int64_t incident, const History *history)
{
    const char *path = arena_format(view->arena, "/incidents/%lld", (long long)incident);
    Revision revision = { .entry = rows_int(rows, 0), .at = rows_int(rows, 1), .sources = rows_int(rows, 8) };
    revision.author = table_cell(view->arena, rows, 2);
    revision.kind = table_cell(view->arena, rows, 3);
    revision.reason = table_cell(view->arena, rows, 4);
    revision.reviewer = table_cell(view->arena, rows, 5);
    revision.when = say_moment(view->arena, view->language, revision.at);
    revision.link = link_as_of(view, path, revision.at);
    for (size_t i = 0; i < history->line_count; i++) {
        revision.claims += history->lines[i].since == revision.entry;
        revision.ended += history->lines[i].until == revision.entry;
    }
    revision.what = what_of(view, rows, &revision);
    return revision;
}

static bool read_entries(const View *view, Store *store, int64_t incident, History *history, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_HISTORY, "iiii", table_first(incident),
                                table_last(incident), view->figures->entries, incident);
    size_t room = 8;
    history->items = NEW_ARRAY(view->arena, Revision, room);
    while (rows && rows_next(rows)) {
        history->items = arena_grow(view->arena, history->items, history->count, &room, sizeof *history->items);
        history->items[history->count++] = revision_of(view, rows, incident, history);
    }
    return !problem->kind;
}

static ClaimLine line_of(const View *view, const Rows *rows)
{
    Arena *arena = view->arena;
    ValueType type;
    const char *key = table_cell(arena, rows, 1), *value = table_cell(arena, rows, 2);
    const char *stance = table_cell(arena, rows, 5);
    const Variable *variable = codebook_claimable(view->codebook, text_of(key), &type);
    ClaimLine line = { .id = rows_int(rows, 0), .since = rows_int(rows, 7), .until = rows_int(rows, 8) };
    line.label = variable ? label_in(variable->label, view->language->code) : key;
    line.value = !value     ? show_missing(view, table_cell(arena, rows, 3))
                 : variable ? show_value(view, variable, type, value)
                            : show_foreign(view, value);
    line.said_by = show_code(view, "claimant", table_cell(arena, rows, 4));
    line.stance = strcmp(stance, "asserts") == 0 ? NULL : show_code(view, "stance", stance);
    line.source_id = rows_int(rows, 6);
    return line;
}

static bool read_lines(const View *view, Store *store, int64_t incident, History *history, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_CLAIM_LINES, "iii", table_first(incident),
                                table_last(incident), view->figures->entries);
    size_t room = 32;
    history->lines = NEW_ARRAY(view->arena, ClaimLine, room);
    while (rows && rows_next(rows)) {
        history->lines = arena_grow(view->arena, history->lines, history->line_count, &room, sizeof *history->lines);
        history->lines[history->line_count++] = line_of(view, rows);
    }
    return !problem->kind;
}

bool history_list(const View *view, Store *store, int64_t incident, History *history, Problem *problem)
{
    *history = (History){ 0 };
    return read_lines(view, store, incident, history, problem) && read_entries(view, store, incident, history, problem);
}

bool history_read(const View *view, Store *store, int64_t incident, History *history, Problem *problem)
{
    Published before = { 0 }, after;
    if (!history_list(view, store, incident, history, problem))
        return false;
    for (size_t i = 0; history->count > 1 && i < history->count; i++) {
        Revision *revision = &history->items[i];
        if (!read_published(view, store, (Asked){ incident, revision->entry }, &after, problem))
            return false;
        revision->left = after.count == 0;
        if (before.count && after.count)
            compare(view, &before, &after, revision);
        before = after.count ? after : before;
    }
    return true;
}

static void put_stated(Out *out, const char *key, const Stated *stated)
{
    OUT_LITERAL(out, ",");
    out_json(out, key);
    if (!stated) {
        OUT_LITERAL(out, ":null");
        return;
    }
    OUT_LITERAL(out, ":{\"value\":");
    out_json(out, stated->value);
    OUT_LITERAL(out, ",\"missing\":");
    out_json(out, stated->missing);
    OUT_LITERAL(out, ",\"contested\":");
    out_json(out, stated->rivals);
    OUT_LITERAL(out, "}");
}

/* The ids of the claims that begin or end with an entry. */
static void put_claims(Out *out, const char *key, const History *history, int64_t entry)
{
    bool ended = strcmp(key, "ended") == 0, first = true;
    OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":[");
    for (size_t i = 0; i < history->line_count; i++) {
        const ClaimLine *line = &history->lines[i];
        if ((ended ? line->until : line->since) != entry)
            continue;
        out_raw(out, ",", first ? 0 : 1);
        out_int(out, line->id);
        first = false;
    }
    OUT_LITERAL(out, "]");
}

static void put_text(Out *out, const char *key, const char *text)
{
    OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":");
    out_json(out, text);
}

static void put_changes(Out *out, const Revision *revision)
{
    OUT_LITERAL(out, ",\"changes\":[");
    for (size_t i = 0; i < revision->change_count; i++) {
        const ValueChange *change = &revision->changes[i];
        out_raw(out, ",", i ? 1 : 0);
        OUT_LITERAL(out, "{\"variable\":");
        out_json(out, change->variable);
        put_stated(out, "before", change->before);
        put_stated(out, "after", change->after);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]");
}

void history_revision_json(Out *out, const Revision *revision)
{
    char moment[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, ",\"entry\":");
    out_int(out, revision->entry);
    put_text(out, "at", moment_write(revision->at, moment));
    put_text(out, "author", revision->author);
    put_text(out, "kind", revision->kind);
    put_text(out, "reason", revision->reason);
    put_text(out, "reviewer", revision->reviewer);
    put_changes(out, revision);
}

static void put_revision(Out *out, const History *history, const Revision *revision)
{
    OUT_LITERAL(out, "{\"sources\":");
    out_int(out, revision->sources);
    put_claims(out, "claims", history, revision->entry);
    put_claims(out, "ended", history, revision->entry);
    history_revision_json(out, revision);
    OUT_LITERAL(out, "}");
}

void history_json(Out *out, const History *history)
{
    OUT_LITERAL(out, ",\"history\":[");
    for (size_t i = 0; i < history->count; i++) {
        out_raw(out, ",\n", i ? 2 : 0);
        put_revision(out, history, &history->items[i]);
    }
    OUT_LITERAL(out, "]");
}
