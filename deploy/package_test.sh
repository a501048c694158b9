#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Install the package in a fresh Debian 12, use it, upgrade it with a case waiting, remove it: make package-test
# Needs root, mmdebstrap and Debian's packages; minutes. Everything happens in a folder of its own and in a mount
# namespace of its own, so that nothing that is mounted for it is ever seen, or removed, outside.
# Use: deploy/package_test.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
folder=${1:-$PWD/build/package-test}
root=$folder/root
deb=$(ls build/loket_*_amd64.deb)
[ "$(id -u)" = 0 ] || { echo "package-test: it makes a Debian root, so it needs root" >&2; exit 1; }
command -v mmdebstrap >/dev/null || apt-get -q -y install --no-install-recommends mmdebstrap >/dev/null

passed=0
failed=0
check() { # check WORDS COMMAND...: count and tell
    says=$1
    shift
    if "$@" >"$folder/last.txt" 2>&1; then
        passed=$((passed + 1))
        echo "ok      $says"
    else
        failed=$((failed + 1))
        echo "FAILED  $says"
        sed 's/^/          /' "$folder/last.txt" | tail -n 20
    fi
}

# In the mount namespace: this same script, with a word.
inside() { chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb DEBIAN_FRONTEND=noninteractive "$@"; }
as() { user=$1; shift; inside setpriv --reuid="$user" --regid=loket --init-groups env LOKET_CONFIG=/etc/loket/loket.toml "$@"; }
mode() { inside stat -c '%a %U %G' "$1"; }
is_mode() { [ "$(mode "$1")" = "$2" ] || { echo "$1 is $(mode "$1"), not $2"; return 1; }; }
contains() { # COMMAND WORDS: read to its end first, for a pipe that closes early would end the command
    inside sh -c "$1" >"$folder/said.txt" || true
    grep -q -- "$2" "$folder/said.txt" || {
        cat "$folder/said.txt"
        return 1
    }
}
waiting() { as loket-sync loket outbox --json | python3 -c 'import json, sys; said = json.load(sys.stdin); print(len(said if isinstance(said, list) else said["cases"]))'; }
is_gone() { for each in "$@"; do [ ! -e "$root$each" ] || { echo "$each is still there"; return 1; }; done; }
knows() { inside getent "$1" "$2"; }
knows_not() { ! inside getent "$1" "$2"; }
apt() { inside apt-get -q -y -o Dpkg::Use-Pty=0 "$@"; }

