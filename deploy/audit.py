# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Known leaks in what is pinned (pip-audit) and dangerous habits in our own code (bandit): `make audit`.

Ends with 0 when nothing was found, 1 when something was, 3 when what is pinned could not be asked about: no network, or
a registry that does not answer about leaks. pip-audit calls the latter "no known vulnerabilities"; a question that
nobody answered is no answer. A line that ruff was told to let pass (`noqa: S608`, with its reason) passes here too: the
numbers are the same, so that a reason stands once.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

LOCKS = (
    "requirements.txt",
    "requirements-test.txt",
    "requirements-bench.txt",
    "requirements-audit.txt",
    "requirements-fuzz.txt",
)
CODE = ("main.py", "assisted", "commands", "deploy", "domain", "i18n", "kiosk", "resources", "sync")
# What ruff lets pass everywhere, with the reason in pyproject.toml.
_EVERYWHERE = ("B404", "B603")
_MARK = re.compile(r"#\s*noqa:\s*([A-Z0-9, ]+)")

FINE, FOUND, NOT_ASKED = 0, 1, 3


def leaks(reports: Sequence[Mapping[str, Any]]) -> tuple[list[str], int, list[str]]:
    """Tell what is known against a pin, how many were asked about, and which could not be."""
    packages = {
        (entry["name"], entry.get("version", "")): entry for report in reports for entry in report["dependencies"]
    }
    found = [
        f"{name} {version}: {leak['id']}, mended in {', '.join(leak['fix_versions']) or 'no version yet'}"
        for (name, version), entry in sorted(packages.items())
        for leak in entry.get("vulns", [])
    ]
    skipped = sorted({name for (name, _), entry in packages.items() if "skip_reason" in entry})
    return found, len(packages) - len(skipped), skipped


def habits(findings: Sequence[Mapping[str, Any]], lines_of: Callable[[str], list[str]]) -> tuple[list[str], int]:
    """Tell what bandit found and nobody gave a reason for, and how many have one."""
    found: list[str] = []
    reasoned = 0
    for entry in findings:
        lines = lines_of(entry["filename"])
        marked = {
            rule.strip()
            for number in entry["line_range"]
            for match in _MARK.finditer(lines[number - 1])
            for rule in match.group(1).split(",")
        }
        if f"S{entry['test_id'][1:]}" in {word.split(" ")[0] for word in marked}:
            reasoned += 1
        else:
            found.append(f"{entry['filename']}:{entry['line_number']} {entry['test_id']} {entry['issue_text']}")
    return found, reasoned


def _ask_about(lock: str) -> dict[str, Any] | None:
    tool = [sys.executable, "-m", "pip_audit", "-r", lock, "--require-hashes", "--disable-pip"]
    said = subprocess.run(
        [*tool, "--format", "json", "--progress-spinner", "off"], capture_output=True, text=True, check=False
    )
    try:
        report: dict[str, Any] = json.loads(said.stdout)
    except json.JSONDecodeError:
        return None
    return report


def _read_code() -> list[dict[str, Any]] | None:
    tool = [
        sys.executable,
        "-m",
        "bandit",
        "--quiet",
        "--recursive",
        "--format",
        "json",
        "--skip",
        ",".join(_EVERYWHERE),
    ]
    said = subprocess.run([*tool, *CODE], capture_output=True, text=True, check=False)
    try:
        report = json.loads(said.stdout)
    except json.JSONDecodeError:
        print(said.stderr, file=sys.stderr)
        return None
    if report["errors"]:
        print(f"audit: bandit could not read {report['errors']}", file=sys.stderr)
        return None
    results: list[dict[str, Any]] = report["results"]
    return results


def main() -> int:
    findings = _read_code()
    if findings is None:
        print("audit: bandit did not run to its end", file=sys.stderr)
        return FOUND
    wrong, reasoned = habits(findings, lambda name: Path(name).read_text(encoding="utf-8").splitlines())
    for line in wrong:
        print(f"audit: {line}", file=sys.stderr)
    print(f"audit: bandit found {len(wrong)} in our code, and {reasoned} with their reason beside them")

    reports = [(lock, _ask_about(lock)) for lock in LOCKS]
    unanswered = [lock for lock, report in reports if report is None]
    known, asked, skipped = leaks([report for _, report in reports if report is not None])
    for line in known:
        print(f"audit: {line}", file=sys.stderr)
    print(f"audit: {len(known)} known leaks in {asked} pinned packages that could be asked about")
    if wrong or known:
        return FOUND
    if unanswered or skipped:
        print(
            f"audit: NOT DONE for {len(skipped)} packages and {len(unanswered)} lock files: no network here, or a"
            " registry that does not answer about leaks. Run this where the public registry of Python can be reached.",
            file=sys.stderr,
        )
        return NOT_ASKED
    return FINE


if __name__ == "__main__":
    sys.exit(main())
