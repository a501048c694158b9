# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two members of staff on one case never overwrite each other silently; a person chooses, and nothing is lost (S07)."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case_act import CHANGES_THE_CASE, ActKind, ActState, CaseAct, ConflictChoice
from sync.act_conflict import conflict_of
from sync.practice import Fault, FaultKind
from sync.sealing import read_opener
from sync.zgw.api import Api
from tests.sync.counter_road import Laptop, delivered_case, laptop, written
from tests.sync.road import Road

MARK = "Hortensia-zeven-mark"


@pytest.fixture
def reference(road: Road) -> str:
    return delivered_case(road)


@pytest.fixture
def mine(road: Road, tmp_path: Path) -> Iterator[Laptop]:
    with laptop(road, tmp_path / "mine", number="12", name="M. Mulder", device="balie-01") as made:
        yield made


@pytest.fixture
def theirs(road: Road, tmp_path: Path) -> Iterator[Laptop]:
    with laptop(road, tmp_path / "theirs", number="12", name="A. Bos", device="balie-02", knows_store=False) as made:
        yield made


def handlers(desk: Laptop, reference: str) -> set[str]:
    return {
        role["betrokkeneIdentificatie"]["achternaam"]
        for role in desk.look(reference).roles
        if role["omschrijvingGeneriek"] == "behandelaar"
    }


def both_take_on(mine: Laptop, theirs: Laptop, reference: str) -> CaseAct:
    """Ours offline, theirs there first."""
    act = mine.act(reference, ActKind.TAKE_ON, "Ik bel deze mensen.")
    theirs.act(reference, ActKind.TAKE_ON)
    theirs.send()
    mine.send()
    return act


def choose(desk: Laptop, act: CaseAct, choice: ConflictChoice) -> None:
    desk.book.resolve(act.header.act_id, choice, desk.number, desk.road.clock.now())


def test_acts_taken_offline_in_a_row_are_no_conflict_with_each_other(road: Road, mine: Laptop, reference: str) -> None:
    seen = mine.version(reference)
    for kind in (ActKind.TAKE_ON, ActKind.ASK_MISSING, ActKind.RESUME, ActKind.GIVE_BACK, ActKind.TAKE_ON):
        mine.act(reference, kind, "Wij wachten.", based_on=seen)
    mine.act(reference, ActKind.ANSWER, "Het is klaar.", {"result": "Afgehandeld"}, based_on=seen)
    mine.send()
    assert mine.states() == ["delivered"] * 6
    assert mine.look(reference).zaak["einddatum"]


def test_a_change_of_another_is_a_conflict_that_says_who_when_and_on_which_device(
    mine: Laptop, theirs: Laptop, reference: str
) -> None:
    act = both_take_on(mine, theirs, reference)
    assert (mine.states(), mine.reasons()) == (["conflict"], ["act-conflict"])
    assert handlers(mine, reference) == {"A. Bos"}, "nothing was overwritten"
    found = conflict_of(mine.file, act.header.act_id, read_opener(mine.road.folder / "loket.key"))
    assert found is not None
    assert found.mine.text == "Ik bel deze mensen."
    assert (found.their_who, found.their_device) == ("A. Bos", "balie-02")
    assert "A. Bos heeft de zaak opgepakt." in found.their_what
    assert found.their_at is not None


def test_a_conflict_holds_back_what_comes_behind_it_and_no_other_case(
    road: Road, mine: Laptop, theirs: Laptop, reference: str
) -> None:
    other = delivered_case(road)
    both_take_on(mine, theirs, reference)
    mine.act(reference, ActKind.CONTACT, "Gebeld.")
    mine.act(other, ActKind.TAKE_ON)
    mine.send(rounds=3)
    assert mine.states() == ["conflict", "pending", "delivered"]


def test_choosing_mine_sends_it_anyway_and_who_chose_is_kept(mine: Laptop, theirs: Laptop, reference: str) -> None:
    act = both_take_on(mine, theirs, reference)
    choose(mine, act, ConflictChoice.MINE)
    mine.send()
    assert mine.states() == ["delivered"]
    assert handlers(mine, reference) == {"M. Mulder"}
    [row] = mine.file.rows("SELECT choice, chosen_by FROM counter_acts")
    assert (row["choice"], row["chosen_by"]) == ("mine", "12")


def test_choosing_theirs_drops_mine_and_keeps_it_for_the_record(mine: Laptop, theirs: Laptop, reference: str) -> None:
    act = both_take_on(mine, theirs, reference)
    choose(mine, act, ConflictChoice.THEIRS)
    mine.send()
    assert mine.states() == ["dropped"]
    assert handlers(mine, reference) == {"A. Bos"}
    assert written(mine.road, reference) == ""


