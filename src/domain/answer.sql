-- What the log role answers to a batch that it has seen before, in the public store.

-- statement: answer_find(key)
SELECT body FROM answer WHERE key = $1

-- statement: answer_next()
SELECT coalesce(max(id), 0) + 1 FROM answer

-- statement: answer_add(id, key, at, entries, body, signature)
INSERT INTO answer (id, key, at, entries, body, signature) VALUES ($1, $2, $3, $4, $5, $6)

-- statement: answer_all()
SELECT id, key, at, entries, body, signature FROM answer ORDER BY id

-- Behind each batch there is a checkpoint.
-- statement: answer_unsigned(moment)
SELECT size FROM checkpoint WHERE at >= $1 AND size NOT IN (SELECT entries FROM answer WHERE signature IS NOT NULL) ORDER BY size

-- statement: answer_covered()
SELECT coalesce(max(size), 0) FROM checkpoint
