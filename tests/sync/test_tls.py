# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""TLS for real: a CA of their own, a certificate of ours, a proxy between; and a wrong certificate is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.errors import SettingsError
from sync.engine import Engine
from sync.transport import NoAnswerError, Transport
from sync.zgw.api import Api, ApiSettings
from tests.fakes.clock import FakeClock
from tests.sync.road import RSIN, Road
from tests.sync.tls_line import Authority, authority, connect_proxy, tls_before

NAMES = ("zaken", "documenten", "catalogi")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ours") / "ca")


@pytest.fixture(scope="module")
def certificate(ours: Authority) -> tuple[Path, Path]:
    return ours.issue("server", "IP:127.0.0.1,DNS:zaken.example")


def deliver(road: Road, root: str, **network: Any) -> str:
    """Sync one case over this address; give the state and reason it ends in."""
    made = road.submit()
    addresses: Mapping[str, str] = {name: f"{root}/{name}/api/v1/" for name in NAMES}
    who = {"client_id": road.back_end.client_id, "secret": road.back_end.secret}
    transport = Transport(road.clock, 5, connect_timeout_s=5, **network)
    api = Api(ApiSettings(**addresses, **who, rsin=RSIN, device_id="kiosk-01"), transport)
    Engine(road.database, api, road.document_type, road.pack, road.clock).run_once()
    found = road.outbox.find(made.header.reference)
    assert found is not None
    return f"{found.state} {found.reason}".strip()


def test_delivers_over_tls_with_the_ca_that_the_settings_name(
    road: Road, ours: Authority, certificate: tuple[Path, Path]
) -> None:
    with tls_before(road.back_end.port, certificate) as line:
        assert deliver(road, f"https://127.0.0.1:{line.port}", ca_file=ours.file) == "delivered"
        assert len(line.clients) == 0
    road.assert_once()


def test_shows_who_it_is_where_the_case_system_asks_for_a_certificate(
    road: Road, ours: Authority, certificate: tuple[Path, Path]
) -> None:
    us = ours.issue("kiosk-01")
    with tls_before(road.back_end.port, certificate, clients_of=ours) as line:
        root = f"https://127.0.0.1:{line.port}"
        assert deliver(road, root, ca_file=ours.file) == "retrying unreachable"
        assert road.back_end.totals().zaken == 0
        assert deliver(road, root, ca_file=ours.file, client_certificate=us) == "delivered"
        [shown] = set(line.clients)
        assert "kiosk-01" in shown


@pytest.mark.parametrize("wrong", ["of another CA", "for another host", "that is too old", "with no CA named"])
def test_refuses_a_certificate(
    road: Road, ours: Authority, certificate: tuple[Path, Path], tmp_path: Path, wrong: str
) -> None:
    trusted = ours.file
    match wrong:
        case "of another CA":
            trusted = authority(tmp_path / "other").file
        case "for another host":
            certificate = ours.issue("elsewhere", "DNS:elsewhere.example")
        case "that is too old":
            certificate = ours.issue("old", "IP:127.0.0.1", days="-1")
        case _:
            pass
    network = {} if wrong == "with no CA named" else {"ca_file": trusted}
    with tls_before(road.back_end.port, certificate) as line:
        assert deliver(road, f"https://127.0.0.1:{line.port}", **network) == "retrying unreachable"
        with pytest.raises(NoAnswerError, match="not trusted") as caught:
            ask(f"https://127.0.0.1:{line.port}/", **network)
        assert not caught.value.may_have_arrived
    assert road.recorder.seen == [], "nothing was sent, and so no token"


def ask(url: str, **network: Any) -> object:
    transport = Transport(FakeClock(), 5, **network)
    try:
        return transport.call("GET", url, lambda _now: {}).data
    finally:
        transport.rest()


@pytest.mark.parametrize("named", ["in the settings", "in the environment"])
def test_goes_through_the_proxy_and_verifies_all_the_same(
    road: Road, ours: Authority, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    for name in ("NO_PROXY", "no_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with tls_before(road.back_end.port, certificate) as line, connect_proxy() as proxy:
        root, network = f"https://zaken.example:{line.port}", {}
        if named == "in the settings":
            monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
            network = {"proxy": f"http://127.0.0.1:{proxy.port}"}
        else:
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        assert deliver(road, root, **network) == "retrying unreachable"
        assert road.recorder.seen == []
        road.clock.advance(timedelta(hours=1))
        assert deliver(road, root, ca_file=ours.file, **network) == "delivered"
        assert set(proxy.asked_for) == {f"CONNECT zaken.example:{line.port}"}


def test_reaches_this_machine_without_the_proxy_of_the_settings(road: Road) -> None:
    assert deliver(road, f"http://127.0.0.1:{road.back_end.port}", proxy="http://127.0.0.1:9") == "delivered"


def test_names_a_file_of_the_settings_that_is_not_there(tmp_path: Path) -> None:
    there = tmp_path / "there.pem"
    there.touch()
    with pytest.raises(SettingsError, match=r"ca\.pem"):
        Transport(FakeClock(), 5, tmp_path / "ca.pem")
    with pytest.raises(SettingsError, match=r"tls\.key"):
        Transport(FakeClock(), 5, client_certificate=(there, tmp_path / "tls.key"))