def test_choosing_both_leaves_theirs_and_makes_mine_a_note_on_the_case(
    mine: Laptop, theirs: Laptop, reference: str
) -> None:
    act = both_take_on(mine, theirs, reference)
    choose(mine, act, ConflictChoice.BOTH)
    mine.send()
    assert mine.states() == ["delivered"]
    assert handlers(mine, reference) == {"A. Bos"}
    assert "Ik bel deze mensen." in written(mine.road, reference)
    assert "A. Bos heeft de zaak opgepakt." in written(mine.road, reference)


def test_another_change_after_the_choice_is_another_conflict(mine: Laptop, theirs: Laptop, reference: str) -> None:
    act = both_take_on(mine, theirs, reference)
    choose(mine, act, ConflictChoice.MINE)
    theirs.act(reference, ActKind.ANSWER, "Wij hebben het opgelost.", {"result": "Afgehandeld"})
    theirs.send()
    mine.send()
    assert mine.states() == ["conflict"]
    found = conflict_of(mine.file, act.header.act_id, read_opener(mine.road.folder / "loket.key"))
    assert found is not None
    assert "De zaak is afgesloten op 2026-11-24." in found.their_what


def test_an_answer_on_a_case_that_another_took_on_does_not_close_it_silently(
    mine: Laptop, theirs: Laptop, reference: str
) -> None:
    mine.act(reference, ActKind.ANSWER, "Nee.", {"result": "Afgewezen"})
    theirs.act(reference, ActKind.TAKE_ON)
    theirs.send()
    mine.send()
    assert mine.states() == ["conflict"]
    assert mine.look(reference).zaak["einddatum"] is None


def test_an_act_half_sent_when_another_changed_the_case_goes_no_further(
    road: Road, mine: Laptop, theirs: Laptop, reference: str
) -> None:
    mine.act(reference, ActKind.ANSWER, "Ja.", {"result": "Toegekend"})
    road.back_end.faults.add(Fault(FaultKind.HTML_500, "POST", "/resultaten$", 2))
    mine.send()
    assert mine.states() == ["retrying"]
    theirs.act(reference, ActKind.TAKE_ON)
    theirs.send()
    road.back_end.faults.clear()
    mine.send(rounds=3)
    assert mine.states() == ["conflict"]
    look = mine.look(reference)
    assert (look.zaak["resultaat"], look.zaak["einddatum"]) == (None, None)


def _zaken(desk: Laptop, reference: str) -> tuple[Api, str]:
    look, api = desk.look(reference), desk.api()
    return api, look.url


def _another_handler(desk: Laptop, reference: str) -> None:
    api, case = _zaken(desk, reference)
    role = next(role for role in desk.look(reference).roles if role["omschrijvingGeneriek"] == "behandelaar")
    who = {"identificatie": "77", "achternaam": "Van elders"}
    body = {"zaak": case, "betrokkeneType": "medewerker", "roltype": role["roltype"], "roltoelichting": "elders"}
    api.post("zaken", "rollen", {**body, "betrokkeneIdentificatie": who}, "elders")


def _another_status(desk: Laptop, reference: str) -> None:
    api, case = _zaken(desk, reference)
    last = desk.look(reference).statuses[-1]["statustype"]
    moment = desk.road.clock.now().isoformat()
    api.post("zaken", "statussen", {"zaak": case, "statustype": last, "datumStatusGezet": moment}, "elders")


def _another_suspension(desk: Laptop, reference: str) -> None:
    api, case = _zaken(desk, reference)
    api.patch("zaken", case, {"opschorting": {"indicatie": True, "reden": "elders"}}, "elders")


@pytest.mark.parametrize("change", [_another_handler, _another_status, _another_suspension])
@pytest.mark.parametrize("is_half_sent", [False, True])
def test_each_kind_of_change_by_another_program_is_seen(
    road: Road, mine: Laptop, reference: str, change: Callable[[Laptop, str], None], is_half_sent: bool
) -> None:
    mine.act(reference, ActKind.TAKE_ON)
    mine.send()
    act = mine.act(reference, ActKind.ANSWER, "Ja.", {"result": "Toegekend"})
    if is_half_sent:
        road.back_end.faults.add(Fault(FaultKind.HTML_500, "POST", "/resultaten$", 1))
        mine.send()
        assert mine.states() == ["delivered", "retrying"]
    change(mine, reference)
    road.clock.advance(timedelta(hours=2))
    mine.send()
    assert mine.states() == ["delivered", "conflict"]
    found = conflict_of(mine.file, act.header.act_id, read_opener(road.folder / "loket.key"))
    assert found is not None
    assert found.their_what != ""


