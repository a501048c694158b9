-- SPDX-FileCopyrightText: 2026 Loket contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Who of the staff may sign in, in a file of its own: cases know nothing of it. No PIN and no badge stands here: only
-- what Argon2id makes of them with the key beside this file.

CREATE TABLE members (
    staff_id      TEXT PRIMARY KEY,
    number        INTEGER NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('helper', 'counter', 'it')),
    pin_hash      TEXT NOT NULL,
    badge_hash    BLOB UNIQUE,
    is_start_pin  INTEGER NOT NULL CHECK (is_start_pin IN (0, 1))
) STRICT;

-- Wrong tries of a number, or of a whole place; five of them lock it, whatever is started again meanwhile.
CREATE TABLE tries (
    subject       TEXT PRIMARY KEY,
    tries         INTEGER NOT NULL,
    tried_at      TEXT NOT NULL,
    locked_until  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: the salt of this device.
CREATE TABLE device (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    salt  BLOB NOT NULL
) STRICT;
