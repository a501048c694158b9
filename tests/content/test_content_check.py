# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket content check` finds what was planted, with file and line, and nothing where there is nothing."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.cli import run
from commands.content_report import check_content
from domain import validation
from domain.errors import DefinitionProblem
from domain.ports import Clock
from domain.service import AnswerType
from i18n.texts import FOLDER
from kiosk.screens import question as question_screen
from resources.service_library import SERVICES
from resources.walk_book import WALK
from tests.fakes.clock import FakeClock

# Enough to plant a fault in; all of them are checked once, below.
SOME = ("afvalpas", "bel", "brief", "geen-huis", "verhuizen")


def _is_far(name: str) -> bool:
    return Path(name).suffix == ".toml" and Path(name).stem not in {"service", "nl", "en"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a few services, and no list of versions, since a planted fault changes the content of one."""
    folder = tmp_path / "services"
    for name in (*SOME, "shared"):
        # The other languages are checked once, below, like the other services.
        shutil.copytree(SERVICES / name, folder / name, ignore=lambda _, names: [*filter(_is_far, names)])
    shutil.copy(SERVICES / "words.toml", folder)
    return folder


def problems_in(folder: Path, clock: Clock | None = None) -> list[DefinitionProblem]:
    """Check, and leave out links to the services that were not copied."""
    elsewhere = {path.parent.name for path in SERVICES.glob("*/service.toml")} - set(SOME)
    gone = tuple(f'"{name}", which is no service here' for name in elsewhere)
    return [item for item in check_content(folder, clock=clock or FakeClock()).problems if not item.says.endswith(gone)]


def change(path: Path, old: str, new: str) -> int:
    """Replace once; give the line where the new text begins."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_finds_nothing_wrong_with_our_own_content() -> None:
    report = check_content(clock=FakeClock())

    assert report.problems == ()
    assert set(report.services) == {path.parent.name for path in SERVICES.glob("*/service.toml")} - {"shared"}
    assert all(all(found.personas.values()) for found in report.services.values())


LONG = "Als u straks in dat nieuwe huis woont dan moet u ook nog heel veel andere dingen doen."


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("nl.toml", 'event = "U krijgt een nieuw adres."', f'event = "{LONG}"', "has a sentence of 18 words"),
        ("nl.toml", 'who = "De gemeente', 'who = "Indien nodig de gemeente', 'uses "indien"'),
        ("nl.toml", 'why = "Dit adres schrijft', 'waarom = "Dit adres schrijft', "nothing asks for the text"),
        ("nl.toml", 'tile = "Ik ga', 'tile = "{prijs} Ik ga', "asks for {prijs}"),
        ("service.toml", 'legal_effect = "declaration"', 'legal_effect = "magic"', '"legal_effect"'),
        ("service.toml", 'question = "samen"', 'question = "zamen"', '(did you mean "samen"?)'),
        ("service.toml", 'is_any = ["ja"] }]\nwith', 'is_any = ["jaja"] }]\nwith', '"jaja" is no answer'),
    ],
)
def test_finds_what_was_planted_with_file_and_line(name: str, old: str, new: str, says: str, folder: Path) -> None:
    line = change(folder / "verhuizen" / name, old, new)

    found = problems_in(folder)

    assert any(item.file == f"verhuizen/{name}" and item.line == line and says in item.says for item in found), found


def test_finds_a_missing_text(folder: Path) -> None:
    change(folder / "bel" / "nl.toml", 'why = "Zo weet u dat wij hebben gebeld."\n', "")

    found = problems_in(folder)

    assert [item.says for item in found] == ['the text "question.inspreken.why" is missing: write it']
    line = found[0].line
    assert (folder / "bel" / "nl.toml").read_text().splitlines()[line - 1] == "[question.inspreken]"


def test_finds_a_link_to_a_service_that_is_not_there(folder: Path) -> None:
    change(folder / "bel" / "service.toml", 'see_also = ["brief"]', 'see_also = ["brieven"]')

    assert [item.says for item in problems_in(folder)] == ['see_also names "brieven", which is no service here']


def test_finds_hard_words_in_the_programme_texts(tmp_path: Path) -> None:
    text = (
        (FOLDER / "nl.po").read_text(encoding="utf-8").replace('"Vul hier iets in. Of', '"Dit is ongeldig en fout. Of')
    )
    (tmp_path / "nl.po").write_text(text, encoding="utf-8")

    found = check_content(programme=tmp_path).problems

    assert {item.says.partition('" ')[2].partition(":")[0] for item in found} == {'uses "ongeldig"', 'uses "fout"'}
    assert "problem.empty" in text.splitlines()[found[0].line - 1]


def test_counts_what_a_translation_misses(folder: Path) -> None:
    (folder / "bel" / "en.toml").write_text('title = "Call me back"\n', encoding="utf-8")

    report = check_content(folder)

    assert problems_in(folder) == []
    assert report.services["bel"].missing["en"] == report.services["bel"].missing["en"] > 50


