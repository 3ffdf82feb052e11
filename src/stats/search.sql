-- Search by words.

-- statement: search_incidents(pattern)
SELECT id, folded
FROM incident
WHERE folded LIKE $1 ESCAPE '!'
ORDER BY id;

-- statement: search_incident_words(id)
SELECT folded FROM incident WHERE id = $1;

-- Organisations by name; those that may not be named have no look_up and are found without words only.
-- statement: search_organisations(pattern, entry, named only)
SELECT id, folded, country, sector_group, org_type
FROM organisation
WHERE folded LIKE $1 ESCAPE '!' AND since <= $2 AND (look_up <> 0 OR $3 = 0)
ORDER BY id;

-- statement: search_aliases(pattern, entry)
SELECT organisation.id, alias.folded, organisation.country, organisation.sector_group, organisation.org_type
FROM alias JOIN organisation ON organisation.id = alias.organisation
WHERE alias.folded LIKE $1 ESCAPE '!' AND organisation.look_up <> 0 AND alias.since <= $2
    AND (alias.until IS NULL OR alias.until > $2)
ORDER BY organisation.id;

-- statement: search_withheld()
SELECT DISTINCT organisation FROM affected WHERE naming = 'withheld' ORDER BY organisation;
