# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the sheets of a case are made of: fields with what is wrong beside them, a choice of words, one act at the foot.

Esc closes; it asks first when something was typed. Ctrl+Enter does what the sheet is for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from assisted.case_sheets import CaseSheetWidget, SheetHand
from assisted.desk_parts import DeskButton, DeskText
from assisted.legible_text import LegibleText
from assisted.tally import ChipRow, Chips
from domain.bsn_door import holds_bsn
from domain.case_act import ActKind
from domain.note_check import NoteFault, problems_in

SEND_KEY = "Ctrl+Return"
_LAID_OUT_MS = 60
# A message to a citizen may name a telephone number or a day; never a number that opens somebody's life.
_NEVER_IN_A_MESSAGE = (NoteFault.BSN, NoteFault.IBAN)


class Picks(Chips):
    """A choice of one word; it holds which."""

    def __init__(self, name: str, words: Sequence[tuple[str, str]], value: str | None = None) -> None:
        self.value = value
        self.picked: Callable[[str], None] = lambda _word: None
        super().__init__(name, words, self._on_chosen, "chip")
        self.choose(value)

    def _on_chosen(self, word: str) -> None:
        self.value = word
        self.choose(word)
        self.picked(word)


class Field(QWidget):
    """A label, what is filled in, and below it what is wrong, when something is."""

    def __init__(self, label: str, editor: QWidget, says: str = "") -> None:
        super().__init__()
        self.editor = editor
        self._says = says
        self._problem = DeskText("", "danger")
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)  # so that the ring around what has the focus touches no letter
        name = DeskText(label, "strong")
        column.addWidget(name)
        if says:
            column.addWidget(DeskText(says, "soft"))
        column.addWidget(editor)
        column.addWidget(self._problem)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        self._describe()
        self.setFocusProxy(self.stop)
        if isinstance(editor, LegibleText):
            editor.changed.connect(self._on_changed)
        elif isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(self._on_changed)

    @property
    def stop(self) -> QWidget:
        """Give what takes the focus here."""
        if isinstance(self.editor, Chips):
            return self.editor.stop
        return self.editor.field if isinstance(self.editor, LegibleText) else self.editor

    @property
    def problem(self) -> str:
        return "" if self._problem.isHidden() else self._problem.text()

    def refuse(self, says: str) -> None:
        """Say what is wrong, beside the field; an empty text takes it away."""
        self._problem.setText(says)
        self._problem.setVisible(bool(says))
        self._describe()

    def _on_changed(self) -> None:
        if self.problem:
            self.refuse("")

    def _describe(self) -> None:
        self.stop.setAccessibleDescription(" ".join(filter(None, (self.problem, self._says))))


