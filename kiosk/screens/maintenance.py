# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The staff's page to look after the kiosk: what is wrong, and what can be tried."""

from __future__ import annotations

from kiosk.maintenance_desk import TRY, Finding, MaintenancePage, Trial
from kiosk.screens.frame import back, tools
from kiosk.screens.words import Words
from kiosk.view import (
    COLOURS,
    LEAVE,
    READ,
    SIZE,
    Button,
    ButtonRow,
    Heading,
    Notice,
    Paragraph,
    Part,
    Subheading,
    Tone,
    View,
    Weight,
)

NAME = "staff-maintenance"
_TOOLS = (READ, SIZE, COLOURS, LEAVE)
_ICONS = {
    Trial.LOOK: "mdi6.check-decagram-outline",
    Trial.PRINT: "mdi6.printer-outline",
    Trial.SOUND: "mdi6.volume-high",
    Trial.TOUCH: "mdi6.gesture-tap",
    Trial.READER: "mdi6.card-account-details-outline",
    Trial.NETWORK: "mdi6.lan",
    Trial.CLEAN: "mdi6.spray-bottle",
    Trial.RESTART: "mdi6.restart",
    Trial.REBOOT: "mdi6.restart-alert",
    Trial.POWER_OFF: "mdi6.power",
}
_GOOD = frozenset({"printed", "sounds", "touched", "present", "not_configured", "ok", "goes"})
_ORDER = (Trial.LOOK, Trial.PRINT, Trial.SOUND, Trial.TOUCH, Trial.READER, Trial.NETWORK, Trial.REBOOT, Trial.POWER_OFF)


def maintenance_view(words: Words, page: MaintenancePage, *, volume: int) -> View:
    """Give the page of now."""
    title = words.tr("desk.kiosk.title")
    parts: list[Part] = [Heading("title", title), *_findings(words, page)]
    parts.extend(_told(words, trial, page.told[trial], volume) for trial in _ORDER if trial in page.told)
    parts.append(Subheading("try", words.tr("desk.kiosk.try")))
    parts.append(ButtonRow("trials", tuple(_button(words, page, trial) for trial in page.trials), fills=True))
    if page.is_sure is not None:
        parts.append(
            Notice("sure", words.tr(f"desk.kiosk.sure.{page.is_sure}"), tone=Tone.WARN, icon="mdi6.alert-outline")
        )
    return View(
        name=NAME,
        title=title,
        parts=tuple(parts),
        tools=tuple(tool for tool in tools(words) if tool.id in _TOOLS),
        bar=(back(words),),
        direction=words.direction,
        language=words.language,
        preferences=words.preferences,
        focus=TRY + Trial.LOOK,
        is_practice=words.place.is_practice,
    )


def _button(words: Words, page: MaintenancePage, trial: Trial) -> Button:
    weight = Weight.PRIMARY if trial is Trial.LOOK else Weight.SECONDARY
    key = "desk.kiosk.at_work" if trial in page.at_work else f"desk.kiosk.{trial}"
    return Button(TRY + trial, words.tr(key), icon=_ICONS[trial], weight=weight)


def _findings(words: Words, page: MaintenancePage) -> list[Part]:
    if Trial.LOOK in page.at_work:
        return [Notice("looking", words.tr("desk.kiosk.looking"), icon="mdi6.timer-sand")]
    if page.findings is None:
        return [Notice("looking", words.tr("desk.kiosk.no_doctor"), tone=Tone.WARN, icon="mdi6.alert-outline")]
    if not page.findings:
        return [Notice("fine", words.tr("desk.kiosk.fine"), tone=Tone.GOOD, icon="mdi6.check-circle")]
    return [part for finding in page.findings for part in _finding(words, finding)]


def _finding(words: Words, finding: Finding) -> tuple[Part, ...]:
    about = f"desk.kiosk.about.{finding.id}"
    name = words.tr(about) if words.texts.has(about) else words.tr("desk.kiosk.about", name=finding.id)
    do = f"desk.kiosk.do.{finding.id}"
    text = words.tr(do) if words.texts.has(do) else words.tr("desk.kiosk.do")
    key, tone = ("broken", Tone.DANGER) if finding.is_broken else ("look_at", Tone.WARN)
    icon = "mdi6.close-octagon-outline" if finding.is_broken else "mdi6.alert-outline"
    notice = Notice(f"finding.{finding.id}", words.tr(f"desk.kiosk.{key}", name=name), text, tone=tone, icon=icon)
    said = words.tr("desk.kiosk.doctor", says=finding.says)
    return (notice, Paragraph(f"says.{finding.id}", said, is_soft=True)) if finding.says else (notice,)


def _told(words: Words, trial: Trial, outcome: str, volume: int) -> Notice:
    tone = Tone.GOOD if outcome in _GOOD else Tone.WARN
    text = words.tr(f"desk.kiosk.{trial}.{outcome}", step=str(volume))
    return Notice(f"told.{trial}", text, tone=tone, icon=_ICONS[trial])
