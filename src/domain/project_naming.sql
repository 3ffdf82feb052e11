-- What decides whether words about an incident may be published.

-- One row: its id in its data set, and whether one of its organisations is named.
-- statement: naming_of(incident, first id, last id)
SELECT external, EXISTS (SELECT 1 FROM affected WHERE id BETWEEN $2 AND $3 AND naming = 'named' AND until IS NULL)
FROM incident WHERE id = $1
