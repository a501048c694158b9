# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The quirks that were measured at Open Zaak, each shown by the practice back end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial

import pytest
import requests

from sync.practice import ALL_SCOPES, Client, Fault, FaultKind, PracticeBackEnd
from tests.contracts.openapi_contracts import recorder
from tests.fakes.clock import FakeClock
from tests.sync.practice_caller import Caller, Json, codes
from tests.sync.practice_fixtures import CASE_TYPES, back_end, caller, valid_caller

__all__ = ["back_end", "caller", "recorder", "valid_caller"]


def zaken_url(caller: Caller) -> str:
    return caller.back_end.urls.zaken + "zaken"


def together(caller: Caller, count: int, send: Callable[[Caller], requests.Response]) -> list[requests.Response]:
    """Send from several connections, so that all pass their checks before one is written."""

    def one(_number: int) -> requests.Response:
        with closing(Caller(caller.back_end)) as other:
            return send(other)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def post(caller: Caller, *, url: str, body: Json) -> requests.Response:
    return caller.post(url, body)


# --- Tokens and scopes


@pytest.mark.parametrize(("age_s", "status"), [(0, 200), (3500, 200), (7200, 403), (-55, 200), (-120, 403)], ids=str)
def test_takes_a_token_by_its_age(caller: Caller, age_s: int, status: int) -> None:
    token = caller.token(timedelta(seconds=age_s))
    answer = caller.get(zaken_url(caller), Authorization=f"Bearer {token}")
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == ("jwt-expired" if age_s > 0 else "jwt-not-yet-valid")
        assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"secret": "x" * 32}, "invalid-jwt-signature"),
        ({"client_id": "een-ander"}, "invalid-client-identifier"),
        ({"iat": "gisteren"}, "jwt-missing-iat"),
    ],
)
def test_refuses_a_token_that_is_not_ours_with_its_own_code(caller: Caller, claims: Json, code: str) -> None:
    answer = caller.get(zaken_url(caller), Authorization=f"Bearer {caller.token(**claims)}")
    assert (answer.status_code, answer.json()["code"]) == (403, code)


@pytest.mark.parametrize(
    ("header", "code"),
    [(None, "permission_denied"), ("Bearer nonsense", "jwt-decode-error"), ("Basic x", "permission_denied")],
)
def test_answers_403_and_never_401_without_a_token(caller: Caller, header: str | None, code: str) -> None:
    answer = caller.get(zaken_url(caller), Authorization=header)
    assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_refuses_a_token_that_claims_to_need_no_signature(caller: Caller) -> None:
    import jwt

    claims = {"client_id": caller.back_end.client_id, "iat": int(caller.back_end.now().timestamp())}
    bare = jwt.encode(claims, "", algorithm="none")
    assert caller.get(zaken_url(caller), Authorization=f"Bearer {bare}").status_code == 403


def test_allows_case_status_and_link_but_no_role_or_property_with_two_scopes(clock: FakeClock) -> None:
    scopes = {"zaken.aanmaken", "zaken.lezen", "catalogi.lezen", "documenten.aanmaken", "documenten.lezen"}
    with PracticeBackEnd(CASE_TYPES, clock=clock, scopes=scopes) as back_end, closing(Caller(back_end)) as caller:
        zaak = caller.zaak()
        caller.made(caller.status(zaak, "2026-11-24T09:00:00Z"))
        caller.made(caller.link(zaak, caller.document()))
        assert caller.rol(zaak).status_code == 403
        assert caller.eigenschap(zaak).status_code == 403
        assert caller.status(zaak, "2026-11-24T09:01:00Z", "In behandeling").status_code == 403
        assert caller.patch(zaak["url"], {"toelichting": "x"}).status_code == 403


def test_hides_cases_of_case_types_that_the_client_may_not_see(clock: FakeClock) -> None:
    library = Client("bieb", "b" * 32, ALL_SCOPES, frozenset({"BRIEF"}))
    options = {"clock": clock, "more_clients": (library,)}
    with PracticeBackEnd(CASE_TYPES, **options) as back_end, closing(Caller(back_end)) as caller:  # type: ignore[arg-type]
        zaak = caller.zaak()

        def as_library() -> str:
            return f"Bearer {caller.token(client_id='bieb', secret='b' * 32)}"

        assert caller.get(zaken_url(caller), Authorization=as_library()).json()["count"] == 0
        assert caller.get(zaak["url"], Authorization=as_library()).status_code == 404
        body = caller.zaak_body(identificatie="LK-2")
        assert caller.post(zaken_url(caller), body, Authorization=as_library()).status_code == 403
        body["zaaktype"] = caller.case_type("BRIEF")
        assert caller.post(zaken_url(caller), body, Authorization=as_library()).status_code == 201


