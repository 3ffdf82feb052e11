/* Man: the manual page, from the same tables as the help. docs/vigie.1 is its output. */
#include "cli/command.h"

/* Text for man(7): hyphens that can be copied, no line that starts as a request. */
static void roff(Out *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        OUT_LITERAL(out, "\\&");
    for (; *text; text++) {
        if (*text == '\\')
            OUT_LITERAL(out, "\\e");
        else if (*text == '-')
            OUT_LITERAL(out, "\\-");
        else
            out_raw(out, text, 1);
    }
}

static void section(Out *out, const char *request, const char *title)
{
    out_raw(out, request, strlen(request));
    roff(out, title);
    OUT_LITERAL(out, "\n");
}

static void tagged(Out *out, const char *tag, const char *text)
{
    OUT_LITERAL(out, ".TP\n.B ");
    roff(out, tag);
    OUT_LITERAL(out, "\n");
    roff(out, text);
    OUT_LITERAL(out, "\n");
}

static void options(Out *out, uint64_t which)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        const OptionInfo *info = &option_table[i];
        char letter[8] = "", name[64];
        if (!(which & (UINT64_C(1) << i)))
            continue;
        if (info->letter)
            snprintf(letter, sizeof letter, "-%c, ", info->letter);
        snprintf(name, sizeof name, "%s--%s%s%s", letter, info->word, info->value ? " " : "",
                 info->value ? info->value : "");
        tagged(out, name, info->meaning);
    }
}

static void command(Out *out, const Command *command)
{
    OUT_LITERAL(out, ".SS vigie ");
    roff(out, command->name);
    roff(out, command->options & TAKES(AS) ? " --as FORMAT [OPTION]..." : " [OPTION]...");
    roff(out, *command->arguments ? " " : "");
    roff(out, command->arguments);
    OUT_LITERAL(out, "\n");
    roff(out, command->more);
    OUT_LITERAL(out, "\n");
    options(out, command->options);
    OUT_LITERAL(out, ".PP\nExamples:\n.PP\n.nf\n");
    Text rest = text_of(command->examples), line;
    while (text_split(&rest, '\n', &line)) {
        char copy[256];
        snprintf(copy, sizeof copy, "%.*s", (int)line.length, line.at);
        roff(out, copy);
        OUT_LITERAL(out, "\n");
    }
    OUT_LITERAL(out, ".fi\n");
}

static void exit_code(Out *out, const char *code, const char *word, const char *meaning)
{
    char tag[64];
    snprintf(tag, sizeof tag, "%s %s", code, word);
    tagged(out, tag, meaning);
}

void man_page(Out *out)
{
    OUT_LITERAL(out,
                ".\\\" Printed by `vigie help --man`.\n.TH VIGIE 1 \"\" \"vigie " VERSION "\" \"User Commands\"\n");
    OUT_LITERAL(out, ".SH NAME\nvigie \\- the open register of cyberattacks on health care\n");
    OUT_LITERAL(out, ".SH SYNOPSIS\n.B vigie\nCOMMAND [OPTION]... [ARGUMENT]...\n");
    OUT_LITERAL(out, ".SH DESCRIPTION\nVigie keeps what is said about attacks on health care as claims with sources,\n"
                     "in a journal that can be verified, and publishes honest figures.\n"
                     "Data goes to standard output, all else to standard error.\n");
    OUT_LITERAL(out, ".SH COMMANDS\n");
    for (const Command *each = command_table; each->name; each++)
        command(out, each);
    OUT_LITERAL(out, ".SH OPTIONS OF EVERY COMMAND\n");
    options(out, COMMON_OPTIONS);
    section(out, ".SH ", "EXIT STATUS");
    help_exit_codes(out, exit_code);
    OUT_LITERAL(out, ".SH ENVIRONMENT\n");
    tagged(out, "VIGIE_VAR", "the folder of the stores, when --var is not given");
    tagged(out, "NO_COLOR", "when set, the help has no bold headings");
    OUT_LITERAL(out, ".SH FILES\n");
    tagged(out, "var/public.db", "the journal and the tables made from it: all that is published");
    tagged(out, "var/work.db", "imports, raw rows and the records that wait");
    tagged(out, "var/log.key, var/log.key.pub", "the key that signs checkpoints, and its public half");
    tagged(out, "var/checkpoint", "the newest checkpoint: keep a copy elsewhere");
}
