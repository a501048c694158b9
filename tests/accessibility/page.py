# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report as a page for buyers and auditors: counts, what is not met, a table a chapter. Same run, same page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.accessibility.criteria import Criteria
from tests.accessibility.openacr import Judged
from tests.accessibility.verdict import Level, Verdict

_WORDS = {
    Level.SUPPORTS: "met",
    Level.PARTLY: "partly met",
    Level.NOT: "**not met**",
    Level.UNKNOWN: "needs a person",
    Level.NOT_OURS: "does not apply",
}
_MEANS = {
    Level.SUPPORTS: "tests show it, and nothing is known against it",
    Level.PARTLY: "tests show a part; the row says what is missing or not shown",
    Level.NOT: "known not to be so, or a test of it fails",
    Level.UNKNOWN: "a program cannot judge it; the row says what a person has to look at",
    Level.NOT_OURS: "the row says why",
}
_HEAD = ["| number | what is asked | how it is | shown by, or why |", "|---|---|---|---|"]


def page(criteria: Criteria, judged: Judged) -> str:
    """Give the page, as Markdown."""
    return "\n".join(_lines(criteria, judged)).rstrip() + "\n"


def _lines(criteria: Criteria, judged: Judged) -> Iterator[str]:
    every = [verdict for _, verdicts in judged for verdict in verdicts]
    yield from ("# Accessibility", "", criteria.about["page_intro"], "")
    yield from ("| | " + " | ".join(_WORDS.values()) + " |", "|---|" + "---|" * len(_WORDS))
    for chapter, verdicts in judged:
        yield _count(chapter.title, verdicts)
    yield _count("**all**", every)
    yield ""
    yield from (f"- {words}: {_MEANS[level]}" for level, words in _WORDS.items())
    yield from ("", criteria.about["notes"], "", "## What Loket offers", "", criteria.about["features"])
    for level, heading in (
        (Level.NOT, "What is not met"),
        (Level.PARTLY, "What is partly met"),
        (Level.UNKNOWN, "What a person has to judge"),
    ):
        found = [
            f"- **{verdict.number} {verdict.criterion.title}**: {verdict.notes}"
            for verdict in every
            if verdict.level is level
        ]
        yield from ("", f"## {heading}", "", *(found or ["Nothing."]))
    for chapter, verdicts in judged:
        yield from ("", f"## {chapter.title}", "")
        if chapter.intro:
            yield from (" ".join(chapter.intro.split()), "")
        yield from _HEAD
        yield from (_row(verdict) for verdict in verdicts)


def _count(title: str, verdicts: Sequence[Verdict]) -> str:
    counted = Counter(verdict.level for verdict in verdicts)
    return f"| {title} | " + " | ".join(str(counted[level]) for level in _WORDS) + " |"


def _row(verdict: Verdict) -> str:
    criterion = verdict.criterion
    shown = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in criterion.tests)
    changed = f"V4.1.1: {criterion.v411}" if criterion.v411 else ""
    why = "<br>".join(filter(None, (verdict.notes, shown, changed)))
    return f"| {criterion.number} | {criterion.title} | {_WORDS[verdict.level]} | {why.replace('|', chr(92) + '|')} |"
