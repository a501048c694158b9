#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Before the files go: stop what runs. Cases stay where they are.
set -e

if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
    deb-systemd-invoke stop loket-kiosk.service loket-sound.service loket-nightly.timer loket-health.timer \
        loket-nightly.service loket-health.service loket-sync.service >/dev/null || true
fi
