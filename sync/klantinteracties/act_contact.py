# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The remote steps by which the contact register hears of contacts that staff had, and of who has to call back (S03).

More than one question in one contact is a contact each, as KISS keeps them: each can have a subject and a task of its
own. A contact without a case is anonymous and about nothing that is registered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.case_act import CaseAct
from domain.submission import Initiator
from sync.act_words import CHANNELS, DAY_PARTS, TITLES, cut, one_line
from sync.klantinteracties import bodies
from sync.klantinteracties.api import ContactApi
from sync.klantinteracties.registration import ContactRegistration
from sync.parcel import Parcel
from sync.remote_step import RemoteStep
from sync.zgw.bodies import language_of

MOST_QUESTIONS = 10
_NOBODY_NAMED = "Klantcontactcentrum"
_KINDS = ("afdeling", "groep", "medewerker")

Do = Callable[[RemoteStep], str]


@dataclass(frozen=True, slots=True)
class ActContact:
    """Tells of one act. `case_uuid` is empty for an anonymous contact."""

    api: ContactApi
    parcel: Parcel
    act: CaseAct
    case_uuid: str
    citizen: str

    def walk(self, do: Do, *, is_outgoing: bool = False) -> None:
        """Tell of the contact, a contact for each question."""
        for number, text in enumerate(texts := self._questions(), start=1):
            name = "contact" if len(texts) == 1 else f"contact-{number}"
            do(self._contact(name, text, is_outgoing=is_outgoing))

    def call_back(self, do: Do) -> None:
        """Tell of the contact, how to reach the citizen, and give somebody the task to call."""
        given = self.act.given
        contact = do(self._contact("contact", self.act.text, is_outgoing=False))
        uuid = contact.rstrip("/").rsplit("/", 1)[-1]
        registration = ContactRegistration(self.api, self.parcel)
        reach = Initiator(name=given.get("name", ""), phone=given.get("phone", ""), email=given.get("email", ""))
        for kind, value in bodies.addresses(reach).items():
            do(registration.address(uuid, kind, value))
        who = bodies.assignee_of(assignee_setting(given.get("to", "")))
        actor = do(registration.actor(who))
        said = (
            f"Wanneer bellen: {DAY_PARTS.get(given.get('day_part', ''), given.get('day_part', ''))}."
            if given.get("day_part")
            else "",
            f"Taal: {language_of(given.get('language', 'nl'))}.",
            self._ownership(),
            one_line(self.act.text),
        )
        explanation = " ".join(filter(None, said))
        do(registration.task("task", bodies.CALL_BACK, explanation, uuid, actor.rstrip("/").rsplit("/", 1)[-1]))

    def has_room(self) -> bool:
        """Tell whether the whole text fits in what the register keeps."""
        return all(len(self._content(text)) <= 1000 for text in self._questions())

    def _questions(self) -> list[str]:
        said = self.act.given.get("questions", "1")
        number = min(max(int(said) if said.isascii() and said.isdigit() else 1, 1), MOST_QUESTIONS)
        parts = [part.strip() for part in self.act.text.split("\n") if part.strip()]
        if number == 1:
            return [self.act.text]
        if len(parts) == number:
            return parts
        return [f"Vraag {each} van {number}. {self.act.text}" for each in range(1, number + 1)]

    def _contact(self, name: str, text: str, *, is_outgoing: bool) -> RemoteStep:
        content = self._content(text)

        def make(number: str) -> Mapping[str, Any]:
            now = self.api.transport.server_now()
            header, given = self.act.header, self.act.given
            subject, language = TITLES[header.kind], given.get("language", "nl")
            is_unnamed = given.get("anonymous", "") == "yes"
            contact = bodies.contact(subject, cut(content, 1000), number, language, header.at, now)
            body: dict[str, Any] = {
                "klantcontact": {**contact, "kanaal": CHANNELS.get(given.get("channel", ""), bodies.CHANNEL)},
                "betrokkene": {
                    **bodies.citizen(Initiator(name="" if is_unnamed else given.get("name", "") or self.citizen)),
                    "initiator": not is_outgoing,
                },
            }
            if self.case_uuid:
                body["onderwerpobject"] = bodies.about_case(self.case_uuid)
            made = self.api.make("maak-klantcontact", body).get("klantcontact")
            return made if isinstance(made, dict) else {}

        start = self._ownership()
        registration = ContactRegistration(self.api, self.parcel)
        return registration.numbered(
            name, "klantcontacten", make, lambda item: str(item.get("inhoud", "")).startswith(start)
        )

    def _ownership(self) -> str:
        # Without a case, by the act: its number is asked for, and this shows that it is ours.
        return bodies.ownership(self.act.header.reference or self.act.header.act_id[:8])

    def _content(self, text: str) -> str:
        return " ".join(filter(None, (self._ownership(), text.strip(), f"Door {self.act.staff_name}.")))


def assignee_setting(to: str) -> str:
    """Give it as the settings write it; a bare name is a department."""
    kind, _, name = to.partition(":")
    if kind.strip() in _KINDS:
        return f"{kind.strip()}:{name.strip() or _NOBODY_NAMED}"
    return f"afdeling:{to.strip() or _NOBODY_NAMED}"
