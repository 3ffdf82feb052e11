/* What must never happen: a form is read as something else than what the browser meant, or bytes that are no text get
 * through; somebody asks without end; or a name rests because of others' tries. */
#include "base/out.h"
#include "test.h"
#include "work/form.h"
#include "work/limits.h"

static const struct {
    const char *text;
    size_t count; /* SIZE_MAX: refused */
    const char *name, *value;
} forms[] = {
    { "", 0, "a", NULL },
    { "a=1", 1, "a", "1" },
    { "a=1&b=2", 2, "b", "2" },
    { "a", 1, "a", "" },
    { "a=", 1, "a", "" },
    { "=x", 1, "", "x" },
    { "&&a=1&&", 1, "a", "1" },
    { "a=b=c", 1, "a", "b=c" },
    { "a=one+two%20three", 1, "a", "one two three" },
    { "a=%C3%A9t%c3%a9", 1, "a", "\xC3\xA9t\xC3\xA9" },
    { "a=one%0D%0Atwo%0Athree", 1, "a", "one\ntwo\nthree" },
    { "a=%26%3D%25", 1, "a", "&=%" },
    { "a%5Bb%5D=1", 1, "a[b]", "1" },
    { "a=%", SIZE_MAX, NULL, NULL },
    { "a=%4", SIZE_MAX, NULL, NULL },
    { "a=%4x", SIZE_MAX, NULL, NULL },
    { "a=%00", SIZE_MAX, NULL, NULL },
    { "a%00=1", SIZE_MAX, NULL, NULL },
    { "a=%FF", SIZE_MAX, NULL, NULL },
    { "a=%C0%80", SIZE_MAX, NULL, NULL },
    { "a=%ED%A0%80", SIZE_MAX, NULL, NULL },
    { "a=%1B", SIZE_MAX, NULL, NULL },
    { "a=one%0Dtwo", SIZE_MAX, NULL, NULL },
    { "a=%7F", SIZE_MAX, NULL, NULL },
};

static void test_reading(Arena *arena)
{
    Form form;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        bool read = form_read(arena, text_of(forms[i].text), &form);
        CHECK(read == (forms[i].count != SIZE_MAX) && (!read || form.count == forms[i].count), "form '%s'",
              forms[i].text);
        const char *value = read && forms[i].name ? form_value(&form, forms[i].name) : NULL;
        CHECK(!read || (value == forms[i].value) || (value && strcmp(value, forms[i].value) == 0), "and its value");
    }
    CHECK(form_read(arena, TEXT("t=1&x=2&t=3"), &form) && strcmp(form_value_at(&form, "t", 1), "3") == 0 &&
              !form_value_at(&form, "t", 2),
          "of a name that stands twice, each value");
    AUTO_OUT many = { 0 };
    for (int i = 0; i < FORM_FIELDS_MAX; i++)
        OUT_LITERAL(&many, "a=1&");
    CHECK(form_read(arena, out_view(&many), &form), "four hundred fields are read");
    OUT_LITERAL(&many, "a=1");
    CHECK(!form_read(arena, out_view(&many), &form), "one more is refused");
}

/* How many of `tries` are let through. */
static int let_through(Limits *limits, Rate rate, const char *key, int64_t now, int tries)
{
    int taken = 0, wait = 0;
    for (int i = 0; i < tries; i++)
        taken += limits_take(limits, rate, text_of(key), now, &wait);
    return taken;
}

static void test_limits(Arena *arena)
{
    Limits *limits = limits_open(arena);
    char key[32];
    int wait = 0;
    CHECK(let_through(limits, RATE_NAME, "maria", 0, 20) == 5, "five wrong tries of a name");
    CHECK(!limits_take(limits, RATE_NAME, TEXT("maria"), 0, &wait) && wait >= 60 && wait <= 61,
          "then a minute's rest (%d s)", wait);
    CHECK(let_through(limits, RATE_NAME, "jean", 0, 3) == 3, "not for another name");
    CHECK(let_through(limits, RATE_PROOF, "maria", 0, 3) == 3, "nor for something else of that key");
    CHECK(let_through(limits, RATE_NAME, "maria", 59000, 5) == 0 &&
              let_through(limits, RATE_NAME, "maria", 61000, 5) == 1,
          "one more each minute");
    CHECK(let_through(limits, RATE_NAME, "maria", 86400000, 20) == 5, "a day later five again, not more");
    limits_give(limits, RATE_NAME, TEXT("maria"), 86400000);
    CHECK(let_through(limits, RATE_NAME, "maria", 86400000, 20) == 1, "what was right is given back");
    for (int i = 0; i < 100000; i++) {
        (void)snprintf(key, sizeof key, "name-%d", i);
        (void)let_through(limits, RATE_NAME, key, 86400000, 1);
    }
    CHECK(let_through(limits, RATE_NAME, "maria", 86400000, 20) == 0,
          "a flood of other names does not make it forgotten");
    limits_close(limits);
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    test_reading(arena);
    test_limits(arena);
    return DONE();
}
