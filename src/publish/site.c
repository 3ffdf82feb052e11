#include "publish/site.h"

#include "publish/chart.h"

#define ASSET(name) ((Text){ asset_##name, (size_t)(asset_##name##_end - asset_##name) })

extern const char asset_site_css[], asset_site_css_end[], asset_icon_svg[], asset_icon_svg_end[];
extern const char asset_comfort_js[], asset_comfort_js_end[];
extern const char asset_work_css[], asset_work_css_end[];
extern const char asset_mark_js[], asset_mark_js_end[], asset_save_js[], asset_save_js_end[];
extern const char asset_find_js[], asset_find_js_end[];
extern const char asset_passkey_js[], asset_passkey_js_end[];
extern const char asset_actors_csv[], asset_actors_csv_end[], asset_pledges_csv[], asset_pledges_csv_end[];
#define PAGE_TEXT(slug, symbol, place, description)                           \
    extern const char asset_##symbol##_en_md[], asset_##symbol##_en_md_end[]; \
    extern const char asset_##symbol##_fr_md[], asset_##symbol##_fr_md_end[];
#include "publish/texts.def"
#undef PAGE_TEXT

const char *const text_slugs[TEXT_COUNT] = {
#define PAGE_TEXT(slug, symbol, place, description) slug,
#include "publish/texts.def"
#undef PAGE_TEXT
};

bool asset_find(Text name, Asset *asset)
{
    if (text_is(name, "site.css"))
        *asset = (Asset){ "text/css; charset=utf-8", { chart_style(), ASSET(site_css) } };
    else if (text_is(name, "work.css"))
        *asset = (Asset){ "text/css; charset=utf-8", { ASSET(work_css) } };
    else if (text_is(name, "comfort.js"))
        *asset = (Asset){ "text/javascript; charset=utf-8", { ASSET(comfort_js) } };
    else if (text_is(name, "mark.js"))
        *asset = (Asset){ "text/javascript; charset=utf-8", { ASSET(mark_js) } };
    else if (text_is(name, "save.js"))
        *asset = (Asset){ "text/javascript; charset=utf-8", { ASSET(save_js) } };
    else if (text_is(name, "find.js"))
        *asset = (Asset){ "text/javascript; charset=utf-8", { ASSET(find_js) } };
    else if (text_is(name, "passkey.js"))
        *asset = (Asset){ "text/javascript; charset=utf-8", { ASSET(passkey_js) } };
    else if (text_is(name, "icon.svg"))
        *asset = (Asset){ "image/svg+xml", { ASSET(icon_svg) } };
    else
        return false;
    return true;
}

bool text_find_slug(Text slug, size_t *text)
{
    for (*text = 0; *text < TEXT_COUNT; ++*text)
        if (text_is(slug, text_slugs[*text]))
            return true;
    return false;
}

Text text_written(size_t text, const char *language)
{
    const Text texts[][2] = {
#define PAGE_TEXT(slug, symbol, place, description) { ASSET(symbol##_en_md), ASSET(symbol##_fr_md) },
#include "publish/texts.def"
#undef PAGE_TEXT
    };
    return texts[text][strcmp(language, "fr") == 0];
}

typedef struct Word { /* a placeholder and what stands for it */
    const char *name, *value;
} Word;

static const Word *word_at(const Word *words, size_t count, Text rest)
{
    for (size_t i = 0; i < count; i++)
        if (text_starts(rest, words[i].name))
            return &words[i];
    return NULL;
}

/* The text with its placeholders filled: see texts/README.md. What is put in comes from those who run the site. */
static Text fill(Arena *arena, const SiteFacts *facts, const Language *language, Text text)
{
    const char *slashes = strstr(facts->address, "://");
    const Word words[] = {
        { "https://{{host}}", facts->address },
        { "{{host}}", slashes ? slashes + 3 : facts->address },
        { "{{codebook}}", facts->codebook->version },
        { "{{contact}}", facts->contact
                             ? facts->contact
                             : say(language, N_("Those who run this site have not said how to reach them.")) },
    };
    AUTO_OUT out = { 0 };
    for (size_t at = 0; at < text.length;) {
        const Word *word = word_at(words, COUNT_OF(words), text_slice(text, at, text.length));
        out_raw(&out, word ? word->value : text.at + at, word ? strlen(word->value) : 1);
        at += word ? strlen(word->name) : 1;
    }
    Text filled = out_view(&out);
    return (Text){ arena_text(arena, filled), filled.length };
}

static bool read_texts(Arena *arena, const SiteFacts *facts, Site *site, Problem *problem)
{
    for (size_t i = 0; i < TEXT_COUNT * site->languages.count; i++) {
        const Language *language = &site->languages.items[i % site->languages.count];
        size_t text = i / site->languages.count;
        if (!markdown_read(arena, fill(arena, facts, language, text_written(text, language->code)),
                           &site->texts[text][i % site->languages.count], problem))
            return false;
    }
    return true;
}

bool site_actors(Arena *arena, ActorBook *book, Problem *problem)
{
    return actor_book_read(arena, ASSET(actors_csv), ASSET(pledges_csv), book, problem);
}

bool site_open(Arena *arena, const SiteFacts *facts, Site *site, Problem *problem)
{
    *site = (Site){ .codebook = facts->codebook,
                    .address = arena_string(arena, facts->address),
                    .contact = facts->contact ? arena_string(arena, facts->contact) : NULL };
    if (!languages_open(arena, &site->languages, problem))
        return false;
    if (site->languages.count > LANGUAGES_MAX)
        return fail(problem, PROBLEM_BROKEN, "there are more languages than the site has room for");
    if (!site_actors(arena, &site->actors, problem) || !norms_read(arena, &site->norms, problem) ||
        !read_texts(arena, facts, site, problem))
        return false;
    uint64_t version = text_hash(chart_style()) * 31 + text_hash(ASSET(site_css));
    site->style = arena_format(arena, "/assets/site.css?v=%llx", (unsigned long long)version);
    site->script = arena_format(arena, "/assets/comfort.js?v=%llx", (unsigned long long)text_hash(ASSET(comfort_js)));
    return true;
}

void site_close(Site *site)
{
    languages_close(&site->languages);
}

const Document *site_text(const Site *site, size_t text, const Language *language)
{
    return &site->texts[text][language - site->languages.items];
}
