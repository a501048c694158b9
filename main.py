# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Start Loket: hand the command line to `commands`, which knows the rest."""

import sys

from commands.cli import run
from commands.crash_hooks import install_hooks


def main() -> int:
    install_hooks()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
