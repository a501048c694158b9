# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of one service in one language: a TOML file flattened to keys such as "question.datum.title".

Which keys a definition needs is said here, once; how good the Dutch is, `loket content check` measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from domain.service import LegalEffect, Privacy, ServiceDefinition, Term
from domain.toml_lines import Findings, find_text_line
from domain.toml_reading import did_you_mean, read_toml

FILLED_BY_LOKET = frozenset({"date", "name", "phone", "desk", "municipality", "amount"})
_LONGEST_TEXT = 1000
_FIELD = re.compile(r"\{([^{}]*)\}")
_MOST_KEYS = 1000
_MOST_CARD_LINES = 6  # what a person can keep in sight while calling
_LETTER = "letter."
# The end of the key of a text that stands in where the settings do not hold what the text asks for.
NO_SETTING = "_no_setting"


def parse_texts(text: str, file: str, language: str, settings: Iterable[str] = ()) -> Mapping[str, str]:
    """Read a text file; a list becomes lines. `settings` are the extra names that may stand between braces.

    Raises: DefinitionError with everything that is wrong, each with its line.
    """
    findings = Findings(file, text)
    texts: dict[str, str] = {}
    _flatten(read_toml(text, findings), "", texts, findings)
    if len(texts) > _MOST_KEYS:
        findings.add_at(1, f"{len(texts)} texts in {language}: at most {_MOST_KEYS}")
    known = FILLED_BY_LOKET | set(settings)
    for key, value in texts.items():
        # A letter may hold answers; whether there are such questions, `check_texts` can tell.
        fields = known | set(_FIELD.findall(value)) if key.startswith(_LETTER) else known
        for says in _wrong(value, fields):
            findings.add_at(find_text_line(text, key), f'"{key}" {says}')
    findings.raise_if_any()
    return texts


def _flatten(values: Mapping[str, object], prefix: str, texts: dict[str, str], findings: Findings) -> None:
    for name, value in values.items():
        key = f"{prefix}{name}"
        if isinstance(value, str):
            texts[key] = value
        elif isinstance(value, dict):
            _flatten(value, f"{key}.", texts, findings)
        elif isinstance(value, list) and value and all(isinstance(line, str) for line in value):
            texts[key] = "\n".join(value)
        else:
            line = find_text_line(findings.source, key)
            findings.add_at(line, f'"{key}" is no text: write "..." or a list of texts')


def _wrong(value: str, known: set[str] | frozenset[str]) -> Iterable[str]:
    if not value.strip():
        yield "is empty: write the text or remove the key"
    if len(value) > _LONGEST_TEXT:
        yield f"is longer than {_LONGEST_TEXT} characters: make it shorter"
    if "{" not in value and "}" not in value:
        return
    for name in _FIELD.findall(value):
        if name not in known:
            yield f"asks for {{{name[:40]}}}, which nobody fills in{did_you_mean(name, sorted(known))}"
    if "{" in _FIELD.sub("", value) or "}" in _FIELD.sub("", value):
        yield "holds a loose brace: write {date} or leave the brace out"


def needed_texts(definition: ServiceDefinition) -> tuple[str, ...]:
    """Give the keys that a definition cannot do without."""
    return tuple(
        chain(
            ("title", "tile", "event", "what_happens", "how_long", "who", "phone_card"),
            () if definition.legal_effect is LegalEffect.NONE else ("effect",),
            () if definition.title_privacy is Privacy.OPEN else ("privacy_title",),
            *(
                (
                    f"question.{question.id}.title",
                    f"question.{question.id}.why",
                    *(f"question.{question.id}.choice.{choice.id}" for choice in question.choices),
                )
                for question in definition.questions
            ),
            (f"duty.{duty.id}" for duty in definition.duties),
            (f"duty_no_date.{duty.id}" for duty in definition.duties if _may_lack_date(duty.term)),
            *((f"bring.{item.id}.title", f"bring.{item.id}.otherwise") for item in definition.bring),
            *((f"haste.{haste.id}.title", f"haste.{haste.id}.text") for haste in definition.hastes),
            *((f"advice.{advice.id}.title", f"advice.{advice.id}.text") for advice in definition.advice),
            (f"advice.{advice.id}.text_no_date" for advice in definition.advice if _may_lack_date(advice.term)),
            *((f"also.{also.id}.title", f"also.{also.id}.why") for also in definition.also),
            (f"channel.{channel.kind.value}" for channel in definition.channels),
            *(
                tuple(f"letter.{letter.id}.{name}" for name in ("title", "notice", "addressee", "subject", "body"))
                for letter in definition.letters
            ),
            (f"letter.{letter.id}.notice_no_date" for letter in definition.letters if _may_lack_date(letter.term)),
            (f"last_day.{day.id}" for day in definition.last_days),
        )
    )


