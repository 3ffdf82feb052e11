-- The incidents in which an attacker is named, by any of the names that the registry gives it, nearest to a day.

-- statement: publish_named_alike(actor, day, days around it, entry, how many)
SELECT DISTINCT version.incident, abs(version.date_first - $2) AS distance
FROM claim JOIN version ON version.id BETWEEN claim.id / 1048576 * 1048576 AND claim.id / 1048576 * 1048576 + 1048575
WHERE claim.variable = 'actor' AND claim.since <= $4
    AND claim.value IN (SELECT $1 UNION SELECT actor_alias.value FROM actor_alias JOIN actor ON actor.id = actor_alias.actor
        WHERE actor.name = $1 AND actor_alias.kind IN ('alias', 'former') AND actor_alias.since <= $4
            AND (actor_alias.until IS NULL OR actor_alias.until > $4))
    AND (claim.until IS NULL OR claim.until > $4)
    AND version.since <= $4 AND (version.until IS NULL OR version.until > $4)
    AND version.date_first BETWEEN $2 - $3 AND $2 + $3
ORDER BY distance, version.incident
LIMIT $5;
