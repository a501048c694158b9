-- SPDX-FileCopyrightText: 2026 Loket contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Warm handovers that wait for word of the partner (feature H11), in a file of their own. No column tells who was handed
-- over, what about, or at what hour; a row goes when the partner took it up, or after sixty days.

CREATE TABLE handovers (
    code     TEXT PRIMARY KEY,
    partner  TEXT NOT NULL,     -- the id of an organisation in the directory
    on_day   TEXT NOT NULL CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT, WITHOUT ROWID;

-- How many places at a fixed hour of help are given away (feature H19): of a slot in the directory, on a day. No column
-- tells who comes; a row goes when its day is over.
CREATE TABLE slot_places (
    slot    TEXT NOT NULL,
    on_day  TEXT NOT NULL CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    number  INTEGER NOT NULL CHECK (number > 0),
    PRIMARY KEY (slot, on_day)
) STRICT, WITHOUT ROWID;
