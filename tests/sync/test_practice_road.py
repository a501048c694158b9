# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole road of a case at the practice back end, every request valid for both document sets."""

from __future__ import annotations

import hashlib
import json
import threading
from contextlib import closing
from pathlib import Path

import pytest
import requests

from domain.errors import ExpectedError
from sync.practice import PracticeBackEnd, PracticeRefusedError, Totals, serve
from tests.contracts.openapi_contracts import Recorder, problems, recorder
from tests.fakes.clock import FakeClock
from tests.sync.practice_caller import RSIN, Caller, Json
from tests.sync.practice_fixtures import CASE_TYPES, back_end, caller, valid_caller

__all__ = ["back_end", "caller", "recorder", "valid_caller"]


def walk(caller: Caller, reference: str = "LK-0001", content: bytes = b"%PDF-1.7 oefenen") -> Json:
    zaak = caller.zaak(identificatie=reference)
    caller.made(caller.rol(zaak))
    caller.made(caller.eigenschap(zaak))
    caller.made(caller.status(zaak, "2026-11-24T09:00:00Z"))
    document = caller.document(content=content)
    caller.made(caller.link(zaak, document))
    return zaak


def test_shows_a_case_once_with_all_its_parts_after_the_whole_road(valid_caller: Caller) -> None:
    zaak = walk(valid_caller)
    [case] = valid_caller.back_end.registered()
    assert case.identificatie == "LK-0001"
    assert case.kenmerken == (("loket", "2f1d7a1e"),)
    assert case.zaaktype == "VERHUIZING"
    assert case.initiator == "Noor Voorbeeld"
    assert case.statuses == ("Ontvangen",)
    assert case.eigenschappen == (("postcode", "1234AB"),)
    assert [document.sha256 for document in case.documents] == [hashlib.sha256(b"%PDF-1.7 oefenen").hexdigest()]
    assert (case.links, case.rollen) == (1, 1)
    assert valid_caller.back_end.totals() == Totals(1, 1, 1, 1, 1, 1, 0)
    shown = valid_caller.get(zaak["url"]).json()
    assert (len(shown["rollen"]), len(shown["eigenschappen"]), len(shown["zaakinformatieobjecten"])) == (1, 1, 1)
    assert shown["status"].startswith(valid_caller.back_end.urls.zaken)


def test_finds_each_part_by_what_the_client_knows(valid_caller: Caller) -> None:
    caller, urls = valid_caller, valid_caller.back_end.urls
    zaak = walk(caller)
    walk(caller, "LK-0002")
    found = caller.get(urls.zaken + "zaken", {"identificatie": "LK-0001", "bronorganisatie": RSIN}).json()
    assert [record["url"] for record in found["results"]] == [zaak["url"]]
    assert caller.get(urls.zaken + "zaken", {"identificatie": "LK-0009"}).json()["count"] == 0
    assert (
        caller.get(urls.zaken + "rollen", {"zaak": zaak["url"], "omschrijvingGeneriek": "initiator"}).json()["count"]
        == 1
    )
    assert caller.get(urls.zaken + "statussen", {"zaak": zaak["url"]}).json()["count"] == 1
    assert len(caller.get(zaak["url"] + "/zaakeigenschappen").json()) == 1
    [link] = caller.get(urls.zaken + "zaakinformatieobjecten", {"zaak": zaak["url"]}).json()
    [mirror] = caller.get(urls.documenten + "objectinformatieobjecten", {"object": zaak["url"]}).json()
    assert mirror["informatieobject"] == link["informatieobject"]
    document = caller.get(link["informatieobject"]).json()
    wanted = {"identificatie": document["identificatie"], "bronorganisatie": RSIN}
    assert caller.get(caller.documents_url, wanted).json()["count"] == 1


def test_reads_the_catalogue_with_the_filters_of_the_standard(valid_caller: Caller) -> None:
    caller, catalogi = valid_caller, valid_caller.back_end.urls.catalogi
    day = "2026-11-24"
    query = {"identificatie": "VERHUIZING", "status": "definitief", "datumGeldigheid": day}
    [zaaktype] = caller.get(catalogi + "zaaktypen", query).json()["results"]
    assert caller.get(zaaktype["url"]).json()["identificatie"] == "VERHUIZING"
    names = [r["naam"] for r in caller.get(catalogi + "eigenschappen", {"zaaktype": zaaktype["url"]}).json()["results"]]
    assert names == ["postcode", "huisnummer"]
    statustypen = caller.get(catalogi + "statustypen", {"zaaktype": zaaktype["url"]}).json()["results"]
    assert [record["volgnummer"] for record in statustypen] == [1, 2, 3]
    [koppeling] = caller.get(catalogi + "zaaktype-informatieobjecttypen", {"zaaktype": zaaktype["url"]}).json()[
        "results"
    ]
    assert caller.get(koppeling["informatieobjecttype"]).json()["omschrijving"] == "Ontvangen bericht"
    assert caller.get(catalogi + "catalogussen").json()["count"] == 1
    assert caller.get(catalogi + "zaaktypen", {"identificatie": "NOG-NIET"}).json()["count"] == 0
    assert caller.get(catalogi + "zaaktypen", {"identificatie": "NOG-NIET", "status": "concept"}).json()["count"] == 1
    assert caller.get(catalogi + "zaaktypen", {**query, "datumGeldigheid": "2019-01-01"}).json()["count"] == 0