def test_reports_a_broken_translation(folder: Path) -> None:
    (folder / "bel" / "en.toml").write_text('title = "Call {me}"\n', encoding="utf-8")

    assert problems_in(folder)[0].file == "bel/en.toml"


def test_exits_with_one_and_the_stable_shape_when_something_is_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "brief" / "service.toml").write_text("id = [", encoding="utf-8")

    code = run(["content", "check", "--json", "--folder", str(folder)])

    found = json.loads(capsys.readouterr().out)
    assert code == 1
    assert set(found["services"]["bel"]) >= {"personas", "flesch_douma", "longest_sentence", "missing"}
    assert "brief/service.toml" in [problem["file"] for problem in found["problems"]]
    assert set(found["problems"][0]) == {"file", "line", "says"}


def test_exits_with_nought_and_one_line_a_service_when_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["content", "check"]) == 0

    printed = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"\d+ services, 0 problems", printed[-1])
    assert any(line.startswith("bel: Flesch-Douma") for line in printed)


def test_is_wrong_use_when_no_verb_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["content"]) == 2
    assert "VERB" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        (
            'id = "adres"\ntype = "address"\n',
            'id = "adres"\ntype = "address"\noffers = []\n',
            'id = "adres"',
            'dead end: "adres" has no answer for somebody who has no fixed address (persona geen-adres and ',
        ),
        (
            'id = "adres"\ntype = "address"\n',
            'id = "adres"\ntype = "address"\noffers = ["different"]\n',
            'id = "adres"',
            "has no answer for somebody who answers nothing but that it is unknown (persona weet-het-niet and ",
        ),
        (
            'when = [{ question = "samen", is_any = ["ja"] }]',
            'when = [{ question = "samen", is_any = ["ja"] }, { question = "nieuw", is_any = ["ja"] }]',
            'when = [{ question = "samen", is_any = ["ja"] }, ',
            '"personen" is never asked',
        ),
        ('\n[[channel]]\nkind = "post"\n', "\n", "[[channel]]", "no other road by post"),
        ('legal_effect = "declaration"\n', "", None, '"legal_effect" is missing'),
        (
            'opening = ["voor-wie", "grond", "vertegenwoordigde"]',
            "opening = []",
            "opening = [",
            "stands under guardianship (persona onder-curatele) cannot say who decides",
        ),
    ],
)
def test_finds_who_gets_stuck_and_where(old: str, new: str, at: str | None, says: str, folder: Path) -> None:
    path = folder / "verhuizen" / "service.toml"
    change(path, old, new)

    found = [item for item in problems_in(folder) if says in item.says]

    assert found, problems_in(folder)
    assert found[0].file == "verhuizen/service.toml"
    if at is not None:
        text = path.read_text(encoding="utf-8").splitlines()
        assert at in text[found[0].line - 1], (found[0], text[found[0].line - 1])


TERUGKOMEN = """[[duty]]
id = "terugkomen"
side = "citizen"
term = { days = 0, after = "terugkomdag" }
when = [{ question = "bereiken", is_any = ["ik-kom-hier-terug"] }]
"""
CLOSING = (
    'closing = ["naam", "geboortedatum", "bereiken", "telefoon", "email", "postadres", "terugkomdag", '
    '"contactpersoon", "contacttelefoon"]'
)


@pytest.mark.parametrize(
    ("closing", "says"),
    [
        ('closing = ["naam"]', "has no phone (persona geen-telefoon and "),
        (
            """closing = ["bereiken", "telefoon", "email", "postadres"]
[shared.bereiken]
without = ["ik-kom-hier-terug", "iemand-anders"]""",
            "has no fixed address, has no papers (persona man-zonder-huis and ",
        ),
    ],
)
def test_finds_whom_no_answer_can_reach(closing: str, says: str, folder: Path) -> None:
    path = folder / "verhuizen" / "service.toml"
    change(path, TERUGKOMEN, "")
    line = change(path, CLOSING, closing)

    found = [item for item in problems_in(folder) if says in item.says]

    assert [(item.file, item.line) for item in found] == [("verhuizen/service.toml", line)]


def test_finds_a_day_to_come_back_that_nobody_prints(folder: Path) -> None:
    change(folder / "verhuizen" / "service.toml", TERUGKOMEN, "")

    found = problems_in(folder)

    (problem,) = [item for item in found if item.file == "verhuizen/service.toml"]
    assert problem.says.startswith('the day on which somebody comes back is not printed: add the duty "terugkomen"')


@pytest.mark.parametrize(
    ("service", "old", "new", "says"),
    [
        ("verhuizen", 'icon = "mdi6.passport"', 'icon = "mdi6.pasport"', '"mdi6.pasport" is no picture that we have'),
        ("verhuizen", 'icon = "mdi6.ring"', 'icon = "mdi6.passport"', 'two choices of "papieren" have the picture'),
        ("verhuizen", "checked_on = 2026-11-21", "checked_on = 2026-05-20", "was last checked 188 days ago"),
        ("verhuizen", "checked_on = 2026-11-21", "checked_on = 2027-01-01", "on a day that is still to come"),
        ("geen-huis", 'service = "schulden"', 'service = "schuldig"', 'leads to "schuldig", which is no service here'),
    ],
)
def test_finds_what_is_old_or_leads_nowhere(service: str, old: str, new: str, says: str, folder: Path) -> None:
    path = folder / service / "service.toml"
    change(path, old, new)

    (problem,) = [item for item in problems_in(folder) if says in item.says]

    assert problem.file == f"{service}/service.toml"
    assert new.partition(" = ")[2] in path.read_text(encoding="utf-8").splitlines()[problem.line - 1]


