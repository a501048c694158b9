# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""ID reader, audio outputs and keypad, and their simulated twins; no Qt here."""
