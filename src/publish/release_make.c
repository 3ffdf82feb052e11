#include "publish/release_make.h"

#include "base/sys.h"
#include "publish/agreement_page.h"
#include "publish/release_text.h"
#include "publish/schema.h"
#include "publish/site.h"

const char *const release_seals[] = { "SHA256SUMS", "SHA256SUMS.minisig", "minisign.pub", NULL };

static const struct {
    const char *name, *title;
    ExportTable table;
    Register which;
    const Schema *schema;
} tables[] = {
    { "incidents", "Incidents that are counted", EXPORT_INCIDENTS, REGISTER_COUNTED, &incident_schema },
    { "claimed", "Incidents that only attackers claim", EXPORT_INCIDENTS, REGISTER_CLAIMED, &incident_schema },
    { "excluded", "Records that are not counted", EXPORT_INCIDENTS, REGISTER_EXCLUDED, &incident_schema },
    { "claims", "Who says what about the counted incidents, and where", EXPORT_CLAIMS, REGISTER_COUNTED,
      &claim_schema },
    { "sources", "The sources of these claims, with their licences", EXPORT_SOURCES, REGISTER_COUNTED, &source_schema },
};

enum { TABLES = COUNT_OF(tables) };

typedef struct Making {
    Arena *arena;
    const ReleasePlan *plan;
    Release *release;
    Filter filter;
    Text headers[TABLES]; /* first lines of the tables as CSV */
    Problem *problem;
} Making;

/* A file on its way: counted and hashed as it is written. */
typedef struct Piece {
    Making *making;
    const char *path;
    int descriptor;
    int64_t bytes;
    Hashing hashing;
} Piece;

static bool piece_begin(Making *making, const char *name, Piece *piece)
{
    *piece = (Piece){ .making = making, .path = name };
    hash_start(&piece->hashing);
    piece->descriptor = sys_create(arena_format(making->arena, "%s/%s", making->plan->folder, name), making->problem);
    return piece->descriptor >= 0;
}

static bool piece_add(Piece *piece, Text bytes)
{
    hash_add(&piece->hashing, bytes);
    piece->bytes += (int64_t)bytes.length;
    return sys_write(piece->descriptor, bytes.at, bytes.length, piece->making->problem);
}

/* Closes it; it is one of the release's files when it was written whole. */
static bool piece_end(Piece *piece, bool whole)
{
    Hash hash;
    char hex[2 * HASH_SIZE + 1];
    Making *making = piece->making;
    bool closed = sys_finish(piece->descriptor, piece->path, making->problem);
    hash_end(&piece->hashing, &hash);
    hash_hex(&hash, hex);
    making->release->files[making->release->file_count++] =
        (ReleaseFile){ piece->path, arena_string(making->arena, hex), piece->bytes };
    return closed && whole;
}

static bool add_text(Making *making, const char *name, Text text)
{
    Piece piece;
    return piece_begin(making, name, &piece) && piece_end(&piece, piece_add(&piece, text));
}

static bool write_rows(Making *making, Piece *piece, Export *export, Text *header)
{
    AUTO_OUT out = { 0 };
    for (bool more = true; more;) {
        more = export_next(export, making->plan->store, &out, making->problem);
        if (header && !header->at) {
            Text rest = out_view(&out), first = { 0 };
            (void)text_split(&rest, '\n', &first);
            *header = text_of(arena_text(making->arena, text_trim(first)));
        }
        if (making->problem->kind || !piece_add(piece, out_view(&out)))
            return false;
        out_clear(&out);
    }
    return true;
}

static bool add_table(Making *making, size_t i, ExportForm form)
{
    Piece piece;
    ExportOrder order = { .table = tables[i].table, .which = tables[i].which, .form = form, .filter = &making->filter };
    const char *name = arena_format(making->arena, "%s.%s", tables[i].name, form == EXPORT_JSON ? "json" : "csv");
    if (!piece_begin(making, name, &piece))
        return false;
    AUTO_EXPORT *export = export_begin(making->arena, making->plan->snapshot, &order);
    return piece_end(&piece, write_rows(making, &piece, export, form == EXPORT_CSV ? &making->headers[i] : NULL));
}

static bool add_licences(Making *making)
{
    AUTO_OUT out = { 0 };
    AUTO_ROWS *rows = store_run(making->plan->store, making->problem, SQL_RELEASE_LICENCES, "");
    OUT_LITERAL(&out, "licence,sources\n");
    while (rows && rows_next(rows)) {
        out_csv(&out, rows_text(rows, 0));
        OUT_LITERAL(&out, ",");
        out_int(&out, rows_int(rows, 1));
        OUT_LITERAL(&out, "\n");
    }
    return rows && !making->problem->kind && add_text(making, "LICENCES.csv", out_view(&out));
}

/* How far the coders agree, as it was published; nothing when it was not yet. */
static bool add_agreement(Making *making)
{
    AUTO_OUT out = { 0 };
    Sheet sheet;
    if (!agreement_sheet(making->arena, making->plan->store, &sheet, making->problem))
        return false;
    sheet_csv(&out, &sheet, CSV_PLAIN);
    return !sheet.count || add_text(making, "agreement.csv", out_view(&out));
}

/* The method by which these figures are counted, so that each version of it can be read when the page says another. */
static bool add_method(Making *making)
{
    return add_text(making, "methodology.en.md", text_written(TEXT_methodology, "en")) &&
           add_text(making, "methodology.fr.md", text_written(TEXT_methodology, "fr"));
}

