# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a counter reads out of the records of a case system, real ones with their nulls among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.counter import Stage
from domain.document_seen import DocumentSeen, SeenCheck, SeenKind
from domain.follow_up import ChangedLine, FollowUp, FollowUpHeader, FollowUpKind
from domain.follow_up import to_bytes as follow_up_bytes
from domain.submission import answers_document, to_bytes
from sync.case_reading import FetchedCase, Paper, StatusType, is_read_along, read_case, stage_of
from sync.counter_form import KeptCase, kept_bytes, kept_of
from sync.key_ring import KeyRing, read_key_ring
from sync.sealing import make_key_pair, read_sealer
from tests.sync.samples import MARK, submission

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TYPES = {"s1": StatusType("Ontvangen", is_last=False), "s9": StatusType("Afgehandeld", is_last=True)}
ACT = "7d7a5f57-0f6b-4a56-8a4b-0d1f0c6f3f11"


def zaak(**fields: Any) -> dict[str, Any]:
    return {
        "url": "http://zaken.example/zaken/z1",
        "identificatie": "LK-1",
        "registratiedatum": "2026-11-20",
        "status": None,
        "einddatum": None,
        "kenmerken": None,
        "opschorting": None,
        "toelichting": "",
        **fields,
    }


def fetched(record: dict[str, Any], *papers: Paper, **fields: Any) -> FetchedCase:
    usual: dict[str, Any] = {"roles": [], "statuses": [], "properties": []}
    return FetchedCase(
        zaak=record, service_id="bel", title="Bel mij terug", status_types=TYPES, papers=papers, **{**usual, **fields}
    )


def read(found: FetchedCase, ring: KeyRing | None = None) -> KeptCase:
    return read_case(found, {"verhuizen": "Verhuizing doorgeven"}, ring, NOW)


def paper(name: str, content: bytes | None, owner: str, title: str = "Titel") -> Paper:
    about = {
        "url": f"http://documenten.example/d/{name}",
        "bestandsnaam": name,
        "titel": title,
        "formaat": "text/plain",
        "bestandsomvang": len(content or b""),
        "beschrijving": f"Loket {owner}",
        "beginRegistratie": "2026-11-22T10:00:00Z",
    }
    return Paper(about, content)


def ours() -> tuple[Any, dict[str, Any]]:
    made = submission()
    marks = [{"bron": "Loket", "kenmerk": made.header.case_id}]
    return made, zaak(identificatie=made.header.reference, kenmerken=marks)


def handler(kind: str = "medewerker", number: str = "44") -> dict[str, Any]:
    who = {"identificatie": number, "achternaam": "Bakker"}
    return {"omschrijvingGeneriek": "behandelaar", "betrokkeneType": kind, "betrokkeneIdentificatie": who}


@pytest.mark.parametrize(
    ("fields", "roles", "status", "stage"),
    [
        ({}, [], None, Stage.NEW),
        ({}, [handler()], TYPES["s1"], Stage.TAKEN),
        ({}, [handler("organisatorische_eenheid")], TYPES["s1"], Stage.NEW),
        ({"opschorting": {"indicatie": True, "reden": "wacht"}}, [handler()], None, Stage.ASKED),
        ({"opschorting": {"indicatie": False, "reden": ""}}, [], None, Stage.NEW),
        ({"einddatum": "2026-11-20"}, [handler()], None, Stage.ANSWERED),
        ({}, [handler()], TYPES["s9"], Stage.ANSWERED),
    ],
)
def test_tells_how_far_a_case_is(
    fields: dict[str, Any], roles: list[dict[str, Any]], status: StatusType | None, stage: Stage
) -> None:
    assert stage_of(zaak(**fields), roles, status) is stage


def test_bears_a_case_of_nulls() -> None:
    kept = read(fetched(zaak(), roles=[{"omschrijvingGeneriek": None}], statuses=[{"statustype": None}]))
    assert kept.case.item.reference == "LK-1"
    assert kept.case.item.submitted_at == datetime(2026, 11, 19, 23, 0, tzinfo=UTC)  # midnight in the Netherlands
    assert kept.case.item.due_on is None


