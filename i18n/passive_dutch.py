# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the passive in Dutch: a form of "worden" or "zijn" with a past participle, so that nobody does it.

A rough rule by the shape of words, for a share over many sentences; it knows no grammar.
"""

from __future__ import annotations

import re

MOST_PASSIVE = 5.0  # percent of the sentences (feature L01)

_HELPER = re.compile(r"\b(word|wordt|worden|werd|werden|ben|bent|is|zijn|was|waren)\b", re.IGNORECASE)
_SPLIT = "aan|achter|af|bij|binnen|door|in|langs|los|mee|na|om|op|over|terug|toe|uit|vast|voor|weg|samen|goed|klaar"
_PARTICIPLE = re.compile(
    rf"\b(?:(?:{_SPLIT})?ge[a-zëï]{{2,}}(?:d|t|en)|(?:be|ver|ont|her|er)[a-zëï]{{3,}}(?:d|[chfkps]t)|"
    r"(?:besloten|beschreven|begrepen|bewezen|gedaan|ontvangen|ontslagen|vergeten|verboden|verloren|verkregen))\b",
    re.IGNORECASE,
)
# Look like a participle and are none, or take "zijn" without being passive: "u bent verhuisd".
_OTHER = frozenset(
    [
        *("geld", "gebied", "gezicht", "geduld", "geluid", "gevaar", "gemeend", "geen", "geven", "gesprekken"),
        *("geeft", "geldt", "gebeurt", "gebruikt", "gelooft", "geniet", "gebruiken", "gemeenten", "gezinnen"),
        *("gegaan", "gekomen", "geweest", "gebleven", "geworden", "geboren", "gebeurd", "gestopt", "gegroeid"),
        *("verhuisd", "overleden", "begonnen", "veranderd", "ontstaan", "getrouwd", "gescheiden", "gestorven"),
        *("gewend", "gezond", "bekend", "beperkt", "bereid", "verplicht", "gratis", "gerust", "gelijk", "geschikt"),
        *("geopend", "gesloten", "verdrietig", "bezet", "verschillend"),
        *("verstand", "verband"),
        *("bericht", "verzoekt", "verliest"),
        *("berust", "belastingdienst", "vervelend"),
    ]
)


def is_passive(sentence: str) -> bool:
    """Tell whether a sentence looks passive."""
    if not _HELPER.search(sentence):
        return False
    return any(word.lower() not in _OTHER for word in _PARTICIPLE.findall(sentence))


def share(sentences: tuple[str, ...]) -> float:
    """Give how many of a hundred sentences look passive."""
    return round(100 * sum(map(is_passive, sentences)) / len(sentences), 1) if sentences else 0.0
