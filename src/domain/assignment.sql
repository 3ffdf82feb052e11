-- Whose turn it is.

-- statement: assignment_get(change)
SELECT account.name FROM assignment JOIN account ON account.id = assignment.account WHERE assignment.change = $1

-- statement: assignment_set(change, account, deed)
INSERT INTO assignment (change, account, deed) VALUES ($1, $2, $3)
ON CONFLICT (change) DO UPDATE SET account = excluded.account, deed = excluded.deed

-- statement: assignment_end(change)
DELETE FROM assignment WHERE change = $1

-- statement: assignment_able()
SELECT name FROM account WHERE state = 'active' AND role <> 'partner' ORDER BY name
