#include "base/progress.h"

#include "base/sys.h"

enum { BAR = 30, BETWEEN = 100000 /* microseconds */ };

Progress progress_start(const char *what, int64_t total)
{
    return (Progress){ .what = what, .total = total, .shown = isatty(STDERR_FILENO) == 1 };
}

void progress_show(Progress *progress, int64_t done, int64_t count)
{
    int64_t now = sys_tick();
    if (!progress->shown || now - progress->drawn_at < BETWEEN)
        return;
    progress->drawn_at = now;
    if (progress->total <= 0) {
        (void)fprintf(stderr, "\r\033[K%s  %lld", progress->what, (long long)count);
        return;
    }
    double part = MIN(1.0, (double)done / (double)progress->total);
    int full = (int)(part * BAR);
    (void)fprintf(stderr, "\r\033[K%s  [%.*s%*s] %3d %%  %lld", progress->what, full, "##############################",
                  BAR - full, "", (int)(part * 100), (long long)count);
}

void progress_end(Progress *progress)
{
    if (progress->shown && progress->drawn_at)
        (void)fputs("\r\033[K", stderr);
    progress->shown = false;
}
