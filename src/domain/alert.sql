-- Alerts: who is told what. Whoever has left is told nothing.

-- statement: alert_add(account, kind, cause, path, change, incident, day, at, author)
INSERT INTO alert (account, kind, cause, path, change, incident, day, at, mail, tries, next)
SELECT account.id, $2, $3, $4, $5, $6, $7, $8,
    CASE WHEN EXISTS (SELECT 1 FROM mailbox WHERE mailbox.account = account.id
                      AND ' ' || mailbox.kinds || ' ' LIKE '% ' || $2 || ' %') THEN 'waiting' ELSE 'none' END, 0, $8
FROM account
WHERE account.id = $1 AND account.state = 'active' AND account.role <> 'partner' AND account.name <> coalesce($9, '')
ON CONFLICT (account, cause) DO NOTHING

-- A reply has the mark of its change.
-- statement: alert_page(account, most, ceiling)
SELECT alert.id, alert.kind, alert.path, alert.change, alert.incident, alert.day, alert.at, alert.mail, alert.trouble
FROM alert LEFT JOIN reply ON alert.kind = 'reply' AND reply.id = CAST(substr(alert.cause, 7) AS INTEGER)
LEFT JOIN change ON change.id = coalesce(reply.change, alert.change)
WHERE alert.account = $1 AND coalesce(change.tlp, 0) <= $3
ORDER BY alert.id DESC LIMIT $2

-- Who wrote, coded or sees to a change about the incident.
-- statement: alert_people(incident)
WITH about AS (
    SELECT id FROM change
    WHERE (incident = $1 OR subject = $1) AND kind NOT LIKE 'organisation.%' AND kind NOT LIKE 'actor.%' AND kind NOT LIKE 'release.%')
SELECT id FROM account
WHERE state = 'active' AND role <> 'partner' AND (
    name IN (SELECT author FROM change_version WHERE change IN (SELECT id FROM about))
    OR name IN (SELECT coder FROM coding WHERE change IN (SELECT id FROM about))
    OR id IN (SELECT account FROM assignment WHERE change IN (SELECT id FROM about)))
ORDER BY id

-- Whom a reply that is due concerns and who was not told yet: who asked, and who wrote or sees to the change.
-- statement: alert_replies_due(day)
SELECT account.id, reply.id, coalesce(reply.change, 0), coalesce(nullif(reply.incident, 0), change.incident, 0), reply.due
FROM reply
JOIN account ON account.state = 'active' AND account.role <> 'partner' AND (account.name = reply.account
    OR account.name IN (SELECT author FROM change_version WHERE change_version.change = reply.change)
    OR account.id IN (SELECT assignment.account FROM assignment WHERE assignment.change = reply.change))
LEFT JOIN change ON change.id = reply.change
WHERE reply.state = 'waiting' AND reply.due <= $1
    AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.account = account.id AND alert.cause = 'reply/' || reply.id)
ORDER BY reply.id, account.id
