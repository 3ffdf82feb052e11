-- The journal for those who watch it.

-- statement: publish_changes(after entry, since moment, how many)
SELECT seq, at, kind, subject, hash FROM entry WHERE seq > $1 AND at >= $2 ORDER BY seq LIMIT $3;

-- statement: publish_checkpoints(how many)
SELECT size, number, at, root, note FROM checkpoint ORDER BY size DESC LIMIT $1;
