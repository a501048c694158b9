# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`make image-test`: the image in a machine of its own, without KVM."""
