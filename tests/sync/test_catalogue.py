# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the catalogue says, read leniently, and remembered for a while."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from sync.catalogue import KEEP, Catalogue
from sync.transport import Transport
from sync.zgw.api import Api, ApiSettings
from sync.zgw.catalogi import CatalogueError, read_case_type
from tests.fakes.clock import FakeClock

TODAY = date(2026, 11, 24)
ROOT = "https://c/"


def case_type(name: str = "a", begin: str = "2020-01-01", end: str | None = None, **more: Any) -> dict[str, Any]:
    period = {"beginGeldigheid": begin, "eindeGeldigheid": end}
    return {"url": f"{ROOT}zaaktypen/{name}", "identificatie": "verhuizen", "catalogus": "c", **period, **more}


def document_type(name: str, begin: str = "2020-01-01", end: str | None = None) -> dict[str, Any]:
    return {
        "url": f"{ROOT}{name}",
        "omschrijving": "Ontvangen bericht",
        "beginGeldigheid": begin,
        "eindeGeldigheid": end,
    }


class FakeApi(Api):
    """A catalogue in memory, in pages of two."""

    def __init__(self, clock: FakeClock | None = None, **lists: list[dict[str, Any]]) -> None:
        settings = ApiSettings("https://z/", "https://d/", ROOT, "id", "s" * 40, "002564440", "kiosk")
        super().__init__(settings, Transport(clock or FakeClock()))
        self.learns: timedelta | None = None  # how far the server's clock is from ours, told by its first answer
        self.lists = {"informatieobjecttypen": [document_type("d")], "zaaktypen": [case_type()], **lists}
        self.asked: list[str] = []

    def get(self, api: str, path: str, query: Mapping[str, str] | None = None) -> Any:
        assert api == "catalogi"
        if self.learns is not None:
            self.transport._offset = self.learns
        page = int((query or {}).get("page", "1"))
        self.asked.append(path)
        found = self.lists.get(path, [])
        more = "https://inner.invalid/next" if len(found) > 2 * page else None
        return {"count": len(found), "next": more, "results": found[2 * page - 2 : 2 * page]}


def read(api: Api) -> Any:
    return read_case_type(api, "verhuizen", "Ontvangen bericht", lambda: TODAY)


def test_takes_the_version_that_is_valid_today() -> None:
    versions = [
        case_type("old", "2020-01-01", "2026-01-01"),
        case_type("now", "2026-01-02"),
        case_type("next", "2026-11-25"),
        {**case_type("other"), "identificatie": "verhuizen-2"},
    ]
    assert read(FakeApi(zaaktypen=versions)).url == f"{ROOT}zaaktypen/now"


def test_takes_the_newest_of_two_valid_versions() -> None:
    versions = [case_type("b", "2026-02-01"), case_type("a", "2026-01-01")]
    assert read(FakeApi(zaaktypen=versions)).url == f"{ROOT}zaaktypen/b"


@pytest.mark.parametrize("found", [[], [case_type(end="2026-11-23")], [case_type(begin="2026-11-25")]])
def test_says_that_a_case_type_is_missing(found: list[dict[str, Any]]) -> None:
    with pytest.raises(CatalogueError, match="verhuizen"):
        read(FakeApi(zaaktypen=found))


def test_says_that_the_document_type_is_missing() -> None:
    with pytest.raises(CatalogueError, match="document type"):
        read(FakeApi(informatieobjecttypen=[]))


def test_takes_the_document_type_that_belongs_to_the_case_type() -> None:
    kinds = [document_type("x", "2026-03-01"), document_type("y"), document_type("z", "2026-02-01", "2026-03-01")]
    related = case_type(informatieobjecttypen=[f"{ROOT}y"])
    assert read(FakeApi(zaaktypen=[related], informatieobjecttypen=kinds)).document_type == f"{ROOT}y"
    assert read(FakeApi(informatieobjecttypen=kinds)).document_type == f"{ROOT}x"


def test_takes_the_first_status_and_the_initiator_from_any_page() -> None:
    statuses = [{"url": f"s{number}", "volgnummer": number} for number in (4, 3, 2, 1, 5)]
    roles = [{"url": f"r-{kind}", "omschrijvingGeneriek": kind} for kind in ("a", "b", "initiator")]
    found = read(FakeApi(statustypen=statuses, roltypen=roles))
    assert (found.first_status, found.initiator_role) == ("s1", "r-initiator")


def test_goes_on_without_what_a_case_type_does_not_have() -> None:
    found = read(FakeApi())
    assert (found.first_status, found.initiator_role, found.properties) == ("", "", ())


def test_bears_nulls_where_the_document_allows_none() -> None:
    strange: list[dict[str, Any]] = [
        {"naam": "x", "url": "p", "specificatie": None},
        {"naam": None, "url": None, "specificatie": {}},
    ]
    found = read(FakeApi(eigenschappen=strange, statustypen=[{"url": "s", "volgnummer": None}]))
    assert [each.name for each in found.properties] == ["x", ""]
    assert found.first_status == "s"


def test_remembers_a_case_type_for_an_hour_and_not_over_midnight() -> None:
    clock = FakeClock()
    api = FakeApi(clock)
    catalogue = Catalogue(api, "Ontvangen bericht")
    for _ in range(3):
        catalogue.case_type("verhuizen")
        clock.advance(timedelta(minutes=20))
    assert api.asked.count("zaaktypen") == 1
    clock.advance(KEEP)
    catalogue.case_type("verhuizen")
    assert api.asked.count("zaaktypen") == 2
    catalogue.forget()
    catalogue.case_type("verhuizen")
    assert api.asked.count("zaaktypen") == 3


def test_asks_again_after_a_case_type_was_missing() -> None:
    api = FakeApi(zaaktypen=[])
    catalogue = Catalogue(api, "Ontvangen bericht")
    with pytest.raises(CatalogueError):
        catalogue.case_type("verhuizen")
    api.lists["zaaktypen"] = [case_type()]
    assert catalogue.case_type("verhuizen").url


@pytest.mark.parametrize("was_wrong", [timedelta(days=-25 * 365), timedelta(days=25 * 365)])
def test_refuses_nobodys_case_for_the_day_it_was_before_our_clock_was_put_right(was_wrong: timedelta) -> None:
    clock = FakeClock()
    api = FakeApi(clock, zaaktypen=[case_type(begin="2020-01-01", end="2030-01-01")])
    api.transport._offset = was_wrong  # learnt while our clock was wrong by as much the other way
    api.learns = timedelta(0)
    catalogue = Catalogue(api, "Ontvangen bericht")
    assert catalogue.case_type("verhuizen").url == f"{ROOT}zaaktypen/a"
    api.asked.clear()
    catalogue.case_type("verhuizen")
    assert api.asked == []
