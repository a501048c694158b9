# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Delivers one case: walks its remote steps so that each is done once, whatever happens to the answers (decision 5).

Before a step is sent it is written down. When an answer is lost, or the answer is that it exists, what is there is
looked up, shown to be ours, and adopted. Nothing is sent again before that look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.errors import DeliveryError, RejectedError, UnauthorisedError
from domain.ports import Clock
from sync.delivery_steps import DeliverySteps
from sync.klantinteracties.registration import ContactRegistration
from sync.remote_step import RemoteStep
from sync.sure_steps import SureSteps
from sync.zgw.registration import Registration, property_step


@dataclass(frozen=True, slots=True)
class Delivery:
    """One case on its way. `note` takes events for the audit log: an event and a detail, without personal data."""

    registration: Registration
    steps: DeliverySteps
    clock: Clock
    note: Callable[[str, str], None]
    contact: ContactRegistration | None = None  # where the municipality keeps contacts

    def run(self) -> None:
        """Do what is left to do.

        Raises: DeliveryError and its kinds, ClaimLostError.
        """
        postponed: list[UnauthorisedError | RejectedError] = []
        case_step = self.registration.case()
        before = self.steps.get(case_step.name)
        case = self._do(case_step)
        registration = self.registration
        if self.steps.was_there(case_step.name):
            # Perhaps from an older copy of this store, which knew more than this one: look before each next step too.
            self.steps.doubt_all()
        if self.steps.was_there(case_step.name) or (before is not None and before.is_settled):
            registration = registration.as_it_was_made(case)
        for step in registration.steps_on(case):
            self._do_or_postpone(step, postponed)
        self._tell_what_does_not_fit(registration)
        for number, (step, document) in enumerate(registration.documents(), start=1):
            url = self._do_or_postpone(step, postponed)
            if url is not None:
                link = registration.link(case, number, document, url)
                self._count(step, link)
                self._do_or_postpone(link, postponed)
        if self.contact is not None:
            self.contact.walk(case, lambda step: self._do_or_postpone(step, postponed))
        if postponed:
            self.steps.write(self.clock.now())
            # All that could be done is done: whoever must mend something finds the case and its papers there already.
            raise next((error for error in postponed if isinstance(error, RejectedError)), _all_of(postponed))

    def _tell_what_does_not_fit(self, registration: Registration) -> None:
        """Note once what the case type has no place for; it stands in the documents all the same."""
        for name in registration.without_a_place():
            step = property_step(name)
            if self.steps.get(step) is None:
                self.note("left-out", f"{step}: the case type has no place for it")
                self.steps.before(step, name, self.clock.now())
                self.steps.after(step, self.clock.now(), "no-place", is_left_out=True)

    def do(self, step: RemoteStep) -> str:
        """Do one step, once; give the address of what is there.

        Raises: DeliveryError and its kinds, ClaimLostError.
        """
        return self._do(step)

    def _do_or_postpone(self, step: RemoteStep, postponed: list[UnauthorisedError | RejectedError]) -> str | None:
        try:
            return self._do(step)
        except (UnauthorisedError, RejectedError) as error:
            postponed.append(error)
            return None

    def _do(self, step: RemoteStep) -> str:
        return SureSteps(self.steps, self.clock, self.note).do(step)

    def _count(self, step: RemoteStep, link: RemoteStep) -> None:
        """Count again before linking, where a repeat was ever in play; more than one is for a person to tidy up."""
        if self.steps.get(link.name) is not None or not self.steps.may_be_there(link.name):
            return
        number = self.registration.count_of(step.identifier)
        if number > 1:
            self.note("documents-doubled", f"{step.name}: {number}")


def _all_of(errors: Sequence[UnauthorisedError | RejectedError]) -> DeliveryError:
    """Make one error of all, so that who mends the scopes sees every one that is missing."""
    says = "; ".join(dict.fromkeys(error.says for error in errors))
    return UnauthorisedError(says, errors[0].remedy)
