-- Reading only what changed since a moment: whoever holds the register in memory asks for the incidents that were touched.

CREATE TABLE rebuild (               -- each time that the rows were made anew: what was read before is to be read again
    id @INT@ PRIMARY KEY,            -- from 1, without gaps
    entries @INT@ NOT NULL           -- in the journal then
);

CREATE INDEX status_until ON status (until) WHERE until IS NOT NULL;
