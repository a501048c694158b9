# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading what people type, however they type it (feature C27): one subject a module, and no question here."""
