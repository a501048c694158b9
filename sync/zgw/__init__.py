# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one place that speaks ZGW, and so the one place with Dutch names: requests built, answers read leniently.

What is sent is valid for the documents of VNG (Zaken 1.7, Documenten 1.7, Catalogi 1.4) and for Open Zaak's own.
"""
