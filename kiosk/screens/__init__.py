# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the kiosk, one a module; each shows a view and decides nothing."""
