/* What must never happen: a document that breaks its parser takes the program with it, keeps it waiting, or reaches a
 * file, a socket or another process; or one document sees what another left. */
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/sys.h"
#include "guard/jail.h"
#include "intake/article.h"
#include "test.h"

static int kept; /* what an earlier document left in memory */

static bool opens(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC) >= 0;
}

static bool spin(Out *result)
{
    for (volatile unsigned i = 0;; i++)
        if (result->length > 1)
            return true;
}

static bool fill(Out *result)
{
    while (result->length <= (size_t)2 * JAIL_RESULT_MAX)
        OUT_LITERAL(result, "what comes out of a jail has an end, whatever the document says of itself");
    return true;
}

/* One letter says what the "document" tries. */
static bool work(Text bytes, Out *result)
{
    char letter = bytes.length ? bytes.at[0] : 'w';
    switch (letter) {
    case 'a': return article_words(text_slice(bytes, 1, bytes.length), result);
    case 'n': return false;
    case 's': return spin(result);
    case 'r': return fill(result);
    case 'k': __builtin_trap();
    case 'f': OUT_VALUE(result, opens("/etc/passwd") + opens("/proc/self/maps") + opens("/dev/null")); break;
    case 'd': OUT_VALUE(result, (socket(AF_INET, SOCK_STREAM, 0) >= 0) + (socket(AF_UNIX, SOCK_STREAM, 0) >= 0)); break;
    case 'p': OUT_VALUE(result, (fork() >= 0) + (kill(getppid(), 0) == 0) + (wait(NULL) >= 0)); break;
    case 'm': OUT_VALUE(result, kept++); break;
    default: OUT_LITERAL(result, "0"); break;
    }
    return true;
}

static const struct {
    const char *document, *expected; /* NULL: refused */
    const char *what;
} documents[] = {
    { "w", "0", "what is asked is answered" },
    { "n", NULL, "what cannot be understood is refused" },
    { "k", NULL, "a parser that breaks breaks nothing else" },
    { "f", "0", "no file opens" },
    { "d", "0", "no socket is made" },
    { "p", "0", "no process is started, signalled or waited for" },
    { "m", "0", "a document leaves a trace for itself only" },
    { "m", "0", "which the next one does not see" },
    { "r", NULL, "what comes out has an end" },
    { "s", NULL, "one that takes for ever is ended" },
    { "af<html><head><title>A</title></head><body><p>b</p>", "A\nb", "HTML is understood in there" },
    { "af<html><meta charset=windows-1251><p>\xCF\xF0\xE8\xE2\xE5\xF2",
      "\n\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82", "in its charset" },
};

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Jail *jail = jail_start(arena, work, &problem);
    CHECK(jail, "a jail starts (%s)", problem.message);
    for (size_t i = 0; jail && i < COUNT_OF(documents); i++) {
        Text result;
        int64_t begun = sys_tick();
        problem = (Problem){ 0 };
        bool done = jail_run(jail, arena, text_of(documents[i].document), &result, &problem);
        bool right = documents[i].expected ? done && text_is(result, documents[i].expected)
                                           : !done && problem.kind == PROBLEM_BAD_INPUT;
        CHECK(right && sys_tick() - begun < 300000000, "%s (%.40s %.80s)", documents[i].what,
              done && result.length ? result.at : "", problem.message);
    }
    Text long_one = { NULL, (size_t)3 << 20 }, result;
    long_one.at = memset(arena_take(arena, long_one.length), 'x', long_one.length);
    CHECK(jail && jail_run(jail, arena, long_one, &result, &problem), "a long document goes through");
    jail_stop(jail);
    return DONE();
}
