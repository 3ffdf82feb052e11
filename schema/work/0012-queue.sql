-- Where each candidate waits, so that a page of the queue reads the rows that it shows and no others.

ALTER TABLE draft ADD COLUMN queue TEXT;                        -- import_row.state; NULL: it was taken or refused
ALTER TABLE draft ADD COLUMN from_day @INT@ NOT NULL DEFAULT 0; -- the day until which it was postponed

UPDATE draft SET
    queue = (SELECT import_row.state FROM import_row LEFT JOIN triage ON triage.import_row = import_row.id
        WHERE import_row.id = draft.import_row AND coalesce(triage.state, 'open') IN ('open', 'postponed')),
    from_day = coalesce((SELECT until FROM triage WHERE triage.import_row = draft.import_row AND triage.state = 'postponed'), 0);

CREATE INDEX draft_queue ON draft (queue, import_row, from_day);
CREATE INDEX draft_waiting ON draft (import_row, from_day) WHERE queue IS NOT NULL;
CREATE INDEX change_open ON change (id) WHERE state IN ('draft', 'in_review', 'publishing');
