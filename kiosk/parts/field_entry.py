# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One field: the label above, the error between label and field, the box to type in, the example under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from domain.service import Privacy
from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.picks import PickBox, PickPanel
from kiosk.parts.signed_text import SignedText
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.parts.typing_line import Editor, TypingArea, TypingLine, set_text, text_of
from kiosk.view import Chose, ErrorText, Field, Keyboard, Typed


class FieldEntry(QWidget):
    """Keeps its editor, cursor and focus while label, error and text around it change."""

    def __init__(
        self, stage: Stage, parent: QWidget, field: Field, said_elsewhere: frozenset[str], group: str = ""
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self.field = field
        self._group = group  # the words above the row: of two fields called "Naam" they tell whose
        self.label: TextBlock | None = None
        self.error: SignedText | None = None
        self.example: TextBlock | None = None
        self._box = QRect()
        self.pick_box: PickBox | None = None
        self.panel: PickPanel | None = None
        self.editor: Editor | None = None
        self._dress(said_elsewhere)
        if field.picks:
            self.pick_box = PickBox(stage, self)
            self.pick_box.clicked.connect(self._on_pick_box_clicked)
        else:
            self.editor = (
                TypingArea(stage.look, self) if field.lines > 1 else TypingLine(stage.look, self, stage.is_rtl)
            )
            if field.privacy is Privacy.SECRET and isinstance(self.editor, TypingLine):
                self.editor.setEchoMode(TypingLine.EchoMode.Password)
            self.editor.textChanged.connect(self._on_editor_text_changed)
            self.editor.touched.connect(self._on_editor_touched)
        self._name_control()
        self._show_text()

    @property
    def control(self) -> QWidget:
        """What takes the focus."""
        return self.editor if self.editor is not None else self.pick_box or self

    def _dress(self, said_elsewhere: frozenset[str]) -> None:
        for old in (self.label, self.error, self.example):
            if old is not None:
                old.hide()
                old.deleteLater()
        stage, field = self._stage, self.field
        self.label = TextBlock(stage, self, f"{field.id}.label", field.label, "body", "ink") if field.label else None
        shown = field.error and field.error not in said_elsewhere
        self.error = SignedText(stage, self, ErrorText(f"{field.id}.error", field.error, field.id)) if shown else None
        self.example = (
            TextBlock(stage, self, f"{field.id}.example", field.example, "small", "ink_soft") if field.example else None
        )
        for new in (self.label, self.error, self.example):
            if new is not None:
                new.show()

    def _name_control(self) -> None:
        self.control.setAccessibleName(self.field.label)
        described = " ".join(text for text in (self._group, self.field.error, self.field.example) if text)
        if self.editor is not None:
            self.editor.setAccessibleDescription(described)
        elif self.pick_box is not None:
            self.pick_box.describe(described)

    def _show_text(self) -> None:
        field = self.field
        if self.editor is not None:
            if text_of(self.editor) != field.text:
                set_text(self.editor, field.text)
        elif self.pick_box is not None:
            chosen = next((pick.text for pick in field.picks if field.text in (pick.id, pick.text)), field.text)
            self.pick_box.show_text(chosen)

    def takes(self, field: Field, said_elsewhere: frozenset[str]) -> bool:
        """Take over a new state of the same field, keeping cursor and focus."""
        old = self.field
        if (old.id, old.keyboard, old.lines, old.picks) != (field.id, field.keyboard, field.lines, field.picks):
            return False
        self.field = field
        if (old.label, old.error, old.example) != (field.label, field.error, field.example):
            self._dress(said_elsewhere)
        self._name_control()
        self._show_text()
        return True

    def make_panel(self, parent: QWidget, opened: Callable[[], None]) -> PickPanel | None:
        """Make the grid to pick from; it belongs under the whole row."""
        if self.field.picks:
            self.panel = PickPanel(self._stage, parent, self.field.picks, self._on_picked)
            self._opened = opened
        return self.panel

    def _on_editor_text_changed(self) -> None:
        if self.editor is not None:
            self._stage.send(Typed(self.field.id, text_of(self.editor)))

    def _on_editor_touched(self) -> None:
        self._stage.field_touched(self.control)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # The edge of the box belongs to the field too: a trembling finger lands there.
        if not self._box.contains(event.position().toPoint()):
            super().mouseReleaseEvent(event)
        elif self.pick_box is not None:
            self.pick_box.click()
        else:
            self.control.setFocus()
            self._stage.field_touched(self.control)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._box.contains(event.position().toPoint()))

    def _on_pick_box_clicked(self) -> None:
        if self._stage.may_press(self.control):
            self.open_panel(self.panel is not None and self.panel.isHidden())

    def open_panel(self, is_open: bool) -> None:
        if self.panel is None or self.pick_box is None:
            return
        self.panel.mark(self.field.text)
        self.panel.setVisible(is_open)
        self.pick_box.is_open = is_open
        self.pick_box.update()
        self._opened()

    def _on_picked(self, option_id: str) -> None:
        if self.pick_box is not None:
            chosen = next(pick.text for pick in self.field.picks if pick.id == option_id)
            self.pick_box.show_text(chosen)
        # First the focus, then away with the grid: Qt would send the focus wandering.
        self.control.setFocus()
        self.open_panel(False)
        self._stage.send(Chose(self.field.id, option_id))

    def natural_width(self) -> int:
        look = self._stage.look
        metrics = QFontMetricsF(look.font("field"))
        if self.field.picks:
            widest = max(metrics.horizontalAdvance(pick.text) for pick in self.field.picks)
            box = round(widest) + 2 * look.space("large") + look.shape("icon_button")
        else:
            is_digits = self.field.keyboard in (Keyboard.DIGITS, Keyboard.AMOUNT, Keyboard.PHONE, Keyboard.POSTCODE)
            each = metrics.horizontalAdvance("0") if is_digits else metrics.averageCharWidth()
            box = round(each * self.field.width) + 2 * look.space("large")
        label = self.label.shape_of_text.natural_width if self.label is not None else 0
        return max(box, label, look.target)

    def head_height(self, width: int) -> int:
        """Give the height of label and error at `width`; fields in a row line up under the highest."""
        look = self._stage.look
        label = self.label.lay_out(width) if self.label is not None else 0
        error = self.error.lay_out(width) if self.error is not None else 0
        return label + error + (look.space("small") if label or error else 0)

    def lay_out(self, width: int, head: int) -> int:
        look = self._stage.look
        error_height = self.error.lay_out(width) if self.error is not None else 0
        label_height = self.label.lay_out(width) if self.label is not None else 0
        top = head - self.head_height(width)
        if self.label is not None:
            self.label.put(0, top, width, width)
            top += label_height
        if self.error is not None:
            self._stage.place(self.error, 0, top, width, error_height, width)
        box_width = min(width, self.natural_width())
        line, padding = look.line("field"), look.space("medium")
        box_height = max(look.target + look.space("small"), line * self._lines(head) + 2 * padding)
        self._box = self._stage.rect(0, head, box_width, box_height, width)
        inside = self._box.adjusted(look.space("large"), 4, -look.space("large"), -4)
        if isinstance(self.editor, TypingArea):
            inside = self._box.adjusted(look.space("large"), padding, -look.space("large"), -padding)
        if self.pick_box is not None:
            inside = self._box.adjusted(look.space("large"), 4, -look.space("medium"), -4)
        self.control.setGeometry(inside)
        top = head + box_height
        if self.example is not None:
            top += look.space("small")
            top += self.example.put(0, top, width, width)
        return top

    def _lines(self, head: int) -> int:
        """As many lines as the field wants and the room above the keyboard allows."""
        look = self._stage.look
        most = (self._stage.room - head - 4 * look.space("medium")) // look.line("field")
        return max(1, min(self.field.lines, most))

    @property
    def box(self) -> QRect:
        """Where the box stands in this entry."""
        return self._box

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        edge, thick = ("danger", "border_chosen") if self.field.error else ("ink", "border")
        paint_box(
            painter,
            QRectF(self._box),
            look.colour("paper"),
            look.colour(edge),
            look.shape(thick),
            look.shape("field_radius"),
        )
        painter.end()
