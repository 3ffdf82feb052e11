-- What is being typed, in the work store.

-- statement: typing_save(change, account, variable, version, at, form)
INSERT INTO typing (change, account, variable, version, at, form) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (change, account, variable) DO UPDATE SET version = excluded.version, at = excluded.at, form = excluded.form

-- statement: typing_forget(change, account, variable)
DELETE FROM typing WHERE change = $1 AND account = $2 AND variable = $3

-- statement: typing_get(change, account, variable)
SELECT version, at, form FROM typing WHERE change = $1 AND account = $2 AND variable = $3
