-- Who was asked for a reply, and until when.

-- statement: reply_get(id)
SELECT reply.id, coalesce(reply.change, 0), coalesce(nullif(reply.incident, 0), change.incident, 0), reply.organisation,
    reply.way, reply.state, reply.reason, reply.account, reply.asked, reply.due, reply.ended, change.title,
    coalesce(change.tlp, 0)
FROM reply LEFT JOIN change ON change.id = reply.change WHERE reply.id = $1

-- statement: reply_about(change, incident)
SELECT reply.id, coalesce(reply.change, 0), coalesce(nullif(reply.incident, 0), change.incident, 0), reply.organisation,
    reply.way, reply.state, reply.reason, reply.account, reply.asked, reply.due, reply.ended, change.title,
    coalesce(change.tlp, 0)
FROM reply LEFT JOIN change ON change.id = reply.change
WHERE reply.change = $1
    OR ($2 > 0 AND (reply.incident = $2 OR reply.change IN (SELECT id FROM change WHERE change.incident = $2)))
ORDER BY reply.id

-- statement: reply_page(state, most, ceiling)
SELECT reply.id, coalesce(reply.change, 0), coalesce(nullif(reply.incident, 0), change.incident, 0), reply.organisation,
    reply.way, reply.state, reply.reason, reply.account, reply.asked, reply.due, reply.ended, change.title,
    coalesce(change.tlp, 0)
FROM reply LEFT JOIN change ON change.id = reply.change
WHERE reply.state = $1 AND coalesce(change.tlp, 0) <= $3 ORDER BY reply.due, reply.id LIMIT $2

-- statement: reply_next()
SELECT coalesce(max(id), 0) + 1 FROM reply

-- statement: reply_add(id, change, incident, organisation, way, asked, due, account, deed)
INSERT INTO reply (id, change, incident, organisation, way, asked, due, state, account, deed)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9)

-- statement: reply_put_end(id, state, ended, reason, deed)
UPDATE reply SET state = $2, ended = $3, reason = $4, deed = $5 WHERE id = $1
