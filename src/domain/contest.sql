-- Following the public journal.

-- statement: contest_followed()
SELECT entry FROM followed WHERE id = 1

-- statement: contest_follow(entry)
INSERT INTO followed (id, entry) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET entry = excluded.entry

-- statement: contest_end()
SELECT coalesce(max(seq), 0) FROM entry

-- Entries with the incidents that they touch beside their subject: what was merged into, also when that is taken back.
-- statement: contest_entries(seq, most)
SELECT entry.seq, entry.subject, coalesce(act.target, 0), coalesce(undone.target, 0)
FROM entry LEFT JOIN act ON act.id = entry.seq LEFT JOIN act AS undone ON undone.id = act.undoes
WHERE entry.seq > $1 ORDER BY entry.seq LIMIT $2
