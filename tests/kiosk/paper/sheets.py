# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A letter, a phone card and a strip to try."""

from __future__ import annotations

from kiosk.paper.letter import LetterPage, Row
from kiosk.paper.phone_card import PhoneCard, SaidLine
from kiosk.paper.strip import Said, Strip, Week


def letter() -> LetterPage:
    """Give an objection of somebody whose telephone number and reasons nobody knows."""
    return LetterPage(
        title="Brief",
        sender=(Row("Naam", "Jan Voorbeeld"), Row("Straat en huisnummer", "Dorpsstraat 12"), Row("Telefoon")),
        addressee=("Gemeente Voorbeeldstad", "..."),
        place=Row("Plaats"),
        day=Row("Datum", "24 november 2026"),
        subject=Row("Onderwerp", "bezwaar"),
        greeting="Geachte heer of mevrouw,",
        body=("Ik kreeg een brief van ... over geld.", "Het is van:", "...", "Dit klopt niet: ..."),
        closing="Met vriendelijke groet,",
        signature="Handtekening",
        name=Row("Naam", "Jan Voorbeeld"),
        enclose_title="Dit doe ik erbij:",
        enclose=("Een kopie van uw besluit", "..."),
        language="nl",
        told_title="Dit blad is voor uzelf.",
        told=("Stuur hem voor 21 december 2026.", "Zet uw handtekening."),
        copy="Kopie van uw brief",
        dates=("21 december 2026",),
    )


def phone_card() -> PhoneCard:
    """Give a card for somebody who reads Dutch."""
    said = ("Goedemorgen. Ik heb een brief van ... .", "Wat moet ik doen, en voor welke dag?")
    return PhoneCard(
        title="Dit kunt u zeggen",
        language="nl",
        call="Bel 14 000.",
        phone="14 000",
        lines=tuple(SaidLine(line) for line in said),
        notes_title="Schrijf op",
        notes=("Ik sprak met:", "Dag en tijd:"),
        calm="U mag dit voorlezen.",
    )


def strip() -> Strip:
    """Give a result with three weeks to go."""
    return Strip(
        language="nl",
        title="Dit kunt u doen",
        date_line="Gemaakt op dinsdag 24 november 2026",
        said=(Said("De brief is van het UWV.", "Die brief gaat over werk."),),
        contact="Vragen? Bel 14 000.",
        phone="14 000",
        day_label="Uw laatste dag",
        day="maandag 14 december 2026",
        until="Tot die dag kunt u bezwaar maken.",
        weeks=(Week("Nog 2 weken", "30 november"), Week("Nog 1 week", "7 december"), Week("Vandaag", "14 december")),
        cut="Knip deze strook af.",
    )
