/* An import from start to end: what is opened, in which order, and which file was imported before. */
#include "base/sys.h"
#include "domain/deed.h"
#include "domain/witness.h"
#include "guard/role.h"
#include "intake/load.h"
#include "intake/mapping.h"
#include "intake/report.h"

enum { HASH_TEXT = 2 * HASH_SIZE + 1 };

typedef struct Session { /* what all files of one call share */
    Arena *arena;
    const Codebook *codebook;
    const ImportOptions *options;
    const Importer *importer;
    const Countries *countries;
    Mapping *mapping; /* NULL: none */
    Text mapping_text;
    Input **inputs;
    Ledger *ledger;
    Store *work;
    const char *dataset, *licence;
    ImportReport *report; /* of all files */
} Session;

static bool open_mapping(Session *session, Problem *problem)
{
    const char *path = session->options->mapping;
    bool wanted = strcmp(session->importer->name, "csv") == 0;
    if (wanted && !path)
        return fail(problem, PROBLEM_USAGE, "the format csv needs a mapping: --mapping FILE (see docs/import-csv.md)");
    if (!wanted && path)
        return fail(problem, PROBLEM_USAGE, "only the format csv takes a mapping");
    return !path || sys_read_file(session->arena, path, MAPPING_MAX, &session->mapping_text, problem);
}

static bool open_inputs(Session *session, Problem *problem)
{
    const ImportOptions *options = session->options;
    if (options->file_count == 0)
        return fail(problem, PROBLEM_USAGE, "name the file to import");
    session->inputs = NEW_ARRAY(session->arena, Input *, options->file_count);
    for (size_t i = 0; i < options->file_count; i++) {
        session->inputs[i] = input_open(session->arena, options->files[i], session->importer->format, problem);
        if (!session->inputs[i])
            return false;
    }
    return true;
}

/* The work store alone: neither the key nor the public store, which lie in the same folder. Folders of documents are
 * the only foreign files that are opened later, one by one. */
static bool shut_in(Session *session, Problem *problem)
{
    Arena *arena = session->arena;
    const char *var = session->options->var;
    RolePaths paths = { .write = { arena_format(arena, "%s/work.db", var), arena_format(arena, "%s/work.db-wal", var),
                                   arena_format(arena, "%s/work.db-shm", var) } };
    size_t folders = 0;
    for (size_t i = 0; i < session->options->file_count; i++) {
        const char *folder = input_folder(session->inputs[i]);
        if (!folder)
            continue;
        if (folders + 1 == COUNT_OF(paths.read))
            return fail(problem, PROBLEM_USAGE, "at most %zu folders can be imported at once", folders);
        paths.read[folders++] = folder;
    }
    return role_enter(ROLE_IMPORT, &paths, problem);
}

/* The log process first: it must not inherit a store. Then everything is opened, and the door closes. */
static bool open_all(Session *session, Problem *problem)
{
    if (!open_mapping(session, problem) || !open_inputs(session, problem) || !seal_start(problem))
        return false;
    session->countries = countries_new(session->arena); /* ICU reads its tables before the door closes */
    arena_keep_freed();                                 /* the log, a child, keeps them as well */
    session->ledger = ledger_start(session->arena, session->options->var, session->codebook, problem);
    if (!session->ledger)
        return false;
    session->work = witness_open(session->options->var, problem);
    if (!session->work || !shut_in(session, problem))
        return false;
    session->dataset = session->importer->dataset;
    session->licence = session->importer->licence;
    if (!session->options->mapping)
        return true;
    session->mapping = NEW(session->arena, Mapping);
    if (!mapping_read(session->arena, session->codebook, session->mapping_text, session->mapping, problem))
        return false;
    session->dataset = session->mapping->name;
    session->licence = session->mapping->licence;
    return true;
}

typedef struct Past { /* the last run of the same file */
    char hash[HASH_TEXT];
    int64_t id, started, rows_done;
    int32_t observed;
    bool there, ended, hold;
    Text report;
} Past;

