# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The commands of `loket`, one a module; they build, join and start, and nothing imports them."""
