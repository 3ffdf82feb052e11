/* Processors for which nobody wrote a vector kernel use the plain one. */
#include "stats/kernel.h"

const Kernel *kernel_vector(void)
{
    return NULL;
}
