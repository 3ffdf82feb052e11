-- What the addresses of sources answered.

-- Of the public store:
-- statement: source_check_all()
SELECT id FROM source
WHERE (lower(url) LIKE 'http://%' OR lower(url) LIKE 'https://%') AND source_type NOT IN ('leak_site', 'confidential')
    AND EXISTS (SELECT 1 FROM statement WHERE statement.source = source.id)
ORDER BY id

-- statement: source_check_url(source)
SELECT url FROM source WHERE id = $1

-- Of the work store:
-- statement: source_check_list()
SELECT source_check.source, source_check.at, source_check.seen, source_check.gone_since, source_state.state, source_state.at
FROM source_check LEFT JOIN source_state ON source_state.source = source_check.source
ORDER BY source_check.source

-- statement: source_check_read(source)
SELECT seen, status, address, at, gone_since FROM source_check WHERE source = $1

-- statement: source_check_set(source, at, seen, status, address, gone since)
INSERT INTO source_check (source, at, seen, status, address, gone_since)
VALUES ($1, $2, $3, nullif($4, 0), $5, nullif($6, 0))
ON CONFLICT (source) DO UPDATE SET at = excluded.at, seen = excluded.seen, status = excluded.status,
    address = excluded.address, gone_since = excluded.gone_since
