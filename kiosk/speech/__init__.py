# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The voice of the kiosk: what is said, by which synthesiser, and how it stops."""
