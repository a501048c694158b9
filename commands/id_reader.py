# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks whether an ID reader hangs on this machine, without touching it: what the system knows of its USB devices.

Whether it reads a document is for `loket card read`.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from commands.doctor_check import Check, fine, warning
from domain.settings import Settings

USB = Path("/sys/bus/usb/devices")
_SMART_CARD = "0b"  # the class of an interface that speaks CCID, whoever made the reader


class IdReader(StrEnum):
    """What is known of it."""

    NOT_CONFIGURED = "not_configured"  # none is there, and nobody asked for one
    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"  # this system does not tell


def id_reader(settings: Settings, usb: Path = USB) -> IdReader:
    """Look; a reader is asked for where the settings name whose documents are trusted."""
    if any(_is_reader(interface) for interface in usb.glob("*/bInterfaceClass")):
        return IdReader.PRESENT
    if settings.id_documents.trusted_csca is None:
        return IdReader.NOT_CONFIGURED
    return IdReader.ABSENT if usb.is_dir() else IdReader.UNKNOWN


def check_id_reader(settings: Settings, usb: Path = USB) -> Check:
    """Tell the doctor's reader of it."""
    match id_reader(settings, usb):
        case IdReader.PRESENT:
            return fine("id_reader", "an ID reader is there")
        case IdReader.NOT_CONFIGURED:
            return fine("id_reader", "there is no ID reader, and none is asked for: people type their details")
        case IdReader.ABSENT:
            return warning("id_reader", "there is no ID reader: people type their details", "put it in, and look again")
        case IdReader.UNKNOWN:
            return warning("id_reader", "this system does not tell whether a reader is there", "try `loket card read`")


def _is_reader(interface: Path) -> bool:
    try:
        return interface.read_text(encoding="ascii").strip().lower() == _SMART_CARD
    except (OSError, UnicodeDecodeError):
        return False  # taken out while we look
