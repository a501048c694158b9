# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A line of the log cannot hold what a citizen typed, whoever hands it in (feature I14)."""

from __future__ import annotations

import ast
import re
import uuid
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from domain.case import CaseId
from domain.errors import StoreFullError
from domain.log_line import REFUSED, LogEvent, OutageSource, Slug, log_line

TYPED = ("Henk de Vries", "06 12345678", "999990019", "zonnestraal", "a b", "", "x" * 500, "slug\nplanted=yes", "K473")


class Made(StrEnum):
    """An enumeration whose member came from outside."""

    NAME = "Henk de Vries"


def written(value: Any) -> str:
    return log_line(LogEvent.DELIVERED, field=value).partition("field=")[2]


@pytest.mark.parametrize("typed", TYPED)
def test_refuses_any_text_that_is_not_ours(typed: str) -> None:
    for value in (typed, Slug(typed), CaseId(typed), typed.encode(), [typed], {"a": typed}, object()):
        assert written(value) == REFUSED


def test_refuses_a_text_in_place_of_an_event() -> None:
    assert log_line("Henk de Vries") == REFUSED  # type: ignore[arg-type]


def test_refuses_a_member_of_an_enumeration_that_holds_a_text() -> None:
    assert written(Made.NAME) == REFUSED


def test_writes_of_an_error_its_slug_or_its_kind_only() -> None:
    assert written(StoreFullError("Henk", "Henk")) == "store-full"
    assert written(ValueError("Henk de Vries")) == "mistake-ValueError"
    assert written(ValueError) == "mistake-ValueError"
    assert written(type("Henk de Vries", (Exception,), {})("x")) == REFUSED


def test_writes_what_is_ours() -> None:
    case_id = CaseId(str(uuid.uuid4()))
    line = log_line(LogEvent.OUTAGE_REFUSED, case=case_id, number=3, share=0.5, source=OutageSource.URL, is_on=True)
    assert line == f"outage-refused case={case_id} number=3 share=0.5 source=url is_on=True"
    assert written(Slug("store-full")) == "store-full"
    assert written(Slug("mistake-KeyError")) == "mistake-KeyError"


def test_knows_every_word_that_an_audit_can_find() -> None:
    found: set[str] = set()
    for file in (Path(__file__).parents[2] / "sync").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            given: list[ast.expr | None] = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                given = list(node.args[:1])
            elif isinstance(node, ast.FunctionDef) and node.name == "_slips":
                given = [each.value for each in ast.walk(node) if isinstance(each, ast.Yield)]
            found |= {each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    assert found
    assert {word for word in found if Slug(word).text == REFUSED} == set()


def test_knows_every_word_that_the_page_about_the_log_explains() -> None:
    page = (Path(__file__).parents[2] / "docs" / "audit.md").read_text(encoding="utf-8")
    first_cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    slugs = {slug for cell in first_cells for slug in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", cell)}
    assert "content-changed" in slugs
    assert [slug for slug in sorted(slugs) if Slug(slug).text != slug] == []
