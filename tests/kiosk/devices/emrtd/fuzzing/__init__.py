# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a bad card may say, guessed: targets for `make fuzz`, and its corpus played back in `make test`."""
