/* Project: from an entry of the journal to the rows that are made from it. The ledger projects each entry as it is
 * written, and a rebuild projects them all again: the same code, so the same rows.
 *
 * incident.open   subject "incident/7": sources and organisations that are not there yet, the incident, its affected
 *                 organisations, statements, claims and first version.
 * claim.add       the same subject: statements and claims more, a new version, and the end of the one before.
 *
 * Rows below an incident have ids incident * ROWS_PER_INCIDENT + n, n from 1 for each table. Sources are the same when
 * address, title and kind are; named organisations when folded name, country and subdivision are. An organisation that
 * is not named is never taken for another. What an earlier entry said about them stands. */
#pragma once

#include "domain/act.h"
#include "domain/agreement_report.h"
#include "domain/release.h"
#include "store/journal.h"

#define KIND_OPEN "incident.open"
#define KIND_ADD "claim.add"

#define KIND_RELEASE "release.publish"
#define KIND_AGREEMENT "agreement.publish"

typedef struct Projector Projector;

/* Store and codebook must outlive it. */
Projector *projector_new(Arena *arena, Store *public_store, const Codebook *codebook, Problem *problem);
/* From here on entries are new: an act that would name whom METHOD.md 8 does not let be named is a CONFLICT. Those that
 * stand in the journal were judged by the rules of their time. */
void projector_be_strict(Projector *projector);

/* Leaves of what is proposed what METHOD.md 8 lets be published (domain/naming.h), and says whether it left something
 * out. A record opens an incident (0), or adds to it. Memory: `arena`; what they pointed to stays as it was. */
bool projector_conceal(Projector *projector, Arena *arena, int64_t incident, Record *record, bool *concealed,
                       Problem *problem);
bool projector_conceal_act(Projector *projector, Arena *arena, int64_t incident, Act *act, bool *concealed,
                           Problem *problem);
/* Forgets what it remembers of the store: after a transaction that was undone. */
bool projector_reload(Projector *projector, Problem *problem);
int64_t projector_next(const Projector *projector); /* the number of the next incident.open */

int64_t projector_next_party(const Projector *projector, ActSubject subject); /* of the next one that is made */

/* Writes the rows of one entry within the caller's transaction. The record has passed record_check. DAMAGED when the
 * subject does not fit, NOT_FOUND when claims are added to an incident that is not there, BAD_INPUT when the record
 * does not suit the kind. `scratch` may be reset afterwards. */
bool projector_entry(Projector *projector, Arena *scratch, const Entry *entry, const Record *record, Problem *problem);

/* The same of an entry whose kind is an act (domain/act.h), which has passed act_check. CONFLICT when it does not suit
 * what stands: a claim that is not in force, an incident that has left already, an entry taken back twice. */
bool projector_act(Projector *projector, Arena *scratch, const Entry *entry, const Act *act, Problem *problem);

/* The same of release.publish, which has passed release_check. CONFLICT when another release has its number. */
bool projector_release(Projector *projector, const Entry *entry, const Release *release, Problem *problem);

/* The same of agreement.publish. BAD_INPUT when it does not pass agreement_report_check. */
bool projector_agreement(Projector *projector, const Entry *entry, const AgreementReport *report, Problem *problem);

/* Any entry as it stands in the journal: reads its body and projects it. Kinds that make no rows are passed over. */
bool projector_replay(Projector *projector, Arena *scratch, const Entry *entry, Problem *problem);

/* The incident that stands for this one: itself, or the one that it was merged into. */
bool projector_survivor(Projector *projector, int64_t *incident, Problem *problem);
