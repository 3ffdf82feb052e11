/* What the files of a change share. Private to them. */
#pragma once

#include "domain/change.h"
#include "guard/seal.h"

typedef enum ChangePower { CHANGE_PREPARE, CHANGE_PUBLISH } ChangePower;

/* NOT_ALLOWED unless the account is active and its role may do that. */
bool change_person(Store *work, const char *name, ChangePower power, Problem *problem);
/* CONFLICT at "version" unless what stands is what was made from, or looked at: versions of change `id`. */
bool change_is_newest(int64_t id, int64_t newest, int64_t version, Problem *problem);
/* change_begin within a transaction of the caller. */
bool change_begin_within(Store *work, const Hand *hand, const ChangeDraft *draft, int64_t *id, Problem *problem);
/* change_save within a transaction of the caller. */
bool change_save_within(Store *work, const Hand *hand, int64_t id, int64_t version, Text body, Problem *problem);
/* A further version of the change, with its deed, within the caller's transaction; the change's own fields stay. */
bool change_put_version(Arena *arena, Store *work, const Hand *hand, const Change *change, Text body, Problem *problem);
/* The detail of a deed that vouches for a body. */
const char *change_body_detail(Arena *arena, int64_t version, Text body);
typedef struct ChangeDeed { /* what is done to which change */
    const char *kind;
    int64_t change;
    const char *detail;
} ChangeDeed;

bool change_deed(Arena *arena, Store *work, const Hand *hand, ChangeDeed done, int64_t *deed, Problem *problem);
/* Stores the change's state, reviewer, incident and trouble with their deed, within the caller's transaction. */
bool change_put_state(Arena *arena, Store *work, const Hand *hand, const char *kind, const Change *change,
                      Problem *problem);