# --- Headers


def test_asks_for_the_coordinate_system_in_every_zaken_call(caller: Caller) -> None:
    urls, body = caller.back_end.urls, caller.zaak_body()
    for path in ("zaken", "rollen", "statussen"):
        assert caller.get(urls.zaken + path, Accept_Crs=None).status_code == 412
    assert caller.post(zaken_url(caller), body, Accept_Crs=None).status_code == 412
    assert caller.post(zaken_url(caller), body, Content_Crs=None).status_code == 412
    assert caller.get(zaken_url(caller), Accept_Crs="EPSG:28992").status_code == 406
    assert caller.get(urls.catalogi + "zaaktypen", Accept_Crs=None, Content_Crs=None).status_code == 200


def test_refuses_a_download_that_accepts_json_only(caller: Caller) -> None:
    document = caller.document(content=b"\x00\x01bytes")
    assert caller.get(document["inhoud"], Accept="application/json").status_code == 406
    file = caller.get(document["inhoud"], Accept="*/*")
    assert (file.content, file.headers["Content-Type"]) == (b"\x00\x01bytes", "application/octet-stream")


def test_refuses_a_body_that_is_not_json(caller: Caller) -> None:
    headers = caller.headers()
    for content in (b"{", b"[]", b"\xff", b"[" * 100_000):
        answer = caller.session.post(zaken_url(caller), data=content, headers=headers, timeout=5)
        assert answer.status_code == 400
    assert caller.post(zaken_url(caller), {}, Content_Type="text/plain").status_code == 415


def test_answers_304_for_a_single_record_that_is_known_and_never_for_a_list(caller: Caller) -> None:
    zaak = caller.zaak()
    tag = caller.get(zaak["url"]).headers["ETag"]
    again = caller.get(zaak["url"], If_None_Match=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert "ETag" not in caller.get(zaken_url(caller)).headers
    caller.made(caller.status(zaak, "2026-11-24T09:00:00Z"))
    assert caller.get(zaak["url"], If_None_Match=tag).status_code == 200


def test_refuses_a_query_parameter_that_it_does_not_know(caller: Caller) -> None:
    answer = caller.get(zaken_url(caller), {"identificate": "LK-0001"})
    assert answer.status_code == 400
    assert codes(answer) == {("nonFieldErrors", "unknown-parameters")}


def test_tells_its_own_time_in_the_date_header(caller: Caller, clock: FakeClock) -> None:
    caller.back_end.clock_offset = timedelta(hours=-3)
    told = parsedate_to_datetime(caller.get(zaken_url(caller)).headers["Date"])
    assert told == clock.now().replace(microsecond=0) - timedelta(hours=3)


# --- Cases


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"omschrijving": "x" * 81}, ("omschrijving", "max_length")),
        ({"toelichting": "x" * 1001}, ("toelichting", "max_length")),
        ({"identificatie": "x" * 41}, ("identificatie", "max_length")),
        ({"bronorganisatie": "123456789"}, ("bronorganisatie", "invalid")),
        ({"startdatum": "24-11-2026"}, ("startdatum", "invalid")),
        ({"startdatum": None}, ("startdatum", "null")),
        ({"zaaktype": "geen adres"}, ("zaaktype", "invalid")),
        ({"zaaktype": "http://127.0.0.1:1/niets"}, ("zaaktype", "bad-url")),
        ({"kenmerken": [{"bron": "loket", "kenmerk": "x" * 41}]}, ("kenmerken", "max_length")),
        ({"kenmerken": "loket"}, ("kenmerken", "not_a_list")),
        ({"vertrouwelijkheidaanduiding": "heel geheim"}, ("vertrouwelijkheidaanduiding", "invalid_choice")),
    ],
)
def test_names_the_field_and_the_fault_in_a_case(caller: Caller, changed: Json, wanted: tuple[str, str]) -> None:
    answer = caller.post(zaken_url(caller), caller.zaak_body(**changed))
    assert answer.status_code == 400
    assert codes(answer) == {wanted}
    assert answer.headers["Content-Type"] == "application/json"
    assert caller.back_end.totals().zaken == 0


