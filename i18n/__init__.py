# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the programme, by key and language: `texts`, `dates`, `phones`, and the catalogues beside them."""
