-- Rows of imports beside their digests in the private journal.

-- statement: vouch_deeds()
SELECT detail FROM deed WHERE kind = 'rows.save' ORDER BY id

-- statement: vouch_raws()
SELECT id, coalesce(import_row, 0), line, bytes, refusal FROM raw_row ORDER BY id

-- statement: vouch_drafts()
SELECT import_row, at, body FROM draft ORDER BY import_row

-- statement: vouch_published(import_row)
SELECT 1 FROM import_row WHERE id = $1 AND state = 'published'
