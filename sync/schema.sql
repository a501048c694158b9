-- SPDX-FileCopyrightText: 2026 Loket contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- The store as it is today, to be read by people. A new store is made from this text; an older one comes here by the
-- numbered steps in migrations.py, and a test holds that both roads end in the same tables.
-- Times are UTC, ISO 8601 with microseconds, so that their text order is their order in time.
-- No column holds an answer, a name or a number of a citizen: those are inside `sealed` only.

-- What a citizen handed in. Written once; the sealed part repeats the columns before it, so a changed row is noticed.
CREATE TABLE submissions (
    case_id          TEXT PRIMARY KEY,
    reference        TEXT NOT NULL UNIQUE,
    service_id       TEXT NOT NULL,
    service_version  INTEGER NOT NULL,
    submitted_at     TEXT NOT NULL,
    key_id           TEXT NOT NULL,
    sealed           BLOB NOT NULL,     -- empty once the municipality has it (retention)
    code_salt        BLOB NOT NULL,     -- of the four digits on the receipt only this salt
    code_hash        BLOB NOT NULL      -- and this hash are kept
) STRICT;

CREATE INDEX submissions_by_time ON submissions (submitted_at);

CREATE TRIGGER submissions_are_never_edited
BEFORE UPDATE OF case_id, reference, service_id, service_version, submitted_at, key_id, code_salt, code_hash
ON submissions
BEGIN
    SELECT RAISE(ABORT, 'a submission is never edited');
END;

CREATE TRIGGER sealed_parts_are_only_emptied BEFORE UPDATE OF sealed ON submissions WHEN NEW.sealed <> x''
BEGIN
    SELECT RAISE(ABORT, 'a sealed part is never edited');
END;

-- Where each case is on its way. Same transaction as its submission.
CREATE TABLE outbox (
    case_id        TEXT PRIMARY KEY REFERENCES submissions (case_id) ON DELETE CASCADE,
    state          TEXT NOT NULL CHECK (state IN (
                       'pending', 'sending', 'retrying', 'rejected', 'delivered', 'in_progress', 'done', 'withdrawn')),
    promised_on    TEXT NOT NULL,
    is_urgent      INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),
    attempts       INTEGER NOT NULL DEFAULT 0,
    reason         TEXT NOT NULL DEFAULT '',   -- slug of the last failure
    next_try_at    TEXT NOT NULL,
    claimed_by     TEXT NOT NULL DEFAULT '',   -- a token of the sender; empty when nobody sends
    claimed_until  TEXT NOT NULL DEFAULT '',   -- after this the sender counts as dead
    changed_at     TEXT NOT NULL,
    CHECK ((state = 'sending') = (claimed_by <> ''))
) STRICT;

-- One index for the next case to send, for who sends and for the counts: each index is a page more in every confirm.
CREATE INDEX outbox_queue ON outbox (state, is_urgent, next_try_at, case_id);

-- What was done at the case system for a case, each step written down before it is sent and after it is answered.
CREATE TABLE delivery_steps (
    case_id     TEXT NOT NULL REFERENCES outbox (case_id) ON DELETE CASCADE,
    step        TEXT NOT NULL,
    identifier  TEXT NOT NULL,              -- by which the case system can be asked whether it has it already
    state       TEXT NOT NULL CHECK (state IN ('sent', 'done', 'left_out')),
    result      TEXT NOT NULL DEFAULT '',   -- the address the case system gave it, or a slug why it was left out
    sends       INTEGER NOT NULL DEFAULT 1,
    sent_at     TEXT NOT NULL,
    done_at     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (case_id, step)
) STRICT, WITHOUT ROWID;

-- Wrong codes typed for a case; five of them lock it for a quarter of an hour, whatever is started again meanwhile.
CREATE TABLE status_tries (
    case_id       TEXT PRIMARY KEY REFERENCES submissions (case_id) ON DELETE CASCADE,
    tries         INTEGER NOT NULL,
    locked_until  TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- What the case system last told of a case that it has.
CREATE TABLE case_news (
    case_id      TEXT PRIMARY KEY REFERENCES outbox (case_id) ON DELETE CASCADE,
    etag         TEXT NOT NULL DEFAULT '',   -- so that the same answer need not be sent twice
    checked_at   TEXT NOT NULL DEFAULT '',   -- when it last answered
    failures     INTEGER NOT NULL DEFAULT 0, -- in a row
    next_ask_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX case_news_due ON case_news (next_ask_at);

-- What a citizen added to a case afterwards: goes after the case, in the order of `number`. Written once, as sealed.
CREATE TABLE follow_ups (
    follow_up_id  TEXT PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES submissions (case_id) ON DELETE CASCADE,
    number        INTEGER NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('correction', 'withdrawal', 'reminder')),
    made_at       TEXT NOT NULL,
    made_on       TEXT NOT NULL,             -- the Dutch day: one reminder a day
    key_id        TEXT NOT NULL,
    sealed        BLOB NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('pending', 'retrying', 'rejected', 'delivered')),
    attempts      INTEGER NOT NULL DEFAULT 0,
    reason        TEXT NOT NULL DEFAULT '',
    next_try_at   TEXT NOT NULL,
    UNIQUE (case_id, number)
) STRICT;

CREATE INDEX follow_ups_waiting ON follow_ups (next_try_at) WHERE state IN ('pending', 'retrying');
CREATE UNIQUE INDEX follow_ups_one_reminder_a_day ON follow_ups (case_id, made_on) WHERE kind = 'reminder';

-- When somebody of the municipality called for a case that asks for it, and whether anybody answered. No words.
CREATE TABLE call_attempts (
    attempt_id   TEXT PRIMARY KEY,
    reference    TEXT NOT NULL,             -- of a case that may be of another device
    at           TEXT NOT NULL,
    day_part     TEXT NOT NULL CHECK (day_part IN ('morning', 'afternoon', 'evening')),
    was_reached  INTEGER NOT NULL CHECK (was_reached IN (0, 1)),
    state        TEXT NOT NULL CHECK (state IN ('pending', 'retrying', 'rejected', 'delivered')),
    sends        INTEGER NOT NULL DEFAULT 0,
    reason       TEXT NOT NULL DEFAULT '',
    next_try_at  TEXT NOT NULL
) STRICT;

CREATE INDEX call_attempts_of_case ON call_attempts (reference, at);
CREATE INDEX call_attempts_waiting ON call_attempts (next_try_at) WHERE state IN ('pending', 'retrying');

-- The newest message about closed services that was taken from each signer: an older one is not taken again, also when
-- the file of what was heard is gone.
CREATE TABLE outage_marks (
    signer  TEXT PRIMARY KEY,               -- a municipality and the key that it signs with
    serial  INTEGER NOT NULL,
    digest  TEXT NOT NULL                   -- of the message, so that another one with this serial is told from it
) STRICT, WITHOUT ROWID;

-- What happened, as a chain: each row's hash covers the row before it, so a removed or changed row shows.
CREATE TABLE audit_log (
    number   INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    event    TEXT NOT NULL,
    case_id  TEXT NOT NULL,
    detail   TEXT NOT NULL,
    hash     BLOB NOT NULL
) STRICT;
