# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes out of date or leads nowhere in a definition: facts, links to services, pictures, roads to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from commands.content_places import Places
from domain.errors import DefinitionProblem
from domain.service import ChannelKind

OLDEST_FACT_DAYS = 180  # feature L02
# What a road must name, so that somebody can take it.
_NAMES = {ChannelKind.PHONE: "{phone}", ChannelKind.DESK: "{desk}"}


def check_facts(places: Places, known: set[str], texts: Mapping[str, str], today: date) -> Iterator[DefinitionProblem]:
    """Check one service; `known` are the ids of all services, closed ones too."""
    yield from _old(places, today)
    yield from _links(places, known)
    yield from _pictures(places)
    yield from _roads(places, texts)


def _old(places: Places, today: date) -> Iterator[DefinitionProblem]:
    for index, source in enumerate(places.service.sources):
        age = (today - source.checked_on).days
        shown = f'"{source.fact[:60]}..."' if len(source.fact) > 60 else f'"{source.fact}"'
        if age > OLDEST_FACT_DAYS:
            says = (
                f"the fact {shown} was last checked {age} days ago: look again at {source.where[:60]} and write the "
                f"day in checked_on (at most {OLDEST_FACT_DAYS} days)"
            )
            yield places.at_table("source", index, says, "checked_on")
        elif age < 0:
            says = f"the fact {shown} was checked on a day that is still to come: mend checked_on"
            yield places.at_table("source", index, says, "checked_on")


def _links(places: Places, known: set[str]) -> Iterator[DefinitionProblem]:
    for other in places.service.see_also:
        if other not in known:
            yield places.at_key("see_also", f'see_also names "{other}", which is no service here')
    for index, also in enumerate(places.service.also):
        if also.service and also.service not in known:
            says = f'also "{also.id}" leads to "{also.service}", which is no service here'
            yield places.at_table("also", index, says, "service")


def _pictures(places: Places) -> Iterator[DefinitionProblem]:
    from resources.icons import has_icon

    service = places.service
    if not has_icon(service.icon):
        yield places.at_key("icon", _unknown(service.icon))
    for index, item in enumerate(service.bring):
        if not has_icon(item.icon):
            yield places.at_table("bring", index, _unknown(item.icon), "icon")
    for question in service.questions:
        for choice in question.choices:
            if choice.icon and not has_icon(choice.icon):
                yield places.at_question(question.id, _unknown(choice.icon), word=choice.icon)
        pictures = Counter(choice.icon for choice in question.choices if choice.icon)
        for icon in (icon for icon, count in pictures.items() if count > 1):
            says = f'two choices of "{question.id}" have the picture "{icon}": who cannot read, cannot tell them apart'
            yield places.at_question(question.id, says, word=icon)


def _unknown(icon: str) -> str:
    return f'"{icon}" is no picture that we have: look one up in Material Design Icons (version 6)'


def _roads(places: Places, texts: Mapping[str, str]) -> Iterator[DefinitionProblem]:
    for kind, name in _NAMES.items():
        text = texts.get(f"channel.{kind.value}", "")
        if text and name not in text:
            says = f'"channel.{kind.value}" does not say {name}: who wants to take this road, cannot'
            yield places.at_text(f"channel.{kind.value}", says)
