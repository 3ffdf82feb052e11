-- Finding what was changed last.

CREATE INDEX version_until ON version (until) WHERE until IS NOT NULL;
