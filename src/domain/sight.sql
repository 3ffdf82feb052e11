-- Who may see what was coded of a new incident before it is published.

-- statement: sight_of_change(change, account)
SELECT change.id, change.kind = 'incident.open' AND change.state IN ('draft', 'in_review', 'publishing'),
    EXISTS (SELECT 1 FROM change_version WHERE change_version.change = change.id AND author = $2),
    EXISTS (SELECT 1 FROM sight WHERE sight.change = change.id AND account = $2),
    EXISTS (SELECT 1 FROM coding_draft WHERE coding_draft.change = change.id AND coder = $2),
    EXISTS (SELECT 1 FROM coding WHERE coding.change = change.id AND coder = $2),
    EXISTS (SELECT 1 FROM coding WHERE coding.change = change.id)
FROM change WHERE change.id = $1

-- The same of the changes that were made from a candidate.
-- statement: sight_of_candidate(candidate, account)
SELECT change.id, change.kind = 'incident.open' AND change.state IN ('draft', 'in_review', 'publishing'),
    EXISTS (SELECT 1 FROM change_version WHERE change_version.change = change.id AND author = $2),
    EXISTS (SELECT 1 FROM sight WHERE sight.change = change.id AND account = $2),
    EXISTS (SELECT 1 FROM coding_draft WHERE coding_draft.change = change.id AND coder = $2),
    EXISTS (SELECT 1 FROM coding WHERE coding.change = change.id AND coder = $2),
    EXISTS (SELECT 1 FROM coding WHERE coding.change = change.id)
FROM change WHERE change.origin = $1

-- statement: sight_add(change, account, at, deed)
INSERT INTO sight (change, account, at, deed) VALUES ($1, $2, $3, $4) ON CONFLICT (change, account) DO NOTHING
