-- What belongs to one source, organisation, actor or country. Ids of the rows below an incident stand in one range.

-- The first source of the next keeper of registers, in the order of their names.
-- statement: publish_register_next(keeper before)
SELECT independence_group, id FROM source
WHERE source_type = 'register' AND independence_group > $1 ORDER BY independence_group, id LIMIT 1;

-- statement: publish_registers_alone(how many)
SELECT id FROM source WHERE source_type = 'register' AND independence_group IS NULL ORDER BY id LIMIT $1;

-- The country of the organisations that a source, and the first ones of its keeper, name first.
-- statement: publish_register_country(source, keeper)
SELECT organisation.country
FROM (SELECT incident FROM statement
    WHERE source IN (SELECT $1 UNION SELECT id FROM (SELECT id FROM source
        WHERE source_type = 'register' AND independence_group = $2 ORDER BY id LIMIT 9) AS first)
    ORDER BY source, incident LIMIT 30) AS named
JOIN affected ON affected.id BETWEEN named.incident * 1048576 AND named.incident * 1048576 + 1048575
JOIN organisation ON organisation.id = affected.organisation
WHERE organisation.country IS NOT NULL
GROUP BY organisation.country ORDER BY count(*) DESC, organisation.country LIMIT 1;

-- statement: publish_cited(first id, last id, entry)
SELECT statement.source, min(statement.known_since), max(statement.known_since), count(*)
FROM statement
WHERE statement.id BETWEEN $1 AND $2 AND statement.since <= $3
GROUP BY statement.source
ORDER BY statement.source;

-- One row, from an index alone.
-- statement: publish_source_use(source, entry)
SELECT count(DISTINCT incident), count(*), min(known_since), max(known_since), min(since)
FROM statement WHERE source = $1 AND since <= $2;

-- statement: publish_source_claims(source, entry)
SELECT count(*)
FROM statement
JOIN claim ON claim.id BETWEEN statement.incident * 1048576 AND statement.incident * 1048576 + 1048575
    AND claim.statement = statement.id
WHERE statement.source = $1 AND statement.since <= $2 AND claim.since <= $2;

-- statement: publish_source_incidents(source, entry, how many)
SELECT DISTINCT incident FROM statement WHERE source = $1 AND since <= $2 ORDER BY incident DESC LIMIT $3;

-- Columns as those of publish_source.
-- statement: publish_source_list(entry, how many, those before)
SELECT id, url, title, source_type, reliability, origin, language, access, licence, independence_group, published, since
FROM source WHERE since <= $1 ORDER BY id LIMIT $2 OFFSET $3;

-- statement: publish_source_total(entry)
SELECT count(*) FROM source WHERE since <= $1;

-- statement: publish_entry_moment(entry)
SELECT at FROM entry WHERE seq = $1;

-- statement: publish_source_ids(entry)
SELECT id FROM source WHERE since <= $1 ORDER BY id;

-- An organisation; without a look_up it may not be named.
-- statement: publish_victim(organisation, entry)
SELECT CASE WHEN look_up <> 0 THEN 1 ELSE 0 END, name, country, subdivision, place, org_type, sector_group, external,
       since
FROM organisation WHERE id = $1 AND since <= $2;

-- statement: publish_victim_names(organisation, entry)
SELECT kind, value FROM alias
WHERE organisation = $1 AND since <= $2 AND (until IS NULL OR until > $2)
ORDER BY kind, id;

-- statement: publish_victim_incidents(organisation, entry)
SELECT affected.incident, affected.role, affected.naming, version.inclusion, version.verification, version.date_first,
    affected.naming_basis, supplier.organisation, supplier.naming,
    CASE WHEN supplier.naming = 'named' THEN organisation.name END, organisation.org_type,
    (SELECT count(*) FROM affected AS other
        WHERE other.id BETWEEN affected.incident * 1048576 AND affected.incident * 1048576 + 1048575
            AND other.supplier = $1 AND other.since <= $2 AND (other.until IS NULL OR other.until > $2))
FROM affected
JOIN version ON version.id BETWEEN affected.incident * 1048576 AND affected.incident * 1048576 + 1048575
    AND version.since <= $2 AND (version.until IS NULL OR version.until > $2)
LEFT JOIN affected AS supplier
    ON supplier.id BETWEEN affected.incident * 1048576 AND affected.incident * 1048576 + 1048575
    AND supplier.organisation = affected.supplier
    AND supplier.since <= $2 AND (supplier.until IS NULL OR supplier.until > $2)
LEFT JOIN organisation ON organisation.id = supplier.organisation
WHERE affected.organisation = $1 AND affected.since <= $2 AND (affected.until IS NULL OR affected.until > $2)
ORDER BY version.date_first DESC, affected.incident DESC;

-- statement: publish_victim_elsewhere(organisation, entry)
SELECT target FROM same_organisation
WHERE organisation = $1 AND since <= $2 AND (until IS NULL OR until > $2)
ORDER BY id DESC LIMIT 1;

-- What was found to be the same organisation, and what was told apart from it.
-- statement: publish_victim_others(organisation, entry)
SELECT same_organisation.organisation, act.kind, act.reason
FROM same_organisation JOIN act ON act.id = same_organisation.id
WHERE same_organisation.target = $1 AND same_organisation.since <= $2
    AND (same_organisation.until IS NULL OR same_organisation.until > $2)
