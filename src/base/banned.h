/* Functions that have a safer sister in this program; naming one stops the build. */
#pragma once

#if defined(__GNUC__)
#undef sprintf /* clang's checked copies are macros */
#undef vsprintf
#undef alloca
#pragma GCC poison strcpy strcat strncpy sprintf vsprintf strtok atoi atol atof gmtime localtime
#pragma GCC poison system popen alloca setlocale gets
#endif