def test_every_fact_is_old_half_a_year_later(folder: Path) -> None:
    later = FakeClock(datetime(2027, 6, 1, tzinfo=UTC))

    old = [item for item in problems_in(folder, later) if "was last checked" in item.says]

    assert {item.file.partition("/")[0] for item in old} >= {"bel", "brief", "verhuizen"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('event = "U krijgt een nieuw adres."', 'event = "U krijgt een domicilie."', 'uses "domicilie", a rare word'),
        (
            'event = "U krijgt een nieuw adres."',
            'event = "U krijgt een dwangbevel."',
            'uses "dwangbevel" and explains it nowhere: say "U moet nu betalen"',
        ),
        ('phone = "Bel {phone}', 'phone = "Bel ons', '"channel.phone" does not say {phone}'),
    ],
)
def test_finds_a_hard_word_and_a_road_without_a_number(old: str, new: str, says: str, folder: Path) -> None:
    line = change(folder / "verhuizen" / "nl.toml", old, new)

    found = problems_in(folder)

    assert [(item.file, item.line) for item in found if says in item.says] == [("verhuizen/nl.toml", line)], found


def test_finds_a_service_that_says_everything_in_the_passive(folder: Path) -> None:
    path = folder / "afvalpas" / "nl.toml"
    many = " ".join(["Uw pas wordt gemaakt. Uw brief wordt gelezen."] * 10)
    change(path, 'event = "', f'event = "{many} ')

    found = [item.says for item in problems_in(folder) if item.file == "afvalpas/nl.toml"]

    assert any("of 100 sentences are passive: at most 5" in says for says in found), found


def test_finds_what_does_not_fit_in_a_translation(folder: Path) -> None:
    lines = ['title = "Moving"', 'titel = "Moving"', "[channel]", 'phone = "Call us"', 'desk = "{desk} {name}"']
    (folder / "verhuizen" / "en.toml").write_text("\n".join(lines), encoding="utf-8")

    found = [item for item in problems_in(folder) if item.file == "verhuizen/en.toml"]

    assert [(item.line, item.says.partition(":")[0]) for item in found] == [
        (2, 'nothing asks for the text "titel" (did you mean "title"?)'),
        (4, '"channel.phone" leaves out {phone}, which the Dutch has'),
        (5, '"channel.desk" asks for {name}, which the Dutch has not'),
    ]


def test_finds_what_does_not_fit_in_the_programmes_other_languages(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "nl.po", tmp_path / "nl.po")
    lines = ['msgid "haste.call"', 'msgstr "Call now."', "", 'msgid "haste.cal"', 'msgstr "Call {phone}."', ""]
    (tmp_path / "en.po").write_text("\n".join(lines), encoding="utf-8")

    report = check_content(programme=tmp_path, clock=FakeClock())

    assert [(item.file, item.line, item.says.partition(":")[0]) for item in report.problems] == [
        ("i18n/en.po", 1, '"haste.call" leaves out {phone}, which the Dutch has'),
        ("i18n/en.po", 4, 'nothing asks for "haste.cal" (did you mean "haste.call"?)'),
    ]
    assert report.programme_missing["en"] > 100


def test_finds_a_question_that_no_screen_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(question_screen._ANSWER_PARTS, AnswerType.ADDRESS_ABROAD)

    (problem,) = [item for item in check_content(clock=FakeClock()).problems if "verhuizen" in item.file]

    assert problem.says.startswith('there is no screen for a question of type "address_abroad"')


def test_finds_a_question_whose_answer_nobody_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(validation._READERS, AnswerType.ADDRESS_ABROAD)

    (problem,) = [item for item in check_content(clock=FakeClock()).problems if "verhuizen" in item.file]

    assert problem.says.startswith('nothing can read an answer of type "address_abroad"')


def test_checks_the_walk_of_who_is_lost(tmp_path: Path) -> None:
    walk = Path(shutil.copytree(WALK, tmp_path / "walk"))
    path = walk / "nl.toml"
    first = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("title = "))
    line = change(path, first, f'title = "{LONG}"')

    found = check_content(walk=walk, clock=FakeClock()).problems

    assert [(item.file, item.line) for item in found if "has a sentence of 18 words" in item.says] == [
        ("walk/nl.toml", line)
    ]


def test_finds_a_walk_that_cannot_be_read(tmp_path: Path) -> None:
    walk = Path(shutil.copytree(WALK, tmp_path / "walk"))
    (walk / "walk.toml").write_text("[", encoding="utf-8")

    assert "walk/walk.toml" in {item.file for item in check_content(walk=walk, clock=FakeClock()).problems}
