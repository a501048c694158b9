# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The answers of one visit, per service, and which of them are in a case that is kept.

What stands on the screen and is not an answer yet is `kiosk.question_desk`'s; what an answer is worth is the journey's.
"""

from __future__ import annotations

from domain.answers import Answer, Answers, Origin
from domain.service import ServiceDefinition


class AnswerBook:
    """What was answered, in every service that was opened."""

    def __init__(self) -> None:
        self._answers: dict[str, Answers] = {}
        self._filed: set[str] = set()  # the services whose answers are in a case
        self._carried: frozenset[str] = frozenset()

    @property
    def has_unfiled(self) -> bool:
        """Tell whether any answer is in no case yet."""
        kept = [answer for service_id in self._filed for answer in self._answers[service_id]]
        known = [answer for answers in self._answers.values() for answer in answers]
        return any(answer not in kept for answer in known)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was answered in this visit, in no service."""
        return not any(len(answers) for answers in self._answers.values())

    def of(self, service: ServiceDefinition) -> Answers:
        """Give what was answered in a service."""
        return self._answers.get(service.id, Answers())

    def keep(self, service: ServiceDefinition, answer: Answer) -> None:
        """Take an answer, instead of the one before."""
        self._answers[service.id] = self.of(service).with_answer(answer)

    def forget(self, service: ServiceDefinition, question_id: str, origin: Origin) -> None:
        """Take away an answer of this origin, unless it is in a case."""
        known = self.of(service).get(question_id)
        if known is not None and known.origin is origin and service.id not in self._filed:
            self._answers[service.id] = self.of(service).without(question_id)

    def open(self, service: ServiceDefinition, *, is_linked: bool) -> None:
        """Begin with a service: what it shares with the others is answered already.

        A service linked from a case that is kept asks nothing twice (PEOPLE 3); what is carried over stands on its
        check page.
        """
        may_share = {question.id for question in service.questions if question.is_shared}
        shared = {
            answer.question_id: answer
            for answers in self._answers.values()
            for answer in answers
            if answer.question_id in may_share
        }
        self._carried = frozenset(shared) if is_linked else frozenset()
        self._answers[service.id] = Answers({**shared, **self.of(service).by_question})

    def take_up(self, service: ServiceDefinition, answers: Answers) -> None:
        """Begin with a service where an earlier visit stopped."""
        self._carried = frozenset()
        self._answers[service.id] = answers

    def is_carried(self, question_id: str) -> bool:
        """Tell whether the answer came along from the case before."""
        return question_id in self._carried

    def filed(self, service_id: str) -> None:
        """Take the news that the answers of a service are in a case."""
        self._filed.add(service_id)
