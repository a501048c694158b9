# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor's look at the case system: only questions, nothing is written there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from commands.doctor_check import Check, broken, broken_by, fine, warning
from commands.joining import build_transport, configured_api
from domain.errors import ExpectedError, UnauthorisedError, UnreachableError
from domain.ports import Clock
from domain.settings import Profile, Settings
from sync.catalogue import Catalogue
from sync.engine import INTAKE
from sync.transport import NOT_TRUSTED, Transport
from sync.zgw.api import Api
from sync.zgw.catalogi import CatalogueError

# An open door is told from a closed one in seconds; a delivery may wait longer.
_PATIENCE_S = 10.0
_CLOCK_MAY_SLIP = timedelta(minutes=2)


def check_case_system(settings: Settings, service_ids: Sequence[str], clock: Clock) -> tuple[Check, ...]:
    """Look whether the case system answers, lets us in, and has every case type that we need."""
    if not settings.sync.is_configured:
        says = "no case system is configured: cases wait here"
        return (warning("case-system", says, "fill in zaken, documenten, catalogi, client_id and secret_file"),)
    try:
        transport = build_transport(settings, clock, min(_PATIENCE_S, float(settings.sync.timeout_s)))
        api = Api(configured_api(settings), transport)
    except ExpectedError as error:
        return (broken_by("case-system", error),)
    catalogue = Catalogue(api, settings.sync.document_type)
    found: list[Check] = []
    for wanted in _case_types(settings, service_ids):
        try:
            catalogue.case_type(wanted)
        except UnreachableError as error:
            is_trust = NOT_TRUSTED in error.says
            remedy = "name the CA of the case system: [sync] ca_file" if is_trust else "look at the network"
            return (broken("case-system", f"no usable answer: {error.says}", f"{remedy}; cases wait safely"),)
        except UnauthorisedError as error:
            return (broken("case-system", f"we are not let in: {error.says}", "mend client_id, secret_file or scopes"),)
        except CatalogueError as error:
            found.append(broken_by(f"case-type.{wanted}", error))
        except ExpectedError as error:
            return (broken_by("case-system", error),)
        else:
            found.append(fine(f"case-type.{wanted}", f"the case type {wanted} is there"))
    return (fine("case-system", "the case system answers and lets us in"), _clock(transport, clock), *found)


def _case_types(settings: Settings, service_ids: Sequence[str]) -> tuple[str, ...]:
    if settings.device.profile is Profile.LIBRARY:
        return (settings.sync.case_types.get(INTAKE, INTAKE),)
    return tuple(dict.fromkeys(settings.sync.case_type_of(service_id) for service_id in service_ids))


def _clock(transport: Transport, clock: Clock) -> Check:
    slip = transport.server_now() - clock.now()
    seconds = round(abs(slip.total_seconds()))
    if abs(slip) <= _CLOCK_MAY_SLIP:
        return fine("clock", "the clock agrees with the server's")
    says = f"the clock is {seconds} seconds {'behind' if slip > timedelta(0) else 'ahead of'} the server's"
    return warning("clock", says, "let the machine set its clock by NTP: promised days depend on it")