def test_reads_the_answers_document_and_who_asks() -> None:
    made, record = ours()
    reference, case_id = made.header.reference, made.header.case_id
    kept = read(fetched(record, paper(f"{reference}.json", answers_document(made), case_id)))
    assert kept.case.lines == made.lines
    assert kept.case.initiator == made.initiator
    assert kept.case.item.title == "Verhuizing doorgeven"
    assert kept.case.item.due_on == made.promised_on
    assert kept.case.documents == ()  # it is for programs


SEEN_TEXT = (
    "Document gezien: paspoort, 22-11 10:05, gecontroleerd door de chip: "
    "handtekening van het land klopt, chip is geen kopie"
)


def seen_document() -> DocumentSeen:
    at = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
    return DocumentSeen(SeenKind.PASSPORT, at, (SeenCheck.SIGNATURE, SeenCheck.CHIP))


def test_tells_that_a_document_was_seen_by_its_chip_in_municipality_and_library(tmp_path: Path) -> None:
    make_key_pair(tmp_path / "loket.pub", tmp_path / "loket.key")
    made, record = ours()
    made = replace(made, document_seen=seen_document())
    reference, case_id = made.header.reference, made.header.case_id
    readable = paper(f"{reference}.json", answers_document(made), case_id)
    sealed = paper(f"{reference}.loket", read_sealer(tmp_path / "loket.pub").seal(to_bytes(made)), case_id)
    for found in (fetched(record, readable), fetched(record, sealed)):
        kept = read(found, read_key_ring(tmp_path / "loket.key"))
        (seen,) = kept.case.seen
        assert (seen.text, seen.at, seen.by) == (SEEN_TEXT, datetime(2026, 11, 22, 9, 5, tzinfo=UTC), "")
        assert kept_of(kept_bytes(kept)) == kept


def test_tells_of_no_document_where_none_was_read() -> None:
    made, record = ours()
    readable = paper(f"{made.header.reference}.json", answers_document(made), made.header.case_id)
    assert read(fetched(record, readable)).case.seen == ()


@pytest.mark.parametrize("content", [b"{", b"[]", b"null", b'{"format": 9}', b"\xff\xfe", b"[" * 100_000])
def test_a_broken_answers_document_leaves_the_facts(content: bytes) -> None:
    made, record = ours()
    papers = paper(f"{made.header.reference}.json", content, made.header.case_id)
    kept = read(fetched(record, papers, properties=[{"naam": "postcode", "waarde": "1234 AB"}]))
    assert kept.case.lines == ()
    assert kept.case.facts == (("postcode", "1234 AB"),)


def test_takes_no_answers_of_another_case() -> None:
    made, record = ours()
    other = submission()
    papers = paper(f"{made.header.reference}.json", answers_document(other), made.header.case_id)
    assert read(fetched(record, papers)).case.lines == ()


def test_opens_what_a_library_sent_sealed_where_the_key_is(tmp_path: Path) -> None:
    make_key_pair(tmp_path / "loket.pub", tmp_path / "loket.key")
    made, record = ours()
    sealed = paper(
        f"{made.header.reference}.loket", read_sealer(tmp_path / "loket.pub").seal(to_bytes(made)), made.header.case_id
    )
    assert read(fetched(record, sealed), read_key_ring(tmp_path / "loket.key")).case.lines == made.lines
    assert read(fetched(record, sealed)).case.lines == ()
    assert is_read_along(record, sealed.about, has_key=True)
    assert not is_read_along(record, sealed.about, has_key=False)


def test_what_a_citizen_added_stands_in_the_history(tmp_path: Path) -> None:
    make_key_pair(tmp_path / "loket.pub", tmp_path / "loket.key")
    made, record = ours()
    reference, case_id = made.header.reference, made.header.case_id
    header = FollowUpHeader("f", case_id, FollowUpKind.WITHDRAWAL, NOW, "k")
    added = FollowUp(header, "Intrekking", "Ik wil het niet meer.", (ChangedLine("q", "Vraag?", "Nee"),))
    sealed = read_sealer(tmp_path / "loket.pub").seal(follow_up_bytes(added))
    papers = (
        paper(f"{reference}-verbetering-1.txt", f"Verbetering\n{MARK}".encode(), case_id),
        paper(f"{reference}-intrekking-2.loket", sealed, case_id),
    )
    kept = read(fetched(record, *papers), read_key_ring(tmp_path / "loket.key"))
    assert [event.kind for event in kept.case.history] == ["correction", "withdrawal"]
    assert MARK in kept.case.history[0].text
    assert kept.case.history[1].text == "Intrekking\nIk wil het niet meer.\nVraag?\nNee"
    assert kept.case.item.is_withdrawn


