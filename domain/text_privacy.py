# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How private a text of a service is, from what the definition says (feature U10).

What there is to ask and to choose is open: it is the same for everybody, and who cannot read must hear it to answer. An
answer is as private as its question, and so is a date that was counted from it. What a service whose title is private
says about itself is private too: the hall is not told about debts. What is heard where is `kiosk.speech.privacy`'s.
"""

from __future__ import annotations

from domain.service import Privacy, ServiceDefinition, Term

_ORDER = (Privacy.OPEN, Privacy.PERSONAL, Privacy.SECRET)


def strictest(*privacies: Privacy) -> Privacy:
    """Give the most private of these; open when there are none."""
    return max(privacies, key=_ORDER.index, default=Privacy.OPEN)


def of_text(service: ServiceDefinition, term: Term | None = None) -> Privacy:
    """Give how private a text of this service is; `term` is that of the date in it."""
    counted_from = [
        question.privacy for question in service.questions if term is not None and question.id == term.after
    ]
    return strictest(service.title_privacy, *counted_from)
