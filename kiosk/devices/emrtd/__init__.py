# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads passports and identity cards by their chip (ICAO Doc 9303), and checks that they are genuine.

Could be a library of its own: nothing here knows Loket, Qt or a screen. The map is in
`docs/decisions/0024-id-documents.md`.
"""
