-- Passkeys of accounts, and the challenges that were answered with them.

-- statement: passkey_by_handle(handle)
SELECT id, account, name, handle, algorithm, public, counter, made, used, copied FROM passkey WHERE handle = $1

-- statement: passkey_of_account(account)
SELECT id, account, name, handle, algorithm, public, counter, made, used, copied FROM passkey
WHERE account = $1 ORDER BY made, id

-- statement: passkey_insert(account, name, handle, algorithm, public, counter, made)
INSERT INTO passkey (account, name, handle, algorithm, public, counter, made) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (handle) DO NOTHING RETURNING id

-- A device that counts never shows a number again; one that does not shows 0 for ever.
-- statement: passkey_count(id, counter, moment)
UPDATE passkey SET counter = $2, used = $3
WHERE id = $1 AND copied IS NULL AND (counter < $2 OR (counter = 0 AND $2 = 0)) RETURNING id

-- statement: passkey_put_copied(id, moment)
UPDATE passkey SET copied = $2 WHERE id = $1 AND copied IS NULL

-- statement: passkey_remove(id, account)
DELETE FROM passkey WHERE id = $1 AND account = $2
RETURNING id, account, name, handle, algorithm, public, counter, made, used, copied

-- statement: passkey_clear(account)
DELETE FROM passkey WHERE account = $1

-- statement: challenge_spend(text, moment)
INSERT INTO challenge (text, spent) VALUES ($1, $2) ON CONFLICT (text) DO NOTHING RETURNING spent

-- statement: challenge_forget(before)
DELETE FROM challenge WHERE spent < $1
