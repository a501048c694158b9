#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# After the files are gone. Purge takes everything, unless people's cases still wait here: those, and the keys that
# open them, are never deleted without a word.
set -e

data=/var/lib/loket
units="loket-sync.service loket-nightly.timer loket-health.timer loket-kiosk.service"

# What still lies here for a person: cases that the municipality does not have, and answers kept under a code. Prints
# a number, or "unknown": then it is kept too.
waiting() {
    [ -e "$data/loket.db" ] || [ -e "$data/drafts.db" ] || [ -e "$data/counter.db" ] || [ -n "$(ls -A "$data/waiting" 2>/dev/null)" ] || {
        echo 0
        return
    }
    python3 -I - "$data" <<'END' 2>/dev/null || echo unknown
import pathlib, sqlite3, sys
data = pathlib.Path(sys.argv[1])
asked = (
    ("loket.db", "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'retrying', 'rejected')"),
    ("loket.db", "SELECT count(*) FROM follow_ups WHERE state <> 'delivered'"),
    ("counter.db", "SELECT count(*) FROM counter_acts WHERE state NOT IN ('delivered', 'dropped')"),
    ("drafts.db", "SELECT count(*) FROM drafts WHERE last_day >= date('now')"),
)
count = 0
for name, question in asked:
    if (data / name).exists():
        count += sqlite3.connect(data / name).execute(question).fetchone()[0]
aside = sum(1 for _ in data.glob("damaged-*"))
print(max(count, sum(1 for _ in data.glob("waiting/*.case"))) + aside)
END
}

if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
    systemctl --system daemon-reload >/dev/null || true
fi

if [ "$1" = remove ]; then
    for unit in $units; do
        deb-systemd-helper mask "$unit" >/dev/null || true
    done
fi

if [ "$1" = purge ]; then
    for unit in $units; do
        deb-systemd-helper purge "$unit" >/dev/null || true
        deb-systemd-helper unmask "$unit" >/dev/null || true
    done
    rm -rf /run/loket /run/loket-kiosk-was-on
    rm -f /var/lib/systemd/timers/stamp-loket-nightly.timer # systemd notes there when it ran
    found=$(waiting)
    if [ "$found" = 0 ]; then
        rm -rf "$data" /etc/loket/keys
        rmdir --ignore-fail-on-non-empty /etc/loket 2>/dev/null || true
        for user in loket-kiosk loket-sync; do
            ! getent passwd $user >/dev/null || userdel $user >/dev/null 2>&1 || true
        done
        ! getent group loket >/dev/null || groupdel loket >/dev/null 2>&1 || true
    else
        echo "loket: KEPT: $data and /etc/loket/keys, because something of people still waits there ($found)." >&2
        echo "loket: install loket again and it is sent; or look with 'loket outbox'. To throw it away for ever:" >&2
        echo "loket:   rm -r $data /etc/loket/keys; userdel loket-kiosk; userdel loket-sync; groupdel loket" >&2
    fi
fi
