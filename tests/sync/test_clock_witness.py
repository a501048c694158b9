# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case system that is trusted ends a doubt about the clock, or says by how much the clock is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from domain.clock_doubt import ClockDoubt, clock_doubt
from sync import audit_log
from sync.clock_witness import ClockWitness
from sync.engine import Engine
from sync.transport import Transport
from sync.zgw.api import Api, ApiSettings
from tests.fakes.clock import TUESDAY, FakeClock
from tests.sync.road import RSIN, Road
from tests.sync.tls_line import Authority, authority, tls_before

WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ours") / "ca")


@pytest.fixture(scope="module")
def certificate(ours: Authority) -> tuple[Path, Path]:
    return ours.issue("server", "IP:127.0.0.1")


def deliver(road: Road, root: str, device: FakeClock, ca_file: Path | None = None) -> None:
    """Sync one case by the clock of a device, which may not be that of the case system."""
    made = road.submit()
    zaken, documenten, catalogi = (f"{root}/{name}/api/v1/" for name in ("zaken", "documenten", "catalogi"))
    who = {"client_id": road.back_end.client_id, "secret": road.back_end.secret}
    api = Api(
        ApiSettings(zaken, documenten, catalogi, **who, rsin=RSIN, device_id="kiosk-01"),
        Transport(device, 5, connect_timeout_s=5, ca_file=ca_file),
    )
    Engine(road.database, api, road.document_type, road.pack, device).run_once()
    found = road.outbox.find(made.header.reference)
    assert found is not None
    assert found.state == "delivered"


def doubt(road: Road, device: FakeClock) -> ClockDoubt | None:
    return clock_doubt(device.now(), audit_log.last_seen(road.database), audit_log.clock_gap(road.database))


def events(road: Road) -> list[tuple[str, str]]:
    rows = road.database.rows("SELECT event, detail FROM audit_log WHERE event LIKE 'clock-%' ORDER BY number")
    return [(row["event"], row["detail"]) for row in rows]


def saw_a_wrong_later_day(road: Road) -> None:
    with road.database.writing() as connection:
        audit_log.append(connection, road.clock.now() + 30 * WEEK, "submitted", "")


def test_a_trusted_server_whose_clock_is_near_ends_a_doubt(
    road: Road, ours: Authority, certificate: tuple[Path, Path]
) -> None:
    saw_a_wrong_later_day(road)
    assert doubt(road, road.clock) is ClockDoubt.WENT_BACK
    with tls_before(road.back_end.port, certificate) as line:
        for _ in range(2):
            deliver(road, f"https://127.0.0.1:{line.port}", road.clock, ours.file)

    assert doubt(road, road.clock) is None
    assert events(road) == [("clock-checked", "")], "and it is told once"


def test_a_trusted_server_says_by_how_much_a_clock_is_ahead_and_later_that_it_is_right(
    road: Road, ours: Authority, certificate: tuple[Path, Path]
) -> None:
    device = FakeClock(road.clock.now() + WEEK)
    with tls_before(road.back_end.port, certificate) as line:
        root = f"https://127.0.0.1:{line.port}"
        deliver(road, root, device, ours.file)
        assert doubt(road, device) is ClockDoubt.DIFFERS
        gap = audit_log.clock_gap(road.database)
        assert gap is not None
        assert abs(gap + WEEK) < timedelta(minutes=1)

        deliver(road, root, road.clock, ours.file)
    assert doubt(road, road.clock) is None
    assert [event for event, _ in events(road)] == ["clock-differs", "clock-checked"]


def test_a_server_without_tls_is_not_believed(road: Road) -> None:
    saw_a_wrong_later_day(road)
    deliver(road, f"http://127.0.0.1:{road.back_end.port}", road.clock)

    assert doubt(road, road.clock) is ClockDoubt.WENT_BACK
    assert events(road) == []


@pytest.mark.parametrize(
    ("gap", "doubted"),
    [(timedelta(minutes=20), None), (timedelta(hours=-11), None), (timedelta(hours=13), ClockDoubt.DIFFERS)],
)
def test_a_difference_of_hours_is_told_and_one_of_a_day_makes_days_doubtful(
    road: Road, gap: timedelta, doubted: ClockDoubt | None
) -> None:
    witness = ClockWitness(road.database, road.clock)
    for _ in range(3):
        witness.hear(gap + timedelta(seconds=1))
    witness.hear(None)

    assert doubt(road, road.clock) is doubted
    assert len(events(road)) == 1


def test_a_clock_that_no_program_of_this_age_can_have_stays_doubted_whatever_a_server_says(road: Road) -> None:
    device = FakeClock(TUESDAY.replace(year=2099))
    ClockWitness(road.database, device).hear(timedelta(0))

    assert doubt(road, device) is ClockDoubt.TOO_LATE
