# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket content`: tell whether all services and words are whole, plain and without a dead end; keep their versions."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from commands.cli import FINE, PROBLEM
from commands.content_report import Report, check_content
from commands.content_versions import VERSIONS, read_versions, renew
from resources.service_library import SERVICES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True, dest="verb")
    check = verbs.add_parser("check", help="check definitions, texts, links, personas and how plain the Dutch is")
    check.add_argument("--json", action="store_true", help="print the report as JSON")
    versions = verbs.add_parser("versions", help="show or renew the list of versions that cases were made with")
    versions.add_argument("--write", action="store_true", help="put the present versions in the list")
    versions.add_argument(
        "--unused", action="store_true", help="with --write: no case was made with a version that changed; take it anew"
    )
    for verb in (check, versions):
        verb.add_argument(
            "--folder", type=Path, default=SERVICES, metavar="DIR", help="the services (default: those of Loket)"
        )


def run(arguments: argparse.Namespace) -> int:
    """Check, print, and give 1 when there is something to mend."""
    if arguments.verb == "versions":
        return _versions(arguments)
    report = check_content(arguments.folder)
    print(as_json(report) if arguments.json else as_text(report))
    return PROBLEM if report.problems else FINE


def _versions(arguments: argparse.Namespace) -> int:
    if not arguments.write:
        for service_id, versions in sorted(read_versions(arguments.folder).items()):
            print(f"{service_id}: {', '.join(map(str, sorted(versions)))}")
        return FINE
    renewal = renew(arguments.folder, is_unused=arguments.unused)
    for name in renewal.added:
        print(f"added: {name}")
    for name in renewal.changed:
        if arguments.unused:
            print(f"taken anew: {name}")
        else:
            print(f"changed since it was recorded: {name}; raise its version (never used for a case? add --unused)")
    print(f"{len(renewal.added)} versions added to {VERSIONS}")
    return PROBLEM if renewal.changed and not arguments.unused else FINE


def as_json(report: Report) -> str:
    """Give the shape that scripts rely on (DESIGN section 5)."""
    services = {
        service_id: {
            "personas": dict(found.personas),
            "flesch_douma": found.flesch_douma,
            "longest_sentence": found.longest_sentence,
            "passive": found.passive,
            "missing": dict(found.missing),
        }
        for service_id, found in report.services.items()
    }
    problems = [asdict(problem) for problem in report.problems]
    told = {"services": services, "problems": problems, "programme": {"missing": dict(report.programme_missing)}}
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_text(report: Report) -> str:
    """Give one line a service and one line a problem."""
    lines = []
    for service_id, found in report.services.items():
        stuck = [name for name, arrives in found.personas.items() if not arrives]
        missing = "".join(f", {language} misses {count}" for language, count in found.missing.items() if count)
        roads = f"stuck: {_some(stuck)}" if stuck else f"{len(found.personas)} personas arrive"
        figures = f"Flesch-Douma {found.flesch_douma}, longest sentence {found.longest_sentence}"
        lines.append(f"{service_id}: {figures}, {roads}{missing}")
    lines.extend(f"i18n/{name}.po misses {count}" for name, count in report.programme_missing.items() if count)
    lines.extend(f"{problem.file}:{problem.line}: {problem.says}" for problem in report.problems)
    lines.append(f"{len(report.services)} services, {len(report.problems)} problems")
    return "\n".join(lines)


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
