# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The road of a library for tests: its kiosk seals and sends, the town hall opens and completes, contacts included."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from commands.configuration import load_settings
from commands.joining import key_paths, open_database, open_status_book, open_store
from commands.system_clock import SystemClock
from domain.follow_up import ChangedLine, FollowUp, FollowUpHeader, FollowUpKind, to_bytes
from domain.submission import Submission
from sync.practice import PracticeBackEnd
from sync.sealing import make_key_pair, read_sealer
from tests.sync.road import RSIN
from tests.sync.samples import MARK, hand_in

CALL_BACK, GROUP = "bel", "Klantcontact"


@dataclass(frozen=True, slots=True)
class LibraryRoad:
    """The settings files of both sides; the private key is at the town hall alone."""

    library: Path
    town_hall: Path


def library_road(folder: Path, back_end: PracticeBackEnd) -> LibraryRoad:
    """Write settings and keys for both sides, and a token for contacts at the town hall."""
    (folder / "keys").mkdir()
    make_key_pair(folder / "keys" / "loket.pub", folder / "keys" / "loket.key")
    public = 'public_key_file = "../keys/loket.pub"\n'
    private = f'{public}private_key_file = "../keys/loket.key"\n[sync.tasks]\n{CALL_BACK} = "groep:{GROUP}"\n'
    contacts = f'klantinteracties = "{back_end.urls.klantinteracties}"\nklantinteracties_token_file = "token"\n'
    return LibraryRoad(
        _settings(folder / "library", back_end, "bibliotheek", "", public),
        _settings(folder / "town_hall", back_end, "gemeentehuis", contacts, private),
    )


def submit(config: Path, **changes: Any) -> Submission:
    """Hand in a case on this device."""
    settings = load_settings(config)
    with closing(open_database(settings)):
        return hand_in(open_store(settings), read_sealer(key_paths(settings)[0]), at=SystemClock().now(), **changes)


def add(config: Path, made: Submission, kind: FollowUpKind = FollowUpKind.CORRECTION, answer: str = "12a") -> None:
    """Add something to a case on this device, as the citizen does later."""
    settings = load_settings(config)
    sealer = read_sealer(key_paths(settings)[0])
    header = FollowUpHeader(str(uuid.uuid4()), made.header.case_id, kind, SystemClock().now(), sealer.key_id)
    lines = (ChangedLine("huisnummer", "Wat is het huisnummer?", f"{answer} {MARK}"),)
    follow_up = FollowUp(header, "Verbetering van de inwoner", "De inwoner meldde dit zelf.", lines)
    assert open_status_book(settings).add(header, sealer.seal(to_bytes(follow_up)))


def assert_added_once(back_end: PracticeBackEnd, made: Submission, answers: list[str]) -> None:
    """All that was added hangs on the case once, opened and in order, beside the sealed files."""
    [case] = [case for case in back_end.registered() if case.identificatie == made.header.reference]
    names = sorted(document.identificatie for document in case.documents)
    numbers = range(1, len(answers) + 1)
    sealed = [f"{case.identificatie}-{100 + number}" for number in numbers]
    opened = [f"{case.identificatie}-{1000 + number}" for number in numbers]
    assert names == sorted([f"{case.identificatie}-{number}" for number in (1, 2, 3)] + sealed + opened)
    assert case.links == 3 + 2 * len(answers)
    for name, answer in zip(opened, answers, strict=True):
        assert f"Wat is het huisnummer?\n{answer} {MARK}\n" in back_end.content(name).decode()
    for name in sealed:
        assert MARK.encode() not in back_end.content(name)
    tasks = [task for task in listed(back_end, "internetaken") if made.header.reference in task["toelichting"]]
    is_call_back = made.header.service_id == CALL_BACK
    assert len(tasks) == (1 + len(answers) if is_call_back else 0), "a person is asked to look at each"


def assert_completed_once(back_end: PracticeBackEnd, made: list[Submission]) -> None:
    """All that was sealed is there whole, with a contact for each and a task for each call-back; nothing twice."""
    arrived = {case.identificatie: case for case in back_end.registered()}
    assert len(arrived) == len(made) == back_end.totals().zaken
    for each in made:
        case = arrived[each.header.reference]
        assert (case.rollen, case.statuses, case.initiators) == (1, ("Ontvangen",), (each.initiator.name,))
        names = sorted(document.identificatie for document in case.documents)
        assert names == [f"{each.header.reference}-{number}" for number in (1, 2, 3)]
        assert case.links == 3
    assert back_end.totals().documenten == 3 * len(made)
    _assert_contacts_once(back_end, made)


def _assert_contacts_once(back_end: PracticeBackEnd, made: list[Submission]) -> None:
    contacts = {str(contact["uuid"]): str(contact["inhoud"]) for contact in listed(back_end, "klantcontacten")}
    references = {each.header.reference for each in made}
    named = Counter(reference for content in contacts.values() for reference in references if reference in content)
    assert named == Counter(references)
    assert [len(listed(back_end, name)) for name in ("klantcontacten", "betrokkenen", "onderwerpobjecten")] == [
        len(made)
    ] * 3
    call_backs = sorted(each.header.reference for each in made if each.header.service_id == CALL_BACK)
    tasks = listed(back_end, "internetaken")
    asked = (contacts[task["aanleidinggevendKlantcontact"]["uuid"]] for task in tasks)
    assert sorted(reference for content in asked for reference in call_backs if reference in content) == call_backs
    assert len(tasks) == len(call_backs)
    assert [actor["naam"] for actor in listed(back_end, "actoren")] == [GROUP] * bool(call_backs)


def listed(back_end: PracticeBackEnd, name: str) -> list[Mapping[str, Any]]:
    """Give all records of a kind at the contact register, from all pages."""
    headers = {"Authorization": f"Token {back_end.klantinteracties_token}"}
    found: list[Mapping[str, Any]] = []
    url: str | None = back_end.urls.klantinteracties + name
    while url:
        page = requests.get(url, headers=headers, timeout=5).json()
        found += page["results"]
        url = page["next"]
    return found


def _settings(folder: Path, back_end: PracticeBackEnd, profile: str, contacts: str, keys: str) -> Path:
    folder.mkdir()
    (folder / "secret").write_text(back_end.secret)
    (folder / "token").write_text(back_end.klantinteracties_token)
    file = folder / "settings.toml"
    file.write_text(
        f'[device]\nid = "kiosk-01"\nrsin = "{RSIN}"\ndata_dir = "data"\nprofile = "{profile}"\n'
        f'[sync]\nclient_id = "{back_end.client_id}"\nsecret_file = "secret"\n'
        f'zaken = "{back_end.urls.zaken}"\ndocumenten = "{back_end.urls.documenten}"\n'
        f'catalogi = "{back_end.urls.catalogi}"\n{contacts}[sealing]\n{keys}'
    )
    return file
