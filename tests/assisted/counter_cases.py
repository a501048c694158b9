# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invented cases for the pages of a counter, and a desk at which they are opened. Nobody in here exists."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from assisted.counter_ports import CounterPorts
from assisted.work_page import work_page
from domain.case_act import ActConflict, ActHeader, ActKind, CaseAct
from domain.counter import CaseDocument, CaseEvent, CounterCase, Stage, WorkItem
from domain.submission import Initiator, SubmissionLine
from tests.fakes.clock import TUESDAY
from tests.fakes.counter_desk import FakeActBook, FakeCounterDesk
from tests.fakes.work_list import FakeWorkList, work_item

TODAY = date(2026, 11, 24)
NAME, PHONE = "Fatima Jansen-El Idrissi", "+31612345678"
LATE, TODAYS, PLAIN, WITHDRAWN, CLASH = (
    "K473-93FM-0X52-P8",
    "P102-44RX-9M31-0F",
    "F550-12KM-7Y08-X3",
    "R981-60PF-2K45-M1",
    "Y317-85XM-6R90-2P",
)


def items() -> list[WorkItem]:
    """Give one of every kind of line."""
    return [
        work_item(
            LATE,
            due_on=TODAY - timedelta(days=5),
            title="Uw verhuizing doorgeven",
            language="uk",
            is_urgent=True,
            asks_call=True,
        ),
        work_item(TODAYS, due_on=TODAY, title="Mijn afvalpas is kwijt of stuk", owner="34", owner_name="Omar Aydin",
                  stage=Stage.TAKEN, acts_waiting=1),
        work_item(PLAIN, due_on=TODAY + timedelta(days=6), title="Bel mij terug"),
        work_item(WITHDRAWN, due_on=None, title="Hulp bij schulden", is_withdrawn=True, stage=Stage.ASKED,
                  owner="78", owner_name="Sanne Visser"),
        work_item(CLASH, due_on=TODAY + timedelta(days=2), title="Iets melden op straat", has_conflict=True,
                  stage=Stage.TAKEN, owner="78", owner_name="Sanne Visser"),
        work_item("M004-71FK-3P66-9R", due_on=TODAY + timedelta(days=9), title="Geboorte aangeven", stage=Stage.HERE),
    ]  # fmt: skip


def lines() -> tuple[SubmissionLine, ...]:
    """Give answers of every origin."""
    return (
        SubmissionLine("voor-wie", "Voor wie vult u dit in?", "Voor mijzelf", "given", "self"),
        SubmissionLine("datum", "Op welke dag gaat u verhuizen?", "14 december 2026", "given", "together"),
        SubmissionLine(
            "adres", "Wat wordt uw nieuwe adres?", "Dorpsstraat 12 b, 1234 AB Voorbeeldstad", "given", "helper"
        ),
        SubmissionLine("naam", "Hoe heet u?", NAME, "given", "chip"),
        SubmissionLine("samen", "Wie verhuizen er mee?", "Ik weet het niet", "unknown", "self"),
        SubmissionLine("uitleg", "Wilt u nog iets zeggen?", "Mijn dochter Noor gaat mee. " * 4, "given", "taken_over"),
    )


def case_of(item: WorkItem) -> CounterCase:
    """Give a case with everything in it."""
    at = TUESDAY - timedelta(days=1, hours=2)
    return CounterCase(
        item=item,
        version="v1",
        initiator=Initiator(NAME, "1984-04-06", PHONE, "f.jansen@voorbeeld.example", "", "phone", item.language),
        explanation="U hoort uiterlijk 30 november van ons.",
        lines=lines(),
        documents=(
            CaseDocument("pdf", "Wat de inwoner invulde", f"{item.reference}.pdf", "application/pdf", 48_200),
            CaseDocument("foto", "Foto 1", f"{item.reference}-1.png", "image/png", 1_240_000),
        ),
        seen=(CaseEvent(at, "act", "ID-kaart gezien 23-11 08:30 door rol balie", "Omar Aydin"),),
        history=(
            CaseEvent(at - timedelta(days=6), "status", "Ingediend bij de zuil in de bieb"),
            CaseEvent(at - timedelta(days=2), "call", "Gebeld. Nam niet op.", "Sanne Visser"),
            CaseEvent(at, "correction", "De dag is 16 december 2026."),
            CaseEvent(TUESDAY - timedelta(minutes=20), "act", "Opgepakt", "Omar Aydin", is_waiting=True),
        ),
        fetched_at=TUESDAY - timedelta(minutes=25),
    )


def conflict(reference: str = CLASH, number: str = "34") -> ActConflict:
    """Give two changes of one case."""
    header = ActHeader("a-1", reference, ActKind.ANSWER, TUESDAY - timedelta(hours=1), number, "v1", "key")
    mine = CaseAct(header, "Omar Aydin", "De lamp is gemaakt op 20 november.")
    return ActConflict(mine, "Stuurt de zaak door naar Groen en wegen", "Sanne Visser", TUESDAY, "balie-2")


def paper() -> bytes:
    """Make a PDF of two pages."""
    written = BytesIO()
    canvas = Canvas(written)
    for number in (1, 2):
        canvas.setFont("Helvetica", 28)
        canvas.drawString(80, 700, f"Pagina {number}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


class CounterRoom:
    """The fakes behind the pages of a counter, filled."""

    def __init__(self, found: list[WorkItem] | None = None) -> None:
        self.work = FakeWorkList(items() if found is None else found)
        self.desk = FakeCounterDesk({item.reference: case_of(item) for item in self.work.items.values()})
        self.desk.files = {"pdf": paper()}
        self.desk.conflicting = [conflict()]
        self.acts = FakeActBook()
        self.ports = CounterPorts(self.work, self.desk, self.acts)
        self.page = work_page(self.ports)
        self.now: datetime = TUESDAY