UNION ALL
SELECT act.target, act.kind, act.reason FROM act
WHERE act.subject = $1 AND act.kind = 'organisation.split' AND act.id <= $2
    AND NOT EXISTS (SELECT 1 FROM act AS undo WHERE undo.undoes = act.id AND undo.id <= $2)
ORDER BY 1;

-- Organisations that a page may stand for.
-- statement: publish_victim_ids(entry)
SELECT id FROM organisation
WHERE since <= $1 AND EXISTS (SELECT 1 FROM affected WHERE affected.organisation = organisation.id
        AND affected.since <= $1 AND (affected.until IS NULL OR affected.until > $1)) AND id NOT IN (SELECT organisation FROM affected WHERE naming = 'withheld')
    AND id NOT IN (SELECT organisation FROM same_organisation WHERE until IS NULL)
ORDER BY id;

-- statement: publish_actor_other_names(actor, entry)
SELECT kind, value FROM actor_alias
WHERE actor = $1 AND since <= $2 AND (until IS NULL OR until > $2)
ORDER BY kind, id;

-- As publish_victim_others, with the name of each.
-- statement: publish_actor_others(actor, entry)
SELECT actor.name, act.kind, act.reason
FROM same_actor JOIN act ON act.id = same_actor.id JOIN actor ON actor.id = same_actor.actor
WHERE same_actor.target = $1 AND same_actor.since <= $2
    AND (same_actor.until IS NULL OR same_actor.until > $2)
UNION ALL
SELECT actor.name, act.kind, act.reason FROM act JOIN actor ON actor.id = act.target
WHERE act.subject = $1 AND act.kind = 'actor.split' AND act.id <= $2
    AND NOT EXISTS (SELECT 1 FROM act AS undo WHERE undo.undoes = act.id AND undo.id <= $2)
ORDER BY 1;

-- statement: publish_named_actors(first id, last id, entry)
SELECT claim.value
FROM claim JOIN statement ON statement.id = claim.statement
WHERE claim.id BETWEEN $1 AND $2 AND claim.variable = 'actor' AND claim.value IS NOT NULL AND statement.stance = 'asserts'
    AND claim.since <= $3 AND (claim.until IS NULL OR claim.until > $3)
    AND coalesce((SELECT claim_rank.rank FROM claim_rank WHERE claim_rank.claim = claim.id AND claim_rank.since <= $3
        AND (claim_rank.until IS NULL OR claim_rank.until > $3)), claim.rank) <> 'deprecated'
ORDER BY claim.id;

-- statement: publish_actor_names()
SELECT DISTINCT value FROM claim WHERE variable = 'actor' AND value IS NOT NULL ORDER BY value;

-- The incidents of which somebody says that it was this one, as of an entry.
-- statement: publish_attributed(name, entry)
SELECT DISTINCT statement.incident
FROM claim JOIN statement ON statement.id = claim.statement
WHERE claim.variable = 'actor' AND claim.value = $1 AND claim.since <= $2
    AND (claim.until IS NULL OR claim.until > $2) AND statement.stance = 'asserts'
    AND coalesce((SELECT claim_rank.rank FROM claim_rank WHERE claim_rank.claim = claim.id AND claim_rank.since <= $2
        AND (claim_rank.until IS NULL OR claim_rank.until > $2)), claim.rank) <> 'deprecated'
    AND NOT EXISTS (SELECT 1 FROM claim AS one
        WHERE one.id BETWEEN statement.incident * 1048576 AND statement.incident * 1048576 + 1048575
            AND one.statement = statement.id AND one.variable = 'attribution_stance' AND one.value IN ('denies', 'disputes')
            AND one.since <= $2 AND (one.until IS NULL OR one.until > $2))
ORDER BY statement.incident;

-- Who says that it was this one, with what the same statement says of the basis; of incidents that are published.
-- statement: publish_attributions(name, entry)
SELECT statement.incident, statement.source, statement.claimant, statement.stance, version.inclusion,
       version.verification, version.date_first,
       (SELECT one.value FROM claim AS one
           WHERE one.id BETWEEN statement.incident * 1048576 AND statement.incident * 1048576 + 1048575
               AND one.statement = statement.id AND one.variable = 'attribution_basis'
               AND one.since <= $2 AND (one.until IS NULL OR one.until > $2) LIMIT 1),
       (SELECT one.value FROM claim AS one
           WHERE one.id BETWEEN statement.incident * 1048576 AND statement.incident * 1048576 + 1048575
               AND one.statement = statement.id AND one.variable = 'attribution_stance'
               AND one.since <= $2 AND (one.until IS NULL OR one.until > $2) LIMIT 1)
FROM claim
JOIN statement ON statement.id = claim.statement
JOIN version ON version.id BETWEEN statement.incident * 1048576 AND statement.incident * 1048576 + 1048575
    AND version.since <= $2 AND (version.until IS NULL OR version.until > $2)
WHERE claim.variable = 'actor' AND claim.value = $1 AND claim.since <= $2
    AND (claim.until IS NULL OR claim.until > $2)
    AND coalesce((SELECT claim_rank.rank FROM claim_rank WHERE claim_rank.claim = claim.id AND claim_rank.since <= $2
        AND (claim_rank.until IS NULL OR claim_rank.until > $2)), claim.rank) <> 'deprecated'
ORDER BY statement.incident, claim.id;
