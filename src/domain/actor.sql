-- Actors, as rows and for those who work on them: what organisations have in project_party.sql, party.sql and finder.sql.

-- statement: actor_add(id, name, folded, since)
INSERT INTO actor (id, name, folded, since) VALUES ($1, $2, $3, $4)

-- statement: actor_now(id)
SELECT EXISTS (SELECT 1 FROM actor WHERE id = $1),
    (SELECT target FROM same_actor WHERE actor = $1 AND until IS NULL)

-- statement: actor_alias_add(actor, kind, value, folded, since)
INSERT INTO actor_alias (id, actor, kind, value, folded, since)
SELECT 1 + coalesce(max(id), 0), $1, $2, $3, $4, $5 FROM actor_alias

-- statement: actor_alias_off(entry, now)
UPDATE actor_alias SET until = $2
WHERE until IS NULL AND since <> $2
    AND (since = $1 OR EXISTS (SELECT 1 FROM actor_alias AS made
        WHERE made.since = $1 AND made.actor = actor_alias.actor AND made.kind = actor_alias.kind AND made.value = actor_alias.value))

-- statement: actor_alias_back(entry, now)
INSERT INTO actor_alias (id, actor, kind, value, folded, since)
SELECT (SELECT max(id) FROM actor_alias) + row_number() OVER (ORDER BY id), actor, kind, value, folded, $2
FROM actor_alias WHERE until = $1 AND since <> $1

-- statement: actor_alias_leave(actor, kind, value, entry)
UPDATE actor_alias SET until = $4 WHERE actor = $1 AND kind = $2 AND value = $3 AND until IS NULL RETURNING id

-- statement: actor_alias_join(actor, target, entry)
INSERT INTO actor_alias (id, actor, kind, value, folded, since)
SELECT (SELECT coalesce(max(id), 0) FROM actor_alias) + row_number() OVER (ORDER BY kind, folded), $2, kind, value, folded, $3
FROM (SELECT kind, value, folded FROM actor_alias WHERE actor = $1 AND until IS NULL
    UNION SELECT 'alias', name, folded FROM actor WHERE id = $1) AS named
WHERE NOT EXISTS (SELECT 1 FROM actor_alias AS there
        WHERE there.actor = $2 AND there.until IS NULL AND there.kind = named.kind AND there.folded = named.folded)
    AND NOT (named.kind = 'alias' AND named.folded = (SELECT folded FROM actor WHERE id = $2))

-- statement: actor_same_add(entry, actor, target)
INSERT INTO same_actor (id, actor, target, since) VALUES ($1, $2, $3, $1)

-- statement: actor_same_off(entry, now)
UPDATE same_actor SET until = $2 WHERE since = $1 AND until IS NULL

-- statement: actor_same_back(entry, now)
INSERT INTO same_actor (id, actor, target, since)
SELECT $2, actor, target, $2 FROM same_actor WHERE until = $1 AND since <> $1

-- Those that have the folded name as alias or former name; not merged ones.
-- statement: actor_called(folded)
SELECT actor.id, actor.name FROM actor
WHERE actor.id IN (SELECT actor_alias.actor FROM actor_alias
        WHERE actor_alias.folded = $1 AND actor_alias.kind IN ('alias', 'former') AND actor_alias.until IS NULL)
    AND NOT EXISTS (SELECT 1 FROM same_actor WHERE same_actor.actor = actor.id AND same_actor.until IS NULL)
ORDER BY actor.id LIMIT 1

-- statement: actor_same(folded)
SELECT actor.id, actor.name FROM actor
WHERE actor.folded = $1
    AND NOT EXISTS (SELECT 1 FROM same_actor WHERE same_actor.actor = actor.id AND same_actor.until IS NULL)
ORDER BY actor.id LIMIT 1

-- statement: actor_numbered(kind, value)
SELECT actor.id, actor.name FROM actor_alias JOIN actor ON actor.id = actor_alias.actor
WHERE actor_alias.kind = $1 AND actor_alias.value = $2 AND actor_alias.until IS NULL
    AND actor_alias.kind NOT IN ('alias', 'former', 'parent', 'predecessor')
    AND NOT EXISTS (SELECT 1 FROM same_actor WHERE same_actor.actor = actor.id AND same_actor.until IS NULL)
ORDER BY actor.id LIMIT 1

-- As organisation_get; it has a name and nothing beside.
-- statement: actor_get(id)
SELECT 1, name, NULL, NULL, NULL, NULL, NULL, NULL, (SELECT target FROM same_actor WHERE actor = $1 AND until IS NULL)
FROM actor WHERE id = $1

