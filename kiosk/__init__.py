# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a citizen meets at the kiosk: window, screens, voice, devices and paper; it never knows the sync process."""
