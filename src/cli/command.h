/* Command: what the program can be asked to do, as one table of commands and one of options.
 *
 * The tables (commands.def, options.def) are also the help, the manual page and the checks: nothing about a command is
 * said elsewhere. Data goes to stdout, all else to stderr. */
#pragma once

#include "base/out.h"
#include "codebook/codebook.h"

typedef enum Option {
#define OPTION(name, letter, word, value, meaning) OPTION_##name,
#include "cli/options.def"
#undef OPTION
    OPTION_COUNT
} Option;

typedef struct OptionInfo {
    char letter; /* 0: none */
    const char *word;
    const char *value; /* what stands behind it; NULL for a switch */
    const char *meaning;
} OptionInfo;

extern const OptionInfo option_table[OPTION_COUNT];

#define TAKES(name) (UINT64_C(1) << OPTION_##name)
enum { MANY = 1 << 20, COMMON_OPTIONS = TAKES(VAR) | TAKES(CODEBOOK) | TAKES(QUIET) | TAKES(HELP) | TAKES(VERSION) };

typedef struct Call Call;

typedef struct Command {
    const char *name;      /* one or two words */
    const char *arguments; /* as the help shows them */
    int fewest, most;      /* of them; most may be MANY */
    uint64_t options;      /* TAKES(...), beside COMMON_OPTIONS */
    const char *summary, *more, *examples;
    bool (*run)(const Call *call, Problem *problem);
} Command;

extern const Command command_table[];          /* ended by a NULL name */
const Command *command_find(const char *name); /* NULL when there is none */

#define COMMAND(function, name, arguments, fewest, most, options, summary, more, examples) \
    bool run_##function(const Call *call, Problem *problem);
#include "cli/commands.def"
#undef COMMAND

struct Call { /* one command line, read and checked */
    const Command *command;
    const char *options[OPTION_COUNT]; /* NULL when not given, "" for a switch */
    const char *const *arguments;
    size_t count;
    const char *var; /* folder of the stores */
    Arena *arena;    /* for the whole run */
};

static inline bool option_given(const Call *call, Option option)
{
    return call->options[option] != NULL;
}

/* Reads the command line: USAGE names what is wrong and the nearest thing that is right. With --help or --version
 * given, or no command at all, the call is that of the command help or version. Memory: `arena`. */
bool call_read(Arena *arena, int count, char **words, Call *call, Problem *problem);

/* The codebook of --codebook, or the one inside the program. */
bool call_codebook(const Call *call, Codebook *codebook, Problem *problem);

/* To standard output, all of it; a closed or full one is a problem like any other. */
bool print_out(const Out *out, Problem *problem);
bool print_text(Text text, Problem *problem);

/* The manual page, in the language of man(7). */
void man_page(Out *out);
/* The table of exit codes by number: calls `row` for each. */
typedef void ExitCodeWriter(Out *out, const char *code, const char *word, const char *meaning);
void help_exit_codes(Out *out, ExitCodeWriter *row);
