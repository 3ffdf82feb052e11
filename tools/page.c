/* page: turns an HTML template into a C function that writes the page.
 *
 * Usage: page TEMPLATE >PAGE.c
 *
 *   %                         at the start of a line: the rest of the line is C
 *   {{ value }}               a C expression, escaped for the place where it stands
 *   {{_ words }}              words for people, translated when the page is written
 *   {{? condition : text }}   an attribute, or more words in one, only when the condition holds
 *   {{> part(arguments) }}    what a C function writes: HTML made by another template or a chart
 *   {{< file.html }}          another template's text, read here
 *
 * The escaping follows from the place (place.h). Where no safe one is known the build stops, and so it does for words
 * that are not translated. */
#define _POSIX_C_SOURCE 200809L

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "place.h"

enum { LITERAL_SIZE = 1000, FILES_MAX = 4 };

typedef struct Template { /* the file that is being read */
    const char *name;
    int line;
    const char *at;
} Template;

static Template files[FILES_MAX];
static int file_depth;
static Place place;
static char literal[LITERAL_SIZE];
static size_t literal_length;
static char last_written = '\n';
static bool in_entity;

static _Noreturn void stop(const char *reason)
{
    fprintf(stderr, "%s:%d: %s\n", files[file_depth].name, files[file_depth].line, reason);
    exit(1);
}

static void must(const char *reason)
{
    if (reason)
        stop(reason);
}

static void print_string(const char *text, size_t length)
{
    putchar('"');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n')
            printf("\\n");
        else {
            if (text[i] == '"' || text[i] == '\\')
                putchar('\\');
            putchar(text[i]);
        }
    }
    putchar('"');
}

static void flush_literal(void)
{
    if (!literal_length)
        return;
    printf("    OUT_LITERAL(out, ");
    print_string(literal, literal_length);
    printf(");\n");
    literal_length = 0;
}

static void print_line_mark(void)
{
    printf("#line %d \"%s\"\n", files[file_depth].line, files[file_depth].name);
}

/* Blanks at the start of a line and empty lines are for the template's author only. */
static void write_literal(char c)
{
    if (place_where(&place) == BETWEEN_TAGS && last_written == '\n' && isspace((unsigned char)c))
        return;
    last_written = c;
    if (literal_length == LITERAL_SIZE)
        flush_literal();
    literal[literal_length++] = c;
}

/* One character of the template's own HTML. */
static void take_html(const char *at)
{
    Where where = place_where(&place);
    in_entity = *at == '&' || (in_entity && *at != ';');
    bool letter = isalpha((unsigned char)*at) && !in_entity;
    bool shown = where == BETWEEN_TAGS || where == IN_TEXT_ONLY ||
                 (where == IN_ATTRIBUTE && place_attribute(&place) == ATTRIBUTE_WORDS);
    if (shown && letter && !place_untranslated(&place))
        stop("words for people stand in {{_ }}, or in an element with translate=\"no\"");
    must(place_step(&place, at));
    write_literal(*at);
}

static void must_take_value(void)
{
    Where where = place_where(&place);
    if (where == BETWEEN_TAGS || where == IN_TEXT_ONLY)
        return;
    if (where != IN_ATTRIBUTE)
        stop("a value may stand only between tags or in a quoted attribute");
    if (place_attribute(&place) == ATTRIBUTE_OTHER)
        stop("no safe escaping is known for values of this attribute");
}

static void write_words(const char *words)
{
    must_take_value();
    if (place_where(&place) == IN_ATTRIBUTE && place_attribute(&place) == ATTRIBUTE_ADDRESS)
        stop("words cannot be part of a URL");
    printf("    out_text(out, say(language, ");
    print_string(words, strlen(words));
    printf("));\n");
    place.has_value = true;
}

static void write_value(const char *value)
{
    must_take_value();
    const char *writer = "OUT_VALUE";
    if (place_where(&place) == IN_ATTRIBUTE && place_attribute(&place) == ATTRIBUTE_ADDRESS) {
        bool begins;
        must(place_address(&place, &begins));
        writer = begins ? "out_href" : "OUT_URL_PART";
    }
    printf("    %s(out, %s);\n", writer, value);
    place.has_value = true;
}

static void write_optional(char *inside)
{
    char *colon = strrchr(inside, ':');
    if (!colon)
        stop("{{? needs a condition, a colon and a text");
    Where where = place_where(&place);
    if (where != IN_TAG && where != IN_ATTRIBUTE)
        stop("{{? may stand only in a tag or a quoted attribute");
    *colon = '\0';
    printf("    if (%.*s) {\n", (int)(colon - inside - (colon > inside && colon[-1] == ' ')), inside);
    size_t before = place.depth;
    take_html(" ");
    for (const char *at = colon + 1 + strspn(colon + 1, " "); *at; at++)
        take_html(at);
    flush_literal();
    printf("    }\n");
    if (where == IN_TAG)
        take_html(" ");
    if (place_where(&place) != where || place.depth != before)
        stop("the text of {{? must begin and end in the same place");
}

