-- What is read of the work store to find candidates by the names of their organisations. Whoever stores a candidate, or
-- another form of it, stores the raw row that it came from too.

-- statement: waiting_state()
SELECT coalesce(max(id), 0) FROM raw_row

-- statement: waiting_all()
SELECT import_row, at, body FROM draft ORDER BY import_row

-- statement: waiting_new(after)
SELECT draft.import_row, draft.at, draft.body
FROM raw_row JOIN draft ON draft.import_row = raw_row.import_row
WHERE raw_row.id > $1
ORDER BY raw_row.id

-- One row when it waits, is still what was stored at that moment and may be seen.
-- statement: waiting_one(import_row, at, ceiling)
SELECT 1 FROM draft JOIN import_row ON import_row.id = draft.import_row
WHERE draft.import_row = $1 AND draft.at = $2 AND draft.queue IS NOT NULL AND import_row.tlp <= $3
