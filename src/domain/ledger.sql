-- What the log role answers to a batch that it has seen before.

-- statement: answer_add(key, at, body)
INSERT INTO answer (key, at, body) VALUES ($1, $2, $3)

-- statement: answer_find(key)
SELECT body FROM answer WHERE key = $1
