/* A checkpoint that its key did not sign, or a tree that RFC 6962 would not build, must never pass. */
#include <fcntl.h>
#include <sys/wait.h>

#include "base/sys.h"
#include "store/log.h"
#include "test.h"

/* The test tree of Certificate Transparency: eight leaves and the root after each. */
static const struct {
    const char *leaf; /* hexadecimal */
    const char *root;
} tree[] = {
    { "", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
    { "00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" },
    { "10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77" },
    { "2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" },
    { "3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4" },
    { "40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef" },
    { "5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c" },
    { "606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" },
};

static unsigned char nibble(char c)
{
    return (unsigned char)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static Text bytes_of(const char *hex, char bytes[64])
{
    size_t length = strlen(hex) / 2;
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
    return (Text){ bytes, length };
}

static bool root_is(const Frontier *frontier, const char *expected)
{
    Hash root;
    char hex[2 * HASH_SIZE + 1];
    frontier_root(frontier, &root);
    hash_hex(&root, hex);
    return strcmp(hex, expected) == 0;
}

static void test_tree(void)
{
    Frontier frontier = { 0 };
    CHECK(root_is(&frontier, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
          "the root of no entry is the hash of nothing");
    for (size_t i = 0; i < COUNT_OF(tree); i++) {
        char bytes[64];
        Hash leaf;
        leaf_hash(bytes_of(tree[i].leaf, bytes), &leaf);
        frontier_add(&frontier, &leaf);
        CHECK(root_is(&frontier, tree[i].root) && frontier.size == (int64_t)i + 1, "root of %zu leaves", i + 1);
    }
}

/* The definition in RFC 6962 section 2.1, which splits at the largest power of two: the slow way, as an oracle. */
static void root_by_definition(const Hash *leaves, size_t count, Hash *root)
{
    if (count == 1) {
        *root = leaves[0];
        return;
    }
    size_t split = 1;
    while (split * 2 < count)
        split *= 2;
    Hash half[2];
    root_by_definition(leaves, split, &half[0]);
    root_by_definition(leaves + split, count - split, &half[1]);
    char bytes[1 + sizeof half] = { 1 };
    memcpy(bytes + 1, half, sizeof half);
    hash_bytes((Text){ bytes, sizeof bytes }, root);
}

static void test_all_sizes(void)
{
    static Hash leaves[300];
    Frontier frontier = { 0 };
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT_OF(leaves); i++) {
        Hash expected, root;
        leaf_hash((Text){ (const char *)&i, sizeof i }, &leaves[i]);
        frontier_add(&frontier, &leaves[i]);
        frontier_root(&frontier, &root);
        root_by_definition(leaves, i + 1, &expected);
        wrong += memcmp(&root, &expected, sizeof root) != 0;
    }
    CHECK(wrong == 0, "roots of 1 to %zu leaves are those of the definition", COUNT_OF(leaves));
}

static SigningKey key, other;
static Checkpoint made;

/* `text` with the first `from` replaced by `to` */
static Text changed(const char *text, const char *from, const char *to, char result[2048])
{
    const char *at = strstr(text, from);
    if (!at)
        abort();
    int length = snprintf(result, 2048, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return (Text){ result, (size_t)length };
}

static void test_checkpoint(void)
{
    Problem problem = { 0 };
    Frontier frontier = { 0 };
    Hash leaf;
    leaf_hash(TEXT("a"), &leaf);
    frontier_add(&frontier, &leaf);
    CHECK(checkpoint_sign(&key, &frontier, &made, &problem), "a checkpoint is signed (%s)", problem.message);
    char root[64];
    seal_base64((Text){ (const char *)leaf.bytes, HASH_SIZE }, root, sizeof root);
    const char *const lines[] = { "example.org/log", "1", root, "" };
    Text rest = text_of(made.note), line;
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        CHECK(text_split(&rest, '\n', &line) && text_is(line, lines[i]), "its line %zu is '%s'", i + 1, lines[i]);
    CHECK(text_starts(rest, "\xE2\x80\x94 example.org/log ") && text_ends(rest, "\n"), "then the signature line");
    Checkpoint read;
    CHECK(checkpoint_read(&key, text_of(made.note), &read, &problem) && read.size == 1 &&
              memcmp(&read.root, &leaf, sizeof leaf) == 0 && strcmp(read.note, made.note) == 0,
          "it is read again (%s)", problem.message);
    CHECK(!checkpoint_read(&other, text_of(made.note), &read, &problem) && problem.kind == PROBLEM_DAMAGED,
          "not with another key (%s)", problem.message);
    problem = (Problem){ 0 };
    SigningKey public_half = key;
    key_forget(&public_half);
    CHECK(!checkpoint_sign(&public_half, &frontier, &read, &problem) && problem.kind == PROBLEM_NOT_ALLOWED,
          "without the secret half nothing is signed");
}

static void test_changed_checkpoints(void)
{
    static const struct {
        const char *what, *from, *to;
        ProblemKind kind;
    } rows[] = {
        { "another size", "\n1\n", "\n2\n", PROBLEM_DAMAGED },
        { "another log", "example.org/log\n", "example.org/lag\n", PROBLEM_DAMAGED },
        { "another root", "\n1\n", "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", PROBLEM_DAMAGED },
        { "an extension that was not signed", "=\n\n", "=\nmore\n\n", PROBLEM_DAMAGED },
        { "a signature of somebody else", "\xE2\x80\x94 example", "\xE2\x80\x94 axample", PROBLEM_DAMAGED },
        { "a negative size", "\n1\n", "\n-1\n", PROBLEM_BAD_INPUT },
        { "a size with a sign", "\n1\n", "\n+1\n", PROBLEM_BAD_INPUT },
        { "a size with a zero ahead", "\n1\n", "\n01\n", PROBLEM_BAD_INPUT },
        { "a size beyond 64 bits", "\n1\n", "\n18446744073709551617\n", PROBLEM_BAD_INPUT },
        { "no size", "\n1\n", "\n\n", PROBLEM_BAD_INPUT },
        { "no name", "example.org/log\n", "\n", PROBLEM_BAD_INPUT },
        { "a root that is cut", "=\n\n", "\n\n", PROBLEM_BAD_INPUT },
        { "no empty line", "=\n\n", "=\n", PROBLEM_BAD_INPUT },
        { "carriage returns", "\n1\n", "\r\n1\r\n", PROBLEM_BAD_INPUT },
        { "bytes that are no text", "example", "ex\xFFmple", PROBLEM_BAD_INPUT },
        { "a hyphen for the dash", "\xE2\x80\x94 ", "- ", PROBLEM_BAD_INPUT },
        { "a signature without a name", "\xE2\x80\x94 example.org/log ", "\xE2\x80\x94 ", PROBLEM_BAD_INPUT },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Problem problem = { 0 };
        Checkpoint read;
        char note[2048];
        bool passed = checkpoint_read(&key, changed(made.note, rows[i].from, rows[i].to, note), &read, &problem);
        CHECK(!passed && problem.kind == rows[i].kind, "refused: %s (%s)", rows[i].what, problem.message);
    }
    Problem problem = { 0 };
    Checkpoint read;
    size_t passed = 0;
    for (size_t length = 0; length < strlen(made.note); length++)
        passed += checkpoint_read(&key, (Text){ made.note, length }, &read, &problem);
    CHECK(passed == 0, "refused: cut at any place");
    char flipped[CHECKPOINT_MAX];
    for (size_t i = 0; i < strlen(made.note); i++) {
        memcpy(flipped, made.note, sizeof flipped);
        flipped[i] ^= 1;
        passed += checkpoint_read(&key, text_of(flipped), &read, &problem);
    }
    CHECK(passed == 0, "refused: one bit changed at any place");
}

static void test_witnesses(void)
{
    Problem problem = { 0 };
    Checkpoint read;
    char note[2048], line[256];
    (void)snprintf(line, sizeof line, "=\n\n\xE2\x80\x94 witness.example AAAAAAAA\n");
    CHECK(checkpoint_read(&key, changed(made.note, "=\n\n", line, note), &read, &problem),
          "a witness that we do not know may have signed too (%s)", problem.message);
}

/* A note that our key did sign, but about another log: the same key must not vouch for two. */
static void test_other_log(void)
{
    Problem problem = { 0 };
    Checkpoint read;
    static const char body[] = "example.org/other\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    uint32_t id = key_id(&key);
    unsigned char raw[4 + SIGNATURE_SIZE] = { (unsigned char)(id >> 24), (unsigned char)(id >> 16),
                                              (unsigned char)(id >> 8), (unsigned char)id };
    char signature[128], note[2048];
    key_sign(&key, text_of(body), raw + 4);
    seal_base64((Text){ (const char *)raw, sizeof raw }, signature, sizeof signature);
    (void)snprintf(note, sizeof note, "%s\n\xE2\x80\x94 %s %s\n", body, key.name, signature);
    CHECK(!checkpoint_read(&key, text_of(note), &read, &problem) && problem.kind == PROBLEM_DAMAGED,
          "refused: a checkpoint of another log with our signature (%s)", problem.message);
    problem = (Problem){ 0 };
    (void)snprintf(note, sizeof note, "%s\xE2\x80\x94 %s %s\n", made.note, key.name, signature);
    CHECK(!checkpoint_read(&key, text_of(note), &read, &problem) && problem.kind == PROBLEM_DAMAGED,
          "refused: a wrong signature of ours behind a good one (%s)", problem.message);
}

static char folder[64];

static const char *path_of(const char *name)
{
    static char paths[8][128];
    static size_t next;
    char *path = paths[next++ % COUNT_OF(paths)];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* `openssl pkeyutl -verify`: its exit status, or 127 when there is no such program. */
static int openssl_verify(void)
{
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execlp("openssl", "openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey",
               path_of("public.der"), "-in", path_of("text"), "-sigfile", path_of("signature"), (char *)NULL);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool write_file(const char *name, Text bytes)
{
    Problem problem = { 0 };
    return sys_write_file(path_of(name), bytes, 0600, &problem);
}

/* The checkpoint and the public key as somebody reads them who has only the two specifications and openssl: nothing
 * of ours but base64 takes part. The prefix is that of an Ed25519 public key in DER (RFC 8410 section 4). */
static void test_with_openssl(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Text public_text, name, id, type, rest;
    unsigned char typed[64], raw[128];
    char der[44] = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", hex[16];
    size_t length = 0;
    bool good = sys_read_file(arena, path_of("a.key.pub"), 1024, &public_text, &problem);
    rest = text_trim(public_text);
    good = good && text_split(&rest, '+', &name) && text_split(&rest, '+', &id) &&
           seal_unbase64(rest, typed, sizeof typed, &length) && length == 33 && typed[0] == 1;
    memcpy(der + 12, typed + 1, 32);
    const char *end = strstr(made.note, "\n\n");
    rest = text_of(end + strlen("\n\n"));
    good = good && text_split(&rest, ' ', &type) && text_is(type, "\xE2\x80\x94") && text_split(&rest, ' ', &type) &&
           text_equal(type, name) && seal_unbase64(text_trim(rest), raw, sizeof raw, &length) && length == 68;
    (void)snprintf(hex, sizeof hex, "%02x%02x%02x%02x", raw[0], raw[1], raw[2], raw[3]);
    CHECK(good && text_is(id, hex), "the key's text and the signature line name the same key");
    good = write_file("public.der", (Text){ der, sizeof der }) &&
           write_file("signature", (Text){ (const char *)raw + 4, 64 }) &&
           write_file("text", (Text){ made.note, (size_t)(end + 1 - made.note) });
    int status = openssl_verify();
    if (status == 127)
        CHECK(good, "openssl verifies the checkpoint # SKIP openssl is absent");
    else
        CHECK(good && status == 0, "openssl verifies the checkpoint");
    CHECK(write_file("text", (Text){ made.note, (size_t)(end - made.note) }) && openssl_verify() != 0,
          "and not one without its last line end");
}

int main(void)
{
    Problem problem = { 0 };
    (void)snprintf(folder, sizeof folder, "/tmp/vigie-log-XXXXXX");
    if (!mkdtemp(folder) || !seal_start(&problem) || !key_open(path_of("a.key"), "example.org/log", &key, &problem) ||
        !key_open(path_of("b.key"), "example.org/log", &other, &problem))
        return 1;
    test_tree();
    test_all_sizes();
    test_checkpoint();
    test_changed_checkpoints();
    test_witnesses();
    test_other_log();
    test_with_openssl();
    static const char *const names[] = {
        "a.key", "a.key.pub", "b.key", "b.key.pub", "public.der", "signature", "text"
    };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        unlink(path_of(names[i]));
    rmdir(folder);
    return DONE();
}
