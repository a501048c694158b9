# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls the three ZGW APIs: addresses, a fresh token and the headers of the standard for each call."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import jwt
from jwt.warnings import InsecureKeyLengthWarning

from domain.errors import UnauthorisedError
from sync.transport import LARGEST_FILE, Reply, ServerFailedError, Transport

_SCOPES = {
    ("POST", "zaken"): "zaken.aanmaken",
    ("POST", "statussen"): "zaken.aanmaken (the first status; later ones: zaken.statussen.toevoegen)",
    ("POST", "zaakinformatieobjecten"): "zaken.aanmaken or zaken.bijwerken",
    ("POST", "rollen"): "zaken.bijwerken",
    ("POST", "zaakeigenschappen"): "zaken.bijwerken",
    ("POST", "resultaten"): "zaken.bijwerken",
    ("PATCH", "zaken"): "zaken.bijwerken",
    ("DELETE", "rollen"): "zaken.bijwerken",
    ("POST", "enkelvoudiginformatieobjecten"): "documenten.aanmaken",
    ("GET", "enkelvoudiginformatieobjecten"): "documenten.lezen",
}
"""Which scope lets who in, where the API alone does not say it."""

_NO_SCOPE = "permission_denied"
"""The code of a refusal when the token is good and the scope is not there; also for a case type that we may not see."""

_CRS = "EPSG:4326"

# The municipality chose the secret; a warning of Python at every start helps nobody who can change it.
warnings.filterwarnings("ignore", category=InsecureKeyLengthWarning)


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """Where the APIs are and who we are there."""

    zaken: str
    documenten: str
    catalogi: str
    client_id: str
    secret: str = field(repr=False)
    rsin: str
    device_id: str


class Api:
    """Makes calls; for one thread."""

    def __init__(self, settings: ApiSettings, transport: Transport) -> None:
        self.settings = settings
        self.transport = transport
        self._roots = {
            name: root if root.endswith("/") else f"{root}/"
            for name, root in (
                ("zaken", settings.zaken),
                ("documenten", settings.documenten),
                ("catalogi", settings.catalogi),
            )
        }

    def get(self, api: str, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Read a list."""
        with _naming_the_scope("GET", api, path):
            return self.transport.call("GET", self._roots[api] + path, lambda now: self._headers(api, now), query).data

    def get_one(self, api: str, path: str, etag: str = "") -> Reply:
        """Read a single record; with the ETag of the last time the answer may be that nothing changed (304)."""

        def headers(now: datetime) -> dict[str, str]:
            asked = self._headers(api, now)
            return {**asked, "If-None-Match": etag} if etag else asked

        return self.transport.call("GET", self._roots[api] + path, headers)

    def file(self, api: str, path: str, largest: int = LARGEST_FILE) -> bytes:
        """Download a file. Whatever kind of file it is: with `Accept: application/json` it would be refused."""

        def headers(now: datetime) -> dict[str, str]:
            return {**self._headers(api, now), "Accept": "*/*"}

        with _naming_the_scope("GET", api, path):
            return self.transport.fetch(self._roots[api] + path, headers, largest)

    def post(self, api: str, path: str, body: Mapping[str, Any], reason: str) -> str:
        """Make a record and give its address; `reason` reaches the audit trail of the server.

        Raises: ServerFailedError when the answer names no address, and what `Transport` raises.
        """

        def headers(now: datetime) -> dict[str, str]:
            return {
                **self._headers(api, now),
                "Content-Type": "application/json",
                "X-Audit-Toelichting": reason,
            }

        with _naming_the_scope("POST", api, path):
            made = self.transport.call("POST", self._roots[api] + path, headers, body=body).data
        url = made.get("url") if isinstance(made, dict) else None
        if not isinstance(url, str) or not url:
            raise ServerFailedError("the answer names no address")
        return url

    def patch(self, api: str, url: str, body: Mapping[str, Any], reason: str) -> Mapping[str, Any]:
        """Change the record at an address and give it as it is then.

        Raises: ServerFailedError when the answer is none, and what `Transport` raises.
        """

        def headers(now: datetime) -> dict[str, str]:
            return {**self._headers(api, now), "Content-Type": "application/json", "X-Audit-Toelichting": reason}

        path = self.path_of(url)
        with _naming_the_scope("PATCH", api, path.split("/", 1)[0]):
            changed = self.transport.call("PATCH", self._roots[api] + path, headers, body=body).data
        if not isinstance(changed, dict):
            raise ServerFailedError("the answer is no record")
        return changed

    def delete(self, api: str, url: str, reason: str) -> None:
        """Take away the record at an address; raises what `Transport` raises."""

        def headers(now: datetime) -> dict[str, str]:
            return {**self._headers(api, now), "X-Audit-Toelichting": reason}

        path = self.path_of(url)
        with _naming_the_scope("DELETE", api, path.split("/", 1)[0]):
            self.transport.call("DELETE", self._roots[api] + path, headers)

    def path_of(self, url: str) -> str:
        """Give the part of an address of the Zaken API after its root: the last two words are enough to find it."""
        return "/".join(url.rstrip("/").split("/")[-2:])

    def _headers(self, api: str, now: datetime) -> dict[str, str]:
        headers = {"Accept": "application/json", "Authorization": f"Bearer {self._token(now)}"}
        if api == "zaken":
            # The standard asks for both, also when nothing is sent along.
            headers["Accept-Crs"] = headers["Content-Crs"] = _CRS
        return headers

    def _token(self, now: datetime) -> str:
        who = self.settings
        claims = {
            "iss": who.client_id,
            "iat": int(now.timestamp()),
            "client_id": who.client_id,
            "user_id": who.device_id,
            "user_representation": f"Loket {who.device_id}",
        }
        return jwt.encode(claims, who.secret, algorithm="HS256")


@contextmanager
def _naming_the_scope(method: str, api: str, path: str) -> Iterator[None]:
    """Say which scope is missing when that is what a refusal means."""
    try:
        yield
    except UnauthorisedError as error:
        if _NO_SCOPE not in error.says:
            raise
        scope = _SCOPES.get((method, path.rsplit("/", 1)[-1]), f"{api}.lezen")
        raise UnauthorisedError(f"{error.says}, missing scope {scope}", error.remedy) from None
