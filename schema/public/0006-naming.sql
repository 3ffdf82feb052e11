-- Organisations that are counted only, never shown.

CREATE INDEX affected_withheld ON affected (organisation) WHERE naming = 'withheld';
