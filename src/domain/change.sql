-- Changes on their way to publication, in the work store. What was saved is only ever added to.

-- statement: change_add(kind, subject, origin, title, author, moved, deed)
INSERT INTO change (kind, subject, origin, title, state, version, author, moved, deed)
VALUES ($1, $2, $3, $4, 'draft', 1, $5, $6, $7) RETURNING id

-- statement: change_version_add(change, version, at, author, body, deed)
INSERT INTO change_version (change, version, at, author, body, deed) VALUES ($1, $2, $3, $4, $5, $6)

-- statement: change_next()
SELECT coalesce(max(id), 0) + 1 FROM change

-- statement: change_get(id)
SELECT change.id, change.subject, coalesce(change.origin, 0), change.version, coalesce(change.incident, 0), change.moved,
    change.kind, change.title, change.state, change.author, change.reviewer, change.trouble, change.tlp, change_version.body
FROM change JOIN change_version ON change_version.change = change.id AND change_version.version = change.version
WHERE change.id = $1

-- statement: change_page(state, after, most, ceiling)
SELECT id, subject, coalesce(origin, 0), version, coalesce(incident, 0), moved, kind, title, state, author, reviewer,
    trouble, tlp
FROM change WHERE id > $2 AND tlp <= $4 AND state = $1 ORDER BY id LIMIT $3

-- The states as the index of them says.
-- statement: change_page_open(after, most, ceiling)
SELECT id, subject, coalesce(origin, 0), version, coalesce(incident, 0), moved, kind, title, state, author, reviewer,
    trouble, tlp
FROM change WHERE id > $1 AND tlp <= $3 AND state IN ('draft', 'in_review', 'publishing') ORDER BY id LIMIT $2

-- statement: change_body(change, version)
SELECT body FROM change_version WHERE change = $1 AND version = $2

-- statement: change_steps(change)
SELECT version, at, author, body FROM change_version WHERE change = $1 ORDER BY version

-- statement: change_wrote(change, account)
SELECT 1 FROM change_version WHERE change = $1 AND author = $2 LIMIT 1

-- statement: change_saved(id, version, title, moved, deed)
UPDATE change SET version = $2, title = $3, moved = $4, deed = $5 WHERE id = $1

-- statement: change_step(id, state, reviewer, incident, trouble, moved, deed)
UPDATE change SET state = $2, reviewer = $3, incident = $4, trouble = $5, moved = $6, deed = $7 WHERE id = $1

-- statement: person_find(name)
SELECT role, state FROM account WHERE name = $1

-- Whether another than its authors has coded it.
-- statement: change_coded(change)
SELECT count(*) FROM coding WHERE change = $1

-- What the private journal says of each change and each version, beside what stands.
-- Releases that are prepared and neither published nor given up.
-- statement: change_releases()
SELECT change.subject, change_version.body FROM change
JOIN change_version ON change_version.change = change.id AND change_version.version = change.version
WHERE change.kind = 'release.publish' AND change.state NOT IN ('published', 'dropped') ORDER BY change.id
