-- What waits in the work store to be published. What somebody has taken, postponed or refused does not.

-- statement: draft_page(state, after, most, ceiling)
SELECT import_row.id, import_row.dataset, import_row.external, import_row.state, import_row.reason,
    import_row.incident, draft.at, draft.body, import_row.tlp
FROM draft
JOIN import_row ON import_row.id = draft.import_row
WHERE (CAST($1 AS TEXT) IS NULL OR import_row.state = $1) AND import_row.id > $2 AND import_row.tlp <= $4
    AND NOT EXISTS (SELECT 1 FROM triage WHERE triage.import_row = import_row.id AND triage.state <> 'open')
ORDER BY import_row.id
LIMIT $3

-- statement: draft_find(id)
SELECT import_row.incident, draft.body, import_row.state, import_row.tlp
FROM draft
JOIN import_row ON import_row.id = draft.import_row
WHERE import_row.id = $1

-- statement: draft_published(id, incident)
UPDATE import_row SET incident = $2, state = 'published', reason = NULL WHERE id = $1

-- statement: draft_remove(id)
DELETE FROM draft WHERE import_row = $1

-- statement: draft_count(state, ceiling)
SELECT count(*) FROM draft JOIN import_row ON import_row.id = draft.import_row
WHERE import_row.state = $1 AND import_row.tlp <= $2
