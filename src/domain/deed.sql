-- The private journal. No statement here changes or removes anything.

-- One row, also when the journal is empty.
-- statement: deed_end()
SELECT coalesce((SELECT max(id) FROM deed), 0), (SELECT hash FROM deed ORDER BY id DESC LIMIT 1)

-- statement: deed_insert(id, at, author, kind, subject, detail, hash)
INSERT INTO deed (id, at, author, kind, subject, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- statement: deed_hash(id)
SELECT hash FROM deed WHERE id = $1

-- Without the digests of rows, which tell nobody anything that a deed beside them does not.
-- statement: deeds_before(id, most)
SELECT id, at, author, kind, subject, substr(detail, 1, 2000) FROM deed WHERE id < $1 AND kind NOT LIKE 'rows.%' ORDER BY id DESC LIMIT $2

-- statement: deeds_about(subject)
SELECT id, at, author, kind, subject, detail FROM deed WHERE subject = $1 ORDER BY id

-- statement: deeds_all()
SELECT id, at, author, kind, subject, detail, hash FROM deed ORDER BY id
