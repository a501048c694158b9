# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor's look at services and languages; what exactly is wrong with a service, `loket content check` says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from commands.content_report import Report
from commands.doctor_check import Check, broken, fine, warning
from i18n.pseudo import PSEUDO
from i18n.texts import DUTCH

_REMEDY = "`loket content check` says what to mend"


def check_services(closed: Collection[str], report: Report) -> Iterator[Check]:
    """Look which services are closed by a fault in their files, and which have problems."""
    for service_id in closed:
        yield broken(f"service.{service_id}", f"the service {service_id} is closed: its files are wrong", _REMEDY)
    with_problems = dict.fromkeys(problem.file.partition("/")[0] for problem in report.problems)
    for name in with_problems:
        if name not in closed:
            count = sum(problem.file.partition("/")[0] == name for problem in report.problems)
            yield warning(f"content.{name}", f"{count} problems in {name}", _REMEDY)
    if not closed:
        yield fine("services", f"{len(report.services)} services are open")


def check_languages(languages: Iterable[str], programme: Collection[str], report: Report) -> Iterator[Check]:
    """Look which languages are offered without their words; `programme` are those with a catalogue."""
    for code in languages:
        if code in (DUTCH, PSEUDO):
            continue
        missing = report.programme_missing.get(code, 0)
        beside = sum(found.missing.get(code, 0) for found in report.services.values())
        has_service_texts = any(code in found.missing for found in report.services.values())
        if code not in programme or not has_service_texts:
            says = f"the language {code} is offered, but has no texts: it shows in Dutch"
            yield warning(f"language.{code}", says, "add its texts, or take it out of languages in [kiosk]")
        elif missing or beside:
            says = f"the language {code} misses {missing + beside} texts: those show in Dutch"
            yield warning(f"language.{code}", says, "have them translated")
        else:
            yield fine(f"language.{code}", f"the language {code} has all its texts")