try() {
    mount --make-rprivate /
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --rbind /sys "$root/sys"
    cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
    cp "$deb" "$root/srv/"
    inside find / -xdev -not -path '/proc/*' | sort >"$folder/before.txt"

    # -- install
    apt update >/dev/null
    check "apt takes the package, with what it recommends" apt install "/srv/${deb##*/}"
    [ "$failed" = 0 ] || return 0
    check "no compiler and no pip came along" sh -c "! chroot $root which gcc pip pip3 make"
    check "the data folder is shared by the group" is_mode /var/lib/loket "2770 loket-sync loket"
    check "the folder of keys is the sync service's" is_mode /etc/loket/keys "2750 loket-sync loket"
    check "the private key is the sync service's alone" is_mode /etc/loket/keys/loket.key "600 loket-sync loket"
    check "the window's user cannot read it" sh -c "! chroot $root setpriv --reuid=loket-kiosk --regid=loket --init-groups cat /etc/loket/keys/loket.key"
    check "the sync service is enabled" inside systemctl is-enabled loket-sync.service
    check "the night's work is enabled" inside systemctl is-enabled loket-nightly.timer
    check "the figures are enabled" inside systemctl is-enabled loket-health.timer
    check "the kiosk is not" contains "systemctl is-enabled loket-kiosk.service || true" disabled
    check "systemd takes the units as they are" inside systemd-analyze verify /lib/systemd/system/loket-sync.service \
        /lib/systemd/system/loket-kiosk.service /lib/systemd/system/loket-nightly.service \
        /lib/systemd/system/loket-health.service /lib/systemd/system/loket-sound.service
    for unit in loket-sync loket-nightly loket-health loket-kiosk loket-sound; do
        check "$unit is hardened: at most 2.5" contains \
            "systemd-analyze security --offline=yes --threshold=25 /lib/systemd/system/$unit.service >/dev/null && echo held" held
    done

    # -- use, as it was installed: practice
    check "settings are whole" inside loket config check
    check "the doctor finds nothing broken" as loket-sync loket doctor
    check "the figures say that nobody must look" as loket-sync loket health --no-devices
    check "the sync service runs by hand as its user" as loket-sync loket sync --or-practice --once
    check "the demo does the main job" inside loket demo --out /srv/demo --count 1 --lang nl
    check "the case of the demo arrived" contains "cat /srv/demo/summary.json" '"registered": true'
    check "the window's user keeps a case in the shared store" as loket-kiosk sh -c \
        'cd /run && XDG_CACHE_HOME=/dev/shm QT_QPA_PLATFORM=offscreen timeout 60 loket visit --show start --simulate </dev/null'

    # -- a case that waits: a case system that is not there
    cp "$root/etc/loket/loket.toml" "$folder/loket.toml"
    sed -e 's/^# \[sync\]/[sync]/' -e 's/^# zaken = .*/zaken = "https:\/\/127.0.0.1:9\/z\/"/' \
        -e 's/^# documenten = .*/documenten = "https:\/\/127.0.0.1:9\/d\/"/' \
        -e 's/^# catalogi = .*/catalogi = "https:\/\/127.0.0.1:9\/c\/"/' \
        -e 's/^# client_id/client_id/' -e 's/^# secret_file/secret_file/' "$folder/loket.toml" >"$root/etc/loket/loket.toml"
    inside sh -c 'echo secret >/etc/loket/keys/zgw-secret; chown loket-sync: /etc/loket/keys/zgw-secret; chmod 600 /etc/loket/keys/zgw-secret'
    inside install -d -o loket-kiosk -g loket -m 700 /var/tmp/kiosk
    check "the window's user hands in a case that waits" as loket-kiosk loket demo --out /var/tmp/kiosk --count 1 \
        --offline --back-end configured
    check "one case waits" test "$(waiting)" = 1
    check "the sync service can read what the window wrote, and keeps it" contains \
        "setpriv --reuid=loket-sync --regid=loket --init-groups loket sync --once; loket outbox" retrying
    check "upgrade over itself" apt install --reinstall "/srv/${deb##*/}"
    check "the settings stayed" inside grep -q '^\[sync\]' /etc/loket/loket.toml
    check "the case still waits" test "$(waiting)" = 1

    # -- remove with a case waiting
    check "remove leaves the case" apt remove loket
    check "it is there" test -n "$(ls -A "$root/var/lib/loket/waiting")"
    check "purge says that it keeps the case" contains "dpkg --purge loket 2>&1" "KEPT: /var/lib/loket"
    check "it is there still, with its key" test -n "$(ls -A "$root/var/lib/loket/waiting")" -a -e "$root/etc/loket/keys/loket.key"
    check "installed again, it opens" apt install "/srv/${deb##*/}"
    check "one case waits still" test "$(waiting)" = 1
    check "its key is the one that was" as loket-sync loket keys check

    # -- remove with nothing waiting: the case taken away, as sent
    check "throw away what waits, by hand" inside sh -c 'rm -r /var/lib/loket /var/tmp/kiosk; systemd-tmpfiles --create loket.conf'
    check "purge" apt purge loket
    check "nothing of data, keys and settings is left" is_gone /var/lib/loket /etc/loket /usr/lib/loket /usr/bin/loket /run/loket
    check "no unit is left" sh -c "! ls $root/etc/systemd/system/*/loket* $root/lib/systemd/system/loket* $root/etc/systemd/system/loket* 2>/dev/null"
    check "no user is left" knows_not passwd loket-sync
    check "no user of the window is left" knows_not passwd loket-kiosk
    check "no group is left" knows_not group loket
    inside find / -xdev -not -path '/proc/*' -iname '*loket*' -not -path '/srv/*' >"$folder/left.txt"
    check "no file with its name is left" test ! -s "$folder/left.txt"
    sed 's/^/          /' "$folder/left.txt"
}

if [ "${LOKET_INSIDE:-}" = yes ]; then
    try
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
    exit
fi
mkdir -p "$folder"
if grep -q " $root" /proc/mounts; then
    echo "package-test: something is mounted in $root" >&2
    exit 1
fi
rm -rf --one-file-system "$root"
mmdebstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$folder/mmdebstrap.log" 2>&1 || {
    tail -n 20 "$folder/mmdebstrap.log" >&2
    exit 1
}
LOKET_INSIDE=yes exec unshare -m "$0" "$folder"
