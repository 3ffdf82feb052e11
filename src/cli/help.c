/* Help: everything `vigie help` prints, from the tables of commands, options and problems. */
#include "cli/command.h"

enum { LINE_WIDTH = 80 };

/* Words of `text` in lines of at most LINE_WIDTH, each after `indent` blanks; `column` is where the first one starts.
 */
static void wrapped(Out *out, const char *text, size_t indent, size_t column)
{
    Text rest = text_of(text), word;
    bool first = true;
    while (text_split(&rest, ' ', &word)) {
        if (!first && column + 1 + word.length > LINE_WIDTH) {
            OUT_LITERAL(out, "\n");
            column = 0;
            first = true;
        }
        for (; column < indent; column++)
            OUT_LITERAL(out, " ");
        if (!first)
            OUT_LITERAL(out, " ");
        column += word.length + !first;
        out_raw(out, word.at, word.length);
        first = false;
    }
    OUT_LITERAL(out, "\n");
}

static void plain(Out *out, const char *text)
{
    out_raw(out, text, strlen(text));
}

/* "  name      meaning", the meaning wrapped beside the name. */
static void entry(Out *out, const char *name, size_t width, const char *meaning)
{
    size_t column = 2 + strlen(name);
    OUT_LITERAL(out, "  ");
    plain(out, name);
    if (column + 2 > width) {
        OUT_LITERAL(out, "\n");
        column = 0;
    }
    wrapped(out, meaning, width, column);
}

static void heading(Out *out, const char *title)
{
    const char *terminal = getenv("TERM");
    bool bold = isatty(STDOUT_FILENO) && !getenv("NO_COLOR") && terminal && strcmp(terminal, "dumb") != 0;
    plain(out, bold ? "\n\033[1m" : "\n");
    plain(out, title);
    plain(out, bold ? "\033[0m\n" : "\n");
}

static void options_of(Out *out, uint64_t options)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        const OptionInfo *info = &option_table[i];
        char letter[8] = "    ", name[64];
        if (!(options & (UINT64_C(1) << i)))
            continue;
        if (info->letter)
            snprintf(letter, sizeof letter, "-%c, ", info->letter);
        snprintf(name, sizeof name, "%s--%s%s%s", letter, info->word, info->value ? " " : "",
                 info->value ? info->value : "");
        entry(out, name, 26, info->meaning);
    }
}

static void examples_of(Out *out, const char *examples, size_t most)
{
    Text rest = text_of(examples), line;
    while (most-- && text_split(&rest, '\n', &line)) {
        OUT_LITERAL(out, "  ");
        out_raw(out, line.at, line.length);
        OUT_LITERAL(out, "\n");
    }
}

static void help_command(Out *out, const Command *command)
{
    plain(out, "vigie ");
    plain(out, command->name);
    plain(out, ": ");
    plain(out, command->summary);
    OUT_LITERAL(out, "\n");
    heading(out, "Examples");
    examples_of(out, command->examples, SIZE_MAX);
    heading(out, "Usage");
    plain(out, "  vigie ");
    plain(out, command->name);
    plain(out, command->options & TAKES(AS) ? " --as FORMAT [OPTION]..." : " [OPTION]...");
    plain(out, *command->arguments ? " " : "");
    plain(out, command->arguments);
    OUT_LITERAL(out, "\n\n");
    wrapped(out, command->more, 0, 0);
    if (command->options) {
        heading(out, "Options");
        options_of(out, command->options);
    }
    heading(out, "Options of every command");
    options_of(out, COMMON_OPTIONS);
}

static void help_overview(Out *out)
{
    const Command *command = command_table;
    plain(out, "vigie: the open register of cyberattacks on health care\n");
    heading(out, "Examples");
    for (int i = 0; i < 5 && command->name; i++, command++)
        examples_of(out, command->examples, 1);
    heading(out, "Commands");
    for (command = command_table; command->name; command++)
        entry(out, command->name, 24, command->summary);
    heading(out, "Options of every command");
    options_of(out, COMMON_OPTIONS);
    plain(out, "\n'vigie help COMMAND' explains a command, 'vigie help exit-codes' the exit codes.\n");
}

/* "queue" of "queue list", "account token" of "account token add". */
static bool is_of_noun(const Command *command, const char *noun)
{
    size_t length = strlen(noun);
    return strncmp(command->name, noun, length) == 0 && command->name[length] == ' ';
}

/* False when no command has that noun. */
static bool help_noun(Out *out, const char *noun)
{
    bool any = false;
    for (const Command *command = command_table; command->name; command++) {
        if (!is_of_noun(command, noun))
            continue;
        if (!any) {
            plain(out, "vigie ");
            plain(out, noun);
            plain(out, " COMMAND [OPTION]...\n");
            heading(out, "Commands");
        }
        entry(out, command->name, 24, command->summary);
        any = true;
    }
    if (any)
        plain(out, "\n'vigie help COMMAND' explains a command.\n");
    return any;
}

typedef struct Meaning {
    int exit;
    const char *word, *meaning;
} Meaning;

static const Meaning meanings[] = {
#define KIND(name, http, exit, word, meaning) { exit, word, meaning },
    PROBLEM_KINDS(KIND)
#undef KIND
};

void help_exit_codes(Out *out, ExitCodeWriter *row)
{
    for (int status = 0; status < 256; status++)
        for (size_t i = 0; i < COUNT_OF(meanings); i++)
            if (meanings[i].exit == status) {
                char code[8];
                snprintf(code, sizeof code, "%d", status);
                row(out, code, meanings[i].word, meanings[i].meaning);
            }
}

static void exit_code_line(Out *out, const char *code, const char *word, const char *meaning)
{
    char name[64];
    snprintf(name, sizeof name, "%4s  %s", code, word);
    entry(out, name, 28, meaning);
}

bool run_help(const Call *call, Problem *problem)
{
    AUTO_OUT out = { 0 };
    const char *topic = call->count ? call->arguments[0] : NULL;
    for (size_t i = 1; i < call->count; i++)
        topic = arena_format(call->arena, "%s %s", topic, call->arguments[i]);
    const Command *command = topic ? command_find(topic) : NULL;
    if (!command && call->count > 1)
        command = command_find(call->arguments[0]);
    if (option_given(call, OPTION_MAN))
        man_page(&out);
    else if (!topic)
        help_overview(&out);
    else if (strcmp(topic, "exit-codes") == 0)
        help_exit_codes(&out, exit_code_line);
    else if (command)
        help_command(&out, command);
    else if (!help_noun(&out, topic))
        return fail(problem, PROBLEM_USAGE, "there is no help on '%s'; 'vigie help' lists the commands", topic);
    return print_out(&out, problem);
}

bool run_version(const Call *call, Problem *problem)
{
    AUTO_OUT out = { 0 };
    (void)call;
    plain(&out, "vigie " VERSION "\n");
    return print_out(&out, problem);
}
