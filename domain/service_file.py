# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the text of a `service.toml` to a `ServiceDefinition`: table by table, every problem reported together.

How the parts must fit each other is `domain.service_checks`; the words are `domain.text_table`; finding the files is
`resources.service_library`. How to write such a file: docs/writing-a-service.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from domain.service import (
    Advice,
    Also,
    AlsoKind,
    AnswerType,
    Bring,
    Channel,
    ChannelKind,
    Choice,
    Condition,
    Duty,
    Haste,
    LastDay,
    LegalEffect,
    Letter,
    LetterKind,
    Offer,
    Privacy,
    Question,
    SenderColour,
    ServiceDefinition,
    Side,
    Source,
    Term,
)
from domain.service_checks import MOST_QUESTIONS, check_definition
from domain.toml_lines import Findings
from domain.toml_reading import Table, did_you_mean, read_toml

MOST_CHOICES = 20
_MOST_LINES = 80
_ICON = re.compile(r"mdi6\.[a-z0-9-]{1,60}")
_PHONE = re.compile(r"[0-9+][0-9 +-]{1,19}")
_FARTHEST_DAYS = 60_000
_LARGEST_NUMBER = 1_000_000_000
# Not every kiosk has a camera or a microphone, and nobody has to use them.
_ALWAYS_OPTIONAL = {AnswerType.PHOTO, AnswerType.SPOKEN}
# What stands above all tables and is no key of any table.
_TOP = frozenset(
    (
        *("version", "owner", "case_type", "legal_effect", "opening", "closing"),
        *("see_also", "title_privacy", "tile_place", "settings"),
    )
)
# What only some answer types take.
_ONLY_FOR = {
    "bsn_ground": {AnswerType.TEXT, AnswerType.LONG_TEXT},
    "choices": {AnswerType.CHOICE, AnswerType.CHOICES},
    "earliest_days": {AnswerType.DATE, AnswerType.PERIOD},
    "latest_days": {AnswerType.DATE, AnswerType.PERIOD},
    "longest": {AnswerType.TEXT, AnswerType.LONG_TEXT},
    "least": {AnswerType.NUMBER, AnswerType.AMOUNT},
    "most": {AnswerType.NUMBER, AnswerType.AMOUNT},
    "with_birth_dates": {AnswerType.PERSONS},
}


def parse_shared(text: str, file: str) -> Mapping[str, Question]:
    """Read the questions that every service may take by name.

    Raises: DefinitionError with everything that is wrong.
    """
    findings = Findings(file, text)
    top = Table(read_toml(text, findings), findings)
    found = [_question(table, is_shared=True) for table in top.tables("question", MOST_QUESTIONS)]
    top.close()
    findings.raise_if_any()
    return {question.id: question for question in found}


def parse_service(text: str, file: str, shared: Mapping[str, Question]) -> ServiceDefinition:
    """Read and check a whole definition.

    Raises: DefinitionError with everything that is wrong, each with its line.
    """
    findings = Findings(file, text, _TOP)
    top = Table(read_toml(text, findings), findings)
    has_version = top.has("version")
    own = tuple(_question(table) for table in top.tables("question", MOST_QUESTIONS))
    changes = _changes_of_shared(top, shared)
    definition = ServiceDefinition(
        id=top.id(),
        version=top.whole("version", 1, 1_000_000) or 0,
        owner=top.text("owner"),
        case_type=top.text("case_type"),
        legal_effect=top.member("legal_effect", LegalEffect) or LegalEffect.NONE,
        icon=_icon(top),
        questions=(*_taken(top, "opening", shared, changes), *own, *_taken(top, "closing", shared, changes)),
        duties=tuple(_duty(table) for table in top.tables("duty", _MOST_LINES)),
        promise=_promise(top),
        channels=tuple(_channel(table) for table in top.tables("channel", _MOST_LINES)),
        sources=tuple(_source(table) for table in top.tables("source", _MOST_LINES)),
        bring=tuple(_bring(table) for table in top.tables("bring", _MOST_LINES)),
        hastes=tuple(_haste(table) for table in top.tables("haste", _MOST_LINES)),
        advice=tuple(_advice(table) for table in top.tables("advice", _MOST_LINES)),
        see_also=top.ids("see_also"),
        title_privacy=top.member("title_privacy", Privacy, Privacy.OPEN) or Privacy.OPEN,
        tile_place=top.whole("tile_place", 0, 8) or 0,
        settings=frozenset(top.ids("settings")),
        also=tuple(_also(table) for table in top.tables("also", _MOST_LINES)),
        letters=tuple(_letter(table) for table in top.tables("letter", _MOST_LINES)),
        last_days=tuple(_last_day(table) for table in top.tables("last_day", _MOST_LINES)),
        result_when=_result(top),
    )
    if not has_version:
        top.problem('"version" is missing: add version = 1')
    top.close()
    check_definition(definition, findings)
    findings.raise_if_any()
    return definition


