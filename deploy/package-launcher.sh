#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# /usr/bin/loket: the installed program with the settings of this machine, unless LOKET_CONFIG or --config names others.
if [ -z "${LOKET_CONFIG+set}" ] && [ -r /etc/loket/loket.toml ]; then
    export LOKET_CONFIG=/etc/loket/loket.toml
fi
# -I: nothing of the folder somebody stands in, or of their home, gets into the program.
exec /usr/lib/loket/bin/python3 -I -m main "$@"
