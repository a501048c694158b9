#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# After unpacking: users, folders, a pair of keys to practise with on a new machine, and the services.
set -e

# The window that was taken from the screen for the upgrade.
begin_again() {
    [ -e /run/loket-kiosk-was-on ] || return 0
    rm /run/loket-kiosk-was-on
    systemctl start loket-kiosk.service || true
}

# The new version was not unpacked after all: the old one goes on.
if [ "$1" = abort-upgrade ] && [ -d /run/systemd/system ]; then
    deb-systemd-invoke start loket-sync.service >/dev/null || true
    begin_again
fi
[ "$1" = configure ] || exit 0

systemd-sysusers /usr/lib/sysusers.d/loket.conf
systemd-tmpfiles --create /usr/lib/tmpfiles.d/loket.conf

# A key is made only on a new machine, never in the place of one that an engineer took away.
if [ -z "$2" ] && [ ! -e /etc/loket/keys/loket.pub ] && [ ! -e /etc/credstore.encrypted/loket.key ] &&
    grep -q '^private_key_file = "keys/loket.key"' /etc/loket/loket.toml; then
    setpriv --reuid=loket-sync --regid=loket --init-groups /usr/bin/loket keys create >/dev/null
fi

for unit in loket-sync.service loket-nightly.timer loket-health.timer; do
    deb-systemd-helper unmask "$unit" >/dev/null || true
    # What an administrator switched off stays off.
    if deb-systemd-helper --quiet was-enabled "$unit"; then
        deb-systemd-helper enable "$unit" >/dev/null || true
    else
        deb-systemd-helper update-state "$unit" >/dev/null || true
    fi
done
# The kiosk takes the screen, so it is enabled by a person only; what was enabled stays so.
deb-systemd-helper unmask loket-kiosk.service >/dev/null || true
deb-systemd-helper update-state loket-kiosk.service >/dev/null || true

if [ -d /run/systemd/system ]; then
    systemctl --system daemon-reload >/dev/null || true
    action=start
    [ -z "$2" ] || action=restart
    deb-systemd-invoke $action loket-sync.service loket-nightly.timer loket-health.timer >/dev/null || true
    begin_again
fi

if [ -z "$2" ]; then
    echo "loket: installed, and practising. Settings: /etc/loket/loket.toml. Look at all of it: loket doctor"
    echo "loket: a kiosk is this machine only when you say so: systemctl enable --now loket-kiosk"
fi
