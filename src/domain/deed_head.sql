-- What the log role has signed of the private journal, in the public store. Only ever added to.

-- statement: deed_head_add(size, at, note)
INSERT INTO deed_head (size, at, note) VALUES ($1, $2, $3)

-- One row, also when there is none.
-- statement: deed_head_last()
SELECT coalesce(max(size), 0), coalesce(max(at), 0), (SELECT note FROM deed_head ORDER BY size DESC LIMIT 1) FROM deed_head

-- statement: deed_head_all()
SELECT size, note FROM deed_head ORDER BY size
