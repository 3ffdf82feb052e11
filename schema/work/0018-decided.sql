-- The lists of what was postponed or refused read the rows that they show and no others.

CREATE INDEX triage_state ON triage (state, import_row);
