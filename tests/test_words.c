/* What must never happen: a reader is told a wrong number because the sentence was put together badly. */
#include "publish/habits.h"
#include "test.h"

static const struct {
    const char *language;
    int64_t count;
    const char *one, *other, *expected;
} counts[] = {
    { "en", 0, "{n} day", "{n} days", "0 days" },
    { "en", 1, "{n} day", "{n} days", "1 day" },
    { "en", 1571, "{n} day", "{n} days", "1,571 days" },
    { "en", 227374686, "{n} day", "{n} days", "227,374,686 days" },
    { "fr", 0, "{n} incident", "{n} incidents", "0\u00A0incident" },
    { "fr", 1, "{n} incident", "{n} incidents", "1\u00A0incident" },
    { "fr", 2, "{n} incident", "{n} incidents", "2\u00A0incidents" },
    { "fr", 1000000, "{n} incident", "{n} incidents", "1\u202F000\u202F000\u00A0incidents" },
    { "fr", 1, "{n} thing nobody translated", "{n} things", "1 thing nobody translated" },
    { "fr", 12345, "{n} thing nobody translated", "{n} things nobody translated",
      "12\u202F345 things nobody translated" },
};

static const struct {
    const char *language, *span, *expected;
} spans[] = {
    { "en", "2021", "2021" },
    { "en", "2021-05", "May 2021" },
    { "en", "2021-12", "December 2021" },
    { "en", "2021-05-09", "9 May 2021" },
    { "en", "2021-05-09/2021-05-12", "9 May 2021 to 12 May 2021" },
    { "en", "2021-01-01", "1 January 2021" },
    { "fr", "2021-08", "août 2021" },
    { "fr", "2021-08-01", "1er\u00A0août 2021" },
    { "fr", "2021-02-28", "28\u00A0février 2021" },
    { "fr", "2021-05-09/2021-05-12", "du 9\u00A0mai 2021 au 12\u00A0mai 2021" },
};

static const struct {
    const char *language;
    double number;
    int digits;
    const char *expected;
} decimals[] = {
    { "en", 1234.56, 1, "1,234.6" },      { "en", -0.04, 1, "0" }, { "en", -1.5, 1, "\u22121.5" },
    { "fr", 1234.56, 1, "1\u202F234,6" }, { "fr", 999, 2, "999" },
};

static const struct {
    const char *language, *tag, *expected;
} tongues[] = {
    { "en", "en", "English" },
    { "fr", "en", "Anglais" },
    { "fr", "pt-BR", "Portugais br\u00E9silien" },
    { "en", "zh-Hant", "Traditional Chinese" },
    { "fr", "not a tag", "not a tag" },
};

static void check_lists(Arena *arena, const Language *english, const Language *french)
{
    const char *items[] = { "a", "b", "c" };
    CHECK(strcmp(say_list(arena, english, items, 3), "a, b and c") == 0, "an English list ends with and");
    CHECK(strcmp(say_list(arena, french, items, 3), "a, b et c") == 0, "a French list ends with et");
    CHECK(strcmp(say_list(arena, french, items, 1), "a") == 0, "a list of one is the one");
    CHECK(strcmp(say_list(arena, french, items, 0), "") == 0, "a list of none is empty");
}

static void check_slots(Arena *arena, const Language *language)
{
    CHECK(strcmp(say_with(arena, language, "{b} of {a}", SLOTS({ "a", "{b}" }, { "b", "<1>" })), "<1> of {b}") == 0,
          "what fills a slot is not filled again");
    CHECK(strcmp(say_with(arena, language, "{c}, {", SLOTS({ "a", "1" })), "{c}, {") == 0,
          "a slot that nobody fills stays");
}

static void check_tongues(Arena *arena, const Languages *languages)
{
    for (size_t i = 0; i < COUNT_OF(tongues); i++) {
        const Language *language = language_find(languages, text_of(tongues[i].language));
        const char *said = say_tongue(arena, language, tongues[i].tag);
        CHECK(strcmp(said, tongues[i].expected) == 0, "%s in %s: %s", tongues[i].tag, tongues[i].language, said);
    }
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Languages languages = { 0 };
    CHECK(languages_open(arena, &languages, &problem), "the languages open: %s", problem.message);
    const Language *english = language_find(&languages, TEXT("en")), *french = language_find(&languages, TEXT("fr"));
    CHECK(english && french && !language_find(&languages, TEXT("e")), "English and French are offered, no other");
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        const Language *language = language_find(&languages, text_of(counts[i].language));
        const char *said = say_count(arena, language, counts[i].count, counts[i].one, counts[i].other);
        CHECK(strcmp(said, counts[i].expected) == 0, "%s: %s", counts[i].expected, said);
    }
    check_tongues(arena, &languages);
    for (size_t i = 0; i < COUNT_OF(spans); i++) {
        Span span;
        bool read = span_read(text_of(spans[i].span), &span);
        const char *said = read ? say_span(arena, language_find(&languages, text_of(spans[i].language)), span) : "";
        CHECK(strcmp(said, spans[i].expected) == 0, "%s in %s: %s", spans[i].span, spans[i].language, said);
    }
    for (size_t i = 0; i < COUNT_OF(decimals); i++) {
        const Language *language = language_find(&languages, text_of(decimals[i].language));
        const char *said = say_decimal(arena, language, decimals[i].number, decimals[i].digits);
        CHECK(strcmp(said, decimals[i].expected) == 0, "%s: %s", decimals[i].expected, said);
    }
    check_lists(arena, english, french);
    check_slots(arena, english);
    CHECK(language_order(french, "Éthiopie", "Finlande") < 0, "É stands with E");
    CHECK(strcmp(say_percent(arena, english, 0.24, 0), "24%") == 0, "an English share");
    CHECK(strcmp(say_percent(arena, french, 0.24, 0), "24\u202F%") == 0, "a French share");
    CHECK(strcmp(say_moment(arena, english, 1620561600000), "9 May 2021, 12:00 UTC") == 0, "a moment");
    languages_close(&languages);
    return DONE();
}
