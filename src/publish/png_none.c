/* Stands in for png.c in a program that was built without librsvg. */
#include "publish/png.h"

bool png_load(void)
{
    return false;
}

bool png_offered(void)
{
    return false;
}

bool png_open(Problem *problem)
{
    (void)problem;
    return true;
}

bool png_of_svg(Text svg, int width, Out *out, Problem *problem)
{
    (void)svg, (void)width, (void)out;
    return fail(problem, PROBLEM_UNAVAILABLE, "this Vigie was built without pictures in PNG; take the SVG");
}
