-- What the log role has signed of the private journal, in the public store. Nothing is ever changed.

-- statement: deed_head_add(size, at, note)
INSERT INTO deed_head (size, at, note) VALUES ($1, $2, $3)

-- One that was followed by another within ten minutes of the one before says nothing that the other does not. Copies of it
-- that are kept elsewhere stay good.
-- statement: deed_head_thin()
DELETE FROM deed_head WHERE size = (SELECT size FROM deed_head ORDER BY size DESC LIMIT 1 OFFSET 1)
    AND at < 600000 + (SELECT at FROM deed_head ORDER BY size DESC LIMIT 1 OFFSET 2)

-- One row, also when there is none.
-- statement: deed_head_last()
SELECT coalesce(max(size), 0), coalesce(max(at), 0), (SELECT note FROM deed_head ORDER BY size DESC LIMIT 1) FROM deed_head

-- statement: deed_head_all()
SELECT size, at, note FROM deed_head ORDER BY size
