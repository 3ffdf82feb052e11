-- Rows beside their digests in the private journal: of each, its number and what is told of it, all values so that none
-- can be taken for another.

-- statement: witness_deeds()
SELECT detail FROM deed WHERE kind = 'rows.stand' ORDER BY id

-- statement: witness_begun()
SELECT 1 FROM deed WHERE kind = 'rows.stand' LIMIT 1

-- statement: witness_run(first, last)
SELECT id, quote(dataset) || ',' || quote(file) || ',' || quote(hash) || ',' || quote(observed) || ',' ||
    quote(started) || ',' || quote(ended) || ',' || quote(rows_done) || ',' || quote(hold) || ',' || quote(licence)
    || ',' || quote(header) || ',' || quote(mapping) || ',' || quote(report)
FROM run WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_account(first, last)
SELECT id, quote(name) || ',' || quote(role) || ',' || quote(state) || ',' || quote(password) || ',' ||
    quote(expires) || ',' || quote(code_secret) || ',' || quote(made)
FROM account WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_recovery_code(first, last)
SELECT id, quote(account) || ',' || quote(hash) || ',' || quote(used)
FROM recovery_code WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_passkey(first, last)
SELECT id, quote(account) || ',' || quote(name) || ',' || quote(handle) || ',' || quote(algorithm) || ',' ||
    quote(public) || ',' || quote(made) || ',' || quote(copied)
FROM passkey WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_session(first, last)
SELECT id, quote(account) || ',' || quote(hash) || ',' || quote(made) || ',' || quote(agent)
FROM session WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_token(first, last)
SELECT id, quote(account) || ',' || quote(hash) || ',' || quote(label) || ',' || quote(scopes) || ',' || quote(made)
    || ',' || quote(expires) || ',' || quote(revoked)
FROM token WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_mailbox(first, last)
SELECT account, quote(address) || ',' || quote(kinds) || ',' || quote(language)
FROM mailbox WHERE account BETWEEN $1 AND $2 ORDER BY account

-- statement: witness_sent_row(first, last)
SELECT import_row, quote(account)
FROM sent_row WHERE import_row BETWEEN $1 AND $2 ORDER BY import_row

-- statement: witness_triage(first, last)
SELECT import_row, quote(state) || ',' || quote(account) || ',' || quote(until) || ',' || quote(reason) || ',' ||
    quote(note) || ',' || quote(change) || ',' || quote(at) || ',' || quote(deed)
FROM triage WHERE import_row BETWEEN $1 AND $2 ORDER BY import_row

-- statement: witness_change(first, last)
SELECT id, quote(kind) || ',' || quote(subject) || ',' || quote(origin) || ',' || quote(title) || ',' ||
    quote(state) || ',' || quote(version) || ',' || quote(author) || ',' || quote(reviewer) || ',' ||
    quote(incident) || ',' || quote(trouble) || ',' || quote(moved) || ',' || quote(deed)
    || ',' || quote(tlp) || ',' || quote(tlp_deed)
FROM change WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_version(first, last)
SELECT id, quote(change) || ',' || quote(version) || ',' || quote(at) || ',' || quote(author) || ',' || quote(body)
    || ',' || quote(deed)
FROM change_version WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_assignment(first, last)
SELECT change, quote(account) || ',' || quote(deed)
FROM assignment WHERE change BETWEEN $1 AND $2 ORDER BY change

-- statement: witness_capture(first, last)
SELECT id, quote(change) || ',' || quote(sha256) || ',' || quote(name) || ',' || quote(words)
    || ',' || quote(at) || ',' || quote(account) || ',' || quote(deed)
FROM capture WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_sight(first, last)
SELECT id, quote(change) || ',' || quote(account) || ',' || quote(at) || ',' || quote(deed)
FROM sight WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_coding_draft(first, last)
SELECT id, quote(change) || ',' || quote(coder) || ',' || quote(version) || ',' || quote(at) || ',' || quote(body)
FROM coding_draft WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_coding(first, last)
SELECT id, quote(change) || ',' || quote(coder) || ',' || quote(version) || ',' || quote(at) || ',' || quote(body)
    || ',' || quote(deed)
FROM coding WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_adjudication(first, last)
SELECT id, quote(coding) || ',' || quote(account) || ',' || quote(version) || ',' || quote(at) || ',' || quote(body)
    || ',' || quote(deed)
FROM adjudication WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_reply(first, last)
SELECT id, quote(change) || ',' || quote(incident) || ',' || quote(organisation) || ',' || quote(way) || ',' ||
    quote(asked) || ',' || quote(due) || ',' || quote(state) || ',' || quote(ended) || ',' || quote(reason) || ','
    || quote(account) || ',' || quote(deed)
FROM reply WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_source_state(first, last)
SELECT source, quote(state) || ',' || quote(at) || ',' || quote(account) || ',' || quote(deed)
FROM source_state WHERE source BETWEEN $1 AND $2 ORDER BY source

-- statement: witness_source_check(first, last)
SELECT source, quote(at) || ',' || quote(seen) || ',' || quote(status) || ',' || quote(address) || ',' || quote(gone_since)
FROM source_check WHERE source BETWEEN $1 AND $2 ORDER BY source
