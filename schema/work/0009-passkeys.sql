-- Passkeys: keys in people's devices, by which they prove to be it.

CREATE TABLE passkey (
    id @INT@ PRIMARY KEY,
    account @INT@ NOT NULL REFERENCES account,
    name TEXT NOT NULL,              -- as the person calls it
    handle @BYTES@ NOT NULL UNIQUE,  -- by which the device finds it
    algorithm @INT@ NOT NULL,        -- of COSE: -7 ES256, -8 EdDSA, -257 RS256
    public @BYTES@ NOT NULL,         -- the key
    counter @INT@ NOT NULL,          -- of the device, at the last use; 0 for ever: it does not count
    made @INT@ NOT NULL,             -- moments
    used @INT@,                      -- the last use; NULL: none yet
    copied @INT@                     -- when the counter went back, since when it opens nothing; NULL: it has not
);
CREATE INDEX passkey_account ON passkey (account);

CREATE TABLE challenge (             -- those that came back, until they would be too old in any case
    text TEXT PRIMARY KEY,
    spent @INT@ NOT NULL             -- moment
);
