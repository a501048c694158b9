# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Registering cases, next to a bare script that makes the same calls to the same server and keeps nothing."""

from __future__ import annotations

import contextlib
import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
import requests

from commands.system_clock import SystemClock
from domain.submission import Submission
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.engine import Engine, opening_pack
from sync.parcel import Parcel, open_parcel
from sync.sealing import PublicSealer, make_key_pair, read_opener, read_sealer
from sync.transport import Transport
from sync.zgw import bodies
from sync.zgw.api import Api, ApiSettings
from sync.zgw.catalogi import CaseType, read_case_type
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, paired_ratio
from tests.benchmarks.processes import environment, fresh, running
from tests.sync.road import RSIN
from tests.sync.samples import hand_in, submission

TARGET = 0.9
REAL_ANSWER_S = 0.049  # Open Zaak making a zaak as measured
REMARKS = """{calls:.0f} calls a case, counted on both sides and the same; one connection, one token a call, the
practice back end in a process of its own. Ours also opens each case and writes its steps down. The practice
back end answers in about a millisecond, so its row shows what we add; the other row waits as long as Open Zaak
takes to make a zaak before each answer."""
CASE_TYPE = "verhuizen"
DOCUMENT_TYPE = "Ontvangen bericht"


class BareScript:
    """What somebody would write who only wants the calls made: a session, tokens, no store, no second look."""

    def __init__(self, api: ApiSettings, case_type: CaseType) -> None:
        self._api = api
        self._case_type = case_type
        self._session = requests.Session()
        self._session.trust_env = False
        self.calls = 0

    def register(self, parcel: Parcel) -> None:
        now = SystemClock().now()
        zaak = self._post("zaken", "zaken", bodies.zaak(parcel, self._case_type.url, RSIN, now))
        moment = bodies.moment(parcel.submitted_at, now)
        self._post("zaken", "statussen", bodies.status(zaak, self._case_type.first_status, moment))
        if parcel.initiator is not None:
            self._post("zaken", "rollen", bodies.rol(parcel.initiator, zaak, self._case_type.initiator_role))
        path = f"{'/'.join(zaak.split('/')[-2:])}/zaakeigenschappen"
        for known in self._case_type.properties:
            self._post("zaken", path, bodies.zaakeigenschap(zaak, known.url, parcel.properties[known.name]))
        for number, document in enumerate(parcel.documents, start=1):
            identifier = f"{parcel.reference}-{number}"
            body = bodies.enkelvoudiginformatieobject(
                parcel, document, identifier, self._case_type.document_type, RSIN, now
            )
            url = self._post("documenten", "enkelvoudiginformatieobjecten", body)
            self._post("zaken", "zaakinformatieobjecten", bodies.zaakinformatieobject(zaak, url, document.title))

    def close(self) -> None:
        self._session.close()

    def _post(self, api: str, path: str, body: dict[str, Any]) -> str:
        self.calls += 1
        headers = {"Authorization": f"Bearer {self._token()}", "X-Audit-Toelichting": "Vergelijking"}
        if api == "zaken":
            headers |= {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
        answer = self._session.post(getattr(self._api, api) + path, json=body, headers=headers, timeout=60)
        answer.raise_for_status()
        return str(answer.json()["url"])

    def _token(self) -> str:
        who = self._api
        claims = {
            "iss": who.client_id,
            "iat": int(datetime.now(UTC).timestamp()),  # noqa: TID251 - a bare script asks the machine
            "client_id": who.client_id,
            "user_id": who.device_id,
            "user_representation": who.device_id,
        }
        return jwt.encode(claims, who.secret, algorithm="HS256")


def measure(bench: Bench) -> Row:
    quick_ours, quick_bare, a_case = _side_by_side(bench.room("sync"), bench.rounds(6, 2), bench.rounds(25, 4), 0.0)
    ours, bare, _calls = _side_by_side(bench.room("sync-slow"), bench.rounds(3, 1), bench.rounds(5, 1), REAL_ANSWER_S)
    return Row(
        "sync",
        (
            _figure("sync: cases registered, a server that answers as fast as ours can", quick_ours, quick_bare),
            _figure(f"sync: cases registered, a server that answers in {REAL_ANSWER_S * 1000:.0f} ms", ours, bare),
        ),
        REMARKS.format(calls=a_case),
        {
            "ours_a_second": quick_ours,
            "bare_a_second": quick_bare,
            "ours_with_slow_server": ours,
            "bare_with_slow_server": bare,
        },
    )


def _figure(what: str, ours: Sequence[float], bare: Sequence[float]) -> Figure:
    return Figure(
        what,
        statistics.median(ours),
        "a second",
        "bare requests script",
        statistics.median(bare),
        paired_ratio(ours, bare),
        Target(TARGET, is_ceiling=False),
        "ours also opens the case and writes its steps down durably; not taken apart further",
        len(ours),
    )


def _side_by_side(room: Path, rounds: int, cases: int, answer_after_s: float) -> tuple[list[float], list[float], float]:
    """Give the cases a second of both, and the calls a case; the two make as many calls, or there is no comparison."""
    fresh(room)
    make_key_pair(room / "loket.pub", room / "loket.key")
    sealer = read_sealer(room / "loket.pub")
    ours: list[float] = []
    bare: list[float] = []
    calls = 0
    with _server(room, answer_after_s) as api, contextlib.closing(Database(room / "loket.db")) as database:
        engine, transport = _engine(api, database, room)
        send = transport.session.send

        def counting_send(*request: Any, **more: Any) -> requests.Response:
            nonlocal calls
            calls += 1
            return send(*request, **more)

        today = SystemClock().now().date()
        script = BareScript(api, read_case_type(Api(api, transport), CASE_TYPE, DOCUMENT_TYPE, lambda: today))
        _ours(engine, database, sealer, 1)  # reads the catalogue
        _bare(script, 1)
        transport.session.send = counting_send  # type: ignore[method-assign]
        script.calls = 0
        for _ in range(rounds):
            ours.append(_ours(engine, database, sealer, cases))
            bare.append(_bare(script, cases))
        script.close()
    if calls != script.calls:
        raise AssertionError(f"not the same calls: {calls} and {script.calls}")
    return ours, bare, calls / (cases * rounds)


def _engine(api: ApiSettings, database: Database, room: Path) -> tuple[Engine, Transport]:
    clock = SystemClock()
    transport = Transport(clock)
    transport.session.trust_env = False
    pack = opening_pack(read_opener(room / "loket.key"), {})
    return Engine(database, Api(api, transport), DOCUMENT_TYPE, pack, clock), transport


def _ours(engine: Engine, database: Database, sealer: PublicSealer, cases: int) -> float:
    store = SqliteCaseStore(database)
    delivered = engine.run_once().delivered
    for _ in range(cases):
        hand_in(store, sealer, at=SystemClock().now())
    began = time.perf_counter()
    counts = engine.run_once()
    taken = time.perf_counter() - began
    if counts.delivered - delivered != cases:
        raise AssertionError(f"not delivered: {counts}")
    return cases / taken


def _bare(script: BareScript, cases: int) -> float:
    parcels = [_parcel(submission(at=SystemClock().now())) for _ in range(cases)]
    began = time.perf_counter()
    _register(script, parcels)
    return cases / (time.perf_counter() - began)


def _register(script: BareScript, parcels: Sequence[Parcel]) -> None:
    for parcel in parcels:
        script.register(parcel)


def _parcel(made: Submission) -> Parcel:
    return open_parcel(made, CASE_TYPE)


@contextlib.contextmanager
def _server(room: Path, answer_after_s: float) -> Iterator[ApiSettings]:
    command = [sys.executable, "-m", "tests.benchmarks.practice_server", str(answer_after_s)]
    with running(command, environment("", room), is_talking=True) as process:
        if process.stdout is None:
            raise AssertionError
        told = json.loads(process.stdout.readline())
        root = told["root"]
        yield ApiSettings(
            zaken=f"{root}/zaken/api/v1/",
            documenten=f"{root}/documenten/api/v1/",
            catalogi=f"{root}/catalogi/api/v1/",
            client_id=told["client_id"],
            secret=told["secret"],
            rsin=RSIN,
            device_id="bench-01",
        )
