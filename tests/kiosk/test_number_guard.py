# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may stand in a field while somebody types: only numbers that were published for testing."""

import pytest

from kiosk.number_guard import Entry, NumberGuard, Reading

BSN = "999990019"  # published for testing by the Rijksdienst voor Identiteitsgegevens
PLACE = "text"


def typed(text: str, *, reading: Reading = Reading.TEXT) -> tuple[list[str], NumberGuard]:
    """Type a text key by key, as the field shows it; give what the field showed after each key."""
    guard, shown, seen = NumberGuard(), "", []
    for sign in text:
        shown = guard.entered(PLACE, shown + sign, shown, reading=reading).text
        seen.append(shown)
    return seen, guard


@pytest.mark.parametrize("text", [BSN, f"mijn nummer is {BSN}", "999 990 019", "9.9.9.9.9.0.0.1.9", "٩٩٩٩٩٠٠١٩"])
def test_never_shows_the_ninth_digit_while_it_waits_for_the_next_key(text: str) -> None:
    seen, guard = typed(text)
    assert text not in seen
    assert seen[-1] == text[:-1]
    assert guard.finished(PLACE, seen[-1]).is_taken


def test_takes_all_nine_digits_out_when_the_field_is_left() -> None:
    seen, guard = typed(f"mijn nummer is {BSN}")
    assert guard.finished(PLACE, seen[-1]) == Entry("mijn nummer is ", is_taken=True)


def test_takes_all_nine_digits_out_when_a_word_goes_on() -> None:
    seen, _ = typed(f"nummer {BSN} dank u")
    assert seen[-1] == "nummer  dank u"
    assert not any(BSN in shown for shown in seen)


@pytest.mark.parametrize("text", [f"{BSN}0", f"{BSN}1234567", f"kenmerk {BSN}55", "1234 5678 9012 3456", "0612345678"])
def test_gives_the_digit_back_when_the_number_turns_out_longer(text: str) -> None:
    seen, guard = typed(text)
    assert seen[-1] == text
    assert guard.finished(PLACE, text) == Entry(text)


def test_takes_out_at_once_what_was_pasted_or_scanned_whole() -> None:
    assert NumberGuard().entered(PLACE, f"a {BSN} b", "") == Entry("a  b", is_taken=True)


def test_takes_out_at_once_what_came_to_be_in_the_middle() -> None:
    assert NumberGuard().entered(PLACE, f"{BSN} is het", "99999019 is het") == Entry(" is het", is_taken=True)


def test_lets_somebody_take_a_digit_away_from_a_longer_number_and_type_another() -> None:
    guard = NumberGuard()
    shown = guard.entered(PLACE, BSN, f"{BSN}4").text
    assert shown == BSN[:-1]
    assert guard.entered(PLACE, f"{shown}5", shown).text == f"{BSN}5"


def test_forgets_the_digit_when_who_types_takes_one_away() -> None:
    seen, guard = typed(BSN)
    assert guard.entered(PLACE, seen[-1][:-1], seen[-1]) == Entry(BSN[:-2])
    assert guard.finished(PLACE, BSN[:-2]) == Entry(BSN[:-2])


def test_a_digit_kept_back_for_one_field_never_reaches_another() -> None:
    _, guard = typed(BSN)
    assert guard.entered("other", "1", "") == Entry("1")
    assert guard.finished("other", "1") == Entry("1")


def test_a_phone_number_is_shown_while_it_is_typed() -> None:
    # It passes the eleven test, and its last digit is still to come.
    seen, guard = typed("061234564", reading=Reading.PHONE)
    assert seen[-1] == "061234564"
    assert guard.entered(PLACE, "0612345648", seen[-1], reading=Reading.PHONE) == Entry("0612345648")
    assert guard.finished(PLACE, "061234564", reading=Reading.PHONE).is_taken


def test_a_mobile_number_without_its_zero_gets_it() -> None:
    # As FACTS says, one in eleven passes the eleven test.
    assert NumberGuard().finished(PLACE, "612345671", reading=Reading.PHONE) == Entry("0612345671")
    assert NumberGuard().finished(PLACE, "612345671") == Entry("", is_taken=True)


def test_a_reference_is_shown_while_it_is_typed() -> None:
    seen, guard = typed("9YR2-5905-8348-F3", reading=Reading.REFERENCE)  # nine of its digits pass the eleven test
    assert seen[-2:] == ["9YR2-5905-8348-F", "9YR2-5905-8348-F3"]
    assert guard.finished(PLACE, seen[-1], reading=Reading.REFERENCE) == Entry("9YR2-5905-8348-F3")


def test_a_bsn_in_the_field_for_a_reference_is_taken_out() -> None:
    _, guard = typed(BSN, reading=Reading.REFERENCE)
    assert guard.finished(PLACE, BSN[:-1], reading=Reading.REFERENCE) == Entry("", is_taken=True)


def test_a_bsn_in_a_phone_field_is_taken_out() -> None:
    assert NumberGuard().entered(PLACE, BSN, "", reading=Reading.PHONE) == Entry("", is_taken=True)


def test_the_number_of_the_municipality_stays() -> None:
    rsin = "002564440"
    assert NumberGuard().entered(PLACE, rsin, "", exempt=frozenset({rsin})) == Entry(rsin)
    assert NumberGuard().entered(PLACE, rsin, "").is_taken
