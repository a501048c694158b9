# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two windows on one visit on one machine: what a helper beside the visitor gets, and how it gets there."""
