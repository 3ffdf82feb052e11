-- What acts make of the rows of an incident. Rows are ended and added; those that an act ended come back as new ones when
-- it is taken back, so that each keeps one span of entries. New rows are numbered on from the last one below the incident,
-- in the order of those that they repeat.

-- statement: act_add(id, kind, subject, target, reason, reviewer, undoes)
INSERT INTO act (id, kind, subject, target, reason, reviewer, undoes) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- One row: whether the entry is an act, has been taken back, made a version of the incident, or opened it.
-- statement: act_at(entry, first id, last id, incident)
SELECT (SELECT kind FROM act WHERE id = $1), (SELECT subject FROM act WHERE id = $1),
    EXISTS (SELECT 1 FROM act WHERE undoes = $1),
    EXISTS (SELECT 1 FROM version WHERE id BETWEEN $2 AND $3 AND since = $1),
    EXISTS (SELECT 1 FROM incident WHERE id = $4 AND since = $1)

-- statement: status_now(first id, last id)
SELECT status, target, since FROM status WHERE id BETWEEN $1 AND $2 AND until IS NULL ORDER BY id

-- The incidents beside it that an entry changed.
-- statement: status_targets(first id, last id, entry)
SELECT target FROM status WHERE id BETWEEN $1 AND $2 AND target IS NOT NULL AND (since = $3 OR until = $3)
UNION
SELECT target FROM act WHERE id = $3 AND target IS NOT NULL
ORDER BY 1

-- statement: status_add(first id, last id, incident, status, target, entry)
INSERT INTO status (id, incident, status, target, act, since)
SELECT 1 + coalesce(max(id), $1), $3, $4, $5, $6, $6 FROM status WHERE id BETWEEN $1 AND $2

-- statement: status_off(first id, last id, entry, now)
UPDATE status SET until = $4 WHERE id BETWEEN $1 AND $2 AND since = $3 AND until IS NULL

-- statement: status_back(first id, last id, entry, now)
INSERT INTO status (id, incident, status, target, act, since)
SELECT (SELECT max(id) FROM status WHERE id BETWEEN $1 AND $2) + row_number() OVER (ORDER BY id),
    incident, status, target, $4, $4
FROM status WHERE id BETWEEN $1 AND $2 AND until = $3 AND since <> $3

-- statement: claim_end(first id, last id, claim, entry)
UPDATE claim SET until = $4 WHERE id = $3 AND id BETWEEN $1 AND $2 AND until IS NULL RETURNING id

-- statement: claim_in_force(first id, last id, claim)
SELECT id FROM claim WHERE id = $3 AND id BETWEEN $1 AND $2 AND until IS NULL

-- Those that an entry made, also when they ended and came back since: they are still claims of its statements.
-- statement: claims_off(first id, last id, entry, now)
UPDATE claim SET until = $4
WHERE id BETWEEN $1 AND $2 AND until IS NULL AND since <> $4
    AND (since = $3 OR statement IN (SELECT statement.id FROM statement
        WHERE statement.id BETWEEN $1 AND $2 AND statement.since = $3))

-- statement: claims_back(first id, last id, entry, now)
INSERT INTO claim (id, statement, variable, value, missing, low, high, raw, quote, rank, since)
SELECT (SELECT max(id) FROM claim WHERE id BETWEEN $1 AND $2) + row_number() OVER (ORDER BY id), statement, variable,
    value, missing, low, high, raw, quote,
    coalesce((SELECT claim_rank.rank FROM claim_rank WHERE claim_rank.claim = claim.id AND claim_rank.until IS NULL), rank),
    $4
FROM claim WHERE id BETWEEN $1 AND $2 AND until = $3 AND since <> $3

-- statement: claim_rank_end(claim, entry)
UPDATE claim_rank SET until = $2 WHERE claim = $1 AND until IS NULL

-- statement: claim_rank_add(first id, last id, claim, rank, entry)
INSERT INTO claim_rank (id, claim, rank, since)
SELECT 1 + coalesce(max(id), $1), $3, $4, $5 FROM claim_rank WHERE id BETWEEN $1 AND $2

-- statement: claim_ranks_off(first id, last id, entry, now)
UPDATE claim_rank SET until = $4 WHERE id BETWEEN $1 AND $2 AND since = $3 AND until IS NULL

