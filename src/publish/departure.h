/* Departure: what became of an incident that is no longer counted: merged into another, split into others or withdrawn.
 * Its number is never given again; its page says why, and what it said stays readable as of the days before. */
#pragma once

#include "publish/detail.h"

typedef struct Departure {
    int64_t id;
    const char *status, *title, *reason, *author, *reviewer; /* status: code of record_status */
    int64_t entry, at;
    const int64_t *targets; /* the incidents that stand for it */
    size_t target_count;
} Departure;

/* As of entry `entries`; `status` is NULL when the incident had not left then. Memory: `arena`. */
bool departure_read(Arena *arena, Store *public_store, int64_t id, int64_t entries, Departure *departure,
                    Problem *problem);

typedef struct DeparturePage {
    const Departure *departure;
    const char *heading, *sentence, *list;
    const PageLink *parts;
    size_t part_count;
    History history;
} DeparturePage;

bool departure_page(const View *view, Store *store, const Departure *departure, DeparturePage *page, Problem *problem);
void departure_html(Out *out, const Frame *frame, const DeparturePage *page);
bool departure_json(const View *view, Store *store, const Departure *departure, Out *out, Problem *problem);

/* What was merged into an incident, each as a notice. */
bool arrivals_read(const View *view, Store *store, int64_t incident, const Notice **notices, size_t *count,
                   Problem *problem);