-- statement: actor_names(id)
SELECT kind, value, since FROM actor_alias WHERE actor = $1 AND until IS NULL ORDER BY kind, id

-- statement: actor_finder_state()
SELECT (SELECT coalesce(max(id), 0) FROM rebuild), (SELECT coalesce(max(id), 0) FROM actor),
       (SELECT coalesce(max(id), 0) FROM actor_alias)

-- statement: actor_finder_names(after)
SELECT id, folded, '' FROM actor WHERE id > $1 ORDER BY id

-- statement: actor_finder_aliases(after)
SELECT id, folded, '', actor FROM actor_alias WHERE id > $1 AND until IS NULL ORDER BY id

-- statement: actor_finder_shown(actor, folded)
SELECT name, NULL, NULL FROM actor
WHERE id = $1
    AND ($2 IS NULL OR EXISTS (SELECT 1 FROM actor_alias
        WHERE actor_alias.actor = $1 AND actor_alias.folded = $2 AND actor_alias.until IS NULL))
    AND NOT EXISTS (SELECT 1 FROM same_actor WHERE same_actor.actor = $1 AND same_actor.until IS NULL)

-- Every name under which an actor is known as of an entry, its own before others.
-- statement: actors_named(entry)
SELECT named.folded, named.actor, actor.name
FROM (SELECT folded, id AS actor, 0 AS place FROM actor WHERE since <= $1
    UNION ALL SELECT folded, actor, id FROM actor_alias
    WHERE kind IN ('alias', 'former') AND since <= $1 AND (until IS NULL OR until > $1)) AS named
JOIN actor ON actor.id = named.actor
WHERE NOT EXISTS (SELECT 1 FROM same_actor
        WHERE same_actor.actor = named.actor AND same_actor.since <= $1 AND (same_actor.until IS NULL OR same_actor.until > $1))
ORDER BY CASE WHEN named.place = 0 THEN 0 ELSE 1 END, named.actor, named.place

-- The one that has the folded name as of an entry.
-- statement: actor_meant(folded, entry)
SELECT actor.id, actor.name
FROM (SELECT id AS actor, 0 AS place FROM actor WHERE folded = $1 AND since <= $2
    UNION ALL SELECT actor, id FROM actor_alias
    WHERE folded = $1 AND kind IN ('alias', 'former') AND since <= $2 AND (until IS NULL OR until > $2)) AS named
JOIN actor ON actor.id = named.actor
WHERE NOT EXISTS (SELECT 1 FROM same_actor
        WHERE same_actor.actor = named.actor AND same_actor.since <= $2 AND (same_actor.until IS NULL OR same_actor.until > $2))
ORDER BY CASE WHEN named.place = 0 THEN 0 ELSE 1 END, named.actor, named.place LIMIT 1

-- A name that two have which both stand, and the later of them; no row when each name is one's alone.
-- statement: actor_doubled()
SELECT min(named.name), max(named.actor)
FROM (SELECT folded, name, id AS actor FROM actor
    UNION ALL SELECT folded, value, actor FROM actor_alias WHERE kind IN ('alias', 'former') AND until IS NULL) AS named
WHERE named.actor NOT IN (SELECT same_actor.actor FROM same_actor WHERE same_actor.until IS NULL)
GROUP BY named.folded HAVING count(DISTINCT named.actor) > 1
ORDER BY named.folded LIMIT 1

-- The spellings of actors in what is claimed.
-- statement: actors_claimed()
SELECT DISTINCT value FROM claim WHERE variable = 'actor' AND value IS NOT NULL ORDER BY value

-- The incidents in which this spelling stands beside another one.
-- statement: actor_beside(value)
SELECT DISTINCT one.incident FROM claim JOIN statement AS one ON one.id = claim.statement
WHERE claim.variable = 'actor' AND claim.value = $1 AND claim.until IS NULL
    AND EXISTS (SELECT 1 FROM claim AS other
        WHERE other.id BETWEEN one.incident * 1048576 AND one.incident * 1048576 + 1048575
            AND other.variable = 'actor' AND other.value <> $1 AND other.until IS NULL)
ORDER BY one.incident

-- statement: actor_claims(value)
SELECT statement.incident, claim.id, incident.title
FROM claim JOIN statement ON statement.id = claim.statement JOIN incident ON incident.id = statement.incident
WHERE claim.variable = 'actor' AND claim.value = $1 AND claim.until IS NULL ORDER BY claim.id
