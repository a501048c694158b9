# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sheets of a counter in the order of their buttons: the one place where a sheet is hung in."""

from __future__ import annotations

from assisted.case_sheets import CaseSheet

ALL_SHEETS: tuple[CaseSheet, ...] = ()
