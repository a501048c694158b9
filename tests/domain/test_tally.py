# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is counted: words of lists, filled in from what was done."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import get_type_hints

import pytest

from domain.tally import Age, Channel, Deed, Done, Organisation, Tally, TallyDraft, Theme, filled_in, with_theme
from resources.service_library import ServiceLibrary


def test_has_no_field_that_could_hold_a_text() -> None:
    types = get_type_hints(Tally)
    for field in fields(Tally):
        kind = types[field.name]
        assert issubclass(kind, StrEnum), field.name
        assert len(kind) < 20


def test_fills_in_what_the_visit_tells_so_that_only_confirming_is_left() -> None:
    done = Done("toeslag", Deed.REFERRED, Organisation.LEGAL_HELP, Age.FROM_65, Channel.KIOSK)
    draft = filled_in(done)
    assert draft.tally == Tally(
        Theme.MONEY, Deed.REFERRED, Organisation.TAX, Organisation.LEGAL_HELP, Age.FROM_65, Channel.KIOSK
    )


def test_fills_in_nothing_when_nothing_was_done() -> None:
    assert filled_in(Done()) == TallyDraft()
    assert TallyDraft().tally is None
    assert TallyDraft(theme=Theme.MOVING).tally is None


@pytest.mark.parametrize("service", [service.id for service in ServiceLibrary.load().services])
def test_knows_the_theme_of_every_service(service: str) -> None:
    assert filled_in(Done(service)).theme is not None


def test_fills_in_whose_question_it_nearly_always_is() -> None:
    draft = with_theme(TallyDraft(), Theme.DIGID)
    assert draft.organisation is Organisation.DIGID
    assert with_theme(draft, Theme.MOVING).organisation is Organisation.MUNICIPALITY
    assert with_theme(draft, Theme.WORK).organisation is Organisation.NONE


def test_leaves_what_somebody_chose_for_whose_question_it_is() -> None:
    draft = TallyDraft(theme=Theme.DIGID, organisation=Organisation.COURT)
    assert with_theme(draft, Theme.MOVING).organisation is Organisation.COURT
