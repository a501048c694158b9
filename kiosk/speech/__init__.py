# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ear: reads a screen's list of parts aloud, sentence by sentence, and says which word is heard."""
