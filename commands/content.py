# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket content check`: tell whether all services and words are whole, plain and without a dead end."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from commands.content_report import Report, check_content


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True, dest="verb")
    check = verbs.add_parser("check", help="check definitions, texts, links, personas and how plain the Dutch is")
    check.add_argument("--json", action="store_true", help="print the report as JSON")
    check.add_argument("--folder", type=Path, metavar="DIR", help="the services to check (default: those of Loket)")


def run(arguments: argparse.Namespace) -> int:
    """Check, print, and give 1 when there is something to mend."""
    report = check_content(arguments.folder) if arguments.folder else check_content()
    print(as_json(report) if arguments.json else as_text(report))
    return 1 if report.problems else 0


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
        roads = f"stuck: {', '.join(stuck)}" if stuck else f"{len(found.personas)} personas arrive"
        figures = f"Flesch-Douma {found.flesch_douma}, longest sentence {found.longest_sentence}"
        lines.append(f"{service_id}: {figures}, {roads}{missing}")
    lines.extend(f"i18n/{name}.po misses {count}" for name, count in report.programme_missing.items() if count)
    lines.extend(f"{problem.file}:{problem.line}: {problem.says}" for problem in report.problems)
    lines.append(f"{len(report.services)} services, {len(report.problems)} problems")
    return "\n".join(lines)
