#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# /usr/lib/loket-image/window: turn every screen as machine.toml says (screen.py wrote it down), then Loket itself.
if [ -s /run/loket-image/transform ]; then
    read -r transform </run/loket-image/transform
    wlr-randr | sed -n 's/^\([^ ]*\) .*/\1/p' | while read -r output; do
        wlr-randr --output "$output" --transform "$transform" || true
    done
fi
exec /usr/lib/loket/window "$@"
