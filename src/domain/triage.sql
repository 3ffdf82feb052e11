-- What was decided about candidates.

-- statement: candidate_page(state, today, after, most, ceiling)
SELECT import_row.id, import_row.dataset, import_row.external, import_row.reason, coalesce(import_row.incident, 0),
    draft.at, draft.body, coalesce(triage.state, 'open'), triage.account, triage.reason, triage.note, triage.until,
    coalesce(triage.change, 0), import_row.tlp
FROM draft
JOIN import_row ON import_row.id = draft.import_row
LEFT JOIN triage ON triage.import_row = draft.import_row
WHERE import_row.id > $3 AND import_row.tlp <= $5
    AND (coalesce(triage.state, 'open') = $1
        OR ($1 IS NULL AND (triage.state IS NULL OR triage.state = 'open'
            OR (triage.state = 'postponed' AND triage.until <= $2))))
ORDER BY import_row.id
LIMIT $4

-- statement: candidate_get(id)
SELECT import_row.id, import_row.dataset, import_row.external, import_row.reason, coalesce(import_row.incident, 0),
    draft.at, draft.body, coalesce(triage.state, 'open'), triage.account, triage.reason, triage.note, triage.until,
    coalesce(triage.change, 0), import_row.tlp
FROM draft
JOIN import_row ON import_row.id = draft.import_row
LEFT JOIN triage ON triage.import_row = draft.import_row
WHERE import_row.id = $1

-- statement: triage_check()
SELECT triage.import_row, triage.state, triage.reason, triage.note, triage.account, deed.subject, deed.author, deed.detail
FROM triage LEFT JOIN deed ON deed.id = triage.deed ORDER BY triage.import_row

-- statement: triage_put(id, state, account, until, reason, note, change, at, deed)
INSERT INTO triage (import_row, state, account, until, reason, note, change, at, deed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (import_row) DO UPDATE SET state = excluded.state, account = excluded.account, until = excluded.until,
    reason = excluded.reason, note = excluded.note, change = excluded.change, at = excluded.at, deed = excluded.deed

-- Those of an incident that is published within a span of days.
-- statement: similar_incidents(first day, last day, country)
SELECT DISTINCT incident.id, incident.title, organisation.folded, version.date_first
FROM version
JOIN incident ON incident.id = version.incident
JOIN affected ON affected.id BETWEEN version.incident * 1048576 AND version.incident * 1048576 + 1048575
    AND affected.until IS NULL
JOIN organisation ON organisation.id = affected.organisation
WHERE version.until IS NULL AND version.date_first <= $2 AND version.date_last >= $1 AND organisation.country = $3
ORDER BY incident.id
