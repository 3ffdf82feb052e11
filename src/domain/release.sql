-- Releases, as their entries tell of them.

-- statement: release_last()
SELECT coalesce(max(id), 0) FROM release

-- statement: release_add(number, since, day, entries, codebook, sums, key)
INSERT INTO release (id, since, day, entries, codebook, sums, key) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- statement: release_file_add(id, release, path, bytes, hash)
INSERT INTO release_file (id, release, path, bytes, hash) VALUES ($1, $2, $3, $4, $5)

-- statement: release_all()
SELECT id, since, day, entries, codebook, sums, key FROM release ORDER BY id

-- statement: release_file_all()
SELECT id, release, path, bytes, hash FROM release_file ORDER BY id

-- statement: release_clear()
DELETE FROM release

-- statement: release_file_clear()
DELETE FROM release_file

-- The newest first, each with the moment of its entry.
-- statement: release_list()
SELECT release.id, release.day, release.entries, release.codebook, release.sums, release.key, entry.at
FROM release JOIN entry ON entry.seq = release.since ORDER BY release.id DESC

-- statement: release_files(release)
SELECT path, bytes, hash, (SELECT sums FROM release WHERE id = $1) FROM release_file WHERE release = $1 ORDER BY id

-- The licences under which sources are given out.
-- statement: release_licences()
SELECT coalesce(licence, ''), count(*) FROM source GROUP BY coalesce(licence, '') ORDER BY 1
