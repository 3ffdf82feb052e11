#include "guard/codes.h"

#include <liboath/oath.h>

#include "base/sys.h"

enum { STEP_SECONDS = CODE_STEP_MS / 1000, WINDOW = 1 };

bool codes_start(Problem *problem)
{
    int state = oath_init();
    return state == OATH_OK ||
           fail(problem, PROBLEM_BROKEN, "the library of one-time codes does not start: %s", oath_strerror(state));
}

void code_secret_make(unsigned char secret[CODE_SECRET_SIZE])
{
    sys_random(secret, CODE_SECRET_SIZE);
}

bool code_secret_write(const unsigned char secret[CODE_SECRET_SIZE], char text[CODE_BASE32_SIZE], Problem *problem)
{
    char *base32 = NULL;
    size_t length = 0;
    int state = oath_base32_encode((const char *)secret, CODE_SECRET_SIZE, &base32, &length);
    if (state != OATH_OK || length >= CODE_BASE32_SIZE)
        return fail(problem, PROBLEM_BROKEN, "a secret of one-time codes cannot be written");
    memcpy(text, base32, length);
    text[length] = '\0';
    memset(base32, 0, length);
    sys_free(base32);
    return true;
}

/* The digits alone; false when there are others than six. */
static bool read_digits(Text code, char digits[CODE_DIGITS + 1])
{
    size_t count = 0;
    for (size_t i = 0; i < code.length; i++) {
        if (code.at[i] == ' ')
            continue;
        if (code.at[i] < '0' || code.at[i] > '9' || count == CODE_DIGITS)
            return false;
        digits[count++] = code.at[i];
    }
    digits[count] = '\0';
    return count == CODE_DIGITS;
}

int64_t code_step(const unsigned char secret[CODE_SECRET_SIZE], Text code, int64_t now, int64_t last)
{
    char digits[CODE_DIGITS + 1];
    int64_t step = now / CODE_STEP_MS;
    int away = 0;
    if (!read_digits(code, digits) || oath_totp_validate2((const char *)secret, CODE_SECRET_SIZE, (time_t)(now / 1000),
                                                          STEP_SECONDS, 0, WINDOW, &away, digits) < 0)
        return 0;
    return step + away > last ? step + away : 0;
}
