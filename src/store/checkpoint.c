/* The signed text of a checkpoint: C2SP tlog-checkpoint in a C2SP signed-note. */
#include "base/unicode.h"
#include "store/log.h"

enum { ROOT_TEXT_SIZE = 48, SIGNATURE_TEXT_SIZE = 96, ID_SIZE = 4, MOMENT_LINE_SIZE = 24 };

#define SIGNATURE_START "\xE2\x80\x94 " /* em dash, blank */

/* Size and root of the checkpoint are there. `end`: of the origin, behind the name of the log. */
static bool sign(const SigningKey *key, const char *end, Checkpoint *checkpoint, Problem *problem)
{
    if (!key_can_sign(key))
        return fail(problem, PROBLEM_NOT_ALLOWED, "only the holder of the log's secret key signs checkpoints");
    char root[ROOT_TEXT_SIZE], signature[SIGNATURE_TEXT_SIZE], moment[MOMENT_LINE_SIZE] = "";
    seal_base64((Text){ (const char *)checkpoint->root.bytes, HASH_SIZE }, root, sizeof root);
    if (checkpoint->at)
        (void)snprintf(moment, sizeof moment, "%lld\n", (long long)checkpoint->at);
    int length = snprintf(checkpoint->note, sizeof checkpoint->note, "%s%s\n%lld\n%s\n%s", key->name, end,
                          (long long)checkpoint->size, root, moment);
    uint32_t id = key_id(key);
    unsigned char signed_by[ID_SIZE + SIGNATURE_SIZE] = { (unsigned char)(id >> 24), (unsigned char)(id >> 16),
                                                          (unsigned char)(id >> 8), (unsigned char)id };
    key_sign(key, (Text){ checkpoint->note, (size_t)length }, signed_by + ID_SIZE);
    seal_base64((Text){ (const char *)signed_by, sizeof signed_by }, signature, sizeof signature);
    (void)snprintf(checkpoint->note + length, sizeof checkpoint->note - (size_t)length, "\n" SIGNATURE_START "%s %s\n",
                   key->name, signature);
    return true;
}

bool checkpoint_sign(const SigningKey *key, const Frontier *frontier, Checkpoint *checkpoint, Problem *problem)
{
    *checkpoint = (Checkpoint){ .size = frontier->size };
    frontier_root(frontier, &checkpoint->root);
    return sign(key, "", checkpoint, problem);
}

bool chain_sign(const SigningKey *key, int64_t size, const Hash *last, int64_t at, Checkpoint *checkpoint,
                Problem *problem)
{
    *checkpoint = (Checkpoint){ .size = size, .root = *last, .at = at };
    return sign(key, CHAIN_ORIGIN_END, checkpoint, problem);
}

static bool malformed(Problem *problem, const char *why)
{
    return fail(problem, PROBLEM_BAD_INPUT, "this is not a checkpoint: %s", why);
}

/* Cuts a line off the front of `rest`; false when no newline is left. */
static bool take_line(Text *rest, Text *line)
{
    size_t end = text_find(*rest, "\n");
    if (end == rest->length)
        return false;
    *line = text_slice(*rest, 0, end);
    *rest = text_slice(*rest, end + 1, rest->length);
    return true;
}

/* The signed text ends before the last empty line; control characters have no place in it. */
static bool split_note(Text note, Text *body, Text *signatures)
{
    for (size_t i = 0; i < note.length; i++)
        if ((unsigned char)note.at[i] < ' ' && note.at[i] != '\n')
            return false;
    for (size_t i = note.length; i >= 2; i--) {
        if (note.at[i - 1] != '\n' || note.at[i - 2] != '\n')
            continue;
        *body = text_slice(note, 0, i - 1);
        *signatures = text_slice(note, i, note.length);
        return unicode_valid(note) && signatures->length > 0;
    }
    return false;
}

