-- What is read of the public store to find organisations by their names.

-- How often the rows were made anew, and the last ones.
-- statement: organisation_finder_state()
SELECT (SELECT coalesce(max(id), 0) FROM rebuild), (SELECT coalesce(max(id), 0) FROM organisation),
       (SELECT coalesce(max(id), 0) FROM alias)

-- Those that may not be named have no look_up.
-- statement: organisation_finder_names(after)
SELECT id, folded, country FROM organisation WHERE id > $1 AND look_up <> 0 ORDER BY id

-- A name that came back has a row of its own.
-- statement: organisation_finder_aliases(after)
SELECT alias.id, alias.folded, organisation.country, alias.organisation
FROM alias JOIN organisation ON organisation.id = alias.organisation
WHERE alias.id > $1 AND alias.until IS NULL ORDER BY alias.id

-- One row when it can be shown by that other name (NULL: its name proper).
-- statement: organisation_finder_shown(organisation, folded)
SELECT name, country, org_type FROM organisation
WHERE id = $1 AND look_up <> 0
    AND ($2 IS NULL OR EXISTS (SELECT 1 FROM alias WHERE alias.organisation = $1 AND alias.folded = $2 AND alias.until IS NULL))
    AND NOT EXISTS (SELECT 1 FROM same_organisation
        WHERE same_organisation.organisation = $1 AND same_organisation.until IS NULL)
