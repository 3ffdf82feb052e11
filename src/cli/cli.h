/* Cli: the door of the command line. */
#pragma once

/* Runs what the words of the command line ask for; the exit status is that of the problem, 0 without one. */
int cli_run(int count, char **words);
