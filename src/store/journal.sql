-- The journal's own tables. No statement here changes or removes anything.

-- statement: entry_add(seq, at, author, kind, subject, body, hash)
INSERT INTO entry (seq, at, author, kind, subject, body, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- statement: entries_from(seq)
SELECT seq, at, author, kind, subject, body, hash FROM entry WHERE seq >= $1 ORDER BY seq

-- statement: entries_from_some(seq, how many)
SELECT seq, at, author, kind, subject, body, hash FROM entry WHERE seq >= $1 ORDER BY seq LIMIT $2

-- statement: entry_hashes(seq, how many)
SELECT seq, hash FROM entry WHERE seq >= $1 ORDER BY seq LIMIT $2

-- statement: redactions()
SELECT subject FROM entry WHERE kind = 'redaction'

-- statement: checkpoint_add(size, number, at, root, frontier, note)
INSERT INTO checkpoint (size, number, at, root, frontier, note) VALUES ($1, $2, $3, $4, $5, $6)

-- statement: checkpoints()
SELECT size, number, at, root, frontier, note FROM checkpoint ORDER BY size

-- One row, also when the journal is empty.
-- statement: journal_end()
SELECT coalesce((SELECT max(seq) FROM entry), 0), coalesce((SELECT at FROM entry ORDER BY seq DESC LIMIT 1), 0),
    coalesce(newest.size, 0), coalesce(newest.number, 0), newest.root, newest.frontier, newest.note
FROM (SELECT max(size) AS size FROM checkpoint) AS last
LEFT JOIN checkpoint AS newest ON newest.size = last.size
