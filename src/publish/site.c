#include "publish/site.h"

#include "publish/chart.h"

#define ASSET(name) ((Text){ asset_##name, (size_t)(asset_##name##_end - asset_##name) })

extern const char asset_site_css[], asset_site_css_end[], asset_icon_svg[], asset_icon_svg_end[];
extern const char asset_methodology_en_md[], asset_methodology_en_md_end[];
extern const char asset_methodology_fr_md[], asset_methodology_fr_md_end[];

bool asset_find(Text name, Asset *asset)
{
    if (text_is(name, "site.css"))
        *asset = (Asset){ "text/css; charset=utf-8", { chart_style(), ASSET(site_css) } };
    else if (text_is(name, "icon.svg"))
        *asset = (Asset){ "image/svg+xml", { ASSET(icon_svg) } };
    else
        return false;
    return true;
}

static Text method_text(const Language *language)
{
    return strcmp(language->code, "fr") == 0 ? ASSET(methodology_fr_md) : ASSET(methodology_en_md);
}

bool site_open(Arena *arena, const Codebook *codebook, Site *site, Problem *problem)
{
    *site = (Site){ .codebook = codebook };
    if (!languages_open(arena, &site->languages, problem))
        return false;
    if (site->languages.count > LANGUAGES_MAX)
        return fail(problem, PROBLEM_BROKEN, "there are more languages than the site has room for");
    for (size_t i = 0; i < site->languages.count; i++)
        if (!markdown_read(arena, method_text(&site->languages.items[i]), &site->methods[i], problem))
            return false;
    uint64_t version = text_hash(chart_style()) * 31 + text_hash(ASSET(site_css));
    site->style = arena_format(arena, "/assets/site.css?v=%llx", (unsigned long long)version);
    return true;
}

void site_close(Site *site)
{
    languages_close(&site->languages);
}

const Document *site_method(const Site *site, const Language *language)
{
    return &site->methods[language - site->languages.items];
}
