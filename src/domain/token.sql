-- Tokens of partners' programs.

-- statement: token_by_hash(hash)
SELECT token.id, token.account, account.name, token.label, token.scopes, token.made, token.expires,
    coalesce(token.used, 0), coalesce(token.revoked, 0), account.role, account.state
FROM token JOIN account ON account.id = token.account WHERE token.hash = $1

-- statement: token_all(name)
SELECT token.id, token.account, account.name, token.label, token.scopes, token.made, token.expires,
    coalesce(token.used, 0), coalesce(token.revoked, 0), account.role, account.state
FROM token JOIN account ON account.id = token.account
WHERE CAST($1 AS TEXT) IS NULL OR account.name = $1 ORDER BY account.name, token.id

-- statement: token_insert(account, hash, label, scopes, made, expires)
INSERT INTO token (account, hash, label, scopes, made, expires) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id

-- statement: token_count(account, moment)
SELECT count(*) FROM token WHERE account = $1 AND revoked IS NULL AND expires > $2

-- statement: token_put_used(id, moment)
UPDATE token SET used = $2 WHERE id = $1

-- statement: token_put_revoked(id, account, moment)
UPDATE token SET revoked = $3 WHERE id = $1 AND ($2 = 0 OR account = $2) AND revoked IS NULL RETURNING id
