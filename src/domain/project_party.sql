-- What acts make of the rows of organisations; of actors: actor.sql.

-- One row: whether the organisation is there, and the one that it was merged into.
-- statement: organisation_now(id)
SELECT EXISTS (SELECT 1 FROM organisation WHERE id = $1),
    (SELECT target FROM same_organisation WHERE organisation = $1 AND until IS NULL)

-- What an entry did, and whether that was taken back.
-- statement: party_act(entry)
SELECT kind, subject, coalesce(target, 0), EXISTS (SELECT 1 FROM act AS undo WHERE undo.undoes = act.id)
FROM act WHERE id = $1

-- statement: organisation_alias_add(organisation, kind, value, folded, since)
INSERT INTO alias (id, organisation, kind, value, folded, since)
SELECT 1 + coalesce(max(id), 0), $1, $2, $3, $4, $5 FROM alias

-- As affected_off: also a name that ended and came back since.
-- statement: organisation_alias_off(entry, now)
UPDATE alias SET until = $2
WHERE until IS NULL AND since <> $2
    AND (since = $1 OR EXISTS (SELECT 1 FROM alias AS made
        WHERE made.since = $1 AND made.organisation = alias.organisation AND made.kind = alias.kind AND made.value = alias.value))

-- statement: organisation_alias_back(entry, now)
INSERT INTO alias (id, organisation, kind, value, folded, since)
SELECT (SELECT max(id) FROM alias) + row_number() OVER (ORDER BY id), organisation, kind, value, folded, $2
FROM alias WHERE until = $1 AND since <> $1

-- Does nothing when it has not got this name.
-- statement: organisation_alias_leave(organisation, kind, value, entry)
UPDATE alias SET until = $4 WHERE organisation = $1 AND kind = $2 AND value = $3 AND until IS NULL RETURNING id

-- The names of one that is another one, its own among them.
-- statement: organisation_alias_join(organisation, target, entry)
INSERT INTO alias (id, organisation, kind, value, folded, since)
SELECT (SELECT coalesce(max(id), 0) FROM alias) + row_number() OVER (ORDER BY kind, folded), $2, kind, value, folded, $3
FROM (SELECT kind, value, folded FROM alias WHERE organisation = $1 AND until IS NULL
    UNION SELECT 'alias', name, folded FROM organisation WHERE id = $1 AND look_up <> 0) AS named
WHERE NOT EXISTS (SELECT 1 FROM alias AS there
        WHERE there.organisation = $2 AND there.until IS NULL AND there.kind = named.kind AND there.folded = named.folded)
    AND NOT (named.kind = 'alias' AND named.folded = (SELECT folded FROM organisation WHERE id = $2))

-- statement: organisation_same_add(entry, organisation, target)
INSERT INTO same_organisation (id, organisation, target, since) VALUES ($1, $2, $3, $1)

-- statement: organisation_same_off(entry, now)
UPDATE same_organisation SET until = $2 WHERE since = $1 AND until IS NULL

-- statement: organisation_same_back(entry, now)
INSERT INTO same_organisation (id, organisation, target, since)
SELECT $2, organisation, target, $2 FROM same_organisation WHERE until = $1 AND since <> $1

-- The incidents that hit an organisation now.
-- statement: hit_incidents(organisation)
SELECT DISTINCT incident FROM affected WHERE organisation = $1 AND until IS NULL ORDER BY incident

-- The incident in which this link to the organisation is in force.
-- statement: hit_by_link(link, organisation)
SELECT incident FROM affected WHERE id = $1 AND organisation = $2 AND until IS NULL

-- The incidents whose links to an organisation an entry changed.
-- statement: hit_by_entry(organisation, entry)
SELECT DISTINCT incident FROM affected WHERE organisation = $1 AND (since = $2 OR until = $2) ORDER BY incident

-- Links of one incident go over to another organisation, unless it is linked already, and so do those of whoever was hit
-- through it; nobody is hit through themselves.
-- statement: affected_move(first id, last id, from, to, entry)
INSERT INTO affected (id, incident, organisation, role, naming, naming_basis, supplier, since)
SELECT (SELECT max(id) FROM affected WHERE id BETWEEN $1 AND $2) + row_number() OVER (ORDER BY id), incident,
    CASE WHEN organisation = $3 THEN $4 ELSE organisation END, role, naming, naming_basis,
    CASE WHEN supplier = $4 AND organisation = $3 OR supplier = $3 AND organisation = $4 THEN NULL
        WHEN supplier = $3 THEN $4 ELSE supplier END, $5
FROM affected
WHERE id BETWEEN $1 AND $2 AND until IS NULL
    AND (supplier = $3 AND organisation <> $3
        OR organisation = $3 AND NOT EXISTS (SELECT 1 FROM affected AS there
            WHERE there.id BETWEEN $1 AND $2 AND there.organisation = $4 AND there.until IS NULL))

-- statement: affected_leave(first id, last id, organisation, entry)
UPDATE affected SET until = $4
WHERE id BETWEEN $1 AND $2 AND (organisation = $3 OR supplier = $3) AND until IS NULL
