#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Before unpacking: nothing of the old program may write while half of the new one lies there.
set -e

if [ "$1" = upgrade ] && [ -d /run/systemd/system ]; then
    # The window has to go before its program does; what the old package brought knows how to wait for a visit to end.
    if systemctl --quiet is-active loket-kiosk.service; then
        waits=/usr/lib/loket/when-free
        [ -x $waits ] || waits=
        $waits systemctl stop loket-kiosk.service
        : >/run/loket-kiosk-was-on
    fi
    systemctl stop loket-nightly.service loket-health.service loket-sync.service || true
fi
