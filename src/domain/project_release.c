/* Releases, as rows. */
#include "domain/job.h"
#include "domain/release.h"

enum { FILES_A_RELEASE = 1000 };

static bool last_number(Store *store, int64_t *number, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_RELEASE_LAST, "");
    if (!rows || !rows_next(rows))
        return false;
    *number = rows_int(rows, 0);
    return true;
}

bool projector_release(Projector *projector, const Entry *entry, const Release *release, Problem *problem)
{
    int64_t number, last;
    Store *store = projector->store;
    if (!job_subject(entry, "release/", &number, problem) || !store_settle(store, problem) ||
        !last_number(store, &last, problem))
        return false;
    if (number != last + 1)
        return fail(problem, PROBLEM_CONFLICT, "the next release has the number %lld, not %lld", (long long)last + 1,
                    (long long)number);
    if (release->entries >= entry->seq)
        return fail(problem, PROBLEM_BAD_INPUT, "a release tells of entries before its own");
    if (!store_do(store, problem, SQL_RELEASE_ADD, "iiiittt", number, entry->seq, (int64_t)release->day,
                  release->entries, release->codebook, release->sums, release->key))
        return false;
    for (size_t i = 0; i < release->file_count; i++)
        if (!store_do(store, problem, SQL_RELEASE_FILE_ADD, "iitit", number * FILES_A_RELEASE + (int64_t)i + 1, number,
                      release->files[i].path, release->files[i].bytes, release->files[i].hash))
            return false;
    return true;
}
