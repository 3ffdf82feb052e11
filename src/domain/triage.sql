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

-- statement: triage_put(id, state, account, until, reason, note, change, at, deed)
INSERT INTO triage (import_row, state, account, until, reason, note, change, at, deed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (import_row) DO UPDATE SET state = excluded.state, account = excluded.account, until = excluded.until,
    reason = excluded.reason, note = excluded.note, change = excluded.change, at = excluded.at, deed = excluded.deed

-- Where it waits after that.
-- statement: draft_queue(import_row, state, from day)
UPDATE draft SET queue = (SELECT import_row.state FROM import_row WHERE import_row.id = $1 AND $2 IN ('open', 'postponed')),
    from_day = $3
WHERE import_row = $1

-- Those that do not wait where the decisions about them say.
-- Incidents of an organisation that are published, of some days.
-- statement: similar_incidents(organisation, first day, last day)
SELECT DISTINCT incident.id, incident.title
FROM affected
JOIN version ON version.id BETWEEN affected.incident * 1048576 AND affected.incident * 1048576 + 1048575
    AND version.until IS NULL AND version.date_first <= $3 AND version.date_last >= $2
JOIN incident ON incident.id = affected.incident
WHERE affected.organisation = $1 AND affected.until IS NULL
ORDER BY incident.id
