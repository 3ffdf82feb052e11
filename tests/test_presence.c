/* Whoever is on a record is told to the others there, and nobody is who has left. */
#include "test.h"
#include "work/presence.h"

static Arena *arena;
static Presence *presence;

/* The others' names as one text. */
static const char *others(int64_t change, const char *account, int64_t now)
{
    size_t count;
    const char *text = "";
    const char **names = presence_others(presence, arena, change, account, now, &count);
    for (size_t i = 0; i < count; i++)
        text = arena_format(arena, "%s%s ", text, names[i]);
    return text;
}

static void test_others(void)
{
    presence_note(presence, 1, "cora", 1000);
    presence_note(presence, 1, "anna", 2000);
    presence_note(presence, 2, "dora", 2000);
    CHECK(strcmp(others(1, "bela", 3000), "anna cora ") == 0, "those on a record, by name");
    CHECK(strcmp(others(1, "anna", 3000), "cora ") == 0, "without whoever asks");
    CHECK(strcmp(others(1, "bela", 1000 + PRESENCE_MS), "anna ") == 0, "who says nothing any more is not there");
    presence_note(presence, 1, "cora", 1000 + PRESENCE_MS);
    CHECK(strcmp(others(1, "bela", 1001 + PRESENCE_MS), "anna cora ") == 0, "until it is heard of again");
    presence_leave(presence, 1, "anna");
    presence_leave(presence, 1, "nobody");
    CHECK(strcmp(others(1, "bela", 1001 + PRESENCE_MS), "cora ") == 0, "nor who has left");
    CHECK(strcmp(others(2, "bela", 3000), "dora ") == 0, "other records have others");
}

static void test_many(void)
{
    for (int i = 0; i < PRESENCE_MOST; i++)
        presence_note(presence, 7, arena_format(arena, "person%d", i), 1000000 + i);
    presence_note(presence, 7, "late", 1001000);
    const char *there = others(7, "", 1001000);
    CHECK(!strstr(there, "person0 ") && strstr(there, "person1 ") && strstr(there, "late "),
          "when there are too many, who said least lately is forgotten");
}

int main(void)
{
    arena = arena_new(ARENA_NO_CAP);
    presence = presence_open(arena);
    test_others();
    test_many();
    presence_close(presence);
    arena_free(arena);
    return DONE();
}
