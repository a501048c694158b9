# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the desk in their order, each joined to what it needs: the one place where a page is hung in.

Who makes a page adds one line to `desk_pages`; the window is not touched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assisted.call_colleague import call_colleague_page
from assisted.flags_page import flags_page
from assisted.handovers import handover_reminders
from assisted.home import HomeNotice
from assisted.look_up import LookUpPorts
from assisted.pages import DeskOffice, DeskPage
from assisted.slot_clashes import slot_notice
from assisted.visit_link import VisitLink
from assisted.work_news import news_notice, news_page
from commands.desk_deliveries import deliveries_pages
from commands.desk_faults import faults_pages
from commands.desk_knowledge import look_up_pages
from commands.desk_news import LateNewsReceipts
from commands.desk_overdue import overdue_pages
from commands.desk_tally import tally_pages
from commands.desk_work import acts_of
from domain.counter import CounterDesk
from domain.ports import Clock
from domain.settings import Settings
from i18n.texts import Texts
from kiosk.background import Background


@dataclass(frozen=True, slots=True)
class DeskJoin:
    """What pages are joined from. In practice the settings name a data folder of its own."""

    settings: Settings
    texts: Texts
    clock: Clock
    background: Background
    is_practice: bool
    look_up: LookUpPorts
    link: VisitLink
    desk: CounterDesk | None = None  # what this window opens cases by


def desk_notices(settings: Settings, look_up: LookUpPorts) -> tuple[Callable[[DeskOffice], HomeNotice], ...]:
    """Give what stands above the tiles of home, where there is anything to say."""
    news = news_notice(look_up.directory.news, LateNewsReceipts(settings))
    found = [news]
    if look_up.slots is not None:
        found.append(slot_notice(look_up.slots))
    if look_up.handovers is not None:
        found.append(handover_reminders(look_up.directory, look_up.handovers))
    return tuple(found)


def desk_pages(join: DeskJoin) -> tuple[DeskPage, ...]:
    """Give the pages in the order of the list and of the tiles."""
    may_i, referrals, knowledge = look_up_pages(join.look_up)
    # Those with a tile first, so that the numbers on the tiles follow each other.
    return (
        may_i,
        referrals,
        tally_pages(join.settings),
        call_colleague_page(),
        flags_page(join.look_up, join.link, acts_of(join.settings)),
        knowledge,
        faults_pages(join.settings, join.texts),
        deliveries_pages(join.settings, join.texts, join.clock, join.desk, is_practice=join.is_practice),
        overdue_pages(join.settings, join.texts),
        news_page(join.look_up.directory.news, LateNewsReceipts(join.settings)),
    )