def _may_lack_date(term: Term | None) -> bool:
    return term is not None and bool(term.after)


def missing_texts(definition: ServiceDefinition, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Give the needed keys that a text file does not have."""
    return tuple(key for key in needed_texts(definition) if key not in texts)


def check_texts(
    definition: ServiceDefinition, texts: Mapping[str, str], own: Mapping[str, str], source: str, file: str
) -> None:
    """Check the texts of a service (`texts` with the shared ones under them, `own` only those of this file).

    Raises: DefinitionError that names every missing key and every key that nothing asks for.
    """
    findings = Findings(file, source)
    for key in missing_texts(definition, texts):
        findings.add_at(find_text_line(source, key), f'the text "{key}" is missing: write it')
    allowed = known_texts(definition, own)
    for key in (key for key, text in own.items() if asks_for(text, definition.settings)):
        if f"{key}{NO_SETTING}" not in own:
            says = f'"{key}" takes from the settings: add "{key}{NO_SETTING}" for where that is not filled in'
            findings.add_at(find_text_line(source, key), says)
    answers = FILLED_BY_LOKET | definition.settings | {question.id for question in definition.questions}
    for key, value in own.items():
        if not key.startswith(_LETTER):
            continue
        for says in _wrong(value, answers):
            findings.add_at(find_text_line(source, key), f'"{key}" {says}')
    for key in own:
        if key not in allowed:
            findings.add_at(find_text_line(source, key), _not_asked_for(key, allowed))
    for key, says in _days(definition, own, allowed):
        findings.add_at(find_text_line(source, key), f'"{key}" {says}')
    most = _MOST_CARD_LINES
    if (count := len(own.get("phone_card", "").splitlines())) > most:
        findings.add_at(find_text_line(source, "phone_card"), f'"phone_card" has {count} lines: at most {most}')
    findings.raise_if_any()


def _not_asked_for(key: str, allowed: set[str]) -> str:
    place, _, last = key.rpartition(".")
    if place and last in allowed:
        return f'"{last}" belongs at the top: put it above the first line that begins with [ (it is in [{place}] now)'
    return f'nothing asks for the text "{key}"{did_you_mean(key, sorted(allowed))}: mend or remove it'


def _days(definition: ServiceDefinition, own: Mapping[str, str], allowed: set[str]) -> Iterable[tuple[str, str]]:
    """Give the texts that name a day which nothing counts, and those that leave out the day which something counts."""
    terms: dict[str, Term | None] = {f"duty.{item.id}": item.term for item in definition.duties}
    terms |= {f"advice.{item.id}.text": item.term for item in definition.advice}
    terms |= {f"last_day.{item.id}": item.term for item in definition.last_days}
    letters = {f"letter.{item.id}.notice": item.term for item in definition.letters}
    advice = {f"advice.{item.id}.title": item.term for item in definition.advice}
    for key in allowed & set(own):
        names_day = "date" in _FIELD.findall(own[key])
        term = terms.get(key) or letters.get(key) or advice.get(key)
        if names_day and term is None and not (key.startswith(_LETTER) and key not in letters):
            has_term = key in terms or key in letters
            remedy = "give it a term in service.toml, such as term = { weeks = 8 }" if has_term else "write the day out"
            yield key, f"asks for {{date}}, and nothing counts that day: {remedy}, or take {{date}} out"
        if key.startswith("duty.") and term is not None and not names_day:
            yield key, "has a term in service.toml and does not say the day: write {date} in the text"


def known_texts(definition: ServiceDefinition, texts: Mapping[str, str]) -> set[str]:
    """Give every key that something asks for, where these are the Dutch texts."""
    stand_ins = {f"{key}{NO_SETTING}" for key, text in texts.items() if asks_for(text, definition.settings)}
    return set(needed_texts(definition)) | _optional_texts(definition) | stand_ins


def asks_for(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text holds one of these names between braces."""
    return "{" in text and not set(names).isdisjoint(_FIELD.findall(text))


def _optional_texts(definition: ServiceDefinition) -> set[str]:
    found = {"effect", "good_to_know", "privacy_title"}
    for question in definition.questions:
        found |= {f"question.{question.id}.help", f"question.{question.id}.example"}
        found |= {f"question.{question.id}.choice.{word}" for word in ("ja", "nee")}
        for choice in question.choices:
            found.add(f"question.{question.id}.choice_help.{choice.id}")
    found |= {f"haste.{haste.id}.heading" for haste in definition.hastes}
    for letter in definition.letters:
        found |= {f"letter.{letter.id}.fill", f"letter.{letter.id}.enclose"}
        choices = next((item.choices for item in definition.questions if item.id == letter.addressee_by), ())
        found |= {f"letter.{letter.id}.addressee_for.{choice.id}" for choice in choices}
    return found
