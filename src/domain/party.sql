-- Organisations as the register knows them.

-- Those of a country that have the folded name, an alias or a former name, under another subdivision; not merged ones.
-- statement: organisation_called(folded, country, subdivision)
SELECT organisation.id, organisation.name FROM organisation
WHERE organisation.look_up <> 0 AND organisation.country = $2
    AND ((organisation.folded = $1 AND coalesce(organisation.subdivision, '') <> coalesce($3, ''))
        OR organisation.id IN (SELECT alias.organisation FROM alias
            WHERE alias.folded = $1 AND alias.kind IN ('alias', 'former') AND alias.until IS NULL))
    AND NOT EXISTS (SELECT 1 FROM same_organisation
        WHERE same_organisation.organisation = organisation.id AND same_organisation.until IS NULL)
ORDER BY organisation.id LIMIT 1

-- statement: organisation_same(folded, country, subdivision)
SELECT id, name FROM organisation
WHERE look_up <> 0 AND folded = $1 AND coalesce(country, '') = coalesce($2, '')
    AND coalesce(subdivision, '') = coalesce($3, '')
ORDER BY id LIMIT 1

-- statement: organisation_numbered(kind, value)
SELECT organisation.id, organisation.name FROM alias JOIN organisation ON organisation.id = alias.organisation
WHERE alias.kind = $1 AND alias.value = $2 AND alias.until IS NULL AND alias.kind NOT IN ('alias', 'former', 'parent')
ORDER BY organisation.id LIMIT 1

-- One row, if there is such an organisation: its facts, and the one that it was merged into.
-- statement: organisation_get(id)
SELECT CASE WHEN look_up <> 0 THEN 1 ELSE 0 END, name, country, subdivision, place, org_type, sector_group, external,
       (SELECT target FROM same_organisation WHERE organisation = $1 AND until IS NULL)
FROM organisation WHERE id = $1

-- statement: organisation_names(id)
SELECT kind, value, since FROM alias WHERE organisation = $1 AND until IS NULL ORDER BY kind, id

-- statement: organisation_links(id)
SELECT affected.incident, affected.id, affected.role, affected.naming, incident.title, affected.naming_basis,
    (SELECT organisation.name FROM organisation WHERE organisation.id = affected.supplier)
FROM affected JOIN incident ON incident.id = affected.incident
WHERE affected.organisation = $1 AND affected.until IS NULL ORDER BY affected.incident DESC

-- What was done to it, newest first, and whether that was taken back. An entry about an incident has another subject of
-- the same number, so the kind counts.
-- statement: party_deeds(id, kinds)
SELECT act.id, act.kind, act.target, act.reason, act.reviewer, entry.author, entry.at,
       EXISTS (SELECT 1 FROM act AS undo WHERE undo.undoes = act.id)
FROM act JOIN entry ON entry.seq = act.id
WHERE act.subject = $1 AND act.kind LIKE $2 ORDER BY act.id DESC
