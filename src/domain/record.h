/* Record: what is said about one incident, with who said it: the body of the entries incident.open and claim.add.
 *
 * A statement is what one speaker says in one source on one day; it holds one or more claims. A record knows nothing of
 * tables: importers and forms make it, record_write turns it into the entry's canonical JSON, record_read back. */
#pragma once

#include "base/date.h"
#include "codebook/value.h"

enum { RECORD_NO_SOURCE = -1, DAY_UNKNOWN = INT32_MIN };
enum { SUPPLY_CHAIN_MAX = 16 };
enum { RECORD_BYTES_MAX = 8 << 20, RECORD_PARTS_MAX = 100000, QUOTE_MAX = 300 /* characters */ };

typedef struct SourceFacts {
    const char *url, *title, *source_type, *reliability, *origin, *language, *access, *licence, *group; /* may be NULL,
                                                             but source_type, reliability and one of url and title */
    int32_t published;            /* day, or DAY_UNKNOWN */
    const char *sha256, *archive; /* fingerprint of the copy that was read, 64 hexadecimal digits, and where one stands;
                                     may be NULL, archive is when sha256 is */
} SourceFacts;

typedef struct OrganisationFacts {
    const char *name, *country, *subdivision, *place, *org_type, *sector_group, *external; /* may be NULL but name */
} OrganisationFacts;

typedef struct AffectedFacts {
    OrganisationFacts organisation;
    const char *role;         /* code of affected.role */
    const char *naming;       /* code of affected.naming; NULL is named */
    const char *naming_basis; /* code of affected.naming_basis: why the name may be shown; may be NULL */
    int64_t supplier;         /* which of the record's affected it was hit through, from 1; 0: none that is known */
} AffectedFacts;

typedef struct ClaimFacts {
    const char *variable; /* as codebook_claimable takes it */
    const char *value;    /* canonical form of codebook/value.h; NULL when missing */
    const char *missing;  /* missing code; NULL when there is a value */
    const char *raw;      /* what the source's cell held when it differs from the value; may be NULL */
    const char *quote;    /* up to QUOTE_MAX characters; may be NULL */
    const char *rank;     /* code of claim.rank; NULL is normal */

    const Variable *definition; /* private: what claim_understand found, of the value that it found it for */
    ValueType type;
    Parsed parsed;
    const char *understood;
} ClaimFacts;

typedef struct StatementFacts {
    int source;              /* index into the record's sources */
    const char *claimant;    /* code: victim, authority, actor, expert, media, person, project */
    const char *stance;      /* code: asserts, denies, corrects */
    const char *credibility; /* code: c1 to c6 */
    const char *locator;     /* "row 17", "page 3"; may be NULL */
    int32_t known_since;     /* day on which the source said it; DAY_UNKNOWN when not known */
    int32_t as_of;           /* day to which the values refer, or DAY_UNKNOWN */
    ClaimFacts *claims;
    size_t claim_count;
} StatementFacts;

typedef struct Record {
    const char *dataset;   /* "starter", "veris", "hhs-ocr" or the name of a mapping */
    const char *external;  /* the record's id in that data set */
    const char *title;     /* neutral title; NULL in claim.add */
    const char *summary;   /* may be NULL; NULL in claim.add */
    const char *inclusion; /* code of inclusion_decision; NULL: domain/inclusion decides from the claims. In claim.add:
                              NULL keeps the decision that an earlier entry gave, if one did */
    const char *reason;    /* why it is excluded or pending, one sentence in English; may be NULL */
    const char *reviewer;  /* the account that agreed to the publication; NULL when a rule of an import decided */
    SourceFacts *sources;
    size_t source_count;
    AffectedFacts *affected; /* none in claim.add */
    size_t affected_count;
    StatementFacts *statements;
    size_t statement_count;
} Record;

/* Checks every code and claim against the codebook, and every text for valid UTF-8. BAD_INPUT names the variable and
 * what was expected. Claims about variables that are not public are refused: a record is made to be published. */
bool record_check(const Record *record, const Codebook *codebook, Problem *problem);

typedef struct RecordPlace { /* which part of a record */
    enum { PLACE_RECORD, PLACE_SOURCE, PLACE_AFFECTED, PLACE_STATEMENT, PLACE_CLAIM } part;
    size_t number, claim; /* from 0: of the source, affected organisation or statement, and of the claim in it */
} RecordPlace;

/* The address, title and codes of one source. */
bool source_facts_check(const SourceFacts *source, const Codebook *codebook, Problem *problem);
/* The codes and facts of one affected organisation; its supplier is looked at with the record only. */
bool affected_check(const AffectedFacts *affected, const Codebook *codebook, Problem *problem);

/* Each supplier is another of the record's organisations, and the way through them has an end. */
bool record_suppliers_check(const Record *record, Problem *problem);

/* Whether it is to be shown by its name. */
bool affected_named(const AffectedFacts *affected);

/* Leaves of organisations that may not be named what is published of them: kind and country. What they are called stays
 * with the drafts. Memory: `arena`; what the record pointed to stays as it was. */
void affected_conceal(AffectedFacts *affected);
void record_conceal(Arena *arena, Record *record);

/* The same, and says where the fault is. */
bool record_check_at(const Record *record, const Codebook *codebook, RecordPlace *place, Problem *problem);

/* Finds the claim's variable in the codebook and reads its value. BAD_INPUT when either is not as expected. Done once:
 * a claim that record_check has seen costs nothing more. */
bool claim_understand(const Codebook *codebook, ClaimFacts *claim, Problem *problem);

/* The canonical JSON (RFC 8785) and back. What is NULL, unknown or empty is left out; days are "2021-05-09".
 * record_read takes exactly what record_write gives, so that each record has one form and one hash: unknown keys,
 * another order, blanks or other escapes are BAD_INPUT. Memory of what is read: `arena`. */
void record_write(Out *out, const Record *record);
bool record_read(Arena *arena, Text json, Record *record, Problem *problem);
