# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Other languages on the screen: a missing text is marked, a deadline has the Dutch with it, names stay themselves."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from domain.answers import Answer, AnswerKind, Answers
from domain.case import CaseId, CaseState
from domain.intake import Intake
from domain.journey import Journey
from domain.receipt import Receipt
from domain.submission import from_bytes
from i18n.stretches import stretches
from i18n.texts import Texts
from kiosk.effects import Order
from kiosk.filing import Filing
from kiosk.paper.paper_size import Paper
from kiosk.paper.receipt_page import receipt_pdf
from kiosk.screens.deal import deal
from kiosk.screens.language import language_view, names_of
from kiosk.screens.rehearsal import said_lines
from kiosk.screens.words import Words
from kiosk.speech.reading import utterances
from kiosk.speech.script import lines_of
from kiosk.take_home import phone_card
from kiosk.view import Choices, Columns, Paragraph, Preferences
from resources.checked_texts import sum_of
from resources.service_library import SERVICES, ServiceLibrary
from sync.zgw.bodies import rol
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE
from tests.kiosk.paper.reading import page_texts

TODAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "services"
    shutil.copytree(SERVICES, copy)
    return copy


def words(folder: Path, language: str = "en", *, is_beside_dutch: bool = False) -> Words:
    library = ServiceLibrary.load(folder)
    preferences = Preferences(language=language)
    return Words(Texts(language), library, PLACE, preferences, TODAY, is_beside_dutch=is_beside_dutch)


def duties(asked: Words) -> tuple[str, ...]:
    shown: Columns = deal(asked, Journey(asked.library.service("bel"), Answers(), TODAY))
    return tuple(line.text for card in shown.cards for line in card.lines)


def languages_in(text: str, language: str) -> list[str]:
    return [code for _, _, code in stretches(text, language)]


def test_puts_the_dutch_beside_a_translated_day_that_nobody_checked(folder: Path) -> None:
    first, second, *_ = duties(words(folder))

    assert first.startswith("Keep your phone near you, up to and including Thursday")
    assert "Nederlands: Houd uw telefoon" in first
    assert "donderdag 26 november 2026" in first
    assert languages_in(first, "en") == ["en", "nl"]
    assert second == "Keep the paper with your number."  # holds no day


def test_leaves_the_dutch_out_where_a_person_checked_the_text_and_nothing_changed_since(folder: Path) -> None:
    library = ServiceLibrary.load(folder)
    key = "duty.telefoon-bij-u"
    dutch, own = library.text("bel", "nl", key)[0], library.text("bel", "en", key)[0]
    signed = f'[bel]\n"{key}" = {{ by = "F. Visser", on = 2026-11-22, sum = "{sum_of(dutch, own)}" }}\n'
    (folder / "checked-en.toml").write_text(signed)

    assert "Nederlands" not in duties(words(folder))[0]

    path = folder / "bel" / "nl.toml"
    path.write_text(path.read_text().replace(dutch, f"{dutch} Altijd."))
    assert "Nederlands" in duties(words(folder))[0]


def test_leaves_the_dutch_out_on_paper_that_has_it_beside_every_text(folder: Path) -> None:
    assert not any("Nederlands" in text for text in duties(words(folder, is_beside_dutch=True)))


def test_dutch_itself_and_the_pseudo_language_have_nothing_beside_them(folder: Path) -> None:
    assert not any("Nederlands" in text for code in ("nl", "qps") for text in duties(words(folder, code)))


def test_marks_a_service_text_that_is_there_in_dutch_only(folder: Path) -> None:
    (folder / "bel" / "en.toml").write_text('title = "Call me back"\n')
    asked = words(folder)
    service = asked.library.service("bel")

    assert asked.service(service, "title") == "Call me back"
    assert languages_in(asked.service(service, "event"), "en") == ["nl"]
    assert "[NL] U hebt een vraag" in asked.service(service, "event")
    assert all(meant == "" for _, meant in said_lines(asked, service))


def test_a_card_without_a_translation_has_no_dutch_beside_the_dutch_on_paper(folder: Path) -> None:
    (folder / "bel" / "en.toml").write_text('title = "Call me back"\n')
    asked = words(folder, is_beside_dutch=True)

    assert [line.own for line in phone_card(asked, asked.dutch, asked.library.service("bel")).lines] == [""] * 6


