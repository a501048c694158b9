# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The helper's and counter's window; it stands on the kiosk, never the other way."""