def test_pages_a_long_list_with_links_that_lead_on(valid_caller: Caller) -> None:
    zaaktype = valid_caller.case_type("BRIEF")
    for number in range(101):
        valid_caller.zaak(identificatie=f"LK-{number:04d}", zaaktype=zaaktype)
    first = valid_caller.get(valid_caller.back_end.urls.zaken + "zaken").json()
    assert (first["count"], len(first["results"]), first["previous"]) == (101, 100, None)
    second = valid_caller.get(first["next"]).json()
    assert ([record["identificatie"] for record in second["results"]], second["next"]) == (["LK-0100"], None)
    assert valid_caller.get(valid_caller.back_end.urls.zaken + "zaken", {"page": 3}).status_code == 404


def test_moves_a_case_on_as_the_municipality_does(valid_caller: Caller, clock: FakeClock) -> None:
    zaak = valid_caller.zaak()
    valid_caller.made(valid_caller.status(zaak, clock.now().isoformat()))
    valid_caller.back_end.move_on("LK-0001", "In behandeling")
    newest = valid_caller.get(valid_caller.get(zaak["url"]).json()["status"]).json()
    assert newest["statustype"] == valid_caller.statustype(zaak, "In behandeling")
    assert newest["indicatieLaatstGezetteStatus"] is True
    valid_caller.back_end.move_on("LK-0001", "Afgehandeld", "Wij hebben u gebeld")
    assert valid_caller.get(zaak["url"]).json()["einddatum"] == "2026-11-24"
    with pytest.raises(KeyError):
        valid_caller.back_end.move_on("LK-0002", "In behandeling")


def test_keeps_everything_over_a_restart_on_another_port_with_a_journal(clock: FakeClock, tmp_path: Path) -> None:
    journal = tmp_path / "practice.jsonl"
    with PracticeBackEnd(CASE_TYPES, clock=clock, journal=journal) as first:
        with closing(Caller(first)) as caller:
            walk(caller, content=b"bewaar mij")
        before = first.registered()
    with journal.open("a") as file:
        file.write('{"base": "http://127.0.0.1:1", "uuid": "half a li')
    with PracticeBackEnd(CASE_TYPES, clock=clock, journal=journal) as second, closing(Caller(second)) as caller:
        assert second.port != first.port
        assert second.registered() == before
        repeated = caller.post(second.urls.zaken + "zaken", caller.zaak_body())
        assert repeated.status_code == 400
        zaak = caller.get(second.urls.zaken + "zaken", {"identificatie": "LK-0001"}).json()["results"][0]
        assert caller.get(zaak["zaaktype"]).status_code == 200
        caller.made(caller.status(zaak, "2026-11-24T09:10:00Z", "In behandeling"))
    with PracticeBackEnd(CASE_TYPES, clock=clock, journal=journal) as third:
        assert third.registered()[0].statuses == ("Ontvangen", "In behandeling")
    assert journal.stat().st_mode & 0o077 == 0


def test_refuses_to_start_for_a_signed_profile(clock: FakeClock) -> None:
    with pytest.raises(PracticeRefusedError) as refused:
        PracticeBackEnd(CASE_TYPES, clock=clock, profile_is_signed=True)
    assert isinstance(refused.value, ExpectedError)
    assert refused.value.slug == "practice-refused"


def test_marks_every_answer_and_listens_on_the_loopback_only(caller: Caller) -> None:
    urls = caller.back_end.urls
    answers = [
        caller.get(urls.zaken + "zaken"),
        caller.get(urls.zaken + "nergens"),
        caller.get(urls.zaken + "zaken", Accept_Crs=None),
    ]
    assert {answer.headers["X-Loket-Practice"] for answer in answers} == {"1"}
    assert caller.back_end._server.server_address[0] == "127.0.0.1"


def test_has_a_new_secret_at_each_start(clock: FakeClock) -> None:
    with PracticeBackEnd({}, clock=clock) as one, PracticeBackEnd({}, clock=clock) as other:
        assert one.secret != other.secret
        assert one.client_id != other.client_id
    with PracticeBackEnd({}, clock=clock, client_id="kiosk-01", secret="k" * 32) as given:
        assert (given.client_id, given.secret) == ("kiosk-01", "k" * 32)


def test_serves_until_it_is_told_to_stop(clock: FakeClock) -> None:
    until, ready, seen = threading.Event(), threading.Event(), []

    def announce(running: PracticeBackEnd) -> None:
        seen.append(running)
        ready.set()

    options = {"clock": clock, "profile_is_signed": False, "announce": announce, "until": until}
    thread = threading.Thread(target=serve, args=(0, CASE_TYPES), kwargs=options)
    thread.start()
    assert ready.wait(5)
    url = seen[0].urls.zaken + "zaken"
    with closing(Caller(seen[0])) as caller:
        assert caller.get(url).status_code == 200
        until.set()
        thread.join(5)
        assert not thread.is_alive()
        with pytest.raises(requests.ConnectionError):
            caller.get(url)


def test_the_recorder_names_a_request_that_a_document_does_not_allow(caller: Caller, shared_dir: Path) -> None:
    seen = Recorder()
    seen.watch(caller.session)
    body = caller.zaak_body()
    assert seen.problems() == []
    caller.post(caller.back_end.urls.zaken + "zaken", {**body, "omschrijving": "x" * 81})
    caller.get(caller.back_end.urls.zaken + "zaken", {"naam": "Noor"})
    with pytest.raises(AssertionError) as failed:
        seen.assert_valid()
    told = str(failed.value)
    for part in ("vng-zaken", "openzaak-zaken", "omschrijving", "query parameter naam"):
        assert part in told
    assert json.loads(seen.seen[-2].body)["omschrijving"] == "x" * 81
    assert problems(seen.seen[0]) == []
