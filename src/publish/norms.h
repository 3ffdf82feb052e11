/* Norms: the rules that speak of attacks on health care, as the table data/norms.csv gives them. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

enum { NORM_NOT_YET = INT32_MAX };

typedef enum NormWhen {
    NORM_ALWAYS,
    NORM_CONFLICT, /* an authority or a court ties the act to an armed conflict */
    NORM_EU,       /* an organisation stands in a country of the European Union */
    NORM_US,
    NORM_AU,
    NORM_RESEARCH, /* an organisation does research or makes medicines */
    NORM_STATED    /* only when a source names it */
} NormWhen;

typedef struct Norm {
    const char *code, *binding, *addressee; /* binding: yes, no, later; addressee: states, parties, ... */
    NormWhen when;
    int32_t from;                                        /* first day on which it applies; NORM_NOT_YET when on none */
    bool compared;                                       /* our words were compared with its own */
    const char *instrument[2], *reference[2], *words[2]; /* English, French */
} Norm;

typedef struct Norms {
    const Norm *items;
    size_t count;
} Norms;

/* BROKEN when the table that the program carries is not as expected; says the line. */
bool norms_read(Arena *arena, Norms *norms, Problem *problem);
const Norm *norm_find(const Norms *norms, const char *code); /* NULL when the table has none of this code */
