#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# /usr/lib/loket/window: what the compositor shows. cage says 0 however its program ended, so a file tells that
# somebody of IT signed in and closed the window: then the unit is not to open it again (ExecCondition=).
/usr/bin/loket kiosk --no-sync "$@" && : >"$XDG_RUNTIME_DIR/closed"
