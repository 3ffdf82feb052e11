-- How far coders agree, as the entries tell of it.

-- statement: agreement_add(id, since, period, variable, metric, units, alpha)
INSERT INTO agreement (id, since, period, variable, metric, units, alpha) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- statement: agreement_all()
SELECT id, since, period, variable, metric, units, alpha FROM agreement ORDER BY id

-- statement: agreement_clear()
DELETE FROM agreement

-- What the newest entry about each half-year says, the newest half-year first.
-- statement: agreement_list()
SELECT agreement.period, agreement.variable, agreement.metric, agreement.units, agreement.alpha, agreement.since, entry.at
FROM agreement JOIN entry ON entry.seq = agreement.since
WHERE agreement.since = (SELECT max(later.since) FROM agreement AS later WHERE later.period = agreement.period)
ORDER BY agreement.period DESC, agreement.variable
