-- SPDX-FileCopyrightText: 2026 Loket contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What a counter has of cases, in a file of its own beside the store: a copy of open cases of the case system, so that
-- a laptop works without a network, and what staff did that the case system does not know yet.
-- No column but `sealed` holds an answer, a name or a number of a citizen.

-- A copy of an open case. Thrown away when it is closed, and when the case system was not heard for too long.
CREATE TABLE counter_cases (
    reference     TEXT PRIMARY KEY,
    address       TEXT NOT NULL,           -- of the zaak
    service_id    TEXT NOT NULL,
    title         TEXT NOT NULL,           -- of the case type
    stage         TEXT NOT NULL CHECK (stage IN ('new', 'taken', 'asked', 'answered')),
    submitted_at  TEXT NOT NULL,
    due_on        TEXT NOT NULL,           -- empty: not known
    planned_on    TEXT NOT NULL,
    first_day     TEXT NOT NULL,           -- the earlier of both; '9999-12-31' when neither is known: the order
    owner         TEXT NOT NULL,           -- number of a member of staff; empty: nobody
    owner_name    TEXT NOT NULL,
    language      TEXT NOT NULL,
    is_urgent     INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),
    asks_call     INTEGER NOT NULL CHECK (asks_call IN (0, 1)),
    is_withdrawn  INTEGER NOT NULL CHECK (is_withdrawn IN (0, 1)),
    device_id     TEXT NOT NULL,
    version       TEXT NOT NULL,           -- of what the case system told; an act is based on it
    key_id        TEXT NOT NULL,
    sealed        BLOB NOT NULL,           -- the opened case as JSON, for the key of the sync service
    fetched_at    TEXT NOT NULL
) STRICT;

CREATE INDEX counter_cases_order ON counter_cases (is_urgent DESC, first_day, reference);

-- When the list was last refreshed, and why not since. One row.
CREATE TABLE counter_news (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    refreshed_at  TEXT NOT NULL DEFAULT '',
    reason        TEXT NOT NULL DEFAULT ''  -- slug
) STRICT;

-- What staff did. Written once, as sealed; told to the case system in the order of `number`, for each case.
CREATE TABLE counter_acts (
    number        INTEGER PRIMARY KEY,
    act_id        TEXT NOT NULL UNIQUE,
    reference     TEXT NOT NULL,
    kind          TEXT NOT NULL,
    at            TEXT NOT NULL,
    staff_number  TEXT NOT NULL,
    based_on      TEXT NOT NULL,
    key_id        TEXT NOT NULL,
    sealed        BLOB NOT NULL,
    state         TEXT NOT NULL CHECK (state IN (
                      'pending', 'retrying', 'conflict', 'rejected', 'delivered', 'dropped')),
    theirs        BLOB NOT NULL DEFAULT x'', -- sealed: what the other one did, in a conflict
    choice        TEXT NOT NULL DEFAULT '',  -- of who solved it, with `chosen_by` and `chosen_at`
    chosen_by     TEXT NOT NULL DEFAULT '',
    chosen_at     TEXT NOT NULL DEFAULT '',
    attempts      INTEGER NOT NULL DEFAULT 0,
    reason        TEXT NOT NULL DEFAULT '',
    next_try_at   TEXT NOT NULL
) STRICT;

CREATE INDEX counter_acts_of_case ON counter_acts (reference, number);
CREATE INDEX counter_acts_waiting ON counter_acts (next_try_at) WHERE state IN ('pending', 'retrying');

-- What was done at the case system for an act, written before it is sent and after it is answered.
CREATE TABLE counter_act_steps (
    act_id      TEXT NOT NULL REFERENCES counter_acts (act_id) ON DELETE CASCADE,
    step        TEXT NOT NULL,
    identifier  TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('sent', 'done', 'left_out')),
    result      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (act_id, step)
) STRICT, WITHOUT ROWID;
