# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cases of ten older versions of a definition stay readable and get delivered under the present one (feature I17)."""

from __future__ import annotations

import random
import re
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.answers import Answer, Answers
from domain.case import CaseId, CaseState
from domain.graph_walk import Graph
from domain.intake import Intake
from domain.journey import Journey
from domain.reference import new_reference
from domain.service import ServiceDefinition
from domain.submission import Submission
from kiosk.effects import Order
from kiosk.filing import Filing
from resources.service_library import SERVICES, ServiceLibrary
from sync.case_store import SqliteCaseStore
from sync.outbox import header_of
from sync.sealing import open_submission, read_opener, read_sealer
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, library, texts_of
from tests.sync.road import Road, assert_registered_once, built_road

OLDER = range(1, 11)
PRESENT = 11
SERVICE = "verhuizen"
GONE_CHOICE = "diploma"
GONE_QUESTION = """
[[question]]
id = "huisdier-{number}"
type = "choice"
choices = [{{ id = "hond", icon = "mdi6.dog" }}, {{ id = "kat", icon = "mdi6.cat" }}]
case_property = "huisdier_{number}"

[[duty]]
id = "papier"
"""
GONE_WORDS = """
[question.huisdier-{number}]
title = "Welk dier had u in versie {number}?"
why = "Dat wilden wij toen weten."
choice.hond = "Een hond"
choice.kat = "Een kat"
"""


def library_of(folder: Path, number: int) -> ServiceLibrary:
    """Write the definition as it was at a version: other names, a question and a choice that are gone now."""
    for name in (SERVICE, "shared"):
        shutil.copytree(SERVICES / name, folder / name)
    definition, words = folder / SERVICE / "service.toml", folder / SERVICE / "nl.toml"
    text = re.sub(r"(?m)^version = \d+$", f"version = {number}", definition.read_text(encoding="utf-8"), count=1)
    said = words.read_text(encoding="utf-8")
    if number != PRESENT:
        text = text.replace('"inwonen"', f'"bij-iemand-{number}"')
        said = said.replace("[question.inwonen]", f"[question.bij-iemand-{number}]")
        text = text.replace('\n[[duty]]\nid = "papier"\n', GONE_QUESTION.format(number=number), 1)
        said += GONE_WORDS.format(number=number)
        choice = f'{{ id = "{GONE_CHOICE}", icon = "mdi6.school" }},\n  {{ id = "paspoort", icon'
        text = text.replace('{ id = "paspoort", icon', choice, 1)
        said = said.replace("choice.paspoort = ", f'choice.{GONE_CHOICE} = "Een diploma"\nchoice.paspoort = ', 1)
    definition.write_text(text, encoding="utf-8")
    words.write_text(said, encoding="utf-8")
    found = ServiceLibrary.load(folder)
    assert found.closed == ()
    assert found.service(SERVICE).version == number
    return found


def answers_to(definition: ServiceDefinition, number: int) -> Answers:
    """Answer everything, the questions and the choice that are gone now among them."""
    graph = Graph.of(definition, FakeClock().now().date())
    chance = random.Random(number)
    wanted = {
        "nieuw": Answer("nieuw", fields={"choice": "ja"}),
        "papieren": Answer("papieren", fields={"choices": GONE_CHOICE}),
        "naam": Answer("naam", fields={"text": "Noor de Vries"}),
        f"huisdier-{number}": Answer(f"huisdier-{number}", fields={"choice": "kat"}),
    }
    journey = Journey(definition, Answers(), graph.today)
    for question in definition.questions:
        if journey.applies(question.when):
            answer = wanted.get(question.id) or chance.choice(graph.answers[question.id])
            journey = Journey(definition, journey.answers.with_answer(answer), journey.today)
    return journey.answers


@dataclass
class Filed:
    """What the visitors of ten versions left behind."""

    road: Road
    orders: dict[int, Order]

    def opened(self, number: int) -> Submission:
        """Open a case as it lies in the store."""
        case_id = self.orders[number].case_id
        row = self.road.database.row("SELECT * FROM submissions WHERE case_id = ?", (case_id,))
        assert row is not None
        return open_submission(header_of(row), row["sealed"], read_opener(self.road.folder / "loket.key"))


@pytest.fixture
def filed(tmp_path: Path, clock: FakeClock) -> Iterator[Filed]:
    properties = [question.case_property for question in library().service(SERVICE).questions]
    names = tuple(name for name in (*properties, *(f"huisdier_{number}" for number in OLDER)) if name)
    with built_road(tmp_path, clock, {SERVICE: names}) as road:
        orders = {}
        for number in OLDER:
            at_that_time = library_of(tmp_path / f"v{number}", number)
            definition = at_that_time.service(SERVICE)
            order = Order(
                case_id=CaseId(str(uuid.uuid4())),
                reference=new_reference(),
                status_code="1234",
                definition=definition,
                answers=answers_to(definition, number),
                today=clock.now().date(),
                language="nl",
            )
            intake = Intake(SqliteCaseStore(road.database), read_sealer(tmp_path / "loket.pub"))
            Filing(intake, at_that_time, texts_of, PLACE, clock, "bieb-01").file(order)
            orders[number] = order
        yield Filed(road, orders)


def test_opens_every_case_as_it_was_asked_then(filed: Filed, tmp_path: Path) -> None:
    present = library_of(tmp_path / "present", PRESENT).service(SERVICE)
    ours = {question.id for question in present.questions}

    for number in OLDER:
        submission = filed.opened(number)
        lines = {line.question_id: line for line in submission.lines}

        assert submission.header.service_version == number
        gone = lines[f"huisdier-{number}"]
        assert gone.question_id not in ours
        assert (gone.question, gone.answer) == (f"Welk dier had u in versie {number}?", "Een kat")
        assert lines["papieren"].answer == "Een diploma"
        assert dict(lines["papieren"].given) == {"choices": GONE_CHOICE}
        assert f"bij-iemand-{number}" in lines
        assert all(line.question for line in submission.lines)
        assert submission.documents[0].content.startswith(b"%PDF")


def test_delivers_every_case_once_and_tells_its_state_under_the_present_definitions(
    filed: Filed, tmp_path: Path
) -> None:
    present = library_of(tmp_path / "present", PRESENT)
    opened = [filed.opened(number) for number in OLDER]

    counts = filed.road.sync_until_done()

    assert (counts.delivered, counts.pending, counts.retrying, counts.rejected) == (len(OLDER), 0, 0, 0)
    assert_registered_once(filed.road.back_end, opened)
    store = SqliteCaseStore(filed.road.database)
    intake = Intake(store, read_sealer(tmp_path / "loket.pub"))
    desk = Filing(intake, present, texts_of, PLACE, filed.road.clock, "bieb-01")
    for number, order in filed.orders.items():
        summary = store.summary(order.case_id)
        assert summary is not None
        assert (summary.state, summary.service_version) == (CaseState.DELIVERED, number)
        assert store.has_status_code(order.reference, "1234")
        receipt = desk.receipt(order, summary.state)
        assert texts_of("nl").tr("status.delivered.title") in receipt.dutch.status
        assert receipt.reference == summary.reference
