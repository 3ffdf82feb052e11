-- Rows of imports beside their digests in the private journal.

-- statement: vouch_deeds()
SELECT detail FROM deed WHERE kind = 'rows.save' ORDER BY id

-- statement: vouch_raws()
SELECT id, coalesce(import_row, 0), line, bytes, refusal FROM raw_row ORDER BY id

-- statement: vouch_orphans()
SELECT DISTINCT import_row FROM raw_row
WHERE import_row IS NOT NULL AND NOT EXISTS (SELECT 1 FROM import_row WHERE import_row.id = raw_row.import_row)
ORDER BY import_row

-- statement: vouch_drafts()
SELECT import_row, at, body FROM draft ORDER BY import_row

-- statement: vouch_states()
SELECT id, coalesce(incident, 0), raw, state, reason FROM import_row WHERE state <> 'published' ORDER BY id

-- statement: vouch_published_rows()
SELECT id, dataset, external, coalesce(incident, 0) FROM import_row WHERE state = 'published' ORDER BY id

-- In the public store, where an id that tells a name which must not be told is "unnamed".
-- statement: vouch_incident(incident, dataset, external)
SELECT 1 FROM incident WHERE id = $1 AND dataset = $2 AND external IN ($3, 'unnamed')

-- statement: vouch_change(origin, incident)
SELECT 1 FROM change WHERE origin = $1 AND incident = $2 AND state = 'published'

-- statement: vouch_published(import_row)
SELECT 1 FROM import_row WHERE id = $1 AND state = 'published'
