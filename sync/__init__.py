# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keep cases safe and register them once in the case system; SQL and HTTP live here and nowhere else."""
