#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# /usr/lib/loket/nightly: all of the night's work, whatever fails; the exit code tells whether anything did.
# The signed reports lie in retention/ and reports/ of the data folder.
code=0
/usr/bin/loket retention || code=1
/usr/bin/loket wipe --verify --json >/dev/null || code=1
/usr/bin/loket audit check || code=1
# 1 here is "a person must look", which the figures say themselves.
/usr/bin/loket health --no-devices --textfile /run/loket/loket.prom || true
exit $code
