/* How far the coders agree, as it was published: on the methodology page, and as rows. */
#pragma once

#include "publish/pages.h"
#include "publish/sheet.h"
#include "store/store.h"

typedef struct AgreementLine {
    const char *variable, *incidents, *alpha, *verdict; /* in words; alpha: a number, or a dash */
} AgreementLine;

typedef struct AgreementPart {   /* one half-year */
    const char *heading, *entry; /* heading: with the day on which it was published; entry: address of its entry */
    const AgreementLine *lines;
    size_t count;
} AgreementPart;

typedef struct MethodologyPage {
    TextPage text;
    PageLink figures;     /* to the section with them, at the end */
    AgreementPart *parts; /* the newest half-year first */
    size_t count;
} MethodologyPage;

bool methodology_page(const View *view, Store *public_store, MethodologyPage *page, Problem *problem);
void methodology_html(Out *out, const Frame *frame, const MethodologyPage *page);

/* One row for each variable and half-year. Memory: `arena`. */
bool agreement_sheet(Arena *arena, Store *public_store, Sheet *sheet, Problem *problem);
bool agreement_json(Arena *arena, Store *public_store, Out *out, Problem *problem);