def _icon(table: Table) -> str:
    name = table.text("icon")
    if name and not _ICON.fullmatch(name):
        table.problem(
            f'"{name[:60]}" is no icon: write "mdi6." and the name of a Material Design icon, such as mdi6.home', "icon"
        )
    return name


def _phone(table: Table) -> str:
    number = table.text("phone", "")
    if number and not _PHONE.fullmatch(number):
        table.problem(f'"{number[:40]}" is no telephone number: use digits, spaces and +', "phone")
    return number


def _question(table: Table, *, is_shared: bool = False) -> Question:
    question_id = table.id()
    kind = table.member("type", AnswerType)
    given = {key: table.has(key) for key in _ONLY_FOR}
    question = Question(
        id=question_id,
        type=kind or AnswerType.TEXT,
        choices=tuple(_choice(inner) for inner in table.inlines("choices", MOST_CHOICES)),
        when=_when(table),
        offers=_offers(table),
        is_optional=table.flag("is_optional", default=is_shared) or is_shared,
        privacy=table.member("privacy", Privacy, Privacy.PERSONAL) or Privacy.PERSONAL,
        earliest_days=table.whole("earliest_days", -_FARTHEST_DAYS, _FARTHEST_DAYS),
        latest_days=table.whole("latest_days", -_FARTHEST_DAYS, _FARTHEST_DAYS),
        longest=table.whole("longest", 1, 100_000) or 2000,
        least=table.whole("least", -_LARGEST_NUMBER, _LARGEST_NUMBER),
        most=table.whole("most", -_LARGEST_NUMBER, _LARGEST_NUMBER),
        with_birth_dates=table.flag("with_birth_dates"),
        case_property=table.text("case_property", "", longest=20),
        is_shared=is_shared,
        bsn_ground=table.text("bsn_ground", "", longest=120),
    )
    if kind is not None:
        for key, kinds in _ONLY_FOR.items():
            if given[key] and kind not in kinds:
                table.problem(f'question "{question_id}" of type {kind.value} takes no "{key}": remove it', key)
        if kind in _ONLY_FOR["choices"] and len(question.choices) < 2:
            table.problem(f'question "{question_id}" needs at least two choices: add choices = [...]', "choices")
        if kind in _ALWAYS_OPTIONAL and not question.is_optional:
            says = f'question "{question_id}" of type {kind.value} must be free to skip: add is_optional = true'
            table.problem(says, "type")
    _check_window(table, question)
    table.close()
    return question


def _check_window(table: Table, question: Question) -> None:
    earliest, latest = question.earliest_days, question.latest_days
    if earliest is not None and latest is not None and earliest > latest:
        table.problem(f'question "{question.id}" allows no day: earliest_days is after latest_days', "latest_days")
    if question.least is not None and question.most is not None and question.least > question.most:
        table.problem(f'question "{question.id}" allows no number: least is more than most', "most")


def _offers(table: Table) -> frozenset[Offer]:
    if not table.has("offers"):
        return frozenset(Offer)
    words = table.ids("offers")
    known = [offer.value for offer in Offer]
    for word in words:
        if word not in known:
            table.problem(f'"{word}" is no offer{did_you_mean(word, known)}: choose of {", ".join(known)}', "offers")
    return frozenset(Offer(word) for word in words if word in known)


def _choice(table: Table) -> Choice:
    choice = Choice(
        id=table.id(),
        icon=_icon(table) if table.has("icon") else "",
        is_person=table.flag("is_person"),
        colour=table.member("colour", SenderColour) if table.has("colour") else None,
    )
    table.close()
    return choice


def _when(table: Table) -> tuple[Condition, ...]:
    return tuple(_condition(inner) for inner in table.inlines("when", 10))


def _condition(table: Table) -> Condition:
    said_before = len(table.findings)
    condition = Condition(
        question=table.id("question"),
        is_any=frozenset(table.ids("is_any")),
        within_days=table.whole("within_days", -_FARTHEST_DAYS, _FARTHEST_DAYS),
        is_none_of=frozenset(table.ids("is_none_of")),
    )
    is_empty = not condition.is_any and not condition.is_none_of and condition.within_days is None
    if is_empty and len(table.findings) == said_before:
        says = 'a condition says nothing: add is_any = ["..."], is_none_of = ["..."] or within_days = 7'
        table.problem(says, "when", condition.question)
    table.close()
    return condition


