/* Writes one form of the public face to stdout, for tests/test_face.py to read with tools that are not ours.
 * Every text that a source could have written is hostile. Usage: face_sample FORM */
#include "base/date.h"
#include "publish/card.h"
#include "publish/cite.h"
#include "publish/dataset.h"
#include "publish/feed.h"
#include "publish/geojson.h"
#include "publish/map.h"
#include "publish/oembed.h"
#include "publish/png.h"
#include "publish/sitemap.h"
#include "publish/xlsx.h"

static const char hostile[] = "</script><b a=\"1\">'&]]> \\{%$#_^~} =1+1\u202E\r\nTY  - BOOK\x01";
static const Count counted[] = { { "US", 100 }, { "FR", 16 }, { "MT", 2 }, { "EG", 0 }, { "", 3 } };
static const Counts by_country = { (Count *)(uintptr_t)counted, COUNT_OF(counted) };

enum { YEAR = 1620561600 }; /* 2021-05-09T12:00:00Z */
static const int64_t moment = (int64_t)YEAR * 1000;

static Citation citation_of(const Language *language)
{
    return (Citation){ .kind = CITE_FIGURE,
                       .language = language,
                       .title = hostile,
                       .key = "vigie-by,}type",
                       .address = "https://vigie.example/en/figures/by-type?q=a%20{b}&as_of=2021-05-09",
                       .author = "Vigie & editors",
                       .register_name = "Vigie",
                       .codebook = "1.0",
                       .licence = "CC BY 4.0",
                       .as_of = moment };
}

static void put_feed(Out *out, const Language *language, void (*writer)(Out *, const Feed *))
{
    const FeedEntry entries[] = {
        { "https://vigie.example/en/incidents/12", hostile, hostile, "fr", moment, moment + 1 },
        { "https://vigie.example/en/incidents/7", "Seven", NULL, "en", moment - 5, moment - 9 },
    };
    Feed feed = { .language = language,
                  .title = hostile,
                  .subtitle = "What is new",
                  .address = "https://vigie.example/en/incidents.atom?type=ransomware&country=FR",
                  .page = "https://vigie.example/en/incidents?type=ransomware&country=FR",
                  .author = "Vigie",
                  .licence = "CC BY 4.0",
                  .updated = moment + 1,
                  .entries = entries,
                  .count = COUNT_OF(entries) };
    writer(out, &feed);
}

static void put_dataset(Out *out)
{
    const Download downloads[] = { { "text/csv", "https://vigie.example/en/incidents.csv?a=1&b=2" } };
    Dataset dataset = { .name = hostile,
                        .description = hostile,
                        .language = "en",
                        .address = "https://vigie.example/en/data",
                        .identifier = "https://vigie.example/en/data?as_of=2021-05-09",
                        .licence = "https://creativecommons.org/licenses/by/4.0/",
                        .creator = "Vigie",
                        .home = "https://vigie.example/",
                        .version = "1.0",
                        .from = "2020-01-01",
                        .to = "2021-05-09",
                        .changed = moment,
                        .downloads = downloads,
                        .count = 1 };
    dataset_json(out, &dataset);
}

static void put_sitemap(Out *out, const Languages *languages)
{
    sitemap_begin(out);
    sitemap_page(out, "https://vigie.example", languages, &(SitemapPage){ "", moment });
    sitemap_page(out, "https://vigie.example", languages, &(SitemapPage){ "incidents?type=a&country=FR", 0 });
    sitemap_end(out);
}

static bool put_xlsx(Arena *arena, Out *out, const Language *language, Problem *problem)
{
    XlsxAbout about = { .language = language,
                        .title = hostile,
                        .query = "type=ransomware",
                        .as_of = "2021-05-09",
                        .licence = "CC BY 4.0",
                        .address = "https://vigie.example/en/incidents?type=ransomware&as_of=2021-05-09",
                        .numbers = "persons,share" };
    AUTO_OUT rows = { 0 };
    OUT_LITERAL(&rows,
                "id,date,persons,share,note\r\n1,2021-05,1234,0.5,=1+1\r\n"
                "007,2021,not_reported,-12.25,\"a\r\nb, \"\"c\"\"\"\r\n3,,12345678901234567890,+5,_x000D_\r\n4,,,,");
    out_csv(&rows, hostile);
    OUT_LITERAL(&rows, "\r\n5,,,,");
    for (int i = 0; i < 40000; i++)
        OUT_LITERAL(&rows, "\u00E9");
    OUT_LITERAL(&rows, "\r\n");
    AUTO_XLSX *xlsx = xlsx_begin(arena, out, &about, problem);
    if (!xlsx || !xlsx_csv(xlsx, out_view(&rows), problem))
        return false;
    for (int i = 0; i < 20000; i++)
        if (!xlsx_csv(xlsx, TEXT("9,2020-01-01,1,0.25,many; rows; that; are; one; list\r\n"), problem))
            return false;
    return xlsx_end(xlsx, problem);
}

