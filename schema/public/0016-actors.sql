-- Who attacks, as organisations are: other names, numbers elsewhere, and those that are the same. A claim names an actor by
-- a text; which actor that is follows from the names here as of an entry.

CREATE TABLE actor (
    id @INT@ PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,            -- unicode_fold of the name
    since @INT@ NOT NULL
);
CREATE INDEX actor_folded ON actor (folded);

CREATE TABLE actor_alias (           -- other names of an actor, and its numbers in other registers
    id @INT@ PRIMARY KEY,
    actor @INT@ NOT NULL REFERENCES actor,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    folded TEXT NOT NULL,            -- unicode_fold of the value
    since @INT@ NOT NULL,
    until @INT@
);
CREATE INDEX actor_alias_folded ON actor_alias (folded);
CREATE INDEX actor_alias_actor ON actor_alias (actor);

CREATE TABLE same_actor (            -- an actor that is another one
    id @INT@ PRIMARY KEY,            -- number of the entry
    actor @INT@ NOT NULL REFERENCES actor,
    target @INT@ NOT NULL REFERENCES actor,
    since @INT@ NOT NULL,
    until @INT@
);
CREATE INDEX same_actor_actor ON same_actor (actor);
