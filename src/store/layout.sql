-- What a database is made of: its tables and indexes, and whether the indexes lead to the rows.

-- Blanks tell nothing: they are what is left where a comment stood.
-- statement: layout_all()
SELECT type || ' ' || name, replace(replace(coalesce(sql, ''), ' ', ''), char(10), '') FROM sqlite_schema ORDER BY 1

-- statement: layout_faults()
PRAGMA integrity_check(100)
