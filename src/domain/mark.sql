-- Marks of confidentiality in the work store.

-- statement: mark_of_candidate(id)
SELECT import_row.tlp, '' FROM import_row JOIN draft ON draft.import_row = import_row.id WHERE import_row.id = $1

-- statement: mark_of_change(id)
SELECT tlp, state FROM change WHERE id = $1

-- statement: mark_of_reply(id)
SELECT coalesce(change.tlp, 0), '' FROM reply LEFT JOIN change ON change.id = reply.change WHERE reply.id = $1

-- statement: mark_put_candidate(id, tlp, deed)
UPDATE import_row SET tlp = $2, tlp_deed = $3 WHERE id = $1

-- statement: mark_put_change(id, tlp, deed)
UPDATE change SET tlp = $2, tlp_deed = $3 WHERE id = $1

-- Which candidate a change was made from; 0: none.
-- statement: mark_origin(change)
SELECT coalesce(origin, 0) FROM change WHERE id = $1

-- The changes that were made from a candidate and are not published.
-- statement: mark_changes_of(candidate)
SELECT id, tlp, state FROM change WHERE origin = $1 AND state <> 'published' ORDER BY id

-- statement: mark_deed_of_candidate(id)
SELECT deed.at, deed.author, deed.detail FROM import_row JOIN deed ON deed.id = import_row.tlp_deed WHERE import_row.id = $1

-- statement: mark_deed_of_change(id)
SELECT deed.at, deed.author, deed.detail FROM change JOIN deed ON deed.id = change.tlp_deed WHERE change.id = $1

-- statement: mark_of_all_used(change)
SELECT max(change.tlp, coalesce(import_row.tlp, 0))
FROM change LEFT JOIN import_row ON import_row.id = change.origin WHERE change.id = $1
