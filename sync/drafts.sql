-- SPDX-FileCopyrightText: 2026 Loket contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What people want to go on with later, in a file of its own: no case refers to it, and when the file is damaged it is
-- thrown away instead of set aside. No column tells who, what, which service or at what hour.

CREATE TABLE drafts (
    draft_id     BLOB PRIMARY KEY,      -- found by the code through Argon2id; opens nothing
    salt         BLOB NOT NULL,
    sealed       BLOB NOT NULL,
    last_day     TEXT NOT NULL,         -- the Dutch day after which it goes
    is_day_sure  INTEGER NOT NULL CHECK (is_day_sure IN (0, 1))  -- 0: counted from a clock that was doubted
) STRICT;

-- One row: the salt of this device, and the wrong codes typed here.
CREATE TABLE codes (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    salt          BLOB NOT NULL,
    tries         INTEGER NOT NULL DEFAULT 0,
    tried_at      TEXT NOT NULL DEFAULT '',
    locked_until  TEXT NOT NULL DEFAULT ''
) STRICT;
