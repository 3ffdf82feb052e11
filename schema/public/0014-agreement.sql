-- How far coders agree beyond chance: Krippendorff's alpha of each variable and half-year, see domain/agreement_report.h.

CREATE TABLE agreement (
    id @INT@ PRIMARY KEY,            -- number of its entry * 1000 + n
    since @INT@ NOT NULL,            -- number of its entry; the newest about a half-year counts
    period TEXT NOT NULL,            -- half-year: 2026-H2
    variable TEXT NOT NULL,          -- of the codebook
    metric TEXT NOT NULL,            -- nominal, ordinal, interval, ratio
    units @INT@ NOT NULL,            -- incidents that both have coded
    alpha @INT@                      -- thousandths; NULL: too few, or nothing that could differ
);
CREATE INDEX agreement_period ON agreement (period, since);
