-- Why an organisation may be named in an incident, and which other one it was hit through.

ALTER TABLE affected ADD COLUMN naming_basis TEXT;  -- code; of those that are named
ALTER TABLE affected ADD COLUMN supplier @INT@;     -- organisation of the same incident
