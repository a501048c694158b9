#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Make a Debian machine and .venv ready for Loket; quick when nothing changed.
# Use: deploy/setup.sh LIST...   where LIST is run, test or bench (deploy/apt-LIST.txt, requirements[-LIST].txt)
#      deploy/setup.sh faults    the Debian packages of `make faults` alone: it needs no Python packages of its own
#      deploy/setup.sh image     those of `make image` and `make image-test`, likewise
set -eu
cd "$(dirname "$0")/.."
# Debian's own Python first, as the Makefile: whoever calls this by itself must not get another .venv.
python=${PYTHON:-$([ -x /usr/bin/python3 ] && echo /usr/bin/python3 || echo python3)}

# Two calls at once would install into each other.
mkdir -p build
exec 9>build/setup.lock
flock 9

apt_lists=
locks=
requirements=
for list in "$@"; do
    apt_lists="$apt_lists deploy/apt-$list.txt"
    case $list in
        run) lock=requirements.txt ;;
        *) lock=requirements-$list.txt ;;
    esac
    locks="$locks $lock"
    requirements="$requirements -r $lock"
done

# Said aloud, whatever the machine's own settings say: only lists and packages that Debian signed.
signed="-o Acquire::AllowInsecureRepositories=false -o Acquire::AllowDowngradeToInsecureRepositories=false"
signed="$signed -o APT::Get::AllowUnauthenticated=false"

install_apt_packages() {
    command -v dpkg-query >/dev/null 2>&1 || {
        echo "setup: this is not a Debian system; install what ${apt_lists# } name by hand" >&2
        return 0
    }
    # shellcheck disable=SC2086
    wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' $apt_lists | sort -u)
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
    missing=
    for package in $wanted; do
        case "
$installed
" in
            *"
$package
"*) ;;
            *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0

    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root=sudo
    else
        echo "setup: these Debian packages are missing and this user may not install them. Ask an administrator to run:" >&2
        echo "  apt-get update && apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    echo "setup: installing$missing"
    # RUNLEVEL=1: without systemd, no daemon is started just because its package arrives.
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 $signed update >build/apt.log 2>&1 &&
        $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
            apt-get -q -y -o DPkg::Lock::Timeout=300 $signed install --no-install-recommends $missing \
            >>build/apt.log 2>&1 </dev/null || {
        tail -n 20 build/apt.log >&2
        echo "setup: apt-get failed; the whole log is build/apt.log" >&2
        exit 1
    }
}

# A virtual card reader for the tests. Its package is never installed: the driver listens on all addresses, and it would
# stand among the readers of this machine. Taken apart it serves a pcscd of the tests alone.
fetch_virtual_reader() {
    driver=build/vpcd/usr/lib/pcsc/drivers/serial/libifdvpcd.so
    [ ! -e "$driver" ] && command -v apt-get >/dev/null 2>&1 || return 0
    echo "setup: fetching the virtual card reader"
    mkdir -p build/vpcd
    # shellcheck disable=SC2086
    (cd build/vpcd && apt-get -q $signed download vsmartcard-vpcd && dpkg-deb -x vsmartcard-vpcd_*.deb .) >build/vpcd.log 2>&1 || {
        # Nothing a user of Loket needs: only the tests with a real pcscd do not run, and say so.
        cat build/vpcd.log >&2
        echo "setup: apt-get could not fetch vsmartcard-vpcd, so some tests of ID readers skip; perhaps after: apt-get update" >&2
        return 0
    }
    rm -f build/vpcd/vsmartcard-vpcd_*.deb
}

install_python_packages() {
    stamp=".venv/loket-$(echo "$*" | tr ' ' '-').sha256"
    # shellcheck disable=SC2086
    key=$({ command -v "$python"; "$python" --version; pwd; cat $locks pyproject.toml; } | sha256sum)
    [ -x .venv/bin/loket ] && [ "$(cat "$stamp" 2>/dev/null)" = "$key" ] && return 0

    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "setup: $python is too old; Loket needs Python 3.11 or newer (PYTHON=... names another)" >&2
        exit 1
    }
    which_python='import sys; print(sys.base_prefix, sys.version)'
    [ "$(.venv/bin/python -c "$which_python" 2>/dev/null)" = "$("$python" -c "$which_python")" ] || {
        echo "setup: making .venv"
        "$python" -m venv --clear .venv
    }
    echo "setup: installing pinned Python packages"
    # shellcheck disable=SC2086
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: $requirements
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
    echo "$key" >"$stamp"
}

install_apt_packages
case " $* " in
    *" test "*) fetch_virtual_reader ;;
esac
case $* in
    faults | image) ;;
    *) install_python_packages "$@" ;;
esac
