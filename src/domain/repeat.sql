-- Answers that are kept for a request that comes again.

-- statement: repeat_get(token, key, since)
SELECT hash, status, candidate, answer FROM sent_answer WHERE token = $1 AND key = $2 AND at > $3

-- statement: repeat_add(token, key, hash, at, status, candidate, answer)
INSERT INTO sent_answer (token, key, hash, at, status, candidate, answer) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- statement: repeat_forget(moment)
DELETE FROM sent_answer WHERE at <= $1
