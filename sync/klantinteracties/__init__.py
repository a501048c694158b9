# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one place that speaks Klantinteracties (Open Klant 2): a visit as a contact, a call-back as a task for a person.

What is sent is valid for the document of the API; KISS shows it beside the zaak.
"""