static void write_part(const char *call)
{
    if (place_where(&place) != BETWEEN_TAGS)
        stop("{{> may stand only between tags");
    const char *open = strchr(call, '(');
    if (!open)
        stop("{{> needs a function with its arguments");
    bool no_arguments = open[1 + strspn(open + 1, " ")] == ')';
    printf("    %.*s(out%s%s;\n", (int)(open - call), call, no_arguments ? "" : ", ", open + 1);
}

static void read_file(const char *name);

static void take_directive(char *inside)
{
    char *end = inside + strlen(inside);
    while (end > inside && isspace((unsigned char)end[-1]))
        *--end = '\0';
    char mark = *inside;
    char *rest = inside + (mark && strchr("_?><", mark) ? 1 : 0);
    rest += strspn(rest, " \n");
    if (!*rest)
        stop("nothing stands between the braces");
    if (mark == '<') {
        read_file(rest);
        return;
    }
    flush_literal();
    print_line_mark();
    last_written = '}';
    switch (mark) {
    case '_': write_words(rest); break;
    case '?': write_optional(rest); break;
    case '>': write_part(rest); break;
    default: write_value(rest);
    }
}

/* The braces of a line of C begin and end blocks; those in its strings and comments do not. */
static void follow_braces(const char *at, const char *end)
{
    for (char quote = 0; at < end; at++) {
        if (quote) {
            if (*at == '\\')
                at++;
            else if (*at == quote)
                quote = 0;
        } else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (strncmp(at, "//", 2) == 0)
            return;
        else if (*at == '{')
            must(place_block_begin(&place));
        else if (*at == '}')
            must(place_block_end(&place));
    }
}

static const char *take_c_line(const char *at)
{
    if (place_where(&place) != BETWEEN_TAGS)
        stop("a line of C may stand only between tags");
    const char *end = at + strcspn(at, "\n");
    flush_literal();
    print_line_mark();
    printf("%.*s\n", (int)(end - at - 1), at + 1);
    last_written = '\n';
    follow_braces(at + 1, end);
    return end;
}

static char *read_all(FILE *file)
{
    size_t length = 0, size = 1 << 18;
    char *text = calloc(1, size);
    if (text)
        length = fread(text, 1, size - 1, file);
    if (!text || ferror(file) || length == size - 1)
        stop("the template cannot be read or is too long");
    return text;
}

/* The '%' of a line of C, or NULL. */
static const char *line_of_c(const char *at, bool line_start)
{
    if (!line_start)
        return NULL;
    const char *first = at + strspn(at, " \t");
    return *first == '%' ? first : NULL;
}

static void take_file(void)
{
    Template *file = &files[file_depth];
    bool line_start = true;
    for (const char *at = file->at; *at; at++) {
        const char *percent = line_of_c(at, line_start), *close;
        if (percent) {
            at = take_c_line(percent);
            if (!*at)
                return;
        } else if (strncmp(at, "{{", 2) == 0) {
            if (!(close = strstr(at, "}}")))
                stop("{{ without }}");
            char *inside = strndup(at + 2, (size_t)(close - at - 2));
            take_directive(inside + strspn(inside, " "));
            free(inside);
            for (; at < close + 1; at++)
                file->line += *at == '\n';
        } else
            take_html(at);
        file->line += *at == '\n';
        line_start = *at == '\n';
    }
}

/* The path of a file that `other` names. */
static char *beside(const char *other, const char *name)
{
    const char *slash = strrchr(other, '/');
    size_t folder = slash ? (size_t)(slash - other) + 1 : 0, size = folder + strlen(name) + 1;
    char *path = calloc(1, size);
    if (!path)
        stop("out of memory");
    snprintf(path, size, "%.*s%s", (int)folder, other, name);
    return path;
}

static void read_file(const char *name)
{
    if (file_depth + 1 == FILES_MAX)
        stop("files include each other too deeply");
    const char *path = beside(files[file_depth].name, name);
    FILE *input = fopen(path, "r");
    if (!input)
        stop("a file that is included cannot be opened");
    files[++file_depth] = (Template){ .name = path, .line = 1 };
    files[file_depth].at = read_all(input);
    fclose(input);
    take_file();
    file_depth--;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: page TEMPLATE >PAGE.c\n");
        return 2;
    }
    FILE *input = fopen(argv[1], "r");
    files[0] = (Template){ .name = argv[1], .line = 1 };
    if (!input)
        stop("the template cannot be opened");
    files[0].at = read_all(input);
    take_file();
    flush_literal();
    must(place_end(&place));
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
