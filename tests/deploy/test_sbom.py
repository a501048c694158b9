# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path
from typing import Any

import pytest

from deploy.sbom import (
    ROOT,
    WrongPartsError,
    debian_component,
    debian_names,
    debian_of_image,
    pins,
    runtime_only,
    wishes,
)

GLASS = debian_component("libglass0", "1:2.0+dfsg-1", "amd64", "debian-12")
DOCUMENT: dict[str, Any] = {
    "specVersion": "1.6",
    "components": [
        {"bom-ref": "Py_Parcel==1", "name": "Py_Parcel", "version": "1"},
        {"bom-ref": "string==2", "name": "string", "version": "2"},
        {"bom-ref": "tester==3", "name": "tester", "version": "3"},
    ],
    "dependencies": [
        {"ref": "Py_Parcel==1", "dependsOn": ["string==2", "tester==3"]},
        {"ref": "string==2"},
        {"ref": "tester==3", "dependsOn": ["string==2"]},
        {"ref": ROOT},
    ],
}
PINNED = {"py-parcel": "1", "string": "2"}


def test_lists_what_runs_and_leaves_out_the_tools_of_tests() -> None:
    made = runtime_only(DOCUMENT, PINNED, ["py-parcel"], [GLASS])
    assert [part["name"] for part in made["components"]] == ["Py_Parcel", "string", "libglass0"]
    needs = {entry["ref"]: entry.get("dependsOn") for entry in made["dependencies"]}
    assert needs == {"Py_Parcel==1": ["string==2"], "string==2": None, ROOT: ["Py_Parcel==1", GLASS["bom-ref"]]}


@pytest.mark.parametrize("pinned", [{"string": "9"}, {"absent": "1"}])
def test_refuses_a_machine_that_has_something_else_than_was_pinned(pinned: dict[str, str]) -> None:
    with pytest.raises(WrongPartsError, match="is pinned"):
        runtime_only(DOCUMENT, pinned, [], [])


def test_writes_a_debian_version_as_a_package_address() -> None:
    assert GLASS["purl"] == "pkg:deb/debian/libglass0@1%3A2.0%2Bdfsg-1?arch=amd64&distro=debian-12"


def test_lists_every_package_of_an_image() -> None:
    made = debian_of_image("udev\t252.39-1\tamd64\nlibglass0\t1:2.0+dfsg-1\tamd64\n", "debian-12")
    assert [part["name"] for part in made] == ["libglass0", "udev"]
    assert made[0] == GLASS


def test_reads_locks_wishes_and_lists_of_the_repository(repository: Path) -> None:
    pinned = pins((repository / "requirements.txt").read_text(encoding="utf-8"))
    wished = wishes((repository / "requirements.in").read_text(encoding="utf-8"))
    assert "pyside6-essentials" in wished <= pinned.keys()
    assert "libgl1" in debian_names((repository / "deploy/apt-run.txt").read_text(encoding="utf-8"))