def test_names_all_faults_at_once(caller: Caller) -> None:
    answer = caller.post(zaken_url(caller), {"omschrijving": "x" * 81})
    missing = {"bronorganisatie", "zaaktype", "verantwoordelijkeOrganisatie", "startdatum"}
    assert codes(answer) == {("omschrijving", "max_length")} | {(name, "required") for name in missing}


def test_refuses_a_case_of_a_case_type_that_is_not_published(caller: Caller) -> None:
    query = {"identificatie": "NOG-NIET", "status": "alles"}
    zaaktype = caller.get(caller.back_end.urls.catalogi + "zaaktypen", query).json()["results"][0]["url"]
    answer = caller.post(zaken_url(caller), caller.zaak_body(zaaktype=zaaktype))
    assert codes(answer) == {("zaaktype", "not-published")}


def test_refuses_a_number_that_exists_unless_it_is_of_another_organisation(caller: Caller) -> None:
    caller.zaak()
    again = caller.post(zaken_url(caller), caller.zaak_body(kenmerken=[]))
    assert again.status_code == 400
    assert codes(again) == {("identificatie", "identificatie-niet-uniek")}
    caller.zaak(bronorganisatie="111222333")
    assert caller.back_end.totals().zaken == 2


def test_crashes_in_html_for_the_losers_of_a_race_for_one_number(caller: Caller) -> None:
    body = caller.zaak_body()
    caller.back_end.faults.add(Fault(FaultKind.MEET, "POST", "/zaken$", times=4, seconds=5))
    answers = together(caller, 4, partial(post, url=zaken_url(caller), body=body))
    assert sorted(answer.status_code for answer in answers) == [201, 500, 500, 500]
    losers = [answer for answer in answers if answer.status_code == 500]
    assert all(loser.headers["Content-Type"].startswith("text/html") for loser in losers)
    assert caller.back_end.totals().zaken == 1


def test_makes_up_a_number_when_none_is_given(valid_caller: Caller) -> None:
    zaak = valid_caller.zaak(identificatie="")
    assert zaak["identificatie"].startswith("ZAAK-2026-")


def test_changes_what_may_change_in_a_case(valid_caller: Caller) -> None:
    zaak = valid_caller.zaak()
    assert valid_caller.patch(zaak["url"], {"toelichting": "Belt terug"}).json()["toelichting"] == "Belt terug"
    other = valid_caller.patch(zaak["url"], {"identificatie": "LK-0002"})
    assert codes(other) == {("identificatie", "wijzigen-niet-toegelaten")}


# --- What hangs on a case


def test_refuses_a_second_initiator_and_doubles_other_roles(valid_caller: Caller) -> None:
    zaak = valid_caller.zaak()
    valid_caller.made(valid_caller.rol(zaak))
    assert codes(valid_caller.rol(zaak)) == {("roltype", "max-occurences")}
    for _ in range(2):
        valid_caller.made(valid_caller.rol(zaak, "belanghebbende"))
    assert valid_caller.back_end.registered()[0].rollen == 3


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"betrokkeneType": "burger"}, ("betrokkeneType", "invalid_choice")),
        ({"roltoelichting": ""}, ("roltoelichting", "blank")),
        ({"betrokkeneIdentificatie": None}, ("betrokkeneIdentificatie", "required")),
        (
            {"betrokkeneIdentificatie": {"geslachtsnaam": "x" * 201}},
            ("betrokkeneIdentificatie.geslachtsnaam", "max_length"),
        ),
        ({"betrokkeneIdentificatie": {"inpBsn": "123456789"}}, ("betrokkeneIdentificatie.inpBsn", "invalid")),
        ({"contactpersoonRol": {"emailadres": "a@b.nl"}}, ("contactpersoonRol.naam", "required")),
    ],
)
def test_names_the_fault_in_a_role(caller: Caller, changed: Json, wanted: tuple[str, str]) -> None:
    zaak = caller.zaak()
    answer = caller.post(caller.back_end.urls.zaken + "rollen", caller.rol_body(zaak, **changed))
    assert codes(answer) == {wanted}


