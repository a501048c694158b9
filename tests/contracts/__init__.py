# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Contracts that fakes and real ones both pass, and the published API documents."""