static void put_card(Out *out, const Language *language)
{
    Card card = { .language = language,
                  .title = "Vigie, the open register of cyberattacks on health care",
                  .sentence =
                      "From 1 January 2021 to 9 May 2025, 1,571 incidents affected 1,803 health organisations in 47 "
                      "countries: 742 by ransomware (612 confirmed, 130 suspected); 88 more are claimed by "
                      "attackers only.",
                  .filter = "",
                  .foot = "As of 9 May 2025, codebook 1.0 \u00B7 vigie.example" };
    card_svg(out, &card);
}

static bool put_png(Out *out, const Language *language, const char *form, Problem *problem)
{
    AUTO_OUT svg = { 0 };
    ChartFrame frame = { .language = language, .form = CHART_FILE, .id = "m", .title = "Incidents by country" };
    frame.description = "Each incident once in each country that it hit.";
    frame.source = "Vigie, as of 9 May 2025, CC BY 4.0";
    (void)png_load();
    if (strcmp(form, "card.png") == 0)
        put_card(&svg, language);
    else
        chart_map(&svg, &frame, &by_country);
    return png_of_svg(out_view(&svg), strcmp(form, "card.png") == 0 ? CARD_WIDTH : PNG_WIDTH, out, problem);
}

static void put_map(Out *out, const Language *language, ChartForm form)
{
    ChartFrame frame = { language, form, "by-country", hostile, hostile, hostile, NULL };
    chart_map(out, &frame, &by_country);
}

static void put_embed(Out *out, int64_t most)
{
    Embed embed = { .title = hostile,
                    .frame = "https://vigie.example/en/figures/by-type?type=a&embed=1",
                    .provider = "Vigie",
                    .home = "https://vigie.example/",
                    .most_width = most };
    embed_json(out, &embed);
}

static bool put(Arena *arena, Out *out, const Languages *languages, const char *form, Problem *problem)
{
    const Language *language = &languages->items[0], *french = language_find(languages, TEXT("fr"));
    Citation citation = citation_of(language);
    const GeojsonAbout about = { hostile, "https://vigie.example/", "2021-05-09", "CC BY 4.0" };
    static const struct {
        const char *form;
        void (*writer)(Out *, const Citation *);
    } citations[] = {
        { "txt", cite_plain }, { "bib", cite_bibtex }, { "ris", cite_ris }, { "csl", cite_csl }, { "meta", cite_meta }
    };
    for (size_t i = 0; i < COUNT_OF(citations); i++)
        if (strcmp(form, citations[i].form) == 0)
            return citations[i].writer(out, &citation), true;
    if (strcmp(form, "atom") == 0)
        put_feed(out, language, feed_atom);
    else if (strcmp(form, "feed") == 0)
        put_feed(out, language, feed_json);
    else if (strcmp(form, "dataset") == 0)
        put_dataset(out);
    else if (strcmp(form, "sitemap") == 0)
        put_sitemap(out, languages);
    else if (strcmp(form, "sitemap-index") == 0)
        sitemap_index(out, "https://vigie.example", 2, moment);
    else if (strcmp(form, "oembed") == 0)
        put_embed(out, 300);
    else if (strcmp(form, "geojson") == 0)
        geojson_countries(out, french, &by_country, &about);
    else if (strcmp(form, "map") == 0)
        put_map(out, french, CHART_FILE);
    else if (strcmp(form, "map-page") == 0)
        put_map(out, french, CHART_IN_PAGE);
    else if (strcmp(form, "card.svg") == 0)
        put_card(out, language);
    else if (strcmp(form, "xlsx") == 0)
        return put_xlsx(arena, out, french, problem);
    else
        return put_png(out, language, form, problem);
    return true;
}

int main(int count, char **arguments)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT out = { 0 };
    Problem problem = { 0 };
    Languages languages = { 0 };
    bool fine = count == 2 && languages_open(arena, &languages, &problem) &&
                put(arena, &out, &languages, arguments[1], &problem);
    languages_close(&languages);
    if (!fine) {
        fprintf(stderr, "%s: %s\n", problem_word(&problem), problem.message);
        return 1;
    }
    return fwrite(out.text, 1, out.length, stdout) == out.length ? 0 : 1;
}
