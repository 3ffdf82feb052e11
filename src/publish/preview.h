/* Preview: how each public figure would change by a publication. */
#pragma once

#include "domain/ledger.h"
#include "publish/figures_json.h"
#include "publish/view.h"

/* Writes the figures of the whole register; for ledger_start_looking. The first look reads all of it; the snapshot is
 * kept from then on, and what is new is put into a copy. One thread may look. */
bool preview_look(LedgerMoment moment, Store *public_store, const Codebook *codebook, Out *out, Problem *problem);
void preview_forget(void); /* the snapshot that is kept */

typedef struct FigureChange {
    const char *figure, *code;  /* "by_country", "FR"; code "" where there is none */
    const char *before, *after; /* "" when it was not, or will not be, there or known */
} FigureChange;

/* What differs between what preview_look wrote before and after; in the order of the figures. Memory: `arena`. */
void preview_changes(Arena *arena, Text before, Text after, FigureChange **changes, size_t *count);

/* What the figure and its code are called, and one of its two values as readers write it. The view needs a language, a
 * codebook and an arena. */
const char *preview_figure(const View *view, const FigureChange *change);
const char *preview_code(const View *view, const FigureChange *change);
const char *preview_value(const View *view, const char *figure, const char *value);
