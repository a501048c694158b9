# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fetches the sealed files that a library hung on a zaak, by their number; what opens them is for others."""

from __future__ import annotations

from sync.zgw import bodies
from sync.zgw.api import Api
from sync.zgw.catalogi import items_of

_ENDING = ".loket"


def sealed_file(api: Api, reference: str, case_id: str, number: int) -> bytes | None:
    """Give the sealed file with this number of a case; None when the library has not sent it, or it is not sealed.

    Raises: DeliveryError and its kinds.
    """
    query = {"identificatie": f"{reference}-{number}", "bronorganisatie": api.settings.rsin}
    for document in items_of(api.get("documenten", "enkelvoudiginformatieobjecten", query)):
        name, url = str(document.get("bestandsnaam", "")), str(document.get("url", ""))
        is_ours = document.get("beschrijving") == f"{bodies.SOURCE} {case_id}"
        if is_ours and name.startswith(reference) and name.endswith(_ENDING) and url:
            return api.file("documenten", f"{api.path_of(url)}/download")
    return None