def _term(table: Table) -> Term:
    units = [table.has(key) for key in ("days", "weeks", "working_days")]
    term = Term(
        days=table.whole("days", 0, 3650),
        weeks=table.whole("weeks", 1, 520),
        working_days=table.whole("working_days", 0, 520),
        after=table.text("after", ""),
        is_legal=table.flag("is_legal"),
    )
    if term.is_legal and term.working_days is not None:
        table.problem("is_legal goes with days or weeks: working_days skip weekends already", "is_legal")
    if units.count(True) != 1:
        table.problem("a term needs exactly one of days, weeks, working_days: write { days = 5 }", "term")
    table.close()
    return term


def _optional_term(table: Table) -> Term | None:
    inner = table.inline("term")
    return None if inner is None else _term(inner)


def _promise(top: Table) -> Term:
    inner = top.table("promise")
    if inner is not None:
        return _term(inner)
    top.problem("the promise is missing: add [promise] with working_days, the day by which the citizen hears from us")
    return Term(days=0)


def _duty(table: Table) -> Duty:
    duty = Duty(table.id(), table.member("side", Side) or Side.CITIZEN, _optional_term(table), _when(table))
    table.close()
    return duty


def _bring(table: Table) -> Bring:
    bring = Bring(table.id(), _icon(table), _when(table))
    table.close()
    return bring


def _haste(table: Table) -> Haste:
    haste = Haste(table.id(), _when(table), _phone(table))
    if not haste.when:
        table.problem(f'haste "{haste.id}" has no "when": name the answers that cannot wait', "id")
    table.close()
    return haste


def _advice(table: Table) -> Advice:
    advice = Advice(table.id(), _when(table), _optional_term(table), _phone(table), table.text("comes_after", ""))
    table.close()
    return advice


def _letter(table: Table) -> Letter:
    letter = Letter(
        table.id(),
        table.member("kind", LetterKind) or LetterKind.REQUEST,
        _when(table),
        _optional_term(table),
        table.text("addressee_by", ""),
    )
    table.close()
    return letter


def _last_day(table: Table) -> LastDay:
    day_id, term = table.id(), _optional_term(table)
    if term is None:
        table.problem(f'last_day "{day_id}" has no "term": say how the day is counted', "id")
    last_day = LastDay(day_id, term or Term(days=0), _when(table))
    table.close()
    return last_day


def _result(top: Table) -> tuple[Condition, ...]:
    inner = top.table("result")
    if inner is None:
        return ()
    when = _when(inner)
    if not when:
        inner.problem('[result] has no "when": name the answer after which nothing has to be kept', "when")
    inner.close()
    return when


def _also(table: Table) -> Also:
    also = Also(
        table.id(),
        table.member("kind", AlsoKind) or AlsoKind.THINK_OF,
        _when(table),
        table.id("service") if table.has("service") else "",
    )
    table.close()
    return also


def _channel(table: Table) -> Channel:
    channel = Channel(table.member("kind", ChannelKind) or ChannelKind.PHONE, _phone(table))
    table.close()
    return channel


def _source(table: Table) -> Source:
    fact, where, day = table.text("fact"), table.text("where"), table.day("checked_on")
    table.close()
    return Source(fact, where, day or date.min)


def _changes_of_shared(top: Table, shared: Mapping[str, Question]) -> dict[str, frozenset[str]]:
    changes: dict[str, frozenset[str]] = {}
    inner = top.table("shared")
    if inner is None:
        return changes
    for question_id, question in shared.items():
        change = inner.table(question_id)
        if change is None:
            continue
        without = change.ids("without")
        known = [choice.id for choice in question.choices]
        for word in without:
            if word not in known:
                change.problem(f'"{word}" is no choice of "{question_id}"{did_you_mean(word, known)}', "without", word)
        change.close()
        changes[question_id] = frozenset(without)
    inner.close()
    return changes


def _taken(
    top: Table, key: str, shared: Mapping[str, Question], changes: Mapping[str, frozenset[str]]
) -> tuple[Question, ...]:
    taken = []
    for question_id in top.ids(key):
        question = shared.get(question_id)
        if question is None:
            top.problem(
                f'"{question_id}" is no shared question{did_you_mean(question_id, list(shared))}', key, question_id
            )
            continue
        without = changes.get(question_id, frozenset())
        if without:
            question = replace(question, choices=tuple(item for item in question.choices if item.id not in without))
        taken.append(question)
    return tuple(taken)
