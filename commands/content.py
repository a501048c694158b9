# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket content`: tell whether all services and words are whole, plain and without a dead end; keep their versions.

What it does with packages is `commands.content_package`'s.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from commands.cli import FINE, PROBLEM
from commands.content_package import VERBS, add_verbs, run_verb
from commands.content_report import Report, check_content
from commands.content_states import LanguageReport, all_languages, pairs_of, record, sign
from commands.content_versions import VERSIONS, read_versions, renew
from commands.system_clock import SystemClock
from i18n.texts import FOLDER as PROGRAMME_TEXTS
from resources.service_library import SERVICES
from resources.walk_book import WALK


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
    checked = verbs.add_parser("checked", help="write down that a person checked the texts of a language")
    checked.add_argument("--by", required=True, metavar="NAME", help="who checked them")
    checked.add_argument("--service", default="", metavar="ID", help="only of this service, or shared, walk, programme")
    translated = verbs.add_parser("translated", help="write down that the translations fit the Dutch as it is now")
    for verb in (checked, translated):
        verb.add_argument("language", metavar="LANG", help="the code of the language, such as ar")
        verb.add_argument("--programme", type=Path, default=PROGRAMME_TEXTS, metavar="DIR", help=argparse.SUPPRESS)
        verb.add_argument("--walk", type=Path, default=WALK, metavar="DIR", help=argparse.SUPPRESS)
    add_verbs(verbs)
    for verb in (check, versions, checked, translated):
        verb.add_argument(
            "--folder", type=Path, default=SERVICES, metavar="DIR", help="the services (default: those of Loket)"
        )


def run(arguments: argparse.Namespace) -> int:
    """Check, print, and give 1 when there is something to mend."""
    if arguments.verb in VERBS:
        return run_verb(arguments)
    if arguments.verb == "versions":
        return _versions(arguments)
    if arguments.verb in ("checked", "translated"):
        return _states(arguments)
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


def _states(arguments: argparse.Namespace) -> int:
    folder, language = arguments.folder, arguments.language
    if language not in all_languages(folder, arguments.programme):
        print(f"there is no text in {language}")
        return PROBLEM
    pairs = tuple(pairs_of(folder, arguments.programme, arguments.walk, language))
    if arguments.verb == "translated":
        print(f"{record(folder, pairs, language)} texts in {language} fit the Dutch of now")
        return FINE
    if arguments.service and arguments.service not in {pair.place for pair in pairs}:
        print(f"there is no {arguments.service}")
        return PROBLEM
    on = SystemClock().now().date()
    new, signed = sign(folder, pairs, language, by=arguments.by, on=on, place=arguments.service)
    print(f"{new} texts in {language} checked by {arguments.by}; {signed} of {len(pairs)} are checked")
    return FINE


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
    told = {
        "services": services,
        "problems": problems,
        "programme": {"missing": dict(report.programme_missing)},
        "languages": {language: asdict(found) for language, found in report.languages.items()},
    }
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
    lines.extend(_language_line(language, found) for language, found in report.languages.items())
    lines.extend(f"{problem.file}:{problem.line}: {problem.says}" for problem in report.problems)
    lines.append(f"{len(report.services)} services, {len(report.problems)} problems")
    return "\n".join(lines)


def _language_line(language: str, found: LanguageReport) -> str:
    stale = f", the Dutch changed under {len(found.stale)} ({_some(list(found.stale))})" if found.stale else ""
    states = f"{found.checked} checked by a person, {found.machine} by a machine only, {found.missing} missing"
    return f"{language}: {found.texts} texts: {states}{stale}"


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