def test_loads_no_translation_and_no_babel_until_a_language_is_chosen(tmp_path: Path) -> None:
    script = """
import sys
opened = []
sys.addaudithook(lambda name, args: opened.append(str(args[0])) if name == "open" else None)
from datetime import date
from i18n.texts import Texts
from kiosk.screens.start import start_view
from kiosk.screens.words import Surroundings, Words
from kiosk.view import Preferences
from resources.service_library import ServiceLibrary
library = ServiceLibrary.load()
place = Surroundings("V", "14 000", "balie", languages=("nl", "en", "ar", "uk", "tr", "pl", "de", "fr"))

def show(language):
    opened.clear()
    view = Words(Texts(language), library, place, Preferences(language=language), date(2026, 11, 22))
    start_view(view)
    return [name for name in opened if name.endswith("/en.toml")]

first = [name for name in opened if name.endswith((".toml", ".po", ".mo")) and "/en." in name]
assert first == show("nl") == [], first
assert "babel" not in sys.modules
read = show("en")
assert len(read) == len(set(read)) > 1, read  # the shared words once, not once a service
assert show("en") == []
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=SERVICES.parents[1], check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr


def test_says_what_to_say_on_the_phone_in_dutch(folder: Path) -> None:
    asked = words(folder)
    said, meant = said_lines(asked, asked.library.service("bel"))[0]

    assert languages_in(said, "en") == ["nl"]
    assert languages_in(meant, "en") == ["en"]


def test_every_language_is_named_in_itself_by_its_own_voice(folder: Path) -> None:
    asked = words(folder)
    view = language_view(asked, [("nl", "Nederlands"), ("en", "English"), ("ar", "العربية")])
    lines = {line.said.text: line.language for line in lines_of(utterances(view), 0, 0)}

    assert (lines["Nederlands"], lines["English"], lines["العربية"]) == ("nl", "en", "ar")
    assert lines[asked.tr("language.title")] == "en"
    (choices,) = (part for part in view.parts if isinstance(part, Choices))
    assert all(option.icon == "" for option in choices.options)  # no flags


def test_says_on_the_language_page_that_nobody_checked_it_until_all_is_checked(folder: Path) -> None:
    def says(asked: Words) -> bool:
        parts = language_view(asked, ()).parts
        return any(isinstance(part, Paragraph) and part.id == "unchecked" for part in parts)

    assert says(words(folder))
    assert not says(words(folder, "nl"))
    (folder / "checked-en.toml").write_text("is_whole = true\n")
    assert not says(words(folder))


def test_names_come_from_the_catalogues() -> None:
    assert dict(names_of(("nl", "en"), Texts)) == {"nl": "Nederlands", "en": "English"}


def receipt(folder: Path, language: str) -> Receipt:
    library = ServiceLibrary.load(folder)
    filing = Filing(Intake(FakeCaseStore(), FakeSealer()), library, Texts, PLACE, FakeClock(), "bieb-01")
    order = Order(
        CaseId("7d9f4b9e-3c2a-4f61-9d53-0a1b2c3d4e5f"),
        "AB12",
        "1234",
        library.service("bel"),
        Answers(),
        TODAY,
        language,
    )
    return filing.receipt(order, CaseState.PENDING)


def test_the_receipt_says_in_both_languages_that_nobody_checked_the_translation(folder: Path) -> None:
    made = receipt(folder, "en")

    assert made.texts.unchecked.startswith("Nobody has checked this translation yet.")
    assert made.dutch.unchecked.startswith("Niemand heeft deze vertaling nagekeken.")
    paper = " ".join(" ".join(page_texts(receipt_pdf(made, Paper.A4))).split())
    assert "Nobody has checked this translation yet." in paper
    assert "Niemand heeft deze vertaling nagekeken." in paper
    assert "Nobody has checked" in " ".join(" ".join(page_texts(receipt_pdf(made, Paper.ROLL_80))).split())
    assert receipt(folder, "nl").texts.unchecked == ""
    (folder / "checked-en.toml").write_text("is_whole = true\n")
    assert receipt(folder, "en").texts.unchecked == ""


def test_a_day_on_the_receipt_has_its_dutch_beside_it_once(folder: Path) -> None:
    made = receipt(folder, "en")

    assert "Nederlands" not in made.texts.you_do[0]
    assert made.dutch.you_do[0].startswith("Houd uw telefoon in de buurt")


def test_staff_get_dutch_labels_the_citizens_own_words_and_the_language(folder: Path) -> None:
    library = ServiceLibrary.load(folder)
    service = library.service("bel")
    store = FakeCaseStore()
    filing = Filing(Intake(store, FakeSealer()), library, Texts, PLACE, FakeClock(), "bieb-01")
    given = {"onderwerp": {"choice": "geld"}, "naam": {"text": "Олена Ґонта"}}
    answers = {question.id: Answer(question.id, AnswerKind.UNKNOWN) for question in service.questions}
    answers |= {name: Answer(name, AnswerKind.GIVEN, fields) for name, fields in given.items()}
    answers["telefoon"] = Answer("telefoon", AnswerKind.DIFFERENT, {"text": "رقم أخي"})
    order = Order(
        CaseId("7d9f4b9e-3c2a-4f61-9d53-0a1b2c3d4e5f"), "AB12", "1234", service, Answers(answers), TODAY, "ar"
    )
    filing.file(order)
    (sealed,) = store.shared.sealed.values()
    submission = from_bytes(FakeSealer.opened(sealed))
    lines = {line.question_id: (line.question, line.answer) for line in submission.lines}

    assert lines["onderwerp"] == ("Waar gaat het over?", "Geld en rekeningen")
    assert lines["naam"][1] == submission.initiator.name == "Олена Ґонта"
    assert lines["telefoon"][1] == "Bij mij is het anders: رقم أخي"
    assert submission.language == submission.initiator.language == "ar"
    assert submission.explanation.endswith("Taal: Arabisch.")
    paper = " ".join(" ".join(page_texts(submission.documents[0].content)).split())
    assert "Taal Arabisch" in paper
    assert "Олена Ґонта" in paper
    assert rol(submission.initiator, "z", "r")["betrokkeneIdentificatie"]["geslachtsnaam"] == "Олена Ґонта"


def test_a_language_without_a_name_of_its_own_is_not_offered_under_anothers(tmp_path: Path) -> None:
    (tmp_path / "nl.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "language.name"\nmsgstr "Nederlands"\n')

    assert dict(names_of(("nl", "pl"), lambda code: Texts(code, folder=tmp_path))) == {"nl": "Nederlands"}


def test_where_the_desk_is_is_said_in_dutch(folder: Path) -> None:
    text = words(folder).tr("haste.desk")

    assert languages_in(text, "en").count("nl") == 1
    assert languages_in(words(folder, "nl").tr("haste.desk"), "nl") == ["nl"]
