#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# /usr/bin/loket: the installed program with the settings of this machine, unless LOKET_CONFIG or --config names others.
if [ -z "${LOKET_CONFIG+set}" ] && [ -r /etc/loket/loket.toml ]; then
    export LOKET_CONFIG=/etc/loket/loket.toml
fi
# Keys that systemd-creds closed: root may have them, and asks systemd as the services do, for what needs a key.
if [ "$(id -u)" = 0 ] && [ -z "${CREDENTIALS_DIRECTORY+set}" ] && [ -d /run/systemd/system ] &&
    [ "${LOKET_CONFIG:-}" = /etc/loket/loket.toml ]; then
    case "${1:-} $*" in
        *" --config"*) ;; # settings of another place have keys of their own
        doctor\ * | keys\ * | audit\ * | sync\ * | open\ * | outbox\ * | retention\ * | wipe\ *)
            opened=
            for closed in /etc/credstore.encrypted/loket.key* /etc/credstore.encrypted/device-signing.key; do
                [ ! -e "$closed" ] || opened="$opened -p LoadCredentialEncrypted=${closed##*/}"
            done
            # shellcheck disable=SC2086 # several words on purpose
            [ -z "$opened" ] || exec systemd-run -q --pipe --wait --collect --same-dir -E LOKET_CONFIG="$LOKET_CONFIG" \
                $opened /usr/bin/loket "$@"
            ;;
    esac
fi
# -I: nothing of the folder somebody stands in, or of their home, gets into the program.
exec /usr/lib/loket/bin/python3 -I -m main "$@"
