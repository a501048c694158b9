# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a content package says of itself is read whole or refused, and Loket says which version it is."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.content_package import ContentManifest, PackedFile, as_table, from_table, is_allowed, judge_place
from domain.errors import ContentNeedsLoketError, ContentUnreadableError
from domain.loket_version import VERSION, as_numbers

WHOLE = ContentManifest(
    "Voorbeeldstad", 5, datetime(2026, 11, 22, tzinfo=UTC), "0.1.0", (PackedFile("theme.toml", 3, "0" * 64),)
)


def test_the_version_is_that_of_the_project(repository: Path) -> None:
    found = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))

    assert found["project"]["version"] == VERSION


def test_gives_back_what_was_written() -> None:
    assert from_table(as_table(WHOLE)) == WHOLE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", 2), ("municipality", ""), ("municipality", 3), ("serial", 0), ("serial", True), ("serial", "5"),
        ("serial", 10**15), ("made_at", "gisteren"), ("made_at", "2026-11-22T00:00:00"), ("made_at", None),
        ("needs", ""), ("needs", "1.x"), ("needs", None), ("files", []), ("files", {}), ("files", [["theme.toml"]]),
        ("files", [["theme.toml", -1, "0" * 64]]), ("files", [["theme.toml", True, "0" * 64]]),
        ("files", [["theme.toml", 3, "0" * 63]]), ("files", [["../theme.toml", 3, "0" * 64]]),
        ("files", [["theme.toml", 3, "0" * 64]] * 2), ("files", [["theme.toml", 2**21, "0" * 64]]),
        ("files", [["theme.toml", 3, "0" * 64], ["help.toml", 3, "0" * 64]]), ("extra", 1),
    ],
)  # fmt: skip
def test_refuses_a_manifest_in_which_a_field_cannot_be(key: str, value: Any) -> None:
    with pytest.raises(ContentUnreadableError):
        from_table({**as_table(WHOLE), key: value})


@pytest.mark.parametrize("found", [None, [], "x", {}])
def test_refuses_what_is_no_manifest(found: object) -> None:
    with pytest.raises(ContentUnreadableError):
        from_table(found)


@pytest.mark.parametrize(
    "name",
    [
        "services/geen-huis/nl.toml", "services/shared/ar.toml", "services/versions.toml", "services/checked-ar.toml",
        "texts/nl.json", "directory/referrals.toml", "directory/cards/geld.toml", "places/streets.toml",
        "voices/nl/0f3a.wav", "theme.toml", "help.toml",
    ],
)  # fmt: skip
def test_a_package_may_hold(name: str) -> None:
    assert is_allowed(name)


@pytest.mark.parametrize(
    ("needs", "version", "fits"), [("0.1.0", "0.1", False), ("0.9", "0.10", True), ("1", "1", True)]
)
def test_a_version_is_later_by_its_numbers(needs: str, version: str, fits: bool) -> None:
    manifest = ContentManifest("Stad", 1, WHOLE.made_at, needs, WHOLE.files)
    if fits:
        judge_place(manifest, "Stad", version)
    else:
        with pytest.raises(ContentNeedsLoketError):
            judge_place(manifest, "Stad", version)
    assert (as_numbers(needs) <= as_numbers(version)) is fits
