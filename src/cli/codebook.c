/* The codebook commands, and the codebook of every other command. */
#include "base/sys.h"
#include "cli/command.h"

enum { CODEBOOK_FILE_MAX = 8 << 20 };

static bool read_from(const Call *call, const char *path, Codebook *codebook, Problem *problem)
{
    Text text = codebook_embedded();
    if (path && !sys_read_file(call->arena, path, CODEBOOK_FILE_MAX, &text, problem))
        return false;
    Problem wrong = { 0 };
    return codebook_read(call->arena, text, codebook, &wrong) ||
           fail(problem, wrong.kind, "%s%s%s", path ? path : "", path ? ", " : "", wrong.message);
}

bool call_codebook(const Call *call, Codebook *codebook, Problem *problem)
{
    return read_from(call, call->options[OPTION_CODEBOOK], codebook, problem);
}

bool run_codebook_check(const Call *call, Problem *problem)
{
    Codebook codebook;
    AUTO_OUT out = { 0 };
    size_t variables = 0, values = 0;
    if (!read_from(call, call->arguments[0], &codebook, problem))
        return false;
    for (size_t i = 0; i < codebook.entity_count; i++) {
        variables += codebook.entities[i].variable_count;
        for (size_t j = 0; j < codebook.entities[i].variable_count; j++)
            values += codebook.entities[i].variables[j].value_count;
    }
    const char *told = arena_format(call->arena, "%s %s: %zu entities, %zu variables, %zu values; nothing is wrong\n",
                                    codebook.name, codebook.version, codebook.entity_count, variables, values);
    out_raw(&out, told, strlen(told));
    return print_out(&out, problem);
}

bool run_codebook_print(const Call *call, Problem *problem)
{
    (void)call;
    return print_text(codebook_embedded(), problem);
}
