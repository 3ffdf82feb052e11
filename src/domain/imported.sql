-- Rows of imports that are published, in the work store, and their incidents in the public one.

-- statement: imported_published()
SELECT id, dataset, external, coalesce(incident, 0) FROM import_row WHERE state = 'published' ORDER BY id

-- In the public store, where an id that tells a name which must not be told is "unnamed".
-- statement: imported_incident(incident, dataset, external)
SELECT 1 FROM incident WHERE id = $1 AND dataset = $2 AND external IN ($3, 'unnamed')

-- statement: imported_change(origin, incident)
SELECT 1 FROM change WHERE origin = $1 AND incident = $2 AND state = 'published'
