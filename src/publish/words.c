#include "publish/words.h"

#include "base/out.h"
#include "publish/habits.h"

bool languages_open(Arena *arena, Languages *languages, Problem *problem)
{
    Language *items = NEW_ARRAY(arena, Language, catalogue_count);
    for (size_t i = 0; i < catalogue_count; i++) {
        items[i] = (Language){ .code = catalogues[i].code, .name = catalogues[i].name, .catalogue = &catalogues[i] };
        items[i].habits = habits_open(arena, &catalogues[i], problem);
        if (!items[i].habits)
            return false;
    }
    *languages = (Languages){ items, catalogue_count };
    return true;
}

void languages_close(Languages *languages)
{
    for (size_t i = 0; i < languages->count; i++)
        habits_close(languages->items[i].habits);
    languages->count = 0;
}

const Language *language_find(const Languages *languages, Text code)
{
    for (size_t i = 0; i < languages->count; i++)
        if (text_is(code, languages->items[i].code))
            return &languages->items[i];
    return NULL;
}

const char *say(const Language *language, const char *english)
{
    const char *translated = language_message(language, english, 0);
    return translated ? translated : english;
}

const char *told_in(const Language *language, const char *english)
{
    return language_message(language, english, 0) ? language->code : "en";
}

static const char *slot_value(const Slot *slots, Text name)
{
    for (; slots->name; slots++)
        if (text_is(name, slots->name))
            return slots->value ? slots->value : "";
    return NULL;
}

static const char *fill(Arena *arena, const char *pattern, const Slot *slots)
{
    AUTO_OUT out = { 0 };
    for (const char *open; (open = strchr(pattern, '{'));) {
        size_t length = strcspn(open + 1, "}");
        const char *value = slot_value(slots, (Text){ open + 1, length });
        out_raw(&out, pattern, (size_t)(open - pattern));
        if (value)
            out_raw(&out, value, strlen(value));
        else
            out_raw(&out, open, MIN(length + 2, strlen(open)));
        pattern = open + MIN(length + 2, strlen(open));
    }
    out_raw(&out, pattern, strlen(pattern));
    return arena_text(arena, out_view(&out));
}

const char *say_with(Arena *arena, const Language *language, const char *english, const Slot *slots)
{
    return fill(arena, say(language, english), slots);
}

const char *say_count(Arena *arena, const Language *language, int64_t count, const char *one, const char *other)
{
    size_t form = language_plural(language, count);
    const char *pattern = language_message(language, one, form);
    if (!pattern)
        pattern = form == 0 ? one : other;
    return fill(arena, pattern, SLOTS({ "n", say_number(arena, language, count) }));
}