def test_refuses_parts_that_belong_to_another_case_type(caller: Caller) -> None:
    moving, letter = caller.zaak(), caller.zaak(identificatie="LK-2", zaaktype=caller.case_type("BRIEF"))
    urls = caller.back_end.urls
    roltype = caller.rol_body(letter)["roltype"]
    rol = caller.post(urls.zaken + "rollen", caller.rol_body(moving, roltype=roltype))
    body = {"zaak": moving["url"], "statustype": caller.statustype(letter), "datumStatusGezet": "2026-11-24T09:00:00Z"}
    status = caller.post(urls.zaken + "statussen", body)
    eigenschap = caller.first("eigenschappen", zaaktype=moving["zaaktype"])["url"]
    property_body = {"zaak": letter["url"], "eigenschap": eigenschap, "waarde": "x"}
    eigenschap_answer = caller.post(letter["url"] + "/zaakeigenschappen", property_body)
    for answer in (rol, status, eigenschap_answer):
        assert codes(answer) == {("nonFieldErrors", "zaaktype-mismatch")}


def test_takes_a_status_once_and_not_from_the_future(valid_caller: Caller) -> None:
    zaak = valid_caller.zaak()
    valid_caller.made(valid_caller.status(zaak, "2026-11-14T09:00:00Z"))
    assert codes(valid_caller.status(zaak, "2026-11-14T10:00:00+01:00")) == {("nonFieldErrors", "unique")}
    assert codes(valid_caller.status(zaak, "2026-11-24T09:30:01Z")) == {("datumStatusGezet", "date-in-future")}
    ended = valid_caller.status(zaak, "2026-11-24T09:00:00Z", "Afgehandeld")
    assert codes(ended) == {("nonFieldErrors", "resultaat-does-not-exist")}
    assert valid_caller.back_end.registered()[0].statuses == ("Ontvangen",)


def test_judges_the_future_by_its_own_clock(caller: Caller) -> None:
    zaak = caller.zaak()
    caller.back_end.clock_offset = timedelta(minutes=-5)
    assert caller.status(zaak, "2026-11-24T09:27:00Z").status_code == 400
    assert caller.status(zaak, "2026-11-24T09:24:00Z").status_code == 201


def test_doubles_a_property_silently(valid_caller: Caller) -> None:
    zaak = valid_caller.zaak()
    for _ in range(2):
        valid_caller.made(valid_caller.eigenschap(zaak))
    assert valid_caller.back_end.registered()[0].eigenschappen == (("postcode", "1234AB"),) * 2


def test_links_a_document_once(valid_caller: Caller) -> None:
    zaak, document = valid_caller.zaak(), valid_caller.document()
    valid_caller.made(valid_caller.link(zaak, document))
    assert codes(valid_caller.link(zaak, document)) == {("nonFieldErrors", "unique")}
    assert valid_caller.back_end.totals().links == 1


# --- Documents


def test_refuses_a_repeated_document_in_sequence_and_doubles_it_in_a_race(caller: Caller) -> None:
    body = caller.document_body(identificatie="LK-0001-1")
    caller.back_end.faults.add(Fault(FaultKind.MEET, "POST", "enkelvoudig", times=3, seconds=5))
    answers = together(caller, 3, partial(post, url=caller.documents_url, body=body))
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert codes(caller.post(caller.documents_url, body)) == {("identificatie", "identificatie-niet-uniek")}
    wanted = {"identificatie": "LK-0001-1", "bronorganisatie": body["bronorganisatie"]}
    assert caller.get(caller.documents_url, wanted).json()["count"] == 3


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"titel": "x" * 201}, ("titel", "max_length")),
        ({"auteur": ""}, ("auteur", "blank")),
        ({"taal": "nl"}, ("taal", "min_length")),
        ({"inhoud": "geen base64!"}, ("inhoud", "invalid")),
        ({"bestandsomvang": 3}, ("inhoud", "file-size")),
        ({"bestandsomvang": "16"}, ("bestandsomvang", "invalid")),
        ({"ontvangstdatum": "2026-11-24", "status": "in_bewerking"}, ("status", "invalid_for_received")),
        ({"informatieobjecttype": "http://127.0.0.1:1/niets"}, ("informatieobjecttype", "bad-url")),
    ],
)
def test_names_the_fault_in_a_document(caller: Caller, changed: Json, wanted: tuple[str, str]) -> None:
    assert codes(caller.post(caller.documents_url, caller.document_body(**changed))) == {wanted}
    assert caller.back_end.totals().documenten == 0


def test_takes_a_document_of_20_mib_inside_the_request(caller: Caller) -> None:
    content = b"x" * (20 * 1024 * 1024)
    document = caller.document(content=content, identificatie="LK-groot")
    assert caller.get(document["inhoud"]).content == content
    assert caller.back_end.content("LK-groot") == content


# --- Klantinteracties