static bool read_size(Text line, int64_t *size)
{
    bool leading_zero = line.length > 1 && line.at[0] == '0';
    return line.length > 0 && line.at[0] >= '0' && line.at[0] <= '9' && !leading_zero && text_int(line, size);
}

static bool read_body(Text body, Checkpoint *checkpoint, Text *origin, Problem *problem)
{
    Text size, root, extension;
    size_t length;
    if (!take_line(&body, origin) || origin->length == 0)
        return malformed(problem, "its first line is not the name of a log");
    if (!take_line(&body, &size) || !read_size(size, &checkpoint->size))
        return malformed(problem, "its second line is not a number of entries");
    if (!take_line(&body, &root) || !seal_unbase64(root, checkpoint->root.bytes, HASH_SIZE, &length) ||
        length != HASH_SIZE)
        return malformed(problem, "its third line is not a SHA-256 hash in base64");
    for (bool first = true; body.length > 0; first = false)
        if (!take_line(&body, &extension) || extension.length == 0)
            return malformed(problem, "there is an empty line in it");
        else if (first)
            (void)text_int(extension, &checkpoint->at);
    return true;
}

typedef enum Signed { SIGNED_BY_OTHER, SIGNED_WELL, SIGNED_WRONG, SIGNED_MALFORMED } Signed;

/* One line "— <name> <base64(key id || signature)>". Lines of other keys are witnesses that we do not know. */
static Signed check_signature(const SigningKey *key, Text body, Text line)
{
    if (!text_starts(line, SIGNATURE_START))
        return SIGNED_MALFORMED;
    Text rest = text_slice(line, strlen(SIGNATURE_START), line.length), name;
    unsigned char bytes[512];
    size_t length;
    if (!text_split(&rest, ' ', &name) || name.length == 0 || !seal_unbase64(rest, bytes, sizeof bytes, &length) ||
        length <= ID_SIZE)
        return SIGNED_MALFORMED;
    uint32_t id = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    if (!text_is(name, key->name) || id != key_id(key))
        return SIGNED_BY_OTHER;
    return length == ID_SIZE + SIGNATURE_SIZE && key_verifies(key, body, bytes + ID_SIZE) ? SIGNED_WELL : SIGNED_WRONG;
}

static bool is_origin(const SigningKey *key, const char *end, Text origin)
{
    size_t length = strlen(key->name);
    return text_starts(origin, key->name) && text_is(text_slice(origin, length, origin.length), end);
}

static bool read_note(const SigningKey *key, const char *end, Text note, Checkpoint *checkpoint, Problem *problem)
{
    *checkpoint = (Checkpoint){ 0 };
    Text body, signatures, origin = { 0 }, line;
    if (note.length >= sizeof checkpoint->note)
        return malformed(problem, "it is too long");
    if (!split_note(note, &body, &signatures))
        return malformed(problem, "it is not lines of text, an empty line and signatures");
    if (!read_body(body, checkpoint, &origin, problem))
        return false;
    bool known = false;
    while (signatures.length > 0) {
        Signed by = take_line(&signatures, &line) ? check_signature(key, body, line) : SIGNED_MALFORMED;
        if (by == SIGNED_MALFORMED)
            return malformed(problem, "a signature line has the wrong form");
        if (by == SIGNED_WRONG)
            return fail(problem, PROBLEM_DAMAGED, "the checkpoint's signature is wrong");
        known = known || by == SIGNED_WELL;
    }
    if (!known || !is_origin(key, end, origin))
        return fail(problem, PROBLEM_DAMAGED, "the checkpoint was signed by another key than that of %s", key->name);
    memcpy(checkpoint->note, note.at, note.length);
    return true;
}

bool checkpoint_read(const SigningKey *key, Text note, Checkpoint *checkpoint, Problem *problem)
{
    return read_note(key, "", note, checkpoint, problem);
}

bool chain_read(const SigningKey *key, Text note, Checkpoint *checkpoint, Problem *problem)
{
    return read_note(key, CHAIN_ORIGIN_END, note, checkpoint, problem);
}
