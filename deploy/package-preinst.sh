#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Before unpacking: nothing of the old program may write while half of the new one lies there.
set -e

if [ "$1" = upgrade ] && [ -d /run/systemd/system ]; then
    systemctl stop loket-nightly.service loket-health.service loket-sync.service || true
fi
