/* Similar: incidents like one of them, close in time, each with what they have in common. */
#pragma once

#include "domain/evidence.h"
#include "publish/incident.h"
#include "stats/snapshot.h"

enum { SIMILAR_DAYS = 183, SIMILAR_MOST = 6, TRAITS = 4 };

typedef enum Trait { TRAIT_TYPE, TRAIT_COUNTRY, TRAIT_SECTOR, TRAIT_ACTOR } Trait;
extern const char *const trait_words[TRAITS]; /* as data: "main_type", "country", "sector_group", "actor" */

typedef struct Similar {
    int64_t id;
    const char *address, *heading, *when;
    const char *reasons; /* "Ransomware, France, the same actor, 12 days later" */
    bool shared[TRAITS]; /* by Trait */
    int64_t shared_count;
    int32_t days; /* from this incident to the other; below 0 when that one was earlier */
} Similar;

typedef struct SimilarList {
    const Similar *items;
    size_t count;
} SimilarList;

/* Of the counted incidents within SIMILAR_DAYS that have at least two of main type, country, sector and named attacker
 * in common with this one, those that share most, then the nearest: at most SIMILAR_MOST. None when it has no date or
 * is no attack. */
bool similar_read(const View *view, const Snapshot *snapshot, Store *store, const Incident *incident, SimilarList *list,
                  Problem *problem);
/* ,"similar":[{"incident","shared":["main_type"],"days"}] */
void similar_json(Out *out, const SimilarList *list);
