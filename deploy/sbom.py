# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is inside a kiosk, as build/sbom.cdx.json (CycloneDX): `make sbom`, and of an image `make image`.

The Python packages come from what is really installed in .venv, of which only those of requirements.txt stay: the tools
of tests are not on a kiosk. The Debian packages come from deploy/apt-run.txt with the versions that are installed, or
for an image from the list of every package that it holds. What a wheel carries inside itself (Qt, libsodium, espeak-ng)
is told in docs/licences.md and not here.
"""

import argparse
import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = "root-component"
OUT = Path("build/sbom.cdx.json")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


class WrongPartsError(Exception):
    """What is installed is not what is pinned: a list of it would tell of another machine."""


def plain_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    return {plain_name(name): version for name, version in _PIN.findall(lock)}


def wishes(text: str) -> set[str]:
    return {plain_name(name) for name in re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", text, re.MULTILINE)}


def debian_names(text: str) -> list[str]:
    return sorted({line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")})


def debian_component(name: str, version: str, architecture: str, system: str) -> dict[str, Any]:
    purl = (
        f"pkg:deb/debian/{name}@{version.replace('+', '%2B').replace(':', '%3A')}?arch={architecture}&distro={system}"
    )
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def runtime_only(
    document: Mapping[str, Any], pinned: Mapping[str, str], direct: Iterable[str], debian: list[dict[str, Any]]
) -> dict[str, Any]:
    """Take the document of the whole environment, less what no kiosk has, and with the Debian packages."""
    installed = {plain_name(part["name"]): part for part in document["components"]}
    wrong = [
        f"{name} {version} is pinned, {installed[name]['version'] if name in installed else 'nothing'} is installed"
        for name, version in sorted(pinned.items())
        if name not in installed or installed[name]["version"] != version
    ]
    if wrong:
        raise WrongPartsError("; ".join(wrong))
    packages = [installed[name] for name in sorted(pinned)]
    refs = {part["bom-ref"] for part in packages}
    needs = {
        entry["ref"]: sorted(refs & set(entry.get("dependsOn", [])))
        for entry in document["dependencies"]
        if entry["ref"] in refs
    }
    needs[ROOT] = sorted([installed[name]["bom-ref"] for name in direct] + [part["bom-ref"] for part in debian])
    return {
        **document,
        "components": packages + debian,
        "dependencies": [
            {"ref": ref, "dependsOn": wanted} if wanted else {"ref": ref} for ref, wanted in sorted(needs.items())
        ],
    }


def _installed_debian(names: list[str]) -> list[dict[str, Any]]:
    form = "${db:Status-Status} ${Package} ${Version} ${Architecture}\n"
    said = subprocess.run(
        ["dpkg-query", "-W", "-f", form, *names],  # noqa: S607  Debian's own
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    release = platform.freedesktop_os_release()
    system = f"{release['ID']}-{release.get('VERSION_ID', 'unknown')}"
    found = {
        name: debian_component(name, version, architecture, system)
        for status, name, version, architecture in (line.split(" ") for line in said.splitlines())
        if status == "installed"
    }
    if missing := sorted(set(names) - found.keys()):
        raise WrongPartsError(f"these Debian packages of deploy/apt-run.txt are not installed: {', '.join(missing)}")
    return [found[name] for name in names]


def debian_of_image(listed: str, system: str) -> list[dict[str, Any]]:
    """Give every package of an image, from lines of name, version and architecture between tabs."""
    lines = (line.split("\t") for line in listed.splitlines() if line)
    return [debian_component(name, version, architecture, system) for name, version, architecture in sorted(lines)]


def _environment() -> dict[str, Any]:
    tool = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "environment", "--output-reproducible"]
    project = ["--pyproject", "pyproject.toml", "--mc-type", "application", ".venv"]
    said = subprocess.run([*tool, *project], stdout=subprocess.PIPE, text=True, check=True)
    document: dict[str, Any] = json.loads(said.stdout)
    return document


def main() -> int:
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415  only build/audit-venv has it
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    asks = argparse.ArgumentParser(description="what is inside, as CycloneDX")
    asks.add_argument("--packages", type=Path, help="the Debian packages of an image, as dpkg-query wrote them")
    asks.add_argument("--out", type=Path, default=OUT)
    asked = asks.parse_args()
    try:
        if asked.packages is not None:
            debian = debian_of_image(asked.packages.read_text(encoding="utf-8"), "debian-12")
        else:
            debian = _installed_debian(debian_names(Path("deploy/apt-run.txt").read_text(encoding="utf-8")))
        pinned = pins(Path("requirements.txt").read_text(encoding="utf-8"))
        direct = sorted(wishes(Path("requirements.in").read_text(encoding="utf-8")))
        document = runtime_only(_environment(), pinned, direct, debian)
    except WrongPartsError as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 1
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    version = SchemaVersion.from_version(document["specVersion"])
    if problem := JsonStrictValidator(version).validate_str(text):
        print(f"sbom: what was made is not CycloneDX {document['specVersion']}: {problem}", file=sys.stderr)
        return 1
    asked.out.parent.mkdir(exist_ok=True)
    asked.out.write_text(text, encoding="utf-8")
    packages = len(document["components"]) - len(debian)
    form = f"CycloneDX {document['specVersion']}"
    print(f"sbom: {packages} Python and {len(debian)} Debian packages in {asked.out} ({form})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
