#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# /usr/lib/loket/when-free [COMMAND...]: do it once nobody is at the kiosk of this machine; at once where there is none.
# A visit is never cut off by it: after half an hour it gives up, does nothing and ends with 1.
# LOKET_UPGRADE_NOW=1 waits for nobody.
set -e

patience_s=1800
# The window holds this lock while somebody is there; the kernel lets go of it when the window is gone.
lock=/run/loket-kiosk/loket-in-use

# As the window's user: nothing in that folder is trusted with more than that.
is_free() {
    timeout --foreground "$1" setpriv --reuid=loket-kiosk --regid=loket --clear-groups flock "$lock" true
}

if [ "${LOKET_UPGRADE_NOW:-}" != 1 ] && [ -f "$lock" ] && ! is_free 1; then
    echo "loket: somebody is at the kiosk; this waits until they are done, half an hour at most" >&2
    echo "loket: LOKET_UPGRADE_NOW=1 waits for nobody, and cuts them off" >&2
    is_free "$patience_s" || {
        echo "loket: somebody is still there: nothing was done. Try again later" >&2
        exit 1
    }
fi
[ $# = 0 ] || exec "$@"
