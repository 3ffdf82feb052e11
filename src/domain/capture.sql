-- The bytes of sources as they were read, in the work store. Only ever added to.

-- statement: capture_put(change, sha256, name, bytes, words, at, account, deed)
INSERT INTO capture (change, sha256, name, bytes, words, at, account, deed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
RETURNING id

-- statement: capture_get(change, id)
SELECT id, change, at, length(bytes), sha256, name, account, words FROM capture WHERE change = $1 AND id = $2

-- statement: capture_by_hash(change, sha256)
SELECT id, change, at, length(bytes), sha256, name, account, words FROM capture WHERE change = $1 AND sha256 = $2

-- statement: captures_of(change)
SELECT id, change, at, length(bytes), sha256, name, account FROM capture WHERE change = $1 ORDER BY id

-- statement: capture_content(change, id)
SELECT bytes FROM capture WHERE change = $1 AND id = $2
