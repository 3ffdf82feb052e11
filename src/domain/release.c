#include "domain/release.h"

#include "domain/shape.h"

enum { HEX_LENGTH = 64, NAME_MOST = 60 };

bool release_file_name(Text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!plain && !(c == '.' && i > 0))
            return false;
    }
    return name.length > 0 && name.length <= NAME_MOST;
}

const char *release_folder(Arena *arena, const char *releases, int64_t number, const char *sums)
{
    return arena_format(arena, "%s/%lld-%.16s", releases, (long long)number, sums);
}

static bool is_hash(const char *text)
{
    return text && strlen(text) == HEX_LENGTH && strspn(text, "0123456789abcdef") == HEX_LENGTH;
}

static bool file_check(const Release *release, size_t i, Problem *problem)
{
    const ReleaseFile *file = &release->files[i];
    if (!file->path || !release_file_name(text_of(file->path)) || !is_hash(file->hash) || file->bytes <= 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "files", "file %zu has no plain name, hash or size", i + 1);
    for (size_t j = 0; j < i; j++)
        if (strcmp(release->files[j].path, file->path) == 0)
            return fail_field(problem, PROBLEM_BAD_INPUT, "files", "%s stands there twice", file->path);
    return true;
}

bool release_check(const Release *release, Problem *problem)
{
    if (!release->codebook || release->day == DAY_UNKNOWN || release->entries <= 0 || !release->key)
        return fail(problem, PROBLEM_BAD_INPUT, "a release has a codebook, a day, entries and a key");
    if (!is_hash(release->sums))
        return fail_field(problem, PROBLEM_BAD_INPUT, "sums", "the hash of the sums is missing");
    if (!release->file_count || release->file_count > RELEASE_FILES_MAX)
        return fail_field(problem, PROBLEM_BAD_INPUT, "files", "a release has 1 to %d files", RELEASE_FILES_MAX);
    for (size_t i = 0; i < release->file_count; i++)
        if (!file_check(release, i, problem))
            return false;
    return true;
}

void release_write(Out *out, const Release *release)
{
    shape_write(out, release, &release_shape);
}

bool release_read(Arena *arena, Text json, Release *release, Problem *problem)
{
    *release = (Release){ 0 };
    return shape_read(arena, json, release, &release_shape, problem);
}
