-- The work store of imports: runs, their raw rows, what became of each record, and the drafts.

-- statement: run_find(dataset, hash, mapping)
SELECT id, started, ended, rows_done, observed, hold, report FROM run
WHERE dataset = $1 AND hash = $2 AND coalesce(mapping, '') = $3 ORDER BY id DESC LIMIT 1

-- statement: run_add(dataset, file, hash, observed, started, hold, licence, header, mapping)
INSERT INTO run (dataset, file, hash, observed, started, ended, rows_done, hold, licence, header, mapping, report)
VALUES ($1, $2, $3, $4, $5, NULL, 0, $6, $7, $8, $9, NULL) RETURNING id

-- statement: run_advance(id, rows_done, report)
UPDATE run SET rows_done = $2, report = $3 WHERE id = $1

-- statement: run_end(id, ended, report)
UPDATE run SET ended = $2, report = $3 WHERE id = $1

-- Whether another run has left records of the data set.
-- statement: run_others(dataset, id)
SELECT count(*) FROM run WHERE dataset = $1 AND id <> $2 AND rows_done > 0

-- statement: run_facts(id)
SELECT observed, header, mapping FROM run WHERE id = $1

-- statement: row_find(look_up, dataset, most)
SELECT id, external, run, hash, bytes_hash, incident, state, raw FROM import_row
WHERE look_up = $1 AND dataset = $2 ORDER BY id LIMIT $3

-- statement: row_ends()
SELECT coalesce((SELECT max(id) FROM import_row), 0), coalesce((SELECT max(id) FROM raw_row), 0)

-- statement: row_add(id, dataset, look_up, external, run, row, incident, state, reason, hash, bytes_hash, raw)
INSERT INTO import_row (id, dataset, look_up, external, run, row, incident, state, reason, hash, bytes_hash, raw)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)

-- statement: row_seen(id, run, row)
UPDATE import_row SET run = $2, row = $3 WHERE id = $1

-- statement: row_change(id, run, row, incident, state, reason, hash, bytes_hash, raw)
UPDATE import_row SET run = $2, row = $3, incident = $4, state = $5, reason = $6, hash = $7, bytes_hash = $8, raw = $9
WHERE id = $1

-- statement: raw_add(id, import_row, previous, run, line, bytes, refusal)
INSERT INTO raw_row (id, import_row, previous, run, line, bytes, refusal) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- Puts an older form behind the newest one.
-- statement: raw_insert_behind(newest, older)
UPDATE raw_row SET previous = $2 WHERE id = $1

-- statement: raw_get(id)
SELECT raw_row.bytes, raw_row.run, raw_row.previous, run.observed FROM raw_row JOIN run ON run.id = raw_row.run
WHERE raw_row.id = $1

-- It waits in the queue unless somebody has taken or refused it; its import_row must be there.
-- statement: draft_put(import_row, at, body)
INSERT INTO draft (import_row, at, body, queue, from_day) VALUES ($1, $2, $3,
    (SELECT import_row.state FROM import_row LEFT JOIN triage ON triage.import_row = import_row.id
        WHERE import_row.id = $1 AND coalesce(triage.state, 'open') IN ('open', 'postponed')),
    coalesce((SELECT until FROM triage WHERE triage.import_row = $1 AND triage.state = 'postponed'), 0))
ON CONFLICT (import_row) DO UPDATE SET at = excluded.at, body = excluded.body, queue = excluded.queue,
    from_day = excluded.from_day

-- statement: draft_get(import_row)
SELECT body FROM draft WHERE import_row = $1

-- statement: draft_drop(import_row)
DELETE FROM draft WHERE import_row = $1