static bool past_find(Session *session, Arena *arena, Past *past, Problem *problem)
{
    AUTO_ROWS *rows = store_run(session->work, problem, SQL_RUN_FIND, "ttt", session->dataset, past->hash,
                                session->mapping ? session->mapping->text : "");
    if (!rows)
        return false;
    if (!rows_next(rows))
        return !problem->kind;
    past->there = true;
    past->id = rows_int(rows, 0);
    past->started = rows_int(rows, 1);
    past->ended = !rows_is_null(rows, 2);
    past->rows_done = rows_int(rows, 3);
    past->observed = (int32_t)rows_int(rows, 4);
    past->hold = rows_int(rows, 5) != 0;
    Text report = rows_bytes(rows, 6);
    past->report = (Text){ arena_text(arena, report), report.length };
    return true;
}

/* A file that was imported to its end: every row is there, and nothing is to be done. */
static bool repeat(const Past *past, ImportReport *report, Problem *problem)
{
    if (!report_add(report, past->report, problem))
        return false;
    report->unchanged += report->added + report->changed;
    report->added = report->changed = report->published = report->excluded = report->pending = report->held = 0;
    return true;
}

/* Within the transaction. */
static bool tell_run(const Load *load, const char *kind, int64_t at, const Out *detail, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Deed deed = { .at = at,
                  .author = DEED_COMMAND_LINE,
                  .kind = kind,
                  .subject = arena_format(arena, "run/%lld", (long long)load->run),
                  .detail = detail->text };
    return deed_add(load->work, &deed, problem);
}

static bool tell_begun(const Load *load, const char *hash, Problem *problem)
{
    AUTO_OUT detail = { 0 };
    OUT_LITERAL(&detail, "{\"dataset\":");
    out_json(&detail, load->dataset);
    OUT_LITERAL(&detail, ",\"file\":");
    out_json(&detail, input_name(load->input));
    OUT_LITERAL(&detail, ",\"sha256\":");
    out_json(&detail, hash);
    OUT_LITERAL(&detail, "}");
    return tell_run(load, "import.begin", load->started, &detail, problem);
}

static bool run_add(Load *load, Text header, const char *hash, Problem *problem)
{
    const Mapping *mapping = load->making.mapping;
    AUTO_UNDO *undo = load->work;
    if (!store_begin(load->work, problem))
        return false;
    Rows *rows = store_run(load->work, problem, SQL_RUN_ADD, "tttiiitbt", load->dataset, input_name(load->input), hash,
                           (int64_t)load->observed, load->started, (int64_t)load->options->hold, load->licence, header,
                           mapping ? mapping->text : NULL);
    if (!rows)
        return false;
    if (rows_next(rows))
        load->run = rows_int(rows, 0);
    return rows_close(rows) && tell_begun(load, hash, problem) && store_commit(load->work, problem);
}

static bool others_there(Load *load, bool *others, Problem *problem)
{
    AUTO_ROWS *rows = store_run(load->work, problem, SQL_RUN_OTHERS, "ti", load->dataset, load->run);
    if (!rows || !rows_next(rows))
        return false;
    *others = rows_int(rows, 0) > 0;
    return true;
}

/* Names the columns that nothing reads. */
static void tell_unused(Load *load)
{
    const Columns *columns = load->making.columns;
    const Mapping *mapping = load->making.mapping;
    size_t places = mapping ? 2 * mapping->rule_count : 0;
    while (!mapping && columns && load->importer->columns[places])
        places++;
    for (size_t i = 0; columns && i < columns->count; i++) {
        bool used = false;
        for (size_t k = 0; k < places; k++)
            used = used || load->making.places[k] == (int)i;
        if (!used)
            report_unused(load->report, *columns->names[i] ? columns->names[i] : "(no name)");
    }
}

/* Where columns stand, and what the importer wants to know before the first row. */
static bool making_start(Load *load, Text *header, Problem *problem)
{
    if (!input_start(load->input, load->arena, problem))
        return false;
    *header = input_header(load->input);
    load->making.columns = input_columns(load->input);
    if (!importer_bind(load->arena, load->importer, load->making.mapping, load->making.columns, &load->making.places,
                       problem))
        return false;
    tell_unused(load);
    return !load->importer->prepare || load->importer->prepare(load->arena, &load->making, problem);
}

static bool matching_start(Load *load, Problem *problem)
{
    bool others;
    if (!others_there(load, &others, problem))
        return false;
    matcher_start(&load->matcher, load->arena, load->work, load->dataset, load->run);
    load->matcher.filter = arena_take(load->arena, FILTER_BYTES);
    if (others)
        load->matcher.kept = table_new(load->arena);
    return true;
}

