/* Pledges of attackers not to attack health care, in a reader's words, and what became of them (METHOD.md 9). */
#pragma once

#include "publish/actor.h"

/* The actor's pledges; one leads to the attack that is held against it when the register attributes that to the actor.
 */
bool pledge_views(const Reading *reading, const Actor *actor, const PledgeView **views, Problem *problem);
/* The latest state of an actor's pledges in words; NULL when it has made none and was not asked. */
const char *pledge_state(const View *view, const Actor *actor);
/* As rows: an array of objects, words in English. */
void pledges_json(const View *view, const Actor *actor, Out *out);
