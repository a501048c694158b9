# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Faults: processes killed at any moment and answers lost in any order. Short here, long with `make faults`."""
