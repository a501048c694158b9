# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every part and screen as contact sheets: `make screens`, which is `loket screens`."""

import sys

from commands.cli import run

if __name__ == "__main__":
    sys.exit(run(["screens", *sys.argv[1:]]))
