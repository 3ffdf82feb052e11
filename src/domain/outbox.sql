-- Mails that wait.

-- With the role of who gets it, and the mark of what it is about.
-- statement: outbox_waiting(now, first, last)
SELECT alert.id, alert.kind, alert.path, alert.change, alert.incident, alert.day, alert.at, alert.mail, alert.trouble,
    alert.tries, mailbox.address, mailbox.language, account.role, coalesce(change.tlp, 0)
FROM alert JOIN mailbox ON mailbox.account = alert.account JOIN account ON account.id = alert.account
LEFT JOIN reply ON alert.kind = 'reply' AND reply.id = CAST(substr(alert.cause, 7) AS INTEGER)
LEFT JOIN change ON change.id = coalesce(reply.change, alert.change)
WHERE alert.mail = 'waiting' AND alert.next <= $1 AND alert.id BETWEEN $2 AND $3 AND account.state = 'active'
ORDER BY alert.id

-- statement: outbox_old(before)
SELECT 1 FROM alert WHERE mail = 'waiting' AND at < $1 LIMIT 1

-- statement: outbox_put_sent(alert)
UPDATE alert SET mail = 'sent', trouble = NULL WHERE id = $1 AND mail IN ('waiting', 'given_up')

-- statement: outbox_put_failed(alert, next, trouble)
UPDATE alert SET tries = tries + 1, next = $2, trouble = $3 WHERE id = $1 AND mail = 'waiting'

-- statement: outbox_put_given_up(before)
UPDATE alert SET mail = 'given_up' WHERE mail = 'waiting' AND at < $1