def test_what_staff_of_another_device_did_is_read_with_who_did_it() -> None:
    made, record = ours()
    reference = made.header.reference
    page = "Contact met inwoner\n\nGebeld over de sleutel.\nNummer: X\nDoor: B. Bakker, 24-11-2026 09:30\n"
    seen = (
        "Document gezien\n\nID-kaart gezien 24-11 09:31 door rol balie\nNummer: X\nDoor: B. Bakker, 24-11-2026 09:31\n"
    )
    papers = (
        paper(f"{reference}-7d7a5f570f6b.txt", page.encode(), ACT, "Contact met inwoner"),
        paper(f"{reference}-7d7a5f570f6c.txt", seen.encode(), ACT[:-1] + "2", "Document gezien"),
    )
    kept = read(fetched(record, *papers))
    [contact] = kept.case.history
    assert (contact.kind, contact.text) == ("contact", "Contact met inwoner: Gebeld over de sleutel.")
    assert contact.by == "B. Bakker"
    assert [event.text for event in kept.case.seen] == ["ID-kaart gezien 24-11 09:31 door rol balie"]
    assert kept.acts == {ACT, ACT[:-1] + "2"}


def test_a_property_says_that_there_is_haste_or_what_was_seen() -> None:
    kept = read(fetched(zaak(), properties=[{"naam": "Spoed", "waarde": "huisuitzetting"}]))
    assert kept.case.item.is_urgent
    assert not read(fetched(zaak(), properties=[{"naam": "Spoed", "waarde": "nee"}])).case.item.is_urgent
    kept = read(fetched(zaak(), properties=[{"naam": "document_gezien", "waarde": "Paspoort gezien"}]))
    assert [event.text for event in kept.case.seen] == ["Paspoort gezien"]


def test_never_takes_over_a_citizen_service_number() -> None:
    who = {"inpBsn": "999990019", "geslachtsnaam": "Voorbeeld", "voorletters": "N."}
    role = {"omschrijvingGeneriek": "initiator", "betrokkeneIdentificatie": who, "contactpersoonRol": None}
    kept = read(fetched(zaak(), roles=[role]))
    assert kept.case.initiator.name == "N. Voorbeeld"
    assert b"999990019" not in kept_bytes(kept)


def test_the_legal_day_and_the_promise_are_both_there() -> None:
    made, record = ours()
    papers = paper(f"{made.header.reference}.json", answers_document(made), made.header.case_id)
    item = read(fetched({**record, "uiterlijkeEinddatumAfdoening": "2026-12-24"}, papers)).case.item
    assert (item.due_on, item.planned_on) == (date(2026, 12, 24), made.promised_on)


@pytest.mark.parametrize("size", [None, "12", -3, 9 * 1024 * 1024])
def test_reads_nothing_along_that_may_be_large(size: object) -> None:
    made, record = ours()
    about = {**paper(f"{made.header.reference}.json", b"", made.header.case_id).about, "bestandsomvang": size}
    assert not is_read_along(record, about, has_key=True)


def test_reads_nothing_along_that_others_made() -> None:
    made, record = ours()
    name = f"{made.header.reference}.json"
    for beschrijving in ("", "Loket", f"Loket {submission().header.case_id}", f"Zaaksysteem {made.header.case_id}"):
        about = {**paper(name, b"{}", made.header.case_id).about, "beschrijving": beschrijving}
        assert not is_read_along(record, about, has_key=True)


def test_what_is_kept_is_read_back_as_it_was() -> None:
    made, record = ours()
    papers = paper(f"{made.header.reference}.json", answers_document(made), made.header.case_id)
    kept = read(fetched(record, papers, paper("bijlage.pdf", None, made.header.case_id)))
    assert kept_of(kept_bytes(kept)) == kept


@pytest.mark.parametrize("written", [b"", b"[]", b"{}", b'{"case": 7, "files": {}, "acts": []}', b"\xff"])
def test_what_is_no_copy_is_refused_without_its_words(written: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a|Expecting|codec"):
        kept_of(written)
