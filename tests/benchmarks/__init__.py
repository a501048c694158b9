# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Benchmarks next to the peers: ratios side by side in one run, never a timed test (`make bench`)."""
