#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Guesses what a bad card may say, led by the paths that the code takes, with packages of its own in build/fuzz-venv.
# Use: deploy/fuzz.sh [TARGET...]   all targets when none is named; LOKET_FUZZ_SECONDS=n for each (600)
# New paths are added to build/fuzz/TARGET; what breaks the code stays as build/fuzz/TARGET-crash-*.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
venv=build/fuzz-venv
seconds=${LOKET_FUZZ_SECONDS:-600}
kept=tests/kiosk/devices/emrtd/corpus

mkdir -p build
exec 9>build/fuzz.lock
flock 9
key=$({ command -v "$python"; "$python" --version; pwd; cat requirements-fuzz.txt; } | sha256sum)
[ "$(cat "$venv/loket.sha256" 2>/dev/null)" = "$key" ] || {
    echo "fuzz: installing its pinned packages in $venv"
    "$python" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: \
        -r requirements-fuzz.txt
    echo "$key" >"$venv/loket.sha256"
}

[ $# -gt 0 ] || set -- tlv mrz sod messaging
for target in "$@"; do
    mkdir -p "build/fuzz/$target"
    echo "fuzz: $target, $seconds seconds"
    "$venv/bin/python" -m tests.kiosk.devices.emrtd.fuzzing "$target" \
        -max_total_time="$seconds" -timeout=60 -rss_limit_mb=200 -max_len=4096 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="build/fuzz/$target-" "build/fuzz/$target" "$kept/$target"
done
