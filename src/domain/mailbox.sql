-- Where mails go.

-- statement: mailbox_get(account)
SELECT address, kinds, language FROM mailbox WHERE account = $1

-- statement: mailbox_set(account, address, kinds, language)
INSERT INTO mailbox (account, address, kinds, language) VALUES ($1, $2, $3, $4)
ON CONFLICT (account) DO UPDATE SET address = excluded.address, kinds = excluded.kinds, language = excluded.language

-- statement: mailbox_remove(account)
DELETE FROM mailbox WHERE account = $1

-- Mails that wait and that the account does not want any more.
-- statement: mailbox_unwanted(account)
UPDATE alert SET mail = 'none'
WHERE account = $1 AND mail = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM mailbox WHERE mailbox.account = $1 AND ' ' || mailbox.kinds || ' ' LIKE '% ' || alert.kind || ' %')
