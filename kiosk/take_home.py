# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words the papers that a visitor takes home without a case: the phone card, and the strip that counts the weeks down.

Nothing of them is kept. How they look is `kiosk.paper`'s; the letters are `kiosk.letters`'.
"""

from __future__ import annotations

from datetime import date, timedelta

from domain.journey import Explain, Journey
from domain.service import ChannelKind, ServiceDefinition
from i18n.dates import format_date
from kiosk.paper.phone_card import PhoneCard, SaidLine
from kiosk.paper.strip import Said, Strip, Week
from kiosk.screens.deal import date_line
from kiosk.screens.pauses import advice_notice, haste_texts
from kiosk.screens.words import Words

MOST_WEEKS = 12


def phone_card(own: Words, dutch: Words, service: ServiceDefinition) -> PhoneCard:
    """Word the phone card of a service, the Dutch beside the visitor's language (PEOPLE 6)."""
    channel = next(found for found in service.channels if found.kind is ChannelKind.PHONE)
    phone = channel.phone or own.place.phone
    is_dutch = own.language == dutch.language
    said = dutch.service(service, "phone_card").splitlines()
    # Where the card has no translation, the Dutch beside itself would help nobody.
    has_meaning = not is_dutch and own.library.text(service.id, own.language, "phone_card")[1]
    meant = own.service(service, "phone_card").splitlines() if has_meaning else []
    meant += [""] * (len(said) - len(meant))
    return PhoneCard(
        title=dutch.tr("service.phone_card"),
        own_title="" if is_dutch else own.tr("service.phone_card"),
        language=own.language,
        call=own.service(service, "channel.phone", phone=phone),
        phone=phone,
        calm=own.tr("phone_card.calm"),
        lines=tuple(SaidLine(line, meaning) for line, meaning in zip(said, meant, strict=False)),
        notes_title=own.tr("phone_card.notes"),
        notes=tuple(own.tr(f"phone_card.note_{what}") for what in ("who", "when", "what")),
    )


def strip(own: Words, dutch: Words, journey: Journey) -> Strip:
    """Word the result with its countdown; it holds no name and no number, for there is no case."""
    is_dutch = own.language == dutch.language
    notices = [(advice_notice(own, journey, Explain(advice)), advice) for advice in journey.advice]
    urgent = zip(haste_texts(own, journey), haste_texts(dutch, journey), strict=True)
    said = [Said(*words, "" if is_dutch else " ".join(meant)) for words, meant in urgent]
    for notice, advice in notices:
        meant = advice_notice(dutch, journey, Explain(advice))
        said.append(Said(notice.title, notice.text, "" if is_dutch else f"{meant.title} {meant.text}"))
    found = journey.last_day
    return Strip(
        language=own.language,
        title=own.tr("result.title"),
        date_line=date_line(own, journey.today),
        said=tuple(said),
        contact=own.tr("receipt.contact"),
        phone=own.place.phone,
        day_label=own.tr("result.last_day") if found else "",
        day=own.counted_day(found[1], found[0].term) if found else "",
        until="\n".join(
            words.service(
                journey.definition, f"last_day.{found[0].id}", date=words.counted_day(found[1], found[0].term)
            )
            for words in ((own,) if is_dutch else (own, dutch))
        )
        if found
        else "",
        weeks=weeks(own, journey.today, found[1]) if found and not own.place.is_clock_doubtful else (),
        cut=own.tr("result.cut") if found else "",
    )


def weeks(words: Words, today: date, last: date) -> tuple[Week, ...]:
    """Give a box for each week that is left, and one for the last day."""
    boxes = []
    left = (last - today).days // 7
    for number in range(min(left, MOST_WEEKS), 0, -1):
        start = last - timedelta(weeks=number)
        boxes.append(Week(words.texts.tr_number("result.weeks_left", number), format_date(start, words.language)))
    if last >= today:
        boxes.append(Week(words.tr("result.last_day"), format_date(last, words.language)))
    return tuple(boxes)
