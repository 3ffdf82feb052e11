-- Search by words.

-- statement: search_incidents(pattern)
SELECT id, folded
FROM incident
WHERE folded LIKE $1 ESCAPE '!'
ORDER BY id;
