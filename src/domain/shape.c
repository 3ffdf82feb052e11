#include "domain/shape.h"

#define KEY(key) "\"" key "\":", sizeof("\"" key "\":") - 1
#define TEXT_FIELD(Part, member)                                  \
    {                                                             \
        KEY(#member), FIELD_TEXT, offsetof(Part, member), 0, NULL \
    }
#define DAY_FIELD(Part, member)                                  \
    {                                                            \
        KEY(#member), FIELD_DAY, offsetof(Part, member), 0, NULL \
    }
#define NUMBER_FIELD(Part, member)                                  \
    {                                                               \
        KEY(#member), FIELD_NUMBER, offsetof(Part, member), 0, NULL \
    }
#define ID_FIELD(Part, member)                                  \
    {                                                           \
        KEY(#member), FIELD_ID, offsetof(Part, member), 0, NULL \
    }
#define PART_FIELD(Part, member, shape)                               \
    {                                                                 \
        KEY(#member), FIELD_PART, offsetof(Part, member), 0, &(shape) \
    }
#define OPTION_FIELD(Part, member, shape)                               \
    {                                                                   \
        KEY(#member), FIELD_OPTION, offsetof(Part, member), 0, &(shape) \
    }
#define LIST_FIELD(Part, member, count, shape)                                            \
    {                                                                                     \
        KEY(#member), FIELD_LIST, offsetof(Part, member), offsetof(Part, count), &(shape) \
    }
#define SHAPE(Part, fields)                    \
    {                                          \
        sizeof(Part), fields, COUNT_OF(fields) \
    }

static const Field source_fields[] = {
    TEXT_FIELD(SourceFacts, access),      TEXT_FIELD(SourceFacts, archive),     TEXT_FIELD(SourceFacts, group),
    TEXT_FIELD(SourceFacts, language),    TEXT_FIELD(SourceFacts, licence),     TEXT_FIELD(SourceFacts, origin),
    DAY_FIELD(SourceFacts, published),    TEXT_FIELD(SourceFacts, reliability), TEXT_FIELD(SourceFacts, sha256),
    TEXT_FIELD(SourceFacts, source_type), TEXT_FIELD(SourceFacts, title),       TEXT_FIELD(SourceFacts, url),
};
static const Shape source_shape = SHAPE(SourceFacts, source_fields);

static const Field organisation_fields[] = {
    TEXT_FIELD(OrganisationFacts, country),     TEXT_FIELD(OrganisationFacts, external),
    TEXT_FIELD(OrganisationFacts, name),        TEXT_FIELD(OrganisationFacts, org_type),
    TEXT_FIELD(OrganisationFacts, place),       TEXT_FIELD(OrganisationFacts, sector_group),
    TEXT_FIELD(OrganisationFacts, subdivision),
};
static const Shape organisation_shape = SHAPE(OrganisationFacts, organisation_fields);

static const Field affected_fields[] = {
    TEXT_FIELD(AffectedFacts, naming),
    TEXT_FIELD(AffectedFacts, naming_basis),
    PART_FIELD(AffectedFacts, organisation, organisation_shape),
    TEXT_FIELD(AffectedFacts, role),
    ID_FIELD(AffectedFacts, supplier),
};
static const Shape affected_shape = SHAPE(AffectedFacts, affected_fields);

static const Field claim_fields[] = {
    TEXT_FIELD(ClaimFacts, missing), TEXT_FIELD(ClaimFacts, quote), TEXT_FIELD(ClaimFacts, rank),
    TEXT_FIELD(ClaimFacts, raw),     TEXT_FIELD(ClaimFacts, value), TEXT_FIELD(ClaimFacts, variable),
};
static const Shape claim_shape = SHAPE(ClaimFacts, claim_fields);

static const Field statement_fields[] = {
    DAY_FIELD(StatementFacts, as_of),
    TEXT_FIELD(StatementFacts, claimant),
    LIST_FIELD(StatementFacts, claims, claim_count, claim_shape),
    TEXT_FIELD(StatementFacts, credibility),
    DAY_FIELD(StatementFacts, known_since),
    TEXT_FIELD(StatementFacts, locator),
    NUMBER_FIELD(StatementFacts, source),
    TEXT_FIELD(StatementFacts, stance),
};
static const Shape statement_shape = SHAPE(StatementFacts, statement_fields);

static const Field record_fields[] = {
    LIST_FIELD(Record, affected, affected_count, affected_shape),
    TEXT_FIELD(Record, dataset),
    TEXT_FIELD(Record, external),
    TEXT_FIELD(Record, inclusion),
    TEXT_FIELD(Record, reason),
    TEXT_FIELD(Record, reviewer),
    LIST_FIELD(Record, sources, source_count, source_shape),
    LIST_FIELD(Record, statements, statement_count, statement_shape),
    TEXT_FIELD(Record, summary),
    TEXT_FIELD(Record, title),
};
const Shape record_shape = SHAPE(Record, record_fields);

static const Field act_claim_fields[] = {
    ID_FIELD(ActClaim, claim),
    TEXT_FIELD(ActClaim, rank),
};
static const Shape act_claim_shape = SHAPE(ActClaim, act_claim_fields);

static const Field act_name_fields[] = {
    TEXT_FIELD(ActName, kind),
    TEXT_FIELD(ActName, value),
};
static const Shape act_name_shape = SHAPE(ActName, act_name_fields);

static const Field act_link_fields[] = {
    OPTION_FIELD(ActLink, facts, organisation_shape),
    ID_FIELD(ActLink, link),
    TEXT_FIELD(ActLink, naming),
    TEXT_FIELD(ActLink, naming_basis),
    ID_FIELD(ActLink, organisation),
    TEXT_FIELD(ActLink, role),
    ID_FIELD(ActLink, supplier),
};
static const Shape act_link_shape = SHAPE(ActLink, act_link_fields);

static const Field act_fields[] = {
    LIST_FIELD(Act, claims, claim_count, act_claim_shape),
    OPTION_FIELD(Act, facts, organisation_shape),
    ID_FIELD(Act, into),
    LIST_FIELD(Act, links, link_count, act_link_shape),
    LIST_FIELD(Act, names, name_count, act_name_shape),
    TEXT_FIELD(Act, reason),
    LIST_FIELD(Act, records, record_count, record_shape),
    TEXT_FIELD(Act, reviewer),
    ID_FIELD(Act, undoes),
};
const Shape act_shape = SHAPE(Act, act_fields);

static const Field release_file_fields[] = {
    ID_FIELD(ReleaseFile, bytes),
    TEXT_FIELD(ReleaseFile, hash),
    TEXT_FIELD(ReleaseFile, path),
};
static const Shape release_file_shape = SHAPE(ReleaseFile, release_file_fields);

static const Field release_fields[] = {
    TEXT_FIELD(Release, codebook), DAY_FIELD(Release, day),
    ID_FIELD(Release, entries),    LIST_FIELD(Release, files, file_count, release_file_shape),
    TEXT_FIELD(Release, key),      TEXT_FIELD(Release, reviewer),
    TEXT_FIELD(Release, sums),
};
const Shape release_shape = SHAPE(Release, release_fields);

static const Field decision_fields[] = {
    TEXT_FIELD(Decision, choice),
    TEXT_FIELD(Decision, reason),
    TEXT_FIELD(Decision, value),
    TEXT_FIELD(Decision, variable),
};
static const Shape decision_shape = SHAPE(Decision, decision_fields);

static const Field adjudication_fields[] = {
    LIST_FIELD(Adjudication, decisions, decision_count, decision_shape),
};
const Shape adjudication_shape = SHAPE(Adjudication, adjudication_fields);

static const Field agreement_row_fields[] = {
    TEXT_FIELD(AgreementRow, alpha),
    TEXT_FIELD(AgreementRow, metric),
    ID_FIELD(AgreementRow, units),
    TEXT_FIELD(AgreementRow, variable),
};
static const Shape agreement_row_shape = SHAPE(AgreementRow, agreement_row_fields);

static const Field agreement_report_fields[] = {
    TEXT_FIELD(AgreementReport, codebook),
    TEXT_FIELD(AgreementReport, period),
    TEXT_FIELD(AgreementReport, reviewer),
    LIST_FIELD(AgreementReport, rows, row_count, agreement_row_shape),
};
const Shape agreement_report_shape = SHAPE(AgreementReport, agreement_report_fields);
