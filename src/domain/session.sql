-- Sessions of accounts at the workbench.

-- statement: session_by_hash(hash)
SELECT session.id, session.account, session.made, session.seen, session.proven, session.second, session.agent,
    session.pending, session.ended, account.name, account.role, account.state, account.expires,
    account.code_secret IS NOT NULL, EXISTS (SELECT 1 FROM passkey WHERE passkey.account = account.id)
FROM session JOIN account ON account.id = session.account WHERE session.hash = $1

-- statement: session_of_account(account, seen after, made after)
SELECT session.id, session.account, session.made, session.seen, session.proven, session.second, session.agent,
    session.pending, session.ended, account.name, account.role, account.state, account.expires,
    account.code_secret IS NOT NULL, EXISTS (SELECT 1 FROM passkey WHERE passkey.account = account.id)
FROM session JOIN account ON account.id = session.account
WHERE session.account = $1 AND ended IS NULL AND seen > $2 AND session.made > $3 ORDER BY seen DESC, session.id DESC

-- statement: session_insert(account, hash, moment, agent)
INSERT INTO session (account, hash, made, seen, proven, second, agent) VALUES ($1, $2, $3, $3, $3, 0, $4) RETURNING id

-- statement: session_put_seen(id, moment)
UPDATE session SET seen = $2 WHERE id = $1

-- statement: session_put_proof(id, moment, second)
UPDATE session SET proven = $2, second = $3 WHERE id = $1

-- statement: session_put_pending(id, secret)
UPDATE session SET pending = $2 WHERE id = $1

-- statement: session_put_end(id, account, moment, reason)
UPDATE session SET ended = $3, reason = $4, pending = NULL
WHERE id = $1 AND account = $2 AND ended IS NULL RETURNING id

-- statement: session_put_end_all(account, all but, moment, reason)
UPDATE session SET ended = $3, reason = $4, pending = NULL WHERE account = $1 AND id <> $2 AND ended IS NULL

-- statement: session_forget(before)
DELETE FROM session WHERE seen < $1
