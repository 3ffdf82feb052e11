-- Who may see what was coded of a new incident before it is published.

-- Of one change, or of those that were made from a candidate; 0 is no number of either.
-- statement: sight_of(change, account, candidate)
SELECT change.id, change.kind = 'incident.open' AND change.state IN ('draft', 'in_review', 'publishing'),
    EXISTS (SELECT 1 FROM change_version WHERE change_version.change = change.id AND author = $2),
    EXISTS (SELECT 1 FROM sight WHERE sight.change = change.id AND account = $2),
    EXISTS (SELECT 1 FROM coding_draft WHERE coding_draft.change = change.id AND coder = $2),
    EXISTS (SELECT 1 FROM coding WHERE coding.change = change.id AND coder = $2),
    EXISTS (SELECT 1 FROM coding WHERE coding.change = change.id)
FROM change WHERE change.id = $1 OR change.origin = $3

-- statement: sight_add(change, account, at, deed)
INSERT INTO sight (change, account, at, deed) VALUES ($1, $2, $3, $4) ON CONFLICT (change, account) DO NOTHING
