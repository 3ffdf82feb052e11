-- The journal for those who watch it.

-- Of an actor also its name, by which its address goes.
-- statement: publish_changes(after entry, how many)
SELECT seq, at, kind, subject, hash,
    CASE WHEN subject LIKE 'actor/%' THEN (SELECT actor.name FROM actor WHERE 'actor/' || actor.id = entry.subject) END
FROM entry WHERE seq > $1 ORDER BY seq LIMIT $2;

-- statement: publish_checkpoints(after size, how many)
SELECT size, at, number, root, note FROM checkpoint WHERE size > $1 ORDER BY size LIMIT $2;

-- statement: publish_checkpoint_newest()
SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1;

-- statement: publish_checkpoints_newest(how many)
SELECT size, at, number, root, note FROM checkpoint ORDER BY size DESC LIMIT $1;

-- statement: publish_entries()
SELECT max(seq) FROM entry;

-- statement: publish_moment_of(entry)
SELECT at FROM entry WHERE seq = $1;
