-- What a third person decided where two codings of a record differ.

-- statement: adjudication_add(coding, account, version, at, body, deed)
INSERT INTO adjudication (coding, account, version, at, body, deed) VALUES ($1, $2, $3, $4, $5, $6)

-- statement: adjudications_of(coding)
SELECT account, body FROM adjudication WHERE coding = $1 ORDER BY id

-- Whether the account wrote a version otherwise than by deciding.
-- statement: adjudication_wrote(change, account)
SELECT 1 FROM change_version
WHERE change_version.change = $1 AND change_version.author = $2 AND NOT EXISTS (
    SELECT 1 FROM adjudication JOIN coding ON coding.id = adjudication.coding
    WHERE coding.change = $1 AND adjudication.account = $2 AND adjudication.version = change_version.version)
LIMIT 1

-- The version with which a second coding is compared: the newest that no decision has touched.
-- statement: adjudication_base(change)
SELECT coalesce(min(change_version.version) - 1, (SELECT version FROM change WHERE id = $1))
FROM change_version JOIN coding ON coding.change = change_version.change
JOIN adjudication ON adjudication.coding = coding.id AND adjudication.version = change_version.version
    AND adjudication.account = change_version.author
WHERE change_version.change = $1
