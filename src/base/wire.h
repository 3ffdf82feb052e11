/* Wire: frames between two processes of this program: numbers as they stand in memory, texts with their length. The
 * receiver trusts no length: its peer may have been taken over by a foreign file. */
#pragma once

#include "base/out.h"
#include "base/problem.h"

enum { FRAME_MAX = 256 << 20 };

void wire_put_number(Out *frame, int64_t number);
void wire_put_text(Out *frame, Text text);

typedef struct Wire { /* a frame that is being read */
    Text rest;
    bool broken; /* something was missing */
} Wire;

int64_t wire_number(Wire *wire); /* 0 when broken */
Text wire_text(Wire *wire);      /* empty when broken */

/* A problem, or that there is none, as a part of a frame. */
void wire_put_problem(Out *frame, const Problem *problem);
bool wire_problem(Wire *wire, Problem *problem); /* false with the problem that came, or BROKEN */

/* UNAVAILABLE when the other side is gone. */
bool wire_send(int socket, Text frame, Problem *problem);
/* The next frame into `frame`, which is cleared first. False with no problem set when the other side has closed. */
bool wire_receive(int socket, Out *frame, Problem *problem);