def test_of_two_who_take_it_on_in_the_same_moment_both_see_the_other(
    road: Road, mine: Laptop, theirs: Laptop, reference: str
) -> None:
    act, other = mine.act(reference, ActKind.TAKE_ON), theirs.act(reference, ActKind.TAKE_ON)
    # Both have looked, and neither is written before both were taken.
    road.back_end.faults.add(Fault(FaultKind.MEET, "POST", "/rollen$", 2, seconds=5.0))
    threads = [threading.Thread(target=desk.send) for desk in (mine, theirs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mine.states() == ["conflict"]
    assert theirs.states() == ["conflict"]
    assert handlers(mine, reference) == {"M. Mulder", "A. Bos"}
    choose(mine, act, ConflictChoice.THEIRS)
    mine.send()
    assert mine.states() == ["dropped"]
    assert handlers(mine, reference) == {"A. Bos"}, "what was sent already is taken back"
    choose(theirs, other, ConflictChoice.MINE)
    theirs.send()
    if theirs.states() == ["conflict"]:  # ours went away since it chose: that is a change too
        choose(theirs, other, ConflictChoice.MINE)
        theirs.send()
    assert theirs.states() == ["delivered"]
    assert handlers(mine, reference) == {"A. Bos"}


def test_what_another_did_is_nowhere_readable_on_the_disk(
    road: Road, mine: Laptop, theirs: Laptop, reference: str
) -> None:
    theirs.name = MARK
    act = both_take_on(mine, theirs, reference)
    found = conflict_of(mine.file, act.header.act_id, read_opener(road.folder / "loket.key"))
    assert found is not None
    assert MARK in found.their_what
    for desk in (mine, theirs):
        desk.file.empty_log()
        for path in desk.file.path.parent.iterdir():
            assert MARK.encode() not in path.read_bytes()


@pytest.mark.parametrize("seed", range(12))
def test_nothing_of_anybody_is_lost_or_overwritten_unseen_whatever_comes_first(
    road: Road, mine: Laptop, theirs: Laptop, reference: str, seed: int
) -> None:
    chance = random.Random(seed)
    desks = (mine, theirs)
    seen = {desk.device: desk.version(reference) for desk in desks}
    made: list[tuple[Laptop, CaseAct]] = []
    kinds = [kind for kind in ActKind if kind is not ActKind.CALL_BACK]
    for number in range(14):
        desk = chance.choice(desks)
        match chance.random():
            case share if share < 0.55:
                kind = ActKind.ANSWER if number == 12 else chance.choice([k for k in kinds if k is not ActKind.ANSWER])
                given = {"to": "Wijkbeheer", "result": "Afgehandeld", "what": "brief"}
                text = f"act-{seed}-{number}."
                made.append((desk, desk.act(reference, kind, text, given, based_on=seen[desk.device])))
            case share if share < 0.75:
                seen[desk.device] = desk.version(reference)
            case _:
                desk.send()
        road.clock.advance(timedelta(minutes=1))
    chosen: dict[str, ConflictChoice] = {}
    for _ in range(60):
        for desk in desks:
            desk.send(rounds=2)
            for kept in desk.kept():
                if kept.state is ActState.CONFLICT:
                    act_id = kept.header.act_id
                    assert conflict_of(desk.file, act_id, read_opener(road.folder / "loket.key")) is not None
                    chosen[act_id] = chance.choice(list(ConflictChoice))
                    desk.book.resolve(act_id, chosen[act_id], desk.number, road.clock.now())
        if all(kept.state in OVER for desk in desks for kept in desk.kept()):
            break
    look, documents = mine.look(reference), written(road, reference)
    told = documents + " ".join(str(status.get("statustoelichting") or "") for status in look.statuses)
    for desk, act in made:
        [kept] = [kept for kept in desk.kept() if kept.header.act_id == act.header.act_id]
        assert kept.state in OVER, (kept.header.kind, kept.state, kept.reason)
        if kept.state is ActState.DROPPED:
            assert chosen[act.header.act_id] is ConflictChoice.THEIRS, "only a person drops"
        else:
            assert act.text in told, "its words arrived"
    _nobody_was_overwritten_unseen(desks)


OVER = (ActState.DELIVERED, ActState.DROPPED)


def _nobody_was_overwritten_unseen(desks: tuple[Laptop, ...]) -> None:
    """Of acts of two desks that change the case and saw the same version, one at least was shown as a conflict."""
    went = [
        (desk.device, row["based_on"])
        for desk in desks
        for row in desk.file.rows(
            "SELECT a.kind, a.based_on FROM counter_acts AS a JOIN counter_act_steps AS s USING (act_id)"
            " WHERE a.state = 'delivered' AND a.theirs = x'' AND s.step = 'version'"
            # To give back what one does not have changes nothing.
            " AND substr(s.result, 1, 32) <> s.identifier"
            # Whoever chose "mine" was shown what the other did, and so was who acts behind that on the same ground.
            " AND NOT EXISTS (SELECT 1 FROM counter_acts AS b WHERE b.number < a.number AND b.based_on = a.based_on"
            " AND b.choice = 'mine')"
        )
        if row["kind"] in CHANGES_THE_CASE
    ]
    by_version: dict[str, set[str]] = {}
    for device, version in went:
        by_version.setdefault(version, set()).add(device)
    assert all(len(devices) == 1 for devices in by_version.values()), by_version
