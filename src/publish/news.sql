-- What came into the journal last.

-- statement: publish_entries_before(entry, how many)
SELECT seq, at, subject FROM entry WHERE seq < $1 ORDER BY seq DESC LIMIT $2;
