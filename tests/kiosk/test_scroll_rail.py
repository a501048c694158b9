# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import pytest
from pytestqt.qtbot import QtBot

from commands.window_words import window_words
from kiosk.scroll_rail import SCROLL_DOWN
from kiosk.view import TextSize
from tests.journeys.citizen import texts_of
from tests.kiosk.window_views import PORTRAIT, WINDOW_SIZES, Page, in_size, long_view

MOST_WIDTH = 150
MOST_WIDTH_OF_LARGEST = 330  # these letters may not be smaller than can be read


@pytest.mark.parametrize("size", WINDOW_SIZES)
@pytest.mark.parametrize("letters", list(TextSize))
@pytest.mark.parametrize("language", ["nl", "qps"])
def test_leaves_the_text_its_room_whatever_the_letters_and_the_language(
    qtbot: QtBot, size: tuple[int, int], letters: TextSize, language: str
) -> None:
    page = Page(size, words=lambda _language: window_words(texts_of)(language))
    qtbot.addWidget(page.window)
    page.show(in_size(long_view(), letters))
    down = next(item for item in page.window.focus_order() if getattr(item, "button_id", "") == SCROLL_DOWN)

    assert 72 <= down.width() <= (MOST_WIDTH_OF_LARGEST if letters is TextSize.LARGEST else MOST_WIDTH)
    assert down.height() >= 72


def test_covers_no_text(qtbot: QtBot) -> None:
    page = Page(PORTRAIT)
    qtbot.addWidget(page.window)
    page.show(in_size(long_view(), TextSize.LARGEST))
    down = next(item for item in page.window.focus_order() if getattr(item, "button_id", "") == SCROLL_DOWN)
    widest = max(item.mapTo(page.window, item.rect().topRight()).x() for item in page.texts())

    assert widest < down.mapTo(page.window, down.rect().topLeft()).x()
