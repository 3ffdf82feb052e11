-- Sources that are no longer where they were.

-- Of the public store:
-- statement: source_state_list(incident, first id, last id)
SELECT id, title, url FROM source
WHERE id IN (SELECT statement.source FROM statement WHERE statement.id BETWEEN $2 AND $3 AND statement.incident = $1)
ORDER BY id

-- statement: source_state_incidents(source, most)
SELECT DISTINCT incident FROM statement WHERE source = $1 ORDER BY incident LIMIT $2

-- statement: source_state_copy(source)
SELECT sha256 FROM archived WHERE source = $1 ORDER BY id DESC LIMIT 1

-- Of the work store:
-- statement: source_state_capture(sha256)
SELECT change, id FROM capture WHERE sha256 = $1 ORDER BY id LIMIT 1

-- statement: source_state_get(source)
SELECT state, account, at FROM source_state WHERE source = $1

-- statement: source_state_set(source, state, at, account, deed)
INSERT INTO source_state (source, state, at, account, deed) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (source) DO UPDATE SET state = excluded.state, at = excluded.at, account = excluded.account,
    deed = excluded.deed
