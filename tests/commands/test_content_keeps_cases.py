# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody handed in or keeps for later stays readable, however often the content changes since (feature I17)."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.joining import key_paths, open_database, open_store, read_public_key
from domain.answers import Answer, Answers
from domain.draft import draft_of, fitting
from domain.sample_answers import sample_answers
from domain.settings import Settings
from resources.laid_over import lay_over
from resources.service_library import SERVICES, ServiceLibrary
from sync.content_install import ContentInstaller
from sync.content_seal import make_content_keys, read_private, read_public
from sync.content_shelf import ContentShelf
from sync.outbox import Outbox
from sync.sealing import open_submission, read_opener
from tests.sync.content_hands import CITY, package
from tests.sync.samples import hand_in

TODAY = date(2026, 11, 24)
UPDATES = 10


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Path]:
    make_content_keys(tmp_path / "content.pub", tmp_path / "content.key")
    file = tmp_path / "loket.toml"
    file.write_text('[device]\ndata_dir = "data"\n[content]\npublic_key_file = "content.pub"\n', encoding="utf-8")
    yield file
    lay_over(None)


def update(device: Path, serial: int) -> Settings:
    """Put a version of `bel` in force that never was."""
    contents = {f"services/bel/{path.name}": path.read_bytes() for path in (SERVICES / "bel").glob("*.toml")}
    definition = contents["services/bel/service.toml"].decode()
    version = f"version = {100 + serial}\n"
    before = next(line for line in definition.splitlines(keepends=True) if line.startswith("version = "))
    contents["services/bel/service.toml"] = definition.replace(before, version, 1).encode()
    shelf = ContentShelf(device.parent / "data/content", read_public(device.parent / "content.pub"), CITY)
    path = device.parent / "inhoud.loket"
    path.write_bytes(package(serial, contents, key=read_private(device.parent / "content.key")))
    ContentInstaller(shelf, CITY, lambda _folder: None).install(path)
    return load_settings(device)


def test_a_waiting_case_and_a_draft_stay_readable_after_ten_updates(device: Path) -> None:
    settings = load_settings(device)
    case = hand_in(open_store(settings), read_public_key(settings), service_id="bel")
    service = ServiceLibrary.load().service("bel")
    given = {question.id: one_answer(sample_answers(question, (), TODAY)) for question in service.questions}
    draft = draft_of(service, Answers({name: answer for name, answer in given.items() if answer}), "nl", ("", ""))
    assert draft.answers

    for serial in range(1, UPDATES + 1):
        settings = update(device, serial)

    now = ServiceLibrary.load()
    assert now.closed == ()
    assert now.service("bel").version == 100 + UPDATES
    _, private = key_paths(settings)
    assert private is not None
    with closing(open_database(settings)) as database:
        header, sealed = Outbox(database).sealed(case.header.case_id)
    assert open_submission(header, sealed, read_opener(private)) == case
    assert header.service_version == case.header.service_version
    assert fitting(draft, now.service("bel"), TODAY) == draft.answers


def one_answer(found: tuple[Answer, ...]) -> Answer | None:
    return found[0] if found else None
