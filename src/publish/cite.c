#include "publish/cite.h"

#include "publish/habits.h"
#include "publish/plain.h"

static const struct {
    const char *bibtex, *ris, *csl;
} kinds[CITE_KINDS] = {
    [CITE_PAGE] = { "online", "ELEC", "webpage" },
    [CITE_FIGURE] = { "online", "ELEC", "figure" },
    [CITE_INCIDENT] = { "online", "ELEC", "entry" },
    [CITE_DATA] = { "misc", "DATA", "dataset" },
};

typedef struct Day {
    int year, month, of_month;
    char text[DATE_TEXT_SIZE];
} Day;

static Day day_of_citation(const Citation *citation)
{
    Day day;
    day_split(moment_day(citation->as_of), &day.year, &day.month, &day.of_month);
    day_write(moment_day(citation->as_of), day.text);
    return day;
}

void cite_plain(Out *out, const Citation *citation)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const char *sentence = say_with(
        arena, citation->language,
        "{author}, “{title}”, {register}, as of {moment}, codebook {codebook}, {licence}. {address}",
        SLOTS({ "author", citation->author }, { "title", plain_line(arena, citation->title) },
              { "register", citation->register_name },
              { "moment", say_moment(arena, citation->language, citation->as_of) }, { "codebook", citation->codebook },
              { "licence", citation->licence }, { "address", citation->address }));
    out_raw(out, sentence, strlen(sentence));
}

/* TeX's own letters as the letters they are; line ends and other controls as blanks. */
static void put_tex(Out *out, const char *text)
{
    static const struct {
        char letter;
        const char *written;
    } escapes[] = {
        { '\\', "\\textbackslash{}" },
        { '{', "\\{" },
        { '}', "\\}" },
        { '$', "\\$" },
        { '&', "\\&" },
        { '#', "\\#" },
        { '%', "\\%" },
        { '_', "\\_" },
        { '^', "\\textasciicircum{}" },
        { '~', "\\textasciitilde{}" },
    };
    for (; *text; text++) {
        const char *written = (unsigned char)*text < ' ' ? " " : NULL;
        for (size_t i = 0; i < COUNT_OF(escapes); i++)
            if (*text == escapes[i].letter)
                written = escapes[i].written;
        out_raw(out, written ? written : text, written ? strlen(written) : 1);
    }
}

/* An address stands in BibTeX as it is, so only what would end the field is percent-encoded. */
static void put_tex_address(Out *out, const char *address)
{
    for (; *address; address++) {
        if (strchr("{}\\ \"<>", *address) || (unsigned char)*address < ' ') {
            char one[2] = { *address, '\0' };
            out_url(out, one);
        } else
            out_raw(out, address, 1);
    }
}

static void put_tex_field(Out *out, const char *name, const char *text)
{
    OUT_LITERAL(out, ",\n  ");
    out_raw(out, name, strlen(name));
    OUT_LITERAL(out, " = {");
    put_tex(out, text);
    OUT_LITERAL(out, "}");
}

static void put_key(Out *out, const char *key)
{
    for (; *key; key++)
        if ((*key >= 'a' && *key <= 'z') || (*key >= 'A' && *key <= 'Z') || (*key >= '0' && *key <= '9') || *key == '-')
            out_raw(out, key, 1);
}

void cite_bibtex(Out *out, const Citation *citation)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Day day = day_of_citation(citation);
    char moment[MOMENT_TEXT_SIZE];
    const char *kind = kinds[citation->kind].bibtex;
    OUT_LITERAL(out, "@");
    out_raw(out, kind, strlen(kind));
    OUT_LITERAL(out, "{");
    put_key(out, citation->key);
    OUT_LITERAL(out, ",\n  author = {{"); /* a body: its name is not turned round */
    put_tex(out, citation->author);
    OUT_LITERAL(out, "}}");
    put_tex_field(out, "title", plain_line(arena, citation->title));
    put_tex_field(out, "organization", citation->register_name);
    put_tex_field(out, "year", arena_format(arena, "%04d", day.year));
    put_tex_field(out, "date", day.text);
    put_tex_field(out, "version", citation->codebook);
    put_tex_field(out, "note",
                  arena_format(arena, "As of %s, codebook %s, %s", moment_write(citation->as_of, moment),
                               citation->codebook, citation->licence));
    put_tex_field(out, "langid", strcmp(citation->language->code, "fr") == 0 ? "french" : "english");
    OUT_LITERAL(out, ",\n  url = {");
    put_tex_address(out, citation->address);
    OUT_LITERAL(out, "}\n}\n");
}

