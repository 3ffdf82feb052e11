-- statement: entry_add(seq, at, author, kind, subject, body, hash)
INSERT INTO entry (seq, at, author, kind, subject, body, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- statement: entries_from(seq)
SELECT seq, at, author, kind, subject, body, hash FROM entry WHERE seq >= $1 ORDER BY seq

-- statement: entry_last()
SELECT seq, at FROM entry ORDER BY seq DESC LIMIT 1

-- statement: checkpoint_add(size, at, root, frontier, note)
INSERT INTO checkpoint (size, at, root, frontier, note) VALUES ($1, $2, $3, $4, $5)

-- statement: checkpoint_last()
SELECT size, at, root, frontier, note FROM checkpoint ORDER BY size DESC LIMIT 1

-- statement: checkpoints()
SELECT size, at, root, frontier, note FROM checkpoint ORDER BY size
