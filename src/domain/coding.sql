-- Blind second codings.

-- statement: coding_put(change, coder, version, at, body, deed)
INSERT INTO coding (change, coder, version, at, body, deed) VALUES ($1, $2, $3, $4, $5, $6)

-- statement: coding_draft_get(change, coder)
SELECT version, body FROM coding_draft WHERE change = $1 AND coder = $2

-- statement: coding_draft_put(change, coder, version, at, body)
INSERT INTO coding_draft (change, coder, version, at, body) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (change, coder) DO UPDATE SET version = excluded.version, at = excluded.at, body = excluded.body

-- statement: coding_draft_remove(change, coder)
DELETE FROM coding_draft WHERE change = $1 AND coder = $2

-- statement: codings_of(change)
SELECT coding.change, coding.at, change_version.body, coding.body, change_version.author, coding.coder, coding.version,
    coding.id
FROM coding JOIN change_version ON change_version.change = coding.change AND change_version.version = coding.version
WHERE coding.change = $1
ORDER BY coding.id

-- statement: codings_all(only of what is published)
SELECT coding.change, coding.at, change_version.body, coding.body, change_version.author, coding.coder, coding.version,
    coding.id
FROM coding JOIN change_version ON change_version.change = coding.change AND change_version.version = coding.version
JOIN change ON change.id = coding.change
WHERE $1 = 0 OR change.state = 'published'
ORDER BY coding.id

-- statement: coding_get(coding)
SELECT body FROM coding WHERE id = $1

-- statement: coding_by(change, coder)
SELECT 1 FROM coding WHERE change = $1 AND coder = $2