static bool add_description(Making *making)
{
    AUTO_OUT package = { 0 }, readme = { 0 }, citation = { 0 };
    ReleaseTable described[COUNT_OF(tables)];
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        described[i] = (ReleaseTable){ tables[i].name, tables[i].title, tables[i].schema, making->headers[i] };
    ReleaseFacts facts = { .number = making->plan->number,
                           .now = making->plan->now,
                           .address = making->plan->address,
                           .codebook = making->plan->codebook,
                           .release = making->release,
                           .tables = described,
                           .table_count = COUNT_OF(described) };
    release_readme(&readme, &facts);
    release_citation(&citation, &facts);
    if (!add_text(making, "README.md", out_view(&readme)) || !add_text(making, "CITATION.cff", out_view(&citation)))
        return false;
    release_package(&package, making->arena, &facts);
    return add_text(making, "datapackage.json", out_view(&package));
}

static bool write_seal(Making *making, const char *name, Text text)
{
    return sys_write_file(arena_format(making->arena, "%s/%s", making->plan->folder, name), text, 0644,
                          making->problem);
}

/* In the form of sha256sum. */
static bool seal(Making *making)
{
    AUTO_OUT sums = { 0 };
    Hash hash;
    char hex[2 * HASH_SIZE + 1], signature[MINISIGN_TEXT_MAX], key_file[MINISIGN_TEXT_MAX], key[MINISIGN_KEY_SIZE];
    Release *release = making->release;
    for (size_t i = 0; i < release->file_count; i++) {
        const char *line = arena_format(making->arena, "%s  %s\n", release->files[i].hash, release->files[i].path);
        out_raw(&sums, line, strlen(line));
    }
    const char *comment = arena_format(making->arena, "Vigie release %lld, %lld entries",
                                       (long long)making->plan->number, (long long)release->entries);
    minisign_sign(making->plan->key, out_view(&sums), comment, signature);
    minisign_key_file(making->plan->key, key_file);
    minisign_key(making->plan->key, key);
    hash_bytes(out_view(&sums), &hash);
    hash_hex(&hash, hex);
    release->sums = arena_string(making->arena, hex);
    release->key = arena_string(making->arena, key);
    return write_seal(making, release_seals[0], out_view(&sums)) &&
           write_seal(making, release_seals[1], text_of(signature)) &&
           write_seal(making, release_seals[2], text_of(key_file));
}

bool release_make(Arena *arena, const ReleasePlan *plan, Release *release, Problem *problem)
{
    Making making = { .arena = arena, .plan = plan, .release = release, .problem = problem };
    *release = (Release){ .codebook = plan->codebook->version,
                          .day = moment_day(plan->now),
                          .entries = snapshot_size(plan->snapshot),
                          .files = NEW_ARRAY(arena, ReleaseFile, RELEASE_FILES_MAX) };
    if (release->entries == 0)
        return fail(problem, PROBLEM_CONFLICT, "nothing is published yet: there is nothing to release");
    if (!filter_read(arena, plan->codebook, TEXT(""), "", &making.filter, problem))
        return false;
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (!add_table(&making, i, EXPORT_CSV) || !add_table(&making, i, EXPORT_JSON))
            return false;
    return add_text(&making, "codebook.txt", codebook_embedded()) && add_licences(&making) && add_agreement(&making) &&
           add_method(&making) && add_description(&making) && seal(&making);
}

static bool next_number(Store *published, int64_t *number, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_RELEASE_LAST, "");
    if (!rows || !rows_next(rows))
        return false;
    *number = rows_int(rows, 0) + 1;
    return true;
}

int release_lock(Arena *arena, const char *releases, Problem *problem)
{
    Problem busy = { 0 };
    if (!sys_make_folder(releases, problem))
        return -1;
    int lock = sys_lock(arena_format(arena, "%s/.lock", releases), &busy);
    if (lock < 0 && busy.kind == PROBLEM_BUSY)
        fail(problem, PROBLEM_CONFLICT, "another release is being made; try again when it is done");
    else if (lock < 0)
        fail(problem, busy.kind, "%s", busy.message);
    return lock;
}

/* What was prepared and never published, and is not under review any more, goes. */
static bool clear_up(Arena *arena, const char *releases, const ReleasePlan *plan, Problem *problem)
{
    AUTO_OUT keep = { 0 };
    AUTO_ROWS *rows = store_run(plan->store, problem, SQL_RELEASE_LIST, "");
    out_raw(&keep, plan->keep, strlen(plan->keep));
    while (rows && rows_next(rows)) {
        const char *folder = release_folder(arena, "", rows_int(rows, 0), rows_text(rows, 4));
        OUT_LITERAL(&keep, " ");
        out_raw(&keep, folder + 1, strlen(folder + 1));
    }
    if (!rows || problem->kind)
        return false;
    sys_remove_others(releases, arena_text(arena, out_view(&keep)));
    return true;
}

bool release_prepare(Arena *arena, const char *releases, ReleasePlan *plan, Release *release, Problem *problem)
{
    if (!next_number(plan->store, &plan->number, problem) || !clear_up(arena, releases, plan, problem))
        return false;
    const char *beside = arena_format(arena, "%s/%lld.new", releases, (long long)plan->number);
    plan->folder = beside;
    if (!sys_make_folder(beside, problem) || !release_make(arena, plan, release, problem))
        return false;
    plan->folder = release_folder(arena, releases, plan->number, release->sums);
    if (!sys_exists(plan->folder)) /* else the very same, under review */
        return sys_rename(beside, plan->folder, problem);
    sys_remove_folder(beside);
    return true;
}
