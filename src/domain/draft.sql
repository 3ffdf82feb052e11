-- What waits in the work store to be published. What somebody has taken, refused or postponed to a later day does not.

-- statement: draft_page(today, after, most, ceiling)
SELECT import_row.id, import_row.dataset, import_row.external, import_row.state, import_row.reason,
    import_row.incident, draft.at, draft.body, import_row.tlp, NULL, NULL
FROM draft
JOIN import_row ON import_row.id = draft.import_row
WHERE draft.queue IS NOT NULL AND draft.from_day <= $1 AND draft.import_row > $2 AND import_row.tlp <= $4
ORDER BY draft.import_row
LIMIT $3

-- statement: draft_page_in(queue, today, after, most, ceiling)
SELECT import_row.id, import_row.dataset, import_row.external, import_row.state, import_row.reason,
    import_row.incident, draft.at, draft.body, import_row.tlp, NULL, NULL
FROM draft
JOIN import_row ON import_row.id = draft.import_row
WHERE draft.queue = $1 AND draft.from_day <= $2 AND draft.import_row > $3 AND import_row.tlp <= $5
ORDER BY draft.import_row
LIMIT $4

-- What was refused, or postponed to a day that is still to come.
-- statement: draft_page_decided(state, today, after, most, ceiling)
SELECT import_row.id, import_row.dataset, import_row.external, import_row.state, import_row.reason,
    import_row.incident, draft.at, draft.body, import_row.tlp, triage.reason, triage.until
FROM triage
JOIN draft ON draft.import_row = triage.import_row
JOIN import_row ON import_row.id = triage.import_row
WHERE triage.state = $1 AND ($1 = 'refused' OR triage.until > $2) AND triage.import_row > $3 AND import_row.tlp <= $5
ORDER BY triage.import_row
LIMIT $4

-- statement: draft_find(id)
SELECT import_row.incident, draft.body, import_row.state, import_row.tlp
FROM draft
JOIN import_row ON import_row.id = draft.import_row
WHERE import_row.id = $1

-- statement: draft_published(id, incident)
UPDATE import_row SET incident = $2, state = 'published', reason = NULL WHERE id = $1

-- statement: draft_remove(id)
DELETE FROM draft WHERE import_row = $1

-- How many wait; no more than `most` are counted.
-- statement: draft_count(queue, today, most, ceiling)
SELECT count(*) FROM (SELECT 1 FROM draft JOIN import_row ON import_row.id = draft.import_row
    WHERE draft.queue = $1 AND draft.from_day <= $2 AND import_row.tlp <= $4 LIMIT $3) AS waiting
