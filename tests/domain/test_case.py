# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a case, and the moves between them."""

from domain.case import ALLOWED_MOVES, CaseState, may_move


def test_has_moves_for_every_state() -> None:
    assert set(ALLOWED_MOVES) == set(CaseState)


def test_reaches_delivered_from_every_state_before_it() -> None:
    for start in (CaseState.DRAFT, CaseState.PENDING, CaseState.SENDING, CaseState.RETRYING, CaseState.REJECTED):
        reached, fresh = {start}, {start}
        while fresh:
            fresh = {then for now in fresh for then in ALLOWED_MOVES[now]} - reached
            reached |= fresh
        assert CaseState.DELIVERED in reached


def test_never_goes_back_to_the_kiosk_once_it_was_delivered() -> None:
    here = {CaseState.DRAFT, CaseState.PENDING, CaseState.SENDING, CaseState.RETRYING, CaseState.REJECTED}
    for state in (CaseState.DELIVERED, CaseState.IN_PROGRESS, CaseState.DONE, CaseState.WITHDRAWN):
        assert not ALLOWED_MOVES[state] & here


def test_delivers_only_what_is_being_sent() -> None:
    assert [state for state in CaseState if may_move(state, CaseState.DELIVERED)] == [CaseState.SENDING]


def test_leaves_a_withdrawn_case_alone() -> None:
    assert not any(may_move(CaseState.WITHDRAWN, state) for state in CaseState)
