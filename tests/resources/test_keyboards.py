# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
import pytest

from kiosk.view import Keyboard
from resources.keyboards import SCRIPTS, next_script, rows_of, script_of


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("kind", list(Keyboard))
def test_every_layout_can_delete_and_can_be_closed(script: str, kind: Keyboard) -> None:
    keys = [key for row in rows_of(script, kind.value) for key in row]

    assert "<done>" in keys
    assert "<delete>" in keys


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("kind", [*(kind.value for kind in Keyboard), "accents"])
def test_no_key_stands_twice_on_one_layout(script: str, kind: str) -> None:
    keys = [key for row in rows_of(script, kind) for key in row]

    assert len(keys) == len(set(keys))


def test_walks_through_all_scripts_and_comes_back() -> None:
    script = script_of("uk")
    seen = [script := next_script(script) for _ in SCRIPTS]

    assert set(seen) == set(SCRIPTS)
    assert seen[-1] == "cyrillic"


def test_a_language_without_a_layout_types_latin() -> None:
    assert script_of("xx") == "latin"


def test_an_email_field_offers_the_sign_every_address_has() -> None:
    assert "@" in [key for row in rows_of("latin", "email") for key in row]
