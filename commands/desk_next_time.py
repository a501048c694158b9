# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the page for the next time (`assisted.next_time`) to the words of the steps, the counts and the printer."""

from __future__ import annotations

from functools import cache

from assisted.look_up import LookUpPorts
from assisted.next_time import NextTimePorts, StepWords
from commands.desk_tally import LateTallyBook
from domain.help_log import HelpedStep
from domain.service import Privacy
from domain.settings import Settings
from resources.service_library import ServiceLibrary


def next_time_ports(settings: Settings, look_up: LookUpPorts) -> NextTimePorts:
    """Give what the offer asks of the world."""
    return NextTimePorts(
        directory=look_up.directory,
        service_title=open_title,
        words_of=words_of,
        count=LateTallyBook(settings).count_step,
        printer=look_up.printer,
        paper=look_up.paper,
    )


def open_title(service_id: str) -> str:
    """Give the title of a service; empty where it may not stand on a paper that others see."""
    try:
        service = _library().service(service_id)
    except KeyError:
        return ""
    return _library().dutch(service_id).get("title", "") if service.title_privacy is Privacy.OPEN else ""


def words_of(step: HelpedStep) -> StepWords | None:
    """Give the words of a step; None where this version has no such step."""
    texts = _library().dutch(step.service_id)
    title = texts.get(f"question.{step.question_id}.title", "")
    if not title or "{" in title:
        return None
    told = texts.get(f"question.{step.question_id}.help", "")
    return StepWords(title, "" if "{" in told else told)


@cache
def _library() -> ServiceLibrary:
    return ServiceLibrary.load()
