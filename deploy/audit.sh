#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Runs a tool of the supply chain with packages of its own, in build/audit-venv: none of them reaches a kiosk.
# Use: deploy/audit.sh sbom      build/sbom.cdx.json, what is inside
#      deploy/audit.sh sbom --packages LIST --out FILE    of an image, whose Debian packages LIST names
#      deploy/audit.sh audit     known leaks in what is pinned, dangerous habits in our own code
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
venv=build/audit-venv
tool=$1
shift

mkdir -p build
exec 9>build/audit.lock
flock 9
key=$({ command -v "$python"; "$python" --version; pwd; cat requirements-audit.txt; } | sha256sum)
[ "$(cat "$venv/loket.sha256" 2>/dev/null)" = "$key" ] || {
    echo "$tool: installing its pinned packages in $venv"
    "$python" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: \
        -r requirements-audit.txt || {
        echo "$tool: its packages could not be installed: no network, or a package that is not what was pinned" >&2
        exit 3
    }
    echo "$key" >"$venv/loket.sha256"
}
exec "$venv/bin/python" -m "deploy.$tool" "$@"
