# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Holds what a card merely says against what was signed: which files there are, and how the chip may be opened.

EF.CardAccess and EF.COM are signed by nobody. Whether the signature itself holds is for `passive`.
"""

from __future__ import annotations

from kiosk.devices.emrtd import tlv
from kiosk.devices.emrtd.data_groups import SecurityInfos
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.sod import read_sod
from kiosk.devices.emrtd.states import CardState

DEEPEST_SIGNED = 32  # objects within objects in a SOD, which holds certificates


def issued_groups(sod: bytes) -> frozenset[int]:
    """Give the data groups that were signed for; none where the SOD is of a kind that counts as unsigned."""
    tlv.refuse_deep(sod, DEEPEST_SIGNED)
    try:
        return read_sod(sod).groups
    except CardError as error:
        if error.state is not CardState.PASSIVE_FAILED:
            raise
        return frozenset()


def refuse_other_objects(lines: bytearray) -> None:
    """Refuse a DG1 with anything beside its lines: which would count is anybody's guess. Looks at headers alone."""
    outer = tlv.read_header(lines)
    inner = tlv.read_header(lines, outer.value_at)
    if outer.value_at + inner.end != outer.end:
        raise CardError(CardState.PROTOCOL_VIOLATION, "DG1 is more, or less, than its lines")


def unconfirmed_access(access: SecurityInfos | None, infos: SecurityInfos | None) -> str:
    """Tell what the signed DG14 says of the way in, which is not signed itself; "" where all is well.

    A DG14 that names no way in at all is against the rule and stands in genuine documents: it is no sign of a fraud,
    for who forges EF.CardAccess cannot take anything out of DG14.

    Raises CardError (PROTOCOL_VIOLATION) where the card hid a better way in.
    """
    if access is None:
        if infos is not None and infos.pace:
            raise CardError(CardState.PROTOCOL_VIOLATION, "the card offers PACE by DG14, and hid EF.CardAccess")
        return ""
    if infos is not None and infos.pace and not set(access.pace) <= set(infos.pace):
        return "EF.CardAccess is not confirmed by DG14"
    return ""
