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
    mark          TEXT NOT NULL,           -- sum of the zaak as its list shows it: another one, and it is read again
    key_id        TEXT NOT NULL,
    sealed        BLOB NOT NULL,           -- the opened case as JSON, for the key of the sync service
    fetched_at    TEXT NOT NULL
) STRICT;

-- A page of the list, of all and of one owner; reference and title are in it, so that a search reads nothing else.
CREATE INDEX counter_cases_order ON counter_cases (is_urgent DESC, first_day, reference, title)
    WHERE stage <> 'answered';
CREATE INDEX counter_cases_owned ON counter_cases (owner, is_urgent DESC, first_day, reference, title)
    WHERE stage <> 'answered';

-- When the list was last refreshed, and why not since. One row.
CREATE TABLE counter_news (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    begun_at      TEXT NOT NULL DEFAULT '',  -- a round that is going on; empty: none
    refreshed_at  TEXT NOT NULL DEFAULT '',
    reason        TEXT NOT NULL DEFAULT ''   -- slug
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
    choice        TEXT NOT NULL DEFAULT '',  -- of who solved it or gave it up, with `chosen_by` and `chosen_at`
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

-- Faults of the government and of Loket (L04), by words of lists only. An answered group stays; a fault after it is new.
CREATE TABLE faults (
    number        INTEGER PRIMARY KEY,
    source        TEXT NOT NULL CHECK (source IN ('reported', 'delivery', 'act', 'program', 'device', 'content')),
    about         TEXT NOT NULL,
    kind          TEXT NOT NULL,
    opened_at     TEXT NOT NULL,
    owner         TEXT NOT NULL DEFAULT '',   -- number of a member of staff; empty: nobody, or a department
    owner_name    TEXT NOT NULL DEFAULT '',   -- empty: nobody
    answer        TEXT NOT NULL DEFAULT '',   -- plain words for citizens, of staff; names nobody
    answered_by   TEXT NOT NULL DEFAULT '',
    answered_name TEXT NOT NULL DEFAULT '',
    answered_at   TEXT NOT NULL DEFAULT '',
    closes_cases  INTEGER NOT NULL DEFAULT 0 CHECK (closes_cases IN (0, 1)),
    escalated_at  TEXT NOT NULL DEFAULT ''    -- when Klantinteracties was told that nobody had it
) STRICT;

CREATE UNIQUE INDEX faults_open ON faults (source, about, kind) WHERE answered_at = '';

-- Each time that a fault was told of, once.
CREATE TABLE fault_reports (
    number     INTEGER NOT NULL REFERENCES faults (number) ON DELETE CASCADE,
    report_id  TEXT NOT NULL,
    at         TEXT NOT NULL,
    reference  TEXT NOT NULL,                 -- of the case of a citizen who has to hear; empty: nobody waits
    act_id     TEXT NOT NULL DEFAULT '',      -- by which the citizen hears the answer
    PRIMARY KEY (number, report_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX fault_reports_to_tell ON fault_reports (reference) WHERE reference <> '' AND act_id = '';
