-- How confidential what waits in the work store is, by the Traffic Light Protocol 2.0. A number of domain/tlp.h: 0 CLEAR,
-- 1 GREEN, 2 AMBER, 3 AMBER+STRICT, 4 RED. A change and the candidate that it was made from bear the same one.

ALTER TABLE import_row ADD COLUMN tlp @INT@ NOT NULL DEFAULT 0;
ALTER TABLE import_row ADD COLUMN tlp_deed @INT@; -- the row of the private journal about it; NULL: never marked
ALTER TABLE change ADD COLUMN tlp @INT@ NOT NULL DEFAULT 0;
ALTER TABLE change ADD COLUMN tlp_deed @INT@;
CREATE INDEX change_origin ON change (origin);
