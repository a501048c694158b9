# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What docs/writing-a-service.md tells a newcomer to do works as it stands there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from commands.content_report import check_content
from domain.service import (
    Advice,
    AnswerType,
    Bring,
    Channel,
    Choice,
    Condition,
    Duty,
    Haste,
    LastDay,
    LegalEffect,
    Letter,
    LetterKind,
    Privacy,
    Question,
    SenderColour,
    ServiceDefinition,
    Source,
    Term,
)
from resources.service_library import SERVICES, ServiceLibrary
from tests.fakes.clock import FakeClock


def guide(repository: Path) -> str:
    return (repository / "docs" / "writing-a-service.md").read_text(encoding="utf-8")


def test_a_question_added_as_the_guide_says_is_there(repository: Path, tmp_path: Path) -> None:
    question, words = (
        re.sub(r"(?m)^   ", "", block) for block in re.findall(r"(?m)^   ```toml\n((?s:.*?))```", guide(repository))
    )
    folder = Path(shutil.copytree(SERVICES, tmp_path / "services"))
    for name, block in (("service.toml", question), ("nl.toml", words)):
        path = folder / "verhuizen" / name
        path.write_text(path.read_text(encoding="utf-8") + "\n" + block, encoding="utf-8")

    library = ServiceLibrary.load(folder)

    assert library.closed == ()
    assert [choice.id for choice in library.service("verhuizen").question("huisdier").choices] == ["hond", "kat"]
    assert library.text("verhuizen", "nl", "question.huisdier.choice.kat") == ("Een kat", True)


def test_a_service_made_as_the_guide_says_has_no_problem(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "services"
    shutil.copytree(SERVICES / "shared", folder / "shared")
    shutil.copy(SERVICES / "words.toml", folder)
    (folder / "voorbeeld").mkdir()
    definition, words = re.findall(r"(?m)^```toml\n((?s:.*?))^```", guide(repository))
    (folder / "voorbeeld" / "service.toml").write_text(definition, encoding="utf-8")
    (folder / "voorbeeld" / "nl.toml").write_text(words, encoding="utf-8")

    report = check_content(folder, clock=FakeClock())

    assert [problem for problem in report.problems if problem.file.startswith("voorbeeld/")] == []
    assert set(report.services) == {"voorbeeld"}


def test_the_guide_names_every_answer_type_and_every_key(repository: Path) -> None:
    text = guide(repository)
    ours = (
        ServiceDefinition,
        Question,
        Choice,
        Condition,
        Duty,
        Bring,
        Haste,
        Advice,
        Letter,
        LastDay,
        Channel,
        Source,
        Term,
    )
    # Named otherwise in the file, or made from something else there.
    made = {
        "questions",
        "duties",
        "channels",
        "sources",
        "hastes",
        "letters",
        "last_days",
        "result_when",
        "is_shared",
        "type",
    }
    names = {name for kind in ours for name in kind.__slots__} - made

    assert not {name for name in names if not re.search(rf"[`\[\s({{.]{name}\b", text)}
    words = (*AnswerType, *LegalEffect, *LetterKind, *Privacy, *SenderColour)
    assert not {word.value for word in words if f"`{word.value}`" not in text}
