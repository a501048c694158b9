# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The practice back end as one object: start it, give its addresses to the sync engine, look at what arrived, stop it.

Never mistaken for a real one: it listens on the loopback address only, marks every answer, and will not start for a
signed profile.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

from domain.errors import ExpectedError
from domain.ports import Clock
from sync.practice.admission import ALL_SCOPES, admit, admit_by_token, require_scope
from sync.practice.catalogus import Catalogus
from sync.practice.documenten import Documenten
from sync.practice.exchange import Answer, Body, Call, Client, Creation, RecordedRequest, json_answer
from sync.practice.faults import Fault, FaultKind, Faults
from sync.practice.klantinteracties import Klantinteracties
from sync.practice.reading import Route
from sync.practice.refusals import CrashError, RefusalError, crash_answer, invalid_field, refusal_answer
from sync.practice.server import Door, PracticeServer
from sync.practice.store import Store
from sync.practice.summary import RegisteredCase, Totals, registered, totals
from sync.practice.zaken import Zaken

_CRS = "EPSG:4326"
_OPEN = Client("klantinteracties", "", frozenset())


class PracticeBrokenError(ExpectedError):
    """The practice back end itself failed while it answered; the caller saw a broken connection."""

    slug = "practice-broken"


class PracticeRefusedError(ExpectedError):
    """The practice back end may not stand in for a real one here."""

    slug = "practice-refused"


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the four APIs are, each with a slash at the end, as the settings have them."""

    zaken: str
    documenten: str
    catalogi: str
    klantinteracties: str


@dataclass(frozen=True, slots=True)
class _Api:
    prefix: str
    routes: tuple[tuple[Route, re.Pattern[str]], ...]


class PracticeBackEnd:
    """One ZGW back end for practice, demo and tests; `with PracticeBackEnd(...) as back_end` starts and stops it."""

    def __init__(
        self,
        case_types: Mapping[str, Sequence[str]],
        *,
        clock: Clock,
        profile_is_signed: bool = False,
        port: int = 0,
        client_id: str = "",
        secret: str = "",
        scopes: Iterable[str] = ALL_SCOPES,
        allowed_case_types: Iterable[str] | None = None,
        more_clients: Iterable[Client] = (),
        klantinteracties_token: str = "",
        concepts: Sequence[str] = (),
        journal: Path | None = None,
        faults: bool = False,
        on_request: Callable[[RecordedRequest], None] | None = None,
    ) -> None:
        """Take `case_types` as zaaktype identificatie -> names of its eigenschappen; `concepts` are not published.

        Raises: PracticeRefusedError for a signed profile.
        """
        if profile_is_signed:
            raise PracticeRefusedError(
                "this device has a signed profile, so its cases are real",
                "send them to the back end in the settings, or use another device",
            )
        self.client_id = client_id or f"practice-{secrets.token_hex(4)}"
        self.secret = secret or secrets.token_urlsafe(32)
        self.klantinteracties_token = klantinteracties_token or secrets.token_hex(20)
        self.clock_offset = timedelta(0)
        self._clock = clock
        only = frozenset(allowed_case_types) if allowed_case_types is not None else None
        own = Client(self.client_id, self.secret, frozenset(scopes), only)
        self._clients = {client.client_id: client for client in (own, *more_clients)}
        self._has_admin = faults
        self._door = Door(self._respond, self.now, on_request)
        self._server = PracticeServer(port, self._door)
        self._thread: threading.Thread | None = None
        self.port: int = self._server.server_address[1]
        root = f"http://127.0.0.1:{self.port}"
        self.urls = Urls(
            *(f"{root}/{name}/api/v1/" for name in ("zaken", "documenten", "catalogi", "klantinteracties"))
        )
        self._store = Store(root, journal)
        self._catalogus = Catalogus(self._store, self.urls.catalogi, case_types, concepts)
        self._documenten = Documenten(self._store, self.urls.documenten, self._catalogus)
        self._zaken = Zaken(self._store, self.urls.zaken, self._catalogus, self._documenten)
        klant = Klantinteracties(self._store, self.urls.klantinteracties)
        self._apis = {
            "zaken": _api("/zaken/api/v1", self._zaken.routes()),
            "documenten": _api("/documenten/api/v1", self._documenten.routes()),
            "catalogi": _api("/catalogi/api/v1", self._catalogus.routes()),
            "klantinteracties": _api("/klantinteracties/api/v1", klant.routes()),
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def faults(self) -> Faults:
        """The faults that tests order."""
        return self._door.faults

    def now(self) -> datetime:
        """Give the time here: the clock's, and `clock_offset` beside it."""
        return self._clock.now() + self.clock_offset

    def start(self) -> None:
        """Begin to answer, in a thread of its own."""
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop answering; what is held or endless ends too.

        Raises: PracticeBrokenError when an answer failed by a fault of ours, so that no test stays green over one.
        """
        self._door.stopping.set()
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.hang_up_on_all()
        self._server.server_close()
        if self._server.broken_by is not None:
            kind = type(self._server.broken_by).__name__
            raise PracticeBrokenError(
                f"an answer failed: {kind}", "this is a bug in sync/practice"
            ) from self._server.broken_by

    def registered(self) -> list[RegisteredCase]:
        """Give every zaak that arrived, with all that hangs on it, oldest first."""
        return registered(self._store, self._catalogus, self._documenten)

    def totals(self) -> Totals:
        """Count what arrived, documents without a zaak too."""
        return totals(self._store)

    def content(self, identificatie: str) -> bytes:
        """Give the file of the document with this identificatie.

        Raises: KeyError when there is none.
        """
        for document in self._store.select("documenten", {"identificatie": identificatie}):
            return self._documenten.content(document["url"])
        raise KeyError(identificatie)

    def move_on(self, identificatie: str, status: str, explanation: str = "") -> None:
        """Give a zaak its next status, as a colleague at the municipality would.

        Raises: KeyError for an unknown zaak or status.
        """
        with self._store.lock:
            zaak = next(iter(self._store.select("zaken", {"identificatie": identificatie})), None)
            if zaak is None:
                raise KeyError(identificatie)
            types = {
                record["omschrijving"]: record
                for record in self._store.select("statustypen", {"zaaktype": zaak["zaaktype"]})
            }
            moment = self.now()
            entry = self._zaken.status_entry(zaak, types[status], moment, explanation)
            while self._store.is_taken(entry.unique[0]):
                moment += timedelta(milliseconds=1)  # the clock of a test may stand still
                entry = self._zaken.status_entry(zaak, types[status], moment, explanation)
            self._store.add([entry])
            if types[status]["isEindstatus"]:
                self._store.replace("zaken", zaak["uuid"], {**zaak, "einddatum": moment.date().isoformat()})

    def _respond(self, request: RecordedRequest, before_writing: Callable[[], None]) -> Answer:
        try:
            outcome = self._handle(request)
            if isinstance(outcome, Answer):
                return outcome
            before_writing()
            self._store.add(outcome.entries)
            location = (("Location", str(outcome.shown["url"])),) if "url" in outcome.shown else ()
            return json_answer(outcome.shown, outcome.status, location)
        except RefusalError as refusal:
            if request.method != "GET":
                before_writing()
            return refusal_answer(refusal)
        except CrashError:
            return crash_answer()

    def _handle(self, request: RecordedRequest) -> Answer | Creation:
        if request.path.startswith("/practice/") and self._has_admin:
            return self._administer(request)
        name = request.path.split("/", 2)[1] if request.path.startswith("/") else ""
        api = self._apis.get(name)
        if api is None or not request.path.startswith(f"{api.prefix}/"):
            raise RefusalError(404, "not_found", "Niet gevonden.")
        authorization = request.headers.get("authorization", "")
        now = self.now()
        client = _OPEN
        if name == "klantinteracties":
            admit_by_token(authorization, self.klantinteracties_token)
        else:
            client = admit(authorization, self._clients, now)
        route, ids = _route(api, request)
        if route.scopes:
            require_scope(client, route.scopes)
        _check_headers(name, request)
        query = dict(parse_qsl(request.query, keep_blank_values=True))
        call = Call(request.method, request.path, ids, query, request.headers, _body_of(request), client, now)
        if request.method not in ("GET", "HEAD") and query:
            raise invalid_field("nonFieldErrors", "unknown-parameters")
        return route.handle(call)

    def _administer(self, request: RecordedRequest) -> Answer:
        """Order faults and look at what arrived, from another process; there only when started with `faults`."""
        match request.method, request.path:
            case "GET", "/practice/registered":
                return json_answer([asdict(case) for case in self.registered()])
            case "GET", "/practice/totals":
                return json_answer(asdict(self.totals()))
            case "POST", "/practice/faults":
                order = _body_of(request)
                try:
                    self.faults.add(Fault(**{**order, "kind": FaultKind(order.get("kind", ""))}))
                except (TypeError, ValueError) as error:
                    raise invalid_field("kind", "invalid") from error
                return json_answer({"left": self.faults.left()}, 201)
            case "DELETE", "/practice/faults":
                self.faults.clear()
                return json_answer({"left": 0})
            case _:
                raise RefusalError(404, "not_found", "Niet gevonden.")


def _api(prefix: str, routes: tuple[Route, ...]) -> _Api:
    return _Api(prefix, tuple((route, re.compile(route.pattern)) for route in routes))


def _route(api: _Api, request: RecordedRequest) -> tuple[Route, tuple[str, ...]]:
    rest = request.path.removeprefix(api.prefix)
    method = "GET" if request.method == "HEAD" else request.method
    is_known = False
    for route, pattern in api.routes:
        match = pattern.fullmatch(rest)
        if match:
            is_known = True
            if route.method == method:
                return route, match.groups()
    if is_known:
        raise RefusalError(405, "method_not_allowed", f'Methode "{request.method}" niet toegestaan.')
    raise RefusalError(404, "not_found", "Niet gevonden.")


def _check_headers(name: str, request: RecordedRequest) -> None:
    accept = request.headers.get("accept", "*/*")
    is_file = request.path.endswith("/download")
    if not is_file and not any(kind in accept for kind in ("*/*", "application/json", "application/*")):
        raise RefusalError(406, "not_acceptable", "Kan niet voldoen aan de opgegeven Accept header.")
    has_body = request.method in ("POST", "PUT", "PATCH")
    if name == "zaken":
        for header in ("accept-crs", "content-crs") if has_body else ("accept-crs",):
            given = request.headers.get(header)
            if given is None:
                raise RefusalError(412, "precondition_failed", f"'{header.title()}' header ontbreekt")
            if given != _CRS:
                raise RefusalError(406, "not_acceptable", f"CRS '{given}' is niet ondersteund")
    if has_body and request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise RefusalError(415, "unsupported_media_type", "Ongeldig media type.")


def _body_of(request: RecordedRequest) -> Body:
    if request.method in ("GET", "HEAD", "DELETE"):
        return {}
    try:
        body: Any = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise RefusalError(400, "parse_error", "JSON parse error") from error
    if not isinstance(body, dict):
        raise invalid_field("nonFieldErrors", "invalid")
    return body
