# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is private at every kind of field: a hundred events of a helper refused, and not a pixel that tells (H03)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.together.masking import DOTS
from kiosk.view import NEXT, Chose, Field, FieldRow, Pressed, Typed
from tests.assisted.test_together import Table

KEYS = 100
SIGNS = "aZ7@ "
ROADS = {
    "a row of fields": ("verhuizen", {"voor-wie": "mijzelf", "nieuw": "nee"}, "adres"),
    "a telephone number": ("bel", {"voor-wie": "mijzelf", "onderwerp": "geld"}, "telefoon"),
    "a story": ("fout", {"voor-wie": "mijzelf", "soort": "behandeld", "nood": "nee"}, "verhaal"),
    "a name": ("machtigen", {"voor-wie": "iemand-anders", "grond": "nog-niets"}, "vertegenwoordigde"),
    "persons and birth dates": ("verhuizen", {"voor-wie": "mijzelf", "nieuw": "nee", "samen": "ja"}, "personen"),
}


@contextmanager
def seated(qtbot: QtBot, folder: Path) -> Iterator[Table]:
    folder.mkdir(exist_ok=True)
    table = Table(qtbot, folder)
    try:
        table.together()
        yield table
    finally:
        table.link.stop()
        table.host.close()
        table.background.close(waits=True)
    assert not table.faults


def walk_to(table: Table, service: str, chosen: dict[str, str], stop: str) -> None:
    table.do(Pressed(f"service:{service}"), Pressed(NEXT))
    for _ in range(40):
        now = table.navigator.asked_id
        if now == stop:
            table.same()
            return
        if now in chosen:
            table.do(Chose("answer", chosen[now]))
        else:
            table.do(Pressed("offer.unknown"))
        table.do(Pressed(NEXT))
    raise AssertionError(table.navigator.view.name)


def fields_of(table: Table) -> list[Field]:
    view = table.navigator.view
    rows = [part.fields for part in view.parts if isinstance(part, FieldRow)]
    return [part for part in view.parts if isinstance(part, Field)] + [found for row in rows for found in row]


def disturb(editor: QWidget, number: int) -> None:
    """Do one thing that would change a field: a key, an input method, a key that takes away."""
    editor.setFocus()
    match number % 5:
        case 0 | 1 | 2:
            QTest.keyClicks(editor, SIGNS[number % len(SIGNS)])
        case 3:
            event = QInputMethodEvent()
            event.setCommitString("字")
            QApplication.sendEvent(editor, event)
        case _:
            QTest.keyClick(editor, Qt.Key.Key_Backspace)


@pytest.mark.parametrize(
    "road", [road if road == "a story" else pytest.param(road, marks=pytest.mark.long) for road in ROADS]
)
def test_refuses_every_hundred_events_at_each_kind_of_field_and_says_so(
    qtbot: QtBot, tmp_path: Path, road: str
) -> None:
    with seated(qtbot, tmp_path) as table:
        walk_to(table, *ROADS[road])
        for found in fields_of(table):
            table.do(Typed(found.id, "Zwartewaterplein"))
        table.same()
        mirror, before = table.page.mirror, dict(table.navigator.fields_of(table.navigator.asked_id))
        assert mirror is not None
        fields = fields_of(table)
        assert fields
        for number in range(KEYS):
            entry = mirror.field_entry(fields[number % len(fields)].id)
            assert entry is not None
            assert entry.editor is not None
            disturb(entry.editor, number)
            table.wait(lambda number=number: len(table.spoken) > number)
        assert table.spoken == ["Dit doet de bezoeker."] * KEYS
        assert dict(table.navigator.fields_of(table.navigator.asked_id)) == before
        assert "Zwartewaterplein" not in repr(table.page._now)


def test_takes_nothing_that_is_dragged_or_pasted_in_or_out(qtbot: QtBot, tmp_path: Path) -> None:
    with seated(qtbot, tmp_path) as table:
        walk_to(table, *ROADS["a name"])
        mirror = table.page.mirror
        assert mirror is not None
        entry = mirror.field_entry("text")
        assert entry is not None
        assert isinstance(entry.editor, QLineEdit)
        mime = QMimeData()
        mime.setText("gesleept")
        drop = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(entry.editor, drop)
        QApplication.clipboard().setText("geplakt")
        for keys in (Qt.Key.Key_V, Qt.Key.Key_Z):
            QTest.keyClick(entry.editor, keys, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(entry.editor, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
        table.do(Typed("text", "Zwartewaterplein"))
        table.same()
        assert table.navigator.fields_of("vertegenwoordigde") == {"text": "Zwartewaterplein"}
        entry.editor.selectAll()
        QTest.keyClick(entry.editor, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert "Zwartewaterplein" not in QApplication.clipboard().text()
        assert entry.editor.text() == DOTS


ANSWERS = (
    {
        "inwonen": {"choice": "ja"},
        "datum": {"day": "14", "month": "12", "year": "2026"},
        "adres": {"postcode": "1234 ab", "number": "12", "street": "Dorpsstraat", "city": "Voorbeeldstad"},
        "naam": {"text": "Fatima Jansen"},
        "telefoon": {"phone": "0612345678"},
    },
    {
        "inwonen": {"choice": "nee"},
        "datum": {"day": "3", "month": "1", "year": "2027"},
        "adres": {"postcode": "9876 zz", "number": "4", "street": "Wilhelminakade-Noord", "city": "Ons Dorp"},
        "naam": {"text": "Kees van den Boogaard-de Wit"},
        "telefoon": {"phone": "0201234567"},
    },
)
CHOSEN = {"voor-wie": "mijzelf", "nieuw": "nee", "samen": "nee", "bereiken": "telefoon"}


def pictures_of_a_visit(table: Table, answers: dict[str, dict[str, str]]) -> tuple[dict[str, QImage], int]:
    """Let a visitor move house, and give each screen as the helper saw it, with how many differ from the empty one."""
    seen: dict[str, QImage] = {}
    table.page.resize(1366, 1400)  # all of a screen is seen
    table.do(Pressed("service:verhuizen"), Pressed(NEXT))
    for _ in range(40):
        name = table.navigator.view.name
        now = table.navigator.asked_id
        if now in CHOSEN:
            table.do(Chose("answer", CHOSEN[now]))
        for field_id, text in answers.get(now, {}).items():
            table.do(Chose("answer", text) if field_id == "choice" else Typed(field_id, text))
        table.same()
        QApplication.processEvents()
        seen[name] = table.picture()
        if name.endswith(".check"):
            return seen, len(seen)
        if now and now not in CHOSEN and now not in answers:
            table.do(Pressed("offer.unknown"))
        table.do(Pressed(NEXT))
    raise AssertionError(table.navigator.view.name)


def test_not_a_pixel_of_a_whole_visit_tells_what_was_answered(qtbot: QtBot, tmp_path: Path) -> None:
    QApplication.setCursorFlashTime(0)
    found = []
    for number, answers in enumerate(ANSWERS):
        with seated(qtbot, tmp_path / str(number)) as table:
            seen, screens = pictures_of_a_visit(table, answers)
            found.append(seen)
            assert screens > 8
    one, other = found
    # What is asked next may tell a choice: the road is seen, what was answered on it is not.
    assert set(one) ^ set(other) == {"verhuizen.advice.toestemming"}
    assert {"verhuizen.inwonen", "verhuizen.adres", "verhuizen.naam", "verhuizen.check"} <= set(one)
    assert [name for name in one if name in other and one[name] != other[name]] == []
