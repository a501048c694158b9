# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A virtual travel document for tests, written from ICAO Doc 9303 parts 10 and 11 by itself.

Nothing here may import `kiosk.devices.emrtd` or its crypto libraries (`connection` takes the shapes of a connection,
no more): two hands that make the same mistake prove nothing. A test holds it.
"""
