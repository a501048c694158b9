# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What assistive technology meets, from outside the program, and the report that is made of the tests."""
