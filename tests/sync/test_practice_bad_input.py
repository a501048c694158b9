# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever is sent, the practice back end answers; and it does not hide when it breaks itself."""

from __future__ import annotations

from contextlib import closing

import pytest
import requests

from sync.practice import PracticeBackEnd, PracticeBrokenError, RecordedRequest
from tests.fakes.clock import FakeClock
from tests.sync.practice_caller import Caller, Json
from tests.sync.practice_fixtures import CASE_TYPES, back_end, caller

__all__ = ["back_end", "caller"]

ODD: list[object] = [
    None,
    True,
    -1,
    1.5,
    "",
    " ",
    "\ud800",
    "\x00",
    "x" * 100_000,
    [],
    [None],
    ["x"],
    {},
    {"uuid": []},
    [{"bron": 1}],
]


def bodies(caller: Caller) -> list[tuple[str, Json]]:
    urls, zaak, document = caller.back_end.urls, caller.zaak(), caller.document()
    eigenschap = caller.first("eigenschappen", zaaktype=zaak["zaaktype"])["url"]
    status = {"zaak": zaak["url"], "statustype": caller.statustype(zaak), "datumStatusGezet": "2026-11-24T09:00:00Z"}
    link = {"zaak": zaak["url"], "informatieobject": document["url"], "titel": "x", "beschrijving": "y"}
    rol = caller.rol_body(zaak, "belanghebbende", contactpersoonRol={"naam": "Noor"}, betrokkene="")
    return [
        (urls.zaken + "zaken", caller.zaak_body(identificatie="", toelichting="x")),
        (urls.zaken + "rollen", rol),
        (urls.zaken + "statussen", {**status, "statustoelichting": "x"}),
        (urls.zaken + "zaakinformatieobjecten", link),
        (zaak["url"] + "/zaakeigenschappen", {"zaak": zaak["url"], "eigenschap": eigenschap, "waarde": "x"}),
        (caller.documents_url, caller.document_body(identificatie="", ontvangstdatum="2026-11-24", trefwoorden=[])),
    ]


def test_answers_every_odd_value_in_every_field(caller: Caller) -> None:
    for url, body in bodies(caller):
        for name in body:
            for value in ODD:
                answer = caller.post(url, {**body, name: value})
                assert answer.status_code in {201, 400}, (url, name, value)


def test_answers_every_odd_value_at_klantinteracties(caller: Caller) -> None:
    url = caller.back_end.urls.klantinteracties
    token = f"Token {caller.back_end.klantinteracties_token}"
    contact = {"kanaal": "Kiosk", "onderwerp": "x", "taal": "nld", "vertrouwelijk": True, "referentienummer": "1"}
    made = caller.post(url + "klantcontacten", contact, Authorization=token).json()
    reference = {"uuid": made["uuid"]}
    person = {"hadKlantcontact": reference, "rol": "klant", "initiator": True, "contactnaam": {"achternaam": "x"}}
    subject = {"klantcontact": reference, "onderwerpobjectidentificator": {"objectId": "x"}}
    actor = caller.post(url + "actoren", {"naam": "Balie", "soortActor": "medewerker"}, Authorization=token).json()
    task = {
        "gevraagdeHandeling": "Bel terug",
        "aanleidinggevendKlantcontact": reference,
        "toegewezenAanActor": None,
        "toegewezenAanActoren": [{"uuid": actor["uuid"]}],
        "status": "te_verwerken",
    }
    all_bodies: list[tuple[str, Json]] = [
        ("klantcontacten", contact),
        ("betrokkenen", person),
        ("onderwerpobjecten", subject),
        ("maak-klantcontact", {"klantcontact": contact, "betrokkene": person, "onderwerpobject": subject}),
        ("internetaken", task),
        ("actoren", {"naam": "Balie", "soortActor": "medewerker"}),
        ("digitaleadressen", {"adres": "x", "soortDigitaalAdres": "email", "verstrektDoorBetrokkene": reference}),
    ]
    for path, body in all_bodies:
        for name in body:
            for value in ODD:
                answer = caller.post(url + path, {**body, name: value}, Authorization=token)
                assert answer.status_code in {201, 400}, (path, name, value)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "zaken/",
        "zaken/nergens",
        "zaken/00000000-0000-0000-0000-000000000000",
        "../../practice/totals",
        "zaken?page=x",
    ],
)
def test_answers_a_path_that_leads_nowhere(caller: Caller, path: str) -> None:
    assert caller.get(caller.back_end.urls.zaken + path).status_code == 404


def test_answers_methods_that_are_not_there(caller: Caller) -> None:
    url = caller.back_end.urls.zaken + "zaken"
    for method, status in (("DELETE", 405), ("OPTIONS", 501)):
        answer = caller.session.request(method, url, headers=caller.headers(), timeout=5)
        assert answer.status_code == status
        assert answer.headers["X-Loket-Practice"] == "1"
    head = caller.session.head(caller.zaak()["url"], headers=caller.headers(), timeout=5)
    assert (head.status_code, head.content) == (200, b"")


def test_refuses_a_body_without_a_length_or_with_too_much_of_it(caller: Caller) -> None:
    url = caller.back_end.urls.zaken + "zaken"
    chunked = caller.session.post(url, data=iter([b"{}"]), headers=caller.headers(), timeout=5)
    assert chunked.status_code == 411
    headers = {**caller.headers(), "Content-Length": str(10**12)}
    assert caller.session.get(url, headers=headers, timeout=5).status_code == 413


def test_tells_at_the_stop_that_an_answer_broke(clock: FakeClock) -> None:
    def break_it(_request: RecordedRequest) -> None:
        raise ZeroDivisionError

    back_end = PracticeBackEnd(CASE_TYPES, clock=clock, on_request=break_it)
    back_end.start()
    with closing(Caller(back_end)) as caller, pytest.raises(requests.ConnectionError):
        caller.get(back_end.urls.zaken + "zaken")
    with pytest.raises(PracticeBrokenError, match="practice-broken: an answer failed: ZeroDivisionError"):
        back_end.stop()
