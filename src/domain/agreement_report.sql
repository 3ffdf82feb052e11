-- How far coders agree, as the entries tell of it.

-- statement: agreement_add(id, since, period, variable, metric, units, alpha)
INSERT INTO agreement (id, since, period, variable, metric, units, alpha) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- statement: agreement_all()
SELECT id, since, period, variable, metric, units, alpha FROM agreement ORDER BY id

-- statement: agreement_clear()
DELETE FROM agreement

-- All numbers that were ever published, the newest half-year and the newest entry about it last.
-- statement: agreement_measured()
SELECT agreement.variable, agreement.period, agreement.alpha, entry.at
FROM agreement JOIN entry ON entry.seq = agreement.since
WHERE agreement.alpha IS NOT NULL
ORDER BY agreement.variable, agreement.period, agreement.since

-- What the newest entry about each half-year says, the newest half-year first.
-- statement: agreement_list()
SELECT agreement.period, agreement.variable, agreement.metric, agreement.units, agreement.alpha, agreement.since, entry.at
FROM agreement JOIN entry ON entry.seq = agreement.since
WHERE agreement.since = (SELECT max(later.since) FROM agreement AS later WHERE later.period = agreement.period)
ORDER BY agreement.period DESC, agreement.variable