class SheetForm(CaseSheetWidget):
    """A sheet with fields. Lives in the UI thread; thrown away when it is closed."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(14)
        self.fields: list[Field] = []
        self.is_left = False
        self._is_sending = False
        self._was: dict[QWidget, str] = {}
        self._foot_problem = DeskText("", "danger")
        self._foot_problem.hide()
        self._asking: QWidget | None = None
        self._was_at: QWidget | None = None  # where the focus was when closing was asked

    # -- what the view asks --------------------------------------------------------------------------------------------

    @property
    def sends(self) -> str:
        """Give the words of the button at the foot."""
        return "" if self.send_button.isHidden() else self.send_button.accessibleName()

    def first(self) -> QWidget:
        """Give the first field, or the button where there is nothing to fill in."""
        return self.fields[0].stop if self.fields else self.send_button

    def left(self) -> None:
        """Hear no more of what is still asked of the store."""
        self.is_left = True

    # -- making it -----------------------------------------------------------------------------------------------------

    def tr_sheet(self, key: str, **values: str) -> str:
        return self.hand.office.tr(f"desk.sheet.{key}", **values)

    def add_text(self, text: str, kind: str = "") -> DeskText:
        said = DeskText(text, kind)
        self.column.addWidget(said)
        return said

    def add_field(self, label: str, editor: QWidget, says: str = "") -> Field:
        field = Field(label, editor, says)
        self.fields.append(field)
        self.column.addWidget(field)
        return field

    def add_picks(self, label: str, words: Sequence[tuple[str, str]], value: str | None = None) -> tuple[Field, Picks]:
        picks = Picks(label, words, value)
        return self.add_field(label, picks), picks

    def add_foot(self, send: str, sends: Callable[[], None]) -> None:
        """Close the form with what it does."""
        tr = self.tr_sheet
        self.send_button = DeskButton(f"{send} (Ctrl+Enter)", "primary", key=SEND_KEY)
        self.send_button.setAccessibleName(send)
        self.send_button.clicked.connect(lambda _on=False: sends())
        self._buttons = _row(self.send_button)
        self.column.addWidget(self._foot_problem)
        self.column.addWidget(self._buttons)
        self._asking = QWidget()
        ask = QVBoxLayout(self._asking)
        ask.setContentsMargins(0, 0, 0, 0)
        ask.addWidget(DeskText(tr("throw_away"), "warn"))
        self.stay_button = DeskButton(tr("throw_away.no"), "primary")
        self.stay_button.clicked.connect(lambda _on=False: self._stay())
        self.throw_button = DeskButton(tr("throw_away.yes"))
        self.throw_button.clicked.connect(lambda _on=False: self.hand.close())
        ask.addWidget(_row(self.stay_button, self.throw_button))
        self._asking.hide()
        self.column.addWidget(self._asking)
        self.column.addStretch(1)
        self.remember()

    def remember(self) -> None:
        """Take the texts of now as not typed by anybody: what stood there at first is no loss."""
        self._was = {editor: _text_of(editor) for editor in self._editors()}

    def go_to(self, widget: QWidget, around: QWidget | None = None) -> None:
        """Give the focus to a widget and bring it in sight, with what stands `around` it where that fits."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

        def show() -> None:
            holder = widget.parentWidget()
            while holder is not None and not isinstance(holder, QScrollArea):
                holder = holder.parentWidget()
            if holder is not None and not self.is_left:
                for one in (around or widget, widget):
                    holder.ensureWidgetVisible(one, 0, 12)

        # What was just shown gets its place in one or more rounds of layout.
        for after_ms in (0, _LAID_OUT_MS):
            QTimer.singleShot(after_ms, self, show)

    # -- going back ----------------------------------------------------------------------------------------------------

    @property
    def was_typed_in(self) -> bool:
        """Tell whether closing would lose something."""
        return any(_text_of(editor) != self._was.get(editor, "") for editor in self._editors())

    def ask_to_close(self) -> None:
        """Close, or ask first when something was typed; asked again, go on."""
        if self._asking is not None and self._asking.isVisible():
            self._stay()
            return
        if not self.was_typed_in or self._asking is None:
            self.hand.close()
            return
        self._was_at = QApplication.focusWidget()
        self._asking.show()
        self._buttons.hide()
        self.go_to(self.stay_button, self._asking)
        self.hand.office.say(self.tr_sheet("throw_away"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ask_to_close()
            return
        super().keyPressEvent(event)

    def _stay(self) -> None:
        if self._asking is not None:
            self._asking.hide()
        self._buttons.show()
        at = self._was_at
        back_to = at if at is not None and self.isAncestorOf(at) and at.isVisible() else self.first()
        self.go_to(back_to)

    def _editors(self) -> list[QWidget]:
        return [*self.findChildren(QLineEdit), *self.findChildren(QPlainTextEdit)]

    # -- what is wrong -------------------------------------------------------------------------------------------------

    def refuse(self, problems: Mapping[Field, str]) -> bool:
        """Say at each field what is wrong and go to the first; True when anything is."""
        self._foot_problem.hide()
        for field in self.fields:
            field.refuse(problems.get(field, ""))
        wrong = [field for field in self.fields if problems.get(field)]
        if not wrong:
            return False
        stop = wrong[0].stop
        self.go_to(stop, wrong[0])
        self.hand.office.say(problems[wrong[0]])
        QAccessible.updateAccessibility(QAccessibleEvent(stop, QAccessible.Event.DescriptionChanged))
        return True

    def wrong_in_note(self, note: str) -> str:
        """Say what may not stand in a note of ours (H17); nothing where it is fine."""
        found = problems_in(note, self.hand.office.clock.now().year)
        return self.tr_sheet(f"note.{found[0].fault.value}") if found else ""

    def wrong_in_message(self, message: str) -> str:
        """Say what may not stand in a message to the citizen; nothing where it is fine."""
        found = problems_in(message, self.hand.office.clock.now().year)
        wrong = next((one.fault for one in found if one.fault in _NEVER_IN_A_MESSAGE), None)
        if wrong is None and holds_bsn(message):
            wrong = NoteFault.BSN
        return self.tr_sheet(f"note.{wrong.value}") if wrong else ""

    # -- doing it ------------------------------------------------------------------------------------------------------

    def record(self, kind: ActKind, text: str = "", given: Mapping[str, str] | None = None) -> None:
        """Keep the act, once however often it is asked; what was typed stays where it could not be kept."""
        if self._is_sending:
            return
        self._is_sending = True
        self.hand.record(kind, text, given, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._is_sending = False
        self.hand.office.failed(error)
        if not self.is_left:
            said = self.tr_sheet("not_kept")
            self._foot_problem.setText(said)
            self._foot_problem.show()
            self.hand.office.say(said)


def _row(*buttons: QWidget) -> QWidget:
    holder = QWidget()
    row = ChipRow(12)
    for button in buttons:
        row.addWidget(button)
    holder.setLayout(row)
    return holder


def line(name: str, example: str = "", longest: int = 160) -> QLineEdit:
    """Make a field of one line."""
    field = QLineEdit()
    field.setMaxLength(longest)
    field.setAccessibleName(name)
    field.setPlaceholderText(example)
    return field


def tick(text: str) -> QCheckBox:
    """Make a box to tick."""
    box = QCheckBox(text)
    box.setAccessibleName(text)
    return box


def _text_of(editor: QWidget) -> str:
    if isinstance(editor, QLineEdit):
        return editor.text()
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else ""