static bool run_end(Load *load, Problem *problem)
{
    AUTO_OUT report = { 0 };
    AUTO_UNDO *undo = load->work;
    int64_t now = sys_now();
    import_report_json(&report, load->report);
    return store_begin(load->work, problem) &&
           store_do(load->work, problem, SQL_RUN_END, "iiv", load->run, now, out_view(&report)) &&
           tell_run(load, "import.end", now, &report, problem) && store_commit(load->work, problem);
}

/* Goes on with an interrupted run, or begins one. */
static bool take_up(Load *load, const Past *past, Problem *problem)
{
    Text header;
    if (!making_start(load, &header, problem))
        return false;
    if (!past->there || past->ended) {
        load->started = sys_now();
        return run_add(load, header, past->hash, problem);
    }
    if (past->hold != load->options->hold)
        return fail(problem, PROBLEM_USAGE, "the interrupted import of %.100s %s --hold; finish it the same way",
                    input_name(load->input), past->hold ? "was with" : "was without");
    load->run = past->id;
    load->started = past->started;
    load->rows_done = past->rows_done;
    load->observed = past->observed;
    load->report->resumed_at = past->rows_done;
    return past->rows_done == 0 || report_add(load->report, past->report, problem);
}

static bool import_new(Session *session, Arena *arena, Input *input, const Past *past, ImportReport *report,
                       Problem *problem)
{
    AUTO_ARENA *row_arena = arena_new(ARENA_NO_CAP);
    Load load = { .importer = session->importer,
                  .options = session->options,
                  .work = session->work,
                  .ledger = session->ledger,
                  .input = input,
                  .arena = arena,
                  .row_arena = row_arena,
                  .report = report,
                  .dataset = session->dataset,
                  .licence = session->licence };
    load.observed = session->options->observed != DAY_UNKNOWN ? session->options->observed : moment_day(sys_now());
    load.making = (Making){ .arena = row_arena,
                            .codebook = session->codebook,
                            .countries = session->countries,
                            .mapping = session->mapping,
                            .report = report };
    bool good = take_up(&load, past, problem) && matching_start(&load, problem) && load_all(&load, problem) &&
                run_end(&load, problem);
    out_free(&load.scratch);
    json_decref(load.past_json);
    return good;
}

static void report_named(Session *session, Arena *arena, ImportReport *report)
{
    report_start(arena, session->importer, report);
    report->dataset = session->dataset;
    report->licence = session->licence;
    if (session->mapping)
        report->summed = session->mapping->sum;
}

static bool import_file(Session *session, Input *input, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT json = { 0 };
    Past past = { 0 };
    ImportReport *report = NEW(arena, ImportReport);
    int32_t observed = session->options->observed;
    report_named(session, arena, report);
    if (!input_hash(input, past.hash, problem) || !past_find(session, arena, &past, problem))
        return false;
    bool same_day = observed == DAY_UNKNOWN || observed == past.observed;
    bool done = past.there && past.ended && same_day;
    if (!same_day)
        past.there = false;
    if (!(done ? repeat(&past, report, problem) : import_new(session, arena, input, &past, report, problem)))
        return false;
    import_report_json(&json, report);
    session->report->resumed_at += report->resumed_at;
    return report_add(session->report, out_view(&json), problem);
}

static bool import_all(Session *session, Problem *problem)
{
    if (!open_all(session, problem))
        return false;
    report_named(session, session->arena, session->report);
    for (size_t i = 0; i < session->options->file_count; i++)
        if (!import_file(session, session->inputs[i], problem))
            return false;
    return ledger_sign_deeds(session->ledger, session->work, problem);
}

bool import_run(Arena *arena, const Codebook *codebook, const ImportOptions *options, ImportReport *report,
                Problem *problem)
{
    int64_t started = sys_tick();
    Session session = { .arena = arena,
                        .codebook = codebook,
                        .options = options,
                        .report = report,
                        .importer = importer_find(options->importer) };
    *report = (ImportReport){ 0 };
    if (!session.importer)
        return fail(problem, PROBLEM_USAGE,
                    "there is no format \"%.40s\"; the formats are starter, veris, hhs-ocr and csv", options->importer);
    bool good = import_all(&session, problem);
    for (size_t i = 0; session.inputs && i < options->file_count; i++)
        input_close(session.inputs[i]);
    store_close(session.work);
    ledger_stop(session.ledger);
    report->seconds = (double)(sys_tick() - started) / 1e6;
    return good;
}
