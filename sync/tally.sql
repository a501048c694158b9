-- SPDX-FileCopyrightText: 2026 Loket contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What was counted of help at the desk, in a file of its own: cases know nothing of it. Only words of lists and a month:
-- no day, no hour, no who, no text.

CREATE TABLE tallies (
    month         TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    theme         TEXT NOT NULL,
    deed          TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    referral      TEXT NOT NULL,
    age           TEXT NOT NULL,
    channel       TEXT NOT NULL,
    number        INTEGER NOT NULL CHECK (number > 0),
    PRIMARY KEY (month, theme, deed, organisation, referral, age, channel)
) STRICT, WITHOUT ROWID;

-- At which step of which service a helper stepped in (feature U13), at most once a visit: ids of ours and a month.
CREATE TABLE helped_steps (
    month         TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    service_id    TEXT NOT NULL,
    question_id   TEXT NOT NULL,
    number        INTEGER NOT NULL CHECK (number > 0),
    PRIMARY KEY (month, service_id, question_id)
) STRICT, WITHOUT ROWID;
