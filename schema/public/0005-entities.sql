-- Finding what belongs to one source, organisation or actor. Numbers only grow, so these are written at their ends.

CREATE INDEX statement_source ON statement (source, incident, since, known_since);
CREATE INDEX affected_organisation ON affected (organisation);
CREATE INDEX claim_actor ON claim (value) WHERE variable = 'actor';
CREATE INDEX source_register ON source (id) WHERE source_type = 'register';
