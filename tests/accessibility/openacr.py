# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report as an OpenACR file (GSA), the form that buyers compare. JSON, which is YAML as well."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.accessibility.criteria import Chapter, Criteria
from tests.accessibility.verdict import Verdict

CATALOGUE = "2.5-edition-wcag-2.2-508-eu-en"

Judged = Sequence[tuple[Chapter, Sequence[Verdict]]]


def openacr(criteria: Criteria, judged: Judged, report_date: str) -> str:
    """Give the file; a criterion that only V4.1.1 has is left out, for the catalogue knows V3.2.1."""
    about = criteria.about
    chapters = {
        chapter.catalogue: {
            "notes": " ".join(chapter.intro.split()),
            "criteria": [
                {
                    "num": number,
                    "components": [
                        {
                            "name": chapter.component,
                            "adherence": {"level": verdict.level.value, "notes": _notes(verdict)},
                        }
                    ],
                }
                for verdict in verdicts
                if not verdict.criterion.only_v411
                for number in verdict.criterion.numbers
            ],
        }
        for chapter, verdicts in judged
    }
    report = {
        "title": f"{about['product']} Accessibility Conformance Report",
        "product": {"name": about["product"], "version": about["version"], "description": about["description"]},
        "author": {"name": about["author"], "email": about["email"]},
        "vendor": {"name": about["author"], "email": about["email"]},
        "report_date": report_date,
        "last_modified_date": report_date,
        "version": 1,
        "notes": about["notes"],
        "evaluation_methods_used": about["methods"],
        "license": "EUPL-1.2",
        "catalog": CATALOGUE,
        "chapters": chapters,
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _notes(verdict: Verdict) -> str:
    shown = f"Shown by: {', '.join(verdict.criterion.tests)}." if verdict.criterion.tests else ""
    changed = f"V4.1.1: {verdict.criterion.v411}" if verdict.criterion.v411 else ""
    return " ".join(filter(None, (verdict.notes, shown, changed)))
