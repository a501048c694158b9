# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does one remote step, once, whatever happens to the answer (decision 5); which steps there are is for who asks.

Before a step is sent it is written down. When an answer is lost, or the answer is that it exists, what is there is
looked up, shown to be ours, and adopted. Nothing is sent again before that look.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.errors import DeliveryError, RejectedError, UnreachableError
from domain.ports import Clock
from sync.delivery_steps import StepRecord
from sync.remote_step import RemoteStep
from sync.transport import NoAnswerError, RefusedError, ServerFailedError
from sync.zgw.registration import ALREADY_THERE, NOT_YET


class Steps(Protocol):
    """Where steps are written down: `DeliverySteps` of a case, `ActLedger` of an act of staff."""

    def get(self, step: str) -> StepRecord | None:
        """Give what is known of a step."""
        ...

    def may_be_there(self, step: str) -> bool:
        """Tell whether an earlier attempt may have sent it."""
        ...

    def before(self, step: str, identifier: str, now: datetime) -> StepRecord:
        """Write down that it is about to be sent."""
        ...

    def after(self, step: str, now: datetime, result: str, *, is_left_out: bool = False) -> None:
        """Remember how it ended."""
        ...

    def adopted(self, step: str) -> None:
        """Remember that what it makes was there already."""
        ...


@dataclass(frozen=True, slots=True)
class SureSteps:
    """Does steps that are written down. `note` takes an event and a detail, without personal data."""

    steps: Steps
    clock: Clock
    note: Callable[[str, str], None]

    def do(self, step: RemoteStep) -> str:
        """Do it; give the address of what is there.

        Raises: DeliveryError and its kinds, ClaimLostError.
        """
        known = self.steps.get(step.name)
        if known is not None and known.is_settled:
            return known.result
        is_doubtful = self.steps.may_be_there(step.name)
        record = self.steps.before(step.name, step.identifier, self.clock.now())
        found = step.find(record.identifier) if is_doubtful else None
        if found is not None:
            return self._adopted(step, found)
        try:
            address = step.send(record.identifier)
        except UnreachableError as error:
            return self._adopted(step, self._found_after(step, record.identifier, error))
        except RefusedError as error:
            if error.codes & ALREADY_THERE:
                return self._adopted(step, self._found_after(step, record.identifier, error))
            if error.codes & NOT_YET:
                raise ServerFailedError(error.says) from None
            if not step.is_optional:
                raise
            self.note("left-out", f"{step.name}: {error.says}")
            self.steps.after(step.name, self.clock.now(), error.slug, is_left_out=True)
            return ""
        self.steps.after(step.name, self.clock.now(), address)
        return address

    def _found_after(self, step: RemoteStep, identifier: str, error: DeliveryError) -> str:
        """Look whether what was sent arrived after all; the first error stands when it did not."""
        if isinstance(error, NoAnswerError) and not error.may_have_arrived:
            raise error
        try:
            found = step.find(identifier)
        except RejectedError:
            raise
        except DeliveryError as unseen:
            # A refusal that says it is there, and no look at whose it is: nothing is known yet, so nobody is bothered.
            raise (unseen if isinstance(error, RefusedError) else error) from None
        if found is None:
            raise error
        return found

    def _adopted(self, step: RemoteStep, address: str) -> str:
        self.note("adopted", step.name)
        self.steps.adopted(step.name)
        self.steps.after(step.name, self.clock.now(), address)
        return address
