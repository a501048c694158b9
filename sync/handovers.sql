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

-- Places at a fixed hour of help that were given away (feature H19): of a slot in the directory, on a day. No column
-- tells who comes; the code is on the visitor's card. `device_id` is empty for ours, else of the device whose file said
-- it. A row goes when its day is over.
CREATE TABLE slot_bookings (
    device_id  TEXT NOT NULL,
    code       TEXT NOT NULL,
    slot       TEXT NOT NULL,
    on_day     TEXT NOT NULL CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    at         TEXT NOT NULL,
    places     INTEGER NOT NULL CHECK (places > 0),
    PRIMARY KEY (device_id, code)
) STRICT, WITHOUT ROWID;
