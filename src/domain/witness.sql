-- Rows beside their digests in the private journal: of each its number first, and then all that is told of it.

-- statement: witness_deeds()
SELECT detail FROM deed WHERE kind = 'rows.written' ORDER BY id

-- statement: witness_begun()
SELECT 1 FROM deed WHERE subject = 'written' LIMIT 1

-- statement: witness_since()
SELECT min(at) FROM deed WHERE subject = 'written'

-- statement: witness_run(first, last)
SELECT id, dataset, file, hash, observed, started, ended, rows_done, hold, licence, header, mapping, report
FROM run WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_import_row(first, last)
SELECT id, dataset, look_up, external, run, row, incident, state, reason, hash, bytes_hash, raw, tlp, tlp_deed
FROM import_row WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_raw_row(first, last)
SELECT id, import_row, previous, run, line, bytes, refusal
FROM raw_row WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_draft(first, last)
SELECT import_row, at, body, queue, from_day
FROM draft WHERE import_row BETWEEN $1 AND $2 ORDER BY import_row

-- statement: witness_account(first, last)
SELECT id, name, role, state, password, expires, code_secret, code_step, made
FROM account WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_recovery_code(first, last)
SELECT id, account, hash, used
FROM recovery_code WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_passkey(first, last)
SELECT id, account, name, handle, algorithm, public, counter, made, used, copied
FROM passkey WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_challenge(first, last)
SELECT id, text, spent
FROM challenge WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_session(first, last)
SELECT id, account, hash, made, seen, proven, second, agent, pending, ended, reason
FROM session WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_token(first, last)
SELECT id, account, hash, label, scopes, made, expires, used, revoked
FROM token WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_sent_row(first, last)
SELECT import_row, account
FROM sent_row WHERE import_row BETWEEN $1 AND $2 ORDER BY import_row

-- statement: witness_sent_answer(first, last)
SELECT id, token, key, hash, at, status, candidate, answer
FROM sent_answer WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_triage(first, last)
SELECT import_row, state, account, until, reason, note, change, at, deed
FROM triage WHERE import_row BETWEEN $1 AND $2 ORDER BY import_row

-- statement: witness_change(first, last)
SELECT id, kind, subject, origin, title, state, version, author, reviewer, incident, trouble, moved, deed, tlp,
    tlp_deed
FROM change WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_version(first, last)
SELECT id, change, version, at, author, body, deed
FROM change_version WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_typing(first, last)
SELECT id, change, account, variable, version, at, form
FROM typing WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_capture(first, last)
SELECT id, change, sha256, name, bytes, words, at, account, deed
FROM capture WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_sight(first, last)
SELECT id, change, account, at, deed
FROM sight WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_coding_draft(first, last)
SELECT id, change, coder, version, at, body
FROM coding_draft WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_coding(first, last)
SELECT id, change, coder, version, at, body, deed
FROM coding WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_adjudication(first, last)
SELECT id, coding, account, version, at, body, deed
FROM adjudication WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_reply(first, last)
SELECT id, change, incident, organisation, way, asked, due, state, ended, reason, account, deed
FROM reply WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_assignment(first, last)
SELECT change, account, deed
FROM assignment WHERE change BETWEEN $1 AND $2 ORDER BY change

-- statement: witness_mailbox(first, last)
SELECT account, address, kinds, language
FROM mailbox WHERE account BETWEEN $1 AND $2 ORDER BY account

-- statement: witness_alert(first, last)
SELECT id, account, kind, cause, path, change, incident, day, at, mail, tries, next, trouble
FROM alert WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_followed(first, last)
SELECT id, entry
FROM followed WHERE id BETWEEN $1 AND $2 ORDER BY id

-- statement: witness_source_state(first, last)
SELECT source, state, at, account, deed
FROM source_state WHERE source BETWEEN $1 AND $2 ORDER BY source

-- statement: witness_source_check(first, last)
SELECT source, at, seen, status, address, gone_since
FROM source_check WHERE source BETWEEN $1 AND $2 ORDER BY source