-- statement: claim_ranks_back(first id, last id, entry, now)
INSERT INTO claim_rank (id, claim, rank, since)
SELECT (SELECT max(id) FROM claim_rank WHERE id BETWEEN $1 AND $2) + row_number() OVER (ORDER BY id), claim, rank, $4
FROM claim_rank WHERE id BETWEEN $1 AND $2 AND until = $3 AND since <> $3

-- As claims_off: a link that came back says the same of the same organisation.
-- statement: affected_off(first id, last id, entry, now)
UPDATE affected SET until = $4
WHERE id BETWEEN $1 AND $2 AND until IS NULL AND since <> $4
    AND (since = $3 OR EXISTS (SELECT 1 FROM affected AS made
        WHERE made.id BETWEEN $1 AND $2 AND made.since = $3 AND made.organisation = affected.organisation
            AND made.role = affected.role AND made.naming = affected.naming
            AND coalesce(made.naming_basis, '') = coalesce(affected.naming_basis, '')
            AND coalesce(made.supplier, 0) = coalesce(affected.supplier, 0)))

-- statement: affected_back(first id, last id, entry, now)
INSERT INTO affected (id, incident, organisation, role, naming, naming_basis, supplier, since)
SELECT (SELECT max(id) FROM affected WHERE id BETWEEN $1 AND $2) + row_number() OVER (ORDER BY id),
    incident, organisation, role, naming, naming_basis, supplier, $4
FROM affected
WHERE id BETWEEN $1 AND $2 AND until = $3 AND since <> $3

-- One row: the highest id of all rows that acts add.
-- statement: act_end(first id, last id)
SELECT max(id) FROM (SELECT max(id) AS id FROM claim WHERE id BETWEEN $1 AND $2
    UNION ALL SELECT max(id) FROM claim_rank WHERE id BETWEEN $1 AND $2
    UNION ALL SELECT max(id) FROM affected WHERE id BETWEEN $1 AND $2
    UNION ALL SELECT max(id) FROM status WHERE id BETWEEN $1 AND $2) AS ends

-- statement: claims_standing(first id, last id)
SELECT count(*) FROM claim WHERE id BETWEEN $1 AND $2 AND until IS NULL

-- What is in force about one incident goes over into another: statements, claims and organisations that it has not got.
-- statement: merge_statements(first id, last id, last statement there, incident, entry)
INSERT INTO statement (id, incident, source, locator, claimant, stance, credibility, known_since, as_of, since,
    recorded_on)
SELECT $3 + row_number() OVER (ORDER BY id), $4, source, locator, claimant, stance, credibility, known_since, as_of, $5,
    recorded_on
FROM statement
WHERE id BETWEEN $1 AND $2
    AND EXISTS (SELECT 1 FROM claim WHERE claim.id BETWEEN $1 AND $2 AND claim.statement = statement.id
        AND claim.until IS NULL)

-- Those statements again, in the same order.
-- statement: merge_claims(first id, last id, last statement there, last claim there, entry)
INSERT INTO claim (id, statement, variable, value, missing, low, high, raw, quote, rank, since)
SELECT $4 + row_number() OVER (ORDER BY id), $3 + dense_rank() OVER (ORDER BY statement), variable, value, missing,
    low, high, raw, quote,
    coalesce((SELECT claim_rank.rank FROM claim_rank WHERE claim_rank.claim = claim.id AND claim_rank.until IS NULL), rank),
    $5
FROM claim WHERE id BETWEEN $1 AND $2 AND until IS NULL

-- statement: merge_affected(first id, last id, incident, entry, first id there, last id there)
INSERT INTO affected (id, incident, organisation, role, naming, naming_basis, supplier, since)
SELECT coalesce((SELECT max(id) FROM affected WHERE id BETWEEN $5 AND $6), $5) + row_number() OVER (ORDER BY id),
    $3, organisation, role, naming, naming_basis, supplier, $4
FROM affected
WHERE id BETWEEN $1 AND $2 AND until IS NULL
    AND organisation NOT IN (SELECT there.organisation FROM affected AS there
        WHERE there.id BETWEEN $5 AND $6 AND there.until IS NULL)
