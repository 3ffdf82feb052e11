-- Accounts and what they prove themselves by.

-- statement: account_by_name(name)
SELECT account.id, name, role, state, password, expires, code_secret, code_step, made,
    (SELECT count(*) FROM recovery_code WHERE recovery_code.account = account.id AND used IS NULL),
    (SELECT count(*) FROM passkey WHERE passkey.account = account.id)
FROM account WHERE name = $1

-- statement: account_by_id(id)
SELECT account.id, name, role, state, password, expires, code_secret, code_step, made,
    (SELECT count(*) FROM recovery_code WHERE recovery_code.account = account.id AND used IS NULL),
    (SELECT count(*) FROM passkey WHERE passkey.account = account.id)
FROM account WHERE account.id = $1

-- statement: account_all()
SELECT account.id, name, role, state, password, expires, code_secret, code_step, made,
    (SELECT count(*) FROM recovery_code WHERE recovery_code.account = account.id AND used IS NULL),
    (SELECT count(*) FROM passkey WHERE passkey.account = account.id)
FROM account ORDER BY name

-- statement: account_insert(name, role, password, expires, made)
INSERT INTO account (name, role, state, password, expires, code_step, made) VALUES ($1, $2, 'active', $3, $4, 0, $5)
ON CONFLICT (name) DO NOTHING RETURNING id

-- statement: account_put_state(id, state)
UPDATE account SET state = $2 WHERE id = $1

-- statement: account_put_role(id, role)
UPDATE account SET role = $2 WHERE id = $1

-- statement: account_put_password(id, password, expires)
UPDATE account SET password = $2, expires = $3 WHERE id = $1

-- statement: account_put_codes(id, secret, step)
UPDATE account SET code_secret = $2, code_step = $3 WHERE id = $1

-- The code of a step is taken once, however many ask at the same moment.
-- statement: account_take_step(id, step)
UPDATE account SET code_step = $2 WHERE id = $1 AND code_step < $2 RETURNING id

-- statement: recovery_add(account, hash)
INSERT INTO recovery_code (account, hash) VALUES ($1, $2)

-- statement: recovery_take(account, hash, moment)
UPDATE recovery_code SET used = $3 WHERE account = $1 AND hash = $2 AND used IS NULL RETURNING id

-- statement: recovery_clear(account)
DELETE FROM recovery_code WHERE account = $1
