-- What partners have sent, and what became of it.

-- statement: partner_run(dataset, hash, day, moment)
INSERT INTO run (dataset, file, hash, observed, started, ended, rows_done, hold)
VALUES ($1, 'api', $2, $3, $4, $4, 1, 1) RETURNING id

-- statement: partner_row(look_up, dataset, external)
SELECT import_row.id, coalesce(import_row.incident, 0), import_row.raw, raw_row.bytes, coalesce(triage.state, 'open'),
    coalesce(change.state, ''), draft.body, import_row.tlp
FROM import_row
JOIN raw_row ON raw_row.id = import_row.raw
LEFT JOIN draft ON draft.import_row = import_row.id
LEFT JOIN triage ON triage.import_row = import_row.id
LEFT JOIN change ON change.id = triage.change
WHERE import_row.look_up = $1 AND import_row.dataset = $2 AND import_row.external = $3

-- statement: partner_sent(import_row, account)
INSERT INTO sent_row (import_row, account) VALUES ($1, $2)

-- statement: partner_page(account, after, most, ceiling)
SELECT import_row.id, coalesce(import_row.incident, 0), import_row.external, import_row.state,
    coalesce(triage.state, 'open'), coalesce(change.state, ''), triage.reason, run.started,
    import_row.tlp
FROM sent_row
JOIN import_row ON import_row.id = sent_row.import_row
JOIN run ON run.id = import_row.run
LEFT JOIN triage ON triage.import_row = import_row.id
LEFT JOIN change ON change.id = triage.change
WHERE sent_row.account = $1 AND sent_row.import_row > $2 AND import_row.tlp <= $4
ORDER BY sent_row.import_row LIMIT $3
