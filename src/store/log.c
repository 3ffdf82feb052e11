#include "store/log.h"

#include <sodium.h>

void leaf_hash(Text entry, Hash *hash)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)"\x00", 1);
    crypto_hash_sha256_update(&state, (const unsigned char *)entry.at, entry.length);
    crypto_hash_sha256_final(&state, hash->bytes);
}

static void node_hash(const Hash *left, const Hash *right, Hash *node)
{
    char bytes[1 + 2 * HASH_SIZE] = { 1 };
    memcpy(bytes + 1, left, HASH_SIZE);
    memcpy(bytes + 1 + HASH_SIZE, right, HASH_SIZE);
    hash_bytes((Text){ bytes, sizeof bytes }, node);
}

/* As when 1 is added to a binary number: each carry joins two complete subtrees of the same height. */
void frontier_add(Frontier *frontier, const Hash *leaf)
{
    Hash node = *leaf;
    int level = 0;
    for (; frontier->size >> level & 1; level++)
        node_hash(&frontier->nodes[level], &node, &node);
    frontier->nodes[level] = node;
    frontier->size++;
}

void frontier_root(const Frontier *frontier, Hash *root)
{
    bool begun = false;
    hash_bytes(TEXT(""), root);
    for (int level = 0; level < LOG_LEVELS - 1; level++) {
        if (!(frontier->size >> level & 1))
            continue;
        if (begun)
            node_hash(&frontier->nodes[level], root, root);
        else
            *root = frontier->nodes[level];
        begun = true;
    }
}
