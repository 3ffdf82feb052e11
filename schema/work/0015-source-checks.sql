-- What the addresses of published sources answered when they were asked last.

CREATE TABLE source_check (
    source @INT@ PRIMARY KEY,        -- its number in the public store
    at @INT@ NOT NULL,               -- moment
    seen TEXT NOT NULL,              -- word of domain/source_check.h
    status @INT@,                    -- of HTTP; NULL when none came
    address TEXT,                    -- where it led to; NULL when it led nowhere else
    gone_since @INT@                 -- moment at which it was first seen gone; NULL once it has answered since
);
