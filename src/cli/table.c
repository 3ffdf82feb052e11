#include "cli/command.h"

const Command command_table[] = {
#define COMMAND(function, name, arguments, fewest, most, options, summary, more, examples) \
    { name, arguments, fewest, most, options, summary, more, examples, run_##function },
#include "cli/commands.def"
#undef COMMAND
    { 0 }
};

const OptionInfo option_table[OPTION_COUNT] = {
#define OPTION(name, letter, word, value, meaning) { letter, word, value, meaning },
#include "cli/options.def"
#undef OPTION
};

const Command *command_find(const char *name)
{
    for (const Command *command = command_table; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}