@pytest.fixture
def klant(valid_caller: Caller) -> Callable[[str, Json], requests.Response]:
    def send(path: str, body: Json) -> requests.Response:
        url, token = valid_caller.back_end.urls.klantinteracties, valid_caller.back_end.klantinteracties_token
        return valid_caller.post(url + path, body, Authorization=f"Token {token}")

    return send


def contact_body(**changed: object) -> Json:
    usual = {"kanaal": "Kiosk", "onderwerp": "Bel mij terug", "taal": "nld", "vertrouwelijk": True}
    return {**usual, "referentienummer": "0000000042", **changed}


def test_makes_a_contact_with_its_person_and_its_case_in_one_call(
    valid_caller: Caller, klant: Callable[[str, Json], requests.Response]
) -> None:
    zaak = valid_caller.zaak()
    identificator = {
        "objectId": zaak["uuid"],
        "codeObjecttype": "zgw-Zaak",
        "codeRegister": "openzaak",
        "codeSoortObjectId": "uuid",
    }
    body = {
        "klantcontact": contact_body(),
        "betrokkene": {
            "rol": "klant",
            "initiator": True,
            "contactnaam": {"voornaam": "Noor", "achternaam": "Voorbeeld"},
        },
        "onderwerpobject": {"onderwerpobjectidentificator": identificator},
    }
    made = valid_caller.made(klant("maak-klantcontact", body))
    assert made["betrokkene"]["volledigeNaam"] == "Noor Voorbeeld"
    assert made["onderwerpobject"]["klantcontact"]["uuid"] == made["klantcontact"]["uuid"]
    assert klant("maak-klantcontact", body).status_code == 400
    assert valid_caller.back_end.registered()[0].contacts == 1
    assert valid_caller.back_end.totals().klantcontacten == 1


def test_takes_a_contact_number_once_and_doubles_its_subject(klant: Callable[[str, Json], requests.Response]) -> None:
    contact = klant("klantcontacten", contact_body()).json()
    assert codes(klant("klantcontacten", contact_body())) == {("referentienummer", "unique")}
    subject = {"klantcontact": {"uuid": contact["uuid"]}}
    assert [klant("onderwerpobjecten", subject).status_code for _ in range(2)] == [201, 201]


def test_makes_a_task_for_a_colleague_with_a_way_to_call_back(
    valid_caller: Caller, klant: Callable[[str, Json], requests.Response]
) -> None:
    actor = valid_caller.made(klant("actoren", {"naam": "Balie", "soortActor": "organisatorische_eenheid"}))
    contact = valid_caller.made(klant("klantcontacten", contact_body()))
    reference = {"uuid": contact["uuid"]}
    person = valid_caller.made(klant("betrokkenen", {"hadKlantcontact": reference, "rol": "klant", "initiator": True}))
    address = {
        "adres": "+31612345678",
        "soortDigitaalAdres": "telefoonnummer",
        "verstrektDoorBetrokkene": {"uuid": person["uuid"]},
        "omschrijving": "mobiel",
    }
    valid_caller.made(klant("digitaleadressen", address))
    task = {
        "gevraagdeHandeling": "Bel terug",
        "aanleidinggevendKlantcontact": reference,
        "toegewezenAanActoren": [{"uuid": actor["uuid"]}],
        "status": "te_verwerken",
    }
    made = valid_caller.made(klant("internetaken", task))
    assert made["toegewezenAanActoren"][0]["uuid"] == actor["uuid"]
    assert codes(klant("internetaken", {**task, "toegewezenAanActoren": []})) == {("nonFieldErrors", "required")}


def test_finds_a_contact_by_its_number(valid_caller: Caller, klant: Callable[[str, Json], requests.Response]) -> None:
    valid_caller.made(klant("klantcontacten", contact_body()))
    url, token = valid_caller.back_end.urls.klantinteracties, valid_caller.back_end.klantinteracties_token
    query = {"referentienummer": "0000000042"}
    found = valid_caller.get(url + "klantcontacten", query, Authorization=f"Token {token}").json()
    assert found["count"] == 1


def test_answers_401_at_klantinteracties_without_its_own_token(caller: Caller) -> None:
    url = caller.back_end.urls.klantinteracties + "klantcontacten"
    assert caller.get(url).status_code == 401
    assert caller.get(url, Authorization=None).status_code == 401


def test_keeps_the_moment_of_the_clock_it_is_given(caller: Caller, clock: FakeClock) -> None:
    zaak = caller.zaak()
    made = caller.made(caller.rol(zaak))
    assert datetime.fromisoformat(made["registratiedatum"]) == clock.now()
