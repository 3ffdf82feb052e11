#include "store/log.h"

void leaf_hash(Text entry, Hash *hash)
{
    Hashing hashing;
    hash_start(&hashing);
    hash_add(&hashing, (Text){ "\x00", 1 });
    hash_add(&hashing, entry);
    hash_end(&hashing, hash);
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
