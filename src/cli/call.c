#include <getopt.h>

#include "cli/command.h"
#include "cli/nearest.h"

enum { FIRST_LONG = 256, COMMANDS_MAX = 128 };

/* The tables in the form that getopt_long takes: `longs` ended by zeros, `letters` by a NUL. */
static void tables_for_getopt(struct option longs[OPTION_COUNT + 1], char letters[2 * OPTION_COUNT + 2])
{
    char *letter = letters;
    *letter++ = ':'; /* tell a missing value from an unknown option */
    for (int i = 0; i < OPTION_COUNT; i++) {
        const OptionInfo *info = &option_table[i];
        longs[i] = (struct option){ info->word, info->value ? required_argument : no_argument, NULL, FIRST_LONG + i };
        if (info->letter)
            *letter++ = info->letter;
        if (info->letter && info->value)
            *letter++ = ':';
    }
    longs[OPTION_COUNT] = (struct option){ 0 };
    *letter = '\0';
}

static int option_of_code(int code)
{
    if (code >= FIRST_LONG)
        return code - FIRST_LONG;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (option_table[i].letter == code)
            return i;
    return -1;
}

/* `word` as it was typed: "--jsno=1" or "-x". */
static bool unknown_option(const char *word, int letter, Problem *problem)
{
    const char *known[OPTION_COUNT];
    char typed[64];
    if (strncmp(word, "--", 2) != 0)
        return fail(problem, PROBLEM_USAGE, "there is no option -%c", letter);
    snprintf(typed, sizeof typed, "%.*s", (int)strcspn(word + 2, "="), word + 2);
    for (int i = 0; i < OPTION_COUNT; i++) {
        known[i] = option_table[i].word;
        if (strcmp(typed, known[i]) == 0)
            return fail(problem, PROBLEM_USAGE, "option --%s takes no value", typed);
    }
    int near = nearest_word(typed, known, OPTION_COUNT);
    if (near < 0)
        return fail(problem, PROBLEM_USAGE, "there is no option --%s", typed);
    return fail(problem, PROBLEM_USAGE, "there is no option --%s; did you mean --%s?", typed, known[near]);
}

static bool read_options(int count, char **words, Call *call, Problem *problem)
{
    struct option longs[OPTION_COUNT + 1];
    char letters[2 * OPTION_COUNT + 2];
    tables_for_getopt(longs, letters);
    opterr = 0;
    optind = 0; /* glibc: start again, so that tests may call this twice */
    for (int code; (code = getopt_long(count, words, letters, longs, NULL)) != -1;) {
        if (code == '?')
            return unknown_option(words[optind - 1], optopt, problem);
        if (code == ':')
            return fail(problem, PROBLEM_USAGE, "option %s needs a value", words[optind - 1]);
        int option = option_of_code(code);
        if (option < 0)
            return fail(problem, PROBLEM_BROKEN, "the table of options is wrong");
        call->options[option] = optarg ? optarg : "";
    }
    call->arguments = (const char *const *)words + optind;
    call->count = (size_t)(count - optind);
    return true;
}

static bool unknown_command(const Call *call, Problem *problem)
{
    const char *names[COMMANDS_MAX];
    const char *first = call->arguments[0], *second = call->count > 1 ? call->arguments[1] : "";
    size_t count = 0, noun = strlen(first);
    for (const Command *command = command_table; command->name && count < COMMANDS_MAX; command++) {
        names[count++] = command->name;
        if (strncmp(command->name, first, noun) == 0 && command->name[noun] == ' ')
            return fail(problem, PROBLEM_USAGE, "there is no command '%s%s%s'; did you mean '%s'?", first,
                        *second ? " " : "", second, command->name);
    }
    char typed[64];
    snprintf(typed, sizeof typed, "%s %s", first, second);
    int near = nearest_word(first, names, count);
    if (near < 0)
        near = nearest_word(typed, names, count);
    if (near < 0)
        return fail(problem, PROBLEM_USAGE, "there is no command '%s'; 'vigie help' lists them", first);
    return fail(problem, PROBLEM_USAGE, "there is no command '%s'; did you mean '%s'?", first, names[near]);
}

/* Takes the words that name the command, as many as may be, off the front of the arguments. */
static bool read_command(Call *call, Problem *problem)
{
    enum { WORDS_MOST = 3 };
    char name[128] = "";
    for (size_t words = 0, length = 0; words < MIN(call->count, (size_t)WORDS_MOST) && length < sizeof name;) {
        length +=
            (size_t)snprintf(name + length, sizeof name - length, "%s%s", words ? " " : "", call->arguments[words]);
        const Command *command = command_find(name);
        words++;
        if (!command)
            continue;
        call->command = command;
        call->arguments += words;
        call->count -= words;
        return true;
    }
    return unknown_command(call, problem);
}

static bool check_call(const Call *call, Problem *problem)
{
    const Command *command = call->command;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (call->options[i] && !((command->options | COMMON_OPTIONS) & (UINT64_C(1) << i)))
            return fail(problem, PROBLEM_USAGE, "'vigie %s' takes no option --%s", command->name, option_table[i].word);
    if (call->count < (size_t)command->fewest)
        return fail(problem, PROBLEM_USAGE, "'vigie %s' needs %s", command->name, command->arguments);
    if (call->count > (size_t)command->most)
        return fail(problem, PROBLEM_USAGE, "'vigie %s' does not take '%s'", command->name,
                    call->arguments[command->most]);
    return true;
}

bool call_read(Arena *arena, int count, char **words, Call *call, Problem *problem)
{
    *call = (Call){ .arena = arena };
    if (!read_options(count, words, call, problem))
        return false;
    const char *folder = getenv("VIGIE_VAR");
    call->var = option_given(call, OPTION_VAR) ? call->options[OPTION_VAR] : folder && *folder ? folder : "var";
    if (option_given(call, OPTION_VERSION)) {
        call->command = command_find("version");
        return true;
    }
    if (call->count == 0 || option_given(call, OPTION_HELP)) {
        call->command = command_find("help");
        return true;
    }
    return read_command(call, problem) && check_call(call, problem);
}
