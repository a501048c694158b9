# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words the papers that a visitor takes along from the desk; how they look is `kiosk.paper.take_along`'s.

Nothing on them is of a person: who is handed over writes name and telephone number down by hand (H11).
"""

from __future__ import annotations

from datetime import date

from domain.knowledge import Checked, Course, Directory, KnowledgeCard, Referral
from i18n.dates import format_date
from i18n.texts import Texts
from kiosk.paper.take_along import Fact, Section, TakeAlong


def next_time_paper(texts: Texts, directory: Directory, card: KnowledgeCard, today: date) -> TakeAlong:
    """Word "De volgende keer zelf" (U13): the steps, what to bring, and the course that fits."""
    sections = [Section(texts.tr("desk.know.steps"), card.steps, is_numbered=True)]
    if card.bring:
        sections.append(Section(texts.tr("desk.know.bring"), card.bring))
    phones = [Fact(found.name, found.phone) for found in _referrals(directory, card) if found.phone]
    course = next((found for found in map(directory.course, card.courses) if found is not None), None)
    if course is not None:
        sections.append(Section(texts.tr("desk.paper.course"), course_lines(texts, directory, course, today)))
    return TakeAlong(
        title=texts.tr("desk.paper.next_time", title=card.title),
        summary=card.summary,
        warning=card.deadline,
        facts=tuple(phones[:2]),
        sections=tuple(sections),
        note=checked_line(texts, card.checked),
    )


def referral_paper(
    texts: Texts, referral: Referral, agreed: str = "", *, is_handover: bool = False, code: str = ""
) -> TakeAlong:
    """Word the slip of a referral; a warm handover has what was agreed, the consent, and lines to write on."""
    sections = []
    if referral.bring:
        sections.append(Section(texts.tr("desk.know.bring"), referral.bring))
    if agreed:
        sections.append(Section(texts.tr("desk.paper.agreed"), (agreed,)))
    if code:
        sections.append(Section(texts.tr("desk.paper.code"), (texts.tr("desk.paper.code.says", code=code),)))
    if is_handover:
        consent = texts.tr("desk.paper.consent", name=referral.name)
        sections.append(Section(texts.tr("desk.paper.consent_title"), (consent, texts.tr("desk.paper.consent_stop"))))
    writing = ("desk.paper.write_name", "desk.paper.write_phone", "desk.paper.write_sign") if is_handover else ()
    return TakeAlong(
        title=referral.name,
        summary=referral.what,
        facts=tuple(Fact(texts.tr(key), text) for key, text in referral_facts(referral)),
        sections=tuple(sections),
        writing=tuple(texts.tr(key) for key in writing),
        note=checked_line(texts, referral.checked),
    )


def course_paper(texts: Texts, directory: Directory, course: Course, today: date) -> TakeAlong:
    """Word the card of a course, with its next day here where somebody filled that in (H12)."""
    return TakeAlong(
        title=course.name,
        summary=course.what,
        sections=(Section(texts.tr("desk.course.where"), course_lines(texts, directory, course, today)[1:]),),
        note=checked_line(texts, course.checked),
    )


def referral_facts(referral: Referral) -> tuple[tuple[str, str], ...]:
    """Give what can be told of an organisation: the key of a label, and what it says."""
    told = (
        ("desk.referral.phone", referral.phone),
        ("desk.referral.web", referral.web.removeprefix("https://")),
        ("desk.referral.address", referral.address),
        ("desk.referral.hours", referral.hours),
        ("desk.referral.cost", referral.cost),
        ("desk.referral.languages", referral.languages),
    )
    return tuple((key, text) for key, text in told if text)


def course_lines(texts: Texts, directory: Directory, course: Course, today: date) -> tuple[str, ...]:
    """Give what can be told of a course: its name first."""
    coming = directory.next_date(course.id, today)
    begins: tuple[str, ...] = ()
    if coming is not None:
        day = format_date(coming.on, texts.language, with_weekday=True)
        begins = (texts.tr("desk.course.next", day=day, hours=coming.hours, place=coming.place),)
    return (course.name, *begins, course.where, texts.tr("desk.course.cost", cost=course.cost))


def checked_line(texts: Texts, checked: Checked) -> str:
    """Say where it comes from and when somebody looked; honest where nobody held it against the source."""
    day = format_date(checked.reviewed_on, texts.language)
    key = "desk.checked.not_yet" if checked.to_check else "desk.checked.on"
    return texts.tr(key, source=checked.name, day=day)


def _referrals(directory: Directory, card: KnowledgeCard) -> list[Referral]:
    return [found for found in map(directory.referral, card.referrals) if found is not None]