/* "TI  - text": a value is one line, so that it can never be read as another tag. */
static void put_ris(Out *out, const char *tag, const char *text)
{
    out_raw(out, tag, strlen(tag));
    OUT_LITERAL(out, "  - ");
    for (; *text; text++) {
        bool control = (unsigned char)*text < ' ' || *text == 0x7F;
        out_raw(out, control ? " " : text, 1);
    }
    OUT_LITERAL(out, "\r\n");
}

void cite_ris(Out *out, const Citation *citation)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Day day = day_of_citation(citation);
    put_ris(out, "TY", kinds[citation->kind].ris);
    put_ris(out, "AU", citation->author);
    put_ris(out, "TI", plain_line(arena, citation->title));
    put_ris(out, "T2", citation->register_name);
    put_ris(out, "PY", arena_format(arena, "%04d", day.year));
    put_ris(out, "DA", arena_format(arena, "%04d/%02d/%02d/", day.year, day.month, day.of_month));
    put_ris(out, "ET", citation->codebook);
    put_ris(out, "C1", citation->licence);
    put_ris(out, "LA", citation->language->code);
    put_ris(out, "UR", citation->address);
    OUT_LITERAL(out, "ER  - \r\n");
}

static void put_member(Out *out, const char *name, const char *value)
{
    OUT_LITERAL(out, ",");
    out_json(out, name);
    OUT_LITERAL(out, ":");
    out_json(out, value);
}

static void put_date_parts(Out *out, const Day *day)
{
    OUT_LITERAL(out, ",\"issued\":{\"date-parts\":[[");
    out_int(out, day->year);
    OUT_LITERAL(out, ",");
    out_int(out, day->month);
    OUT_LITERAL(out, ",");
    out_int(out, day->of_month);
    OUT_LITERAL(out, "]]}");
}

void cite_csl(Out *out, const Citation *citation)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT key = { 0 };
    Day day = day_of_citation(citation);
    put_key(&key, citation->key);
    OUT_LITERAL(out, "[{\"id\":");
    out_json_text(out, out_view(&key));
    put_member(out, "type", kinds[citation->kind].csl);
    put_member(out, "title", plain_line(arena, citation->title));
    OUT_LITERAL(out, ",\"author\":[{\"literal\":");
    out_json(out, citation->author);
    OUT_LITERAL(out, "}]");
    put_date_parts(out, &day);
    put_member(out, "container-title", citation->register_name);
    put_member(out, "publisher", citation->register_name);
    put_member(out, "version", citation->codebook);
    put_member(out, "note", citation->licence);
    put_member(out, "language", citation->language->code);
    put_member(out, "URL", citation->address);
    OUT_LITERAL(out, "}]\n");
}

static void put_meta(Out *out, const char *name, const char *content)
{
    OUT_LITERAL(out, "<meta name=\"citation_");
    out_text(out, name);
    OUT_LITERAL(out, "\" content=\"");
    out_text(out, content);
    OUT_LITERAL(out, "\">\n");
}

void cite_meta(Out *out, const Citation *citation)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Day day = day_of_citation(citation);
    put_meta(out, "title", plain_line(arena, citation->title));
    put_meta(out, "author", citation->author);
    put_meta(out, "publication_date", arena_format(arena, "%04d/%02d/%02d", day.year, day.month, day.of_month));
    put_meta(out, "publisher", citation->register_name);
    put_meta(out, "language", citation->language->code);
    put_meta(out, "public_url", citation->address);
}
