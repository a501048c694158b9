# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the files of the desk's directory: everything wrong in a file is told at once, with its line.

What the entries are is `domain.knowledge`; whether links between files lead somewhere, `commands.content_directory`.
The format is told in docs/desk-directory.md.
"""

from __future__ import annotations

import re
from datetime import date

from domain.knowledge import (
    AngerCard,
    Checked,
    Course,
    CourseDate,
    Directory,
    HelpSlot,
    KnowledgeCard,
    MayAnswer,
    MayICard,
    NewsItem,
    RedFlag,
    Referral,
    SearchWords,
)
from domain.toml_lines import Findings
from domain.toml_reading import Table, read_toml

MOST_STEPS = 6  # feature U13
_MOST = 400
_URL = re.compile(r"https://[a-z0-9.-]+(/[A-Za-z0-9._~/%-]*)?")
_PHONE = re.compile(r"[0-9+][0-9 +-]{1,19}( of [0-9+][0-9 +-]{1,19})?")
_NEVER = date(1970, 1, 1)


def parse_directory(text: str, file: str, *, theme: str = "", is_local: bool = False) -> Directory:
    """Read one file; any file may hold any kind of entry.

    Raises: DefinitionError with everything that is wrong, each with its line.
    """
    findings = Findings(file, text)
    root = Table(read_toml(text, findings), findings)
    anger = tuple(_anger(table) for table in root.tables("anger", 1))
    found = Directory(
        cards=tuple(_card(table, theme) for table in root.tables("card", _MOST)),
        may_i=tuple(_may_i(table) for table in root.tables("may_i", _MOST)),
        referrals=tuple(_referral(table, is_local=is_local) for table in root.tables("referral", _MOST)),
        courses=tuple(_course(table) for table in root.tables("course", _MOST)),
        dates=tuple(_date(table) for table in root.tables("course_date", _MOST)),
        slots=tuple(_slot(table) for table in root.tables("slot", _MOST)),
        flags=tuple(_flag(table) for table in root.tables("flag", _MOST)),
        anger=anger[0] if anger else None,
        news=tuple(_news(table) for table in root.tables("news", _MOST)),
    )
    root.close()
    _refuse_doubles(found, findings)
    findings.raise_if_any()
    return found


def parse_search_words(text: str, file: str) -> SearchWords:
    """Read the table of synonyms.

    Raises: DefinitionError with everything that is wrong, each with its line.
    """
    findings = Findings(file, text)
    root = Table(read_toml(text, findings), findings)
    groups = tuple(_group(table) for table in root.tables("group", _MOST))
    short = tuple(_short_form(table) for table in root.tables("short", _MOST))
    empty = root.texts("empty", 400, 20)
    root.close()
    findings.raise_if_any()
    return SearchWords(groups, dict(short), frozenset(empty))


def _group(table: Table) -> tuple[str, ...]:
    words = table.texts("words", 20, 40)
    if len(words) < 2:
        table.problem("a group has at least two words that mean the same", key="words")
    table.close()
    return words


def _short_form(table: Table) -> tuple[str, str]:
    found = table.text("is", longest=20), table.text("means", longest=80)
    table.close()
    return found


def _card(table: Table, theme: str) -> KnowledgeCard:
    card = KnowledgeCard(
        id=table.id(),
        theme=theme,
        title=table.text("title", longest=80),
        summary=table.text("summary", longest=300),
        steps=_steps(table),
        bring=table.texts("bring", 8),
        deadline=table.text("deadline", "", longest=200),
        services=table.ids("services"),
        referrals=table.ids("referrals"),
        courses=table.ids("courses"),
        see=table.ids("see"),
        words=table.texts("words", 40, 40),
        checked=_checked(table),
    )
    table.close()
    return card


def _may_i(table: Table) -> MayICard:
    card = MayICard(
        id=table.id(),
        title=table.text("title", longest=80),
        answer=table.member("answer", MayAnswer) or MayAnswer.NO,
        text=table.text("text", longest=300),
        why=table.text("why", longest=300),
        instead=table.texts("instead", 6),
        words=table.texts("words", 40, 40),
        checked=_checked(table),
    )
    if not card.instead:
        table.problem('"instead" is missing: say what the helper can do, instead = ["..."]', "id")
    table.close()
    return card


def _referral(table: Table, *, is_local: bool) -> Referral:
    found = Referral(
        id=table.id(),
        name=table.text("name", longest=80),
        what=table.text("what", longest=200),
        phone=table.text("phone", "", longest=60),
        web=table.text("web", "", longest=120),
        address=table.text("address", "", longest=120),
        hours=table.text("hours", "", longest=120),
        cost=table.text("cost", "", longest=80),
        languages=table.text("languages", "", longest=80),
        bring=table.texts("bring", 8),
        words=table.texts("words", 40, 40),
        is_local=is_local,
        checked=_checked(table),
    )
    if found.phone and not _PHONE.fullmatch(found.phone):
        table.problem(f'"{found.phone[:40]}" is no telephone number: write figures, spaces and -', "phone")
    if found.web and not _URL.fullmatch(found.web):
        table.problem(f'"{found.web[:60]}" is no web address: write https://www.example.nl', "web")
    if not (found.phone or found.web or found.address):
        table.problem("nobody can go there: give phone, web or address", "id")
    table.close()
    return found


def _course(table: Table) -> Course:
    course = Course(
        id=table.id(),
        name=table.text("name", longest=80),
        what=table.text("what", longest=200),
        where=table.text("where", longest=200),
        cost=table.text("cost", longest=80),
        web=table.text("web", longest=120),
        words=table.texts("words", 40, 40),
        checked=_checked(table),
    )
    table.close()
    return course


def _date(table: Table) -> CourseDate:
    found = CourseDate(
        course=table.id("course"),
        on=table.day("on") or _NEVER,
        hours=table.text("hours", longest=60),
        place=table.text("place", longest=120),
    )
    table.close()
    return found


def _slot(table: Table) -> HelpSlot:
    found = HelpSlot(
        what=table.text("what", longest=120),
        weekday=table.whole("weekday", 1, 7) or 0,
        hours=table.text("hours", longest=60),
        place=table.text("place", longest=120),
        needs_appointment=table.flag("needs_appointment"),
        bring=table.texts("bring", 8),
        places=table.whole("places", 1, 99) or 1,
    )
    if not found.weekday:
        table.problem('"weekday" is a number: 1 is Monday, 7 is Sunday', "weekday")
    table.close()
    return found


def _flag(table: Table) -> RedFlag:
    flag = RedFlag(
        id=table.id(),
        title=table.text("title", longest=80),
        words=table.texts("words", 40, 40),
        say=table.text("say", longest=200),
        steps=_steps(table),
        referrals=table.ids("referrals"),
        services=table.ids("services"),
        is_unsafe_at_home=table.flag("is_unsafe_at_home"),
    )
    if not flag.words:
        table.problem('"words" is missing: nothing makes this ring', "id")
    table.close()
    return flag


def _news(table: Table) -> NewsItem:
    item = NewsItem(
        id=table.id(),
        on=table.day("date") or _NEVER,
        title=table.text("title", longest=80),
        text=table.text("text", longest=600),
        is_important=table.flag("important"),
    )
    table.close()
    return item


def _anger(table: Table) -> AngerCard:
    card = AngerCard(
        id=table.id(),
        title=table.text("title", longest=80),
        say=table.text("say", longest=200),
        steps=_steps(table),
        stop=table.texts("stop", 6),
        after=table.texts("after", 6),
        services=table.ids("services"),
        checked=_checked(table),
    )
    table.close()
    return card


def _steps(table: Table) -> tuple[str, ...]:
    steps = table.texts("steps", MOST_STEPS)
    if not steps:
        table.problem(f'"steps" is missing: say what to do, in 1 to {MOST_STEPS} steps', "id")
    return steps


def _checked(table: Table) -> Checked:
    source = table.inline("source")
    name = url = ""
    if source is None:
        table.problem('the source is missing: add source = { name = "...", url = "https://..." }', "id")
    else:
        name, url = source.text("name", longest=80), source.text("url", longest=200)
        source.close()
        if url and not _URL.fullmatch(url):
            table.problem(f'"{url[:60]}" is no web address: write https://www.example.nl', "source")
    return Checked(name, url, table.day("reviewed_on") or _NEVER, table.flag("to_check"))


def _refuse_doubles(found: Directory, findings: Findings) -> None:
    for kind, ids in (
        ("card", [one.id for one in found.cards]),
        ("may_i", [one.id for one in found.may_i]),
        ("referral", [one.id for one in found.referrals]),
        ("course", [one.id for one in found.courses]),
        ("flag", [one.id for one in found.flags]),
        ("news", [one.id for one in found.news]),
    ):
        for index, entry_id in enumerate(ids):
            if entry_id and entry_id in ids[:index]:
                findings.add(f'there is a "{entry_id}" above already: choose another id', kind, index, "id")
