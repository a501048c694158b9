# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor's look at what reading an ID document needs: pcscd, the reader's limits, drivers, whom we believe.

Whether a reader hangs on this machine at all is for `commands.id_reader`. No card is touched.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from commands.doctor_check import Check, broken, fine, warning
from commands.id_reader import USB, IdReader, id_reader
from domain.ports import Clock
from domain.settings import IdDocumentSettings, Settings
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.der import DerError
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.pcsc import Leave, Pcsc
from kiosk.devices.emrtd.pcsc_card import reader_limits
from kiosk.devices.emrtd.readers import ReaderWatch, Scene, counts
from kiosk.devices.emrtd.trust import TrustStore

MODULES = Path("/proc/modules")
_PATIENCE_S = 8.0  # pcscd may have to be started by our question, and then looks for its readers
_TAKES_READERS = ("pn533_usb", "pn533", "nfc")  # the kernel's own NFC: it takes an ACR122U away from pcscd
_SOON = timedelta(days=60)
_POLKIT = "org.debian.pcsc-lite.access_pcsc and access_card"


@dataclass(frozen=True, slots=True)
class PcscLook:
    """What PC/SC told; `scene` is None when it gave no answer at all."""

    scene: Scene | None
    limits: tuple[tuple[str, Limits], ...] = ()


def check_id_documents(
    settings: Settings,
    clock: Clock,
    *,
    look: Callable[[], PcscLook] | None = None,
    usb: Path = USB,
    modules: Path = MODULES,
    find: Callable[[str], str | None] = shutil.which,
) -> Iterator[Check]:
    """Look at all of it. Where nobody asks for a reader and none is there, nothing of it can be wrong."""
    documents, hangs = settings.id_documents, id_reader(settings, usb)
    is_asked = hangs is not IdReader.NOT_CONFIGURED or bool(documents.reader)
    seen = (look or pcsc_look)()
    is_there = seen.scene is not None and bool(seen.scene.readers)
    if not is_asked and not is_there:
        yield fine("id_reader_service", "no ID reader is asked for: pcscd is not needed")
        return
    yield check_service(seen.scene, documents, is_plugged=hangs is IdReader.PRESENT, find=find)
    yield check_drivers(modules)
    yield from (check_limits(reader, limits) for reader, limits in seen.limits)
    yield check_trusted(documents.trusted_csca, clock.now())


def check_service(
    scene: Scene | None, settings: IdDocumentSettings, *, is_plugged: bool, find: Callable[[str], str | None]
) -> Check:
    """Look whether pcscd answers, and knows the reader that is meant."""
    name = "id_reader_service"
    if scene is None:
        return broken(name, "pcscd gives no answer", "systemctl restart pcscd.socket pcscd")
    if scene.error is not None:
        return _why_not(name, scene, find)
    if not scene.readers and is_plugged:
        return broken(
            name,
            "pcscd answers, and does not know the reader that hangs on this machine",
            "apt install libccid; then look at id_reader_drivers, and plug the reader in again",
        )
    if not scene.readers:
        return warning(name, "pcscd answers, and has no reader", "put the reader in, and look again")
    names = ", ".join(scene.readers)
    if not any(counts(reader, settings.reader) for reader in scene.readers):
        return warning(
            name,
            f"no reader is called {settings.reader!r}; there are: {names}",
            "mend reader in [id_documents], or leave it empty",
        )
    return fine(name, f"pcscd answers; readers: {names}")


def _why_not(name: str, scene: Scene, find: Callable[[str], str | None]) -> Check:
    error = scene.error
    if error is not None and error.is_refused:
        return broken(
            name,
            "polkit does not let this user ask pcscd",
            f"allow {_POLKIT} to the window: /usr/share/polkit-1/rules.d/50-loket-kiosk.rules of the package does",
        )
    if error is not None and error.is_library:
        return broken(name, "libpcsclite1 is not installed", "apt install libpcsclite1 pcscd")
    if find("pcscd") is None and find("/usr/sbin/pcscd") is None:
        return broken(name, "pcscd is not installed", "apt install pcscd")
    return broken(name, f"pcscd does not run ({error})", "systemctl enable --now pcscd.socket; journalctl -u pcscd")


def check_drivers(modules: Path = MODULES) -> Check:
    """Look whether the kernel takes the reader for itself."""
    name = "id_reader_drivers"
    try:
        loaded = {line.split(" ", 1)[0] for line in modules.read_text(encoding="ascii").splitlines()}
    except (OSError, UnicodeDecodeError):
        return fine(name, "this system does not tell which drivers are loaded")
    found = [module for module in _TAKES_READERS if module in loaded]
    if not found:
        return fine(name, "no other driver takes the reader")
    lines = "; ".join(f"blacklist {module}" for module in _TAKES_READERS)
    return warning(
        name,
        f"the kernel's NFC driver is loaded ({', '.join(found)}): it takes readers such as ACR122U away from pcscd",
        f"write into /etc/modprobe.d/loket-reader.conf: {lines}; then modprobe -r {' '.join(found)}, or start again",
    )


def check_limits(reader: str, limits: Limits) -> Check:
    """Tell how much goes through a reader at once: short commands read every document, and slower."""
    longest = f"commands of {limits.longest_command} bytes, answers of {limits.longest_answer}"
    kind = "long and short" if limits.is_extended else "short commands only, which reads more slowly"
    return fine("id_reader_limits", f"{reader}: {longest} ({kind})")


def check_trusted(folder: Path | None, now: datetime) -> Check:
    """Look whom we believe, and for how long."""
    name = "id_reader_trust"
    if folder is None:
        return warning(
            name,
            "documents are read, and not checked: trusted_csca is not set",
            "put the master list of the state in a folder, and name it in [id_documents] trusted_csca",
        )
    if not folder.is_dir():
        return broken(name, f"there is no folder {folder.name}", "mend trusted_csca in [id_documents]")
    store = TrustStore.load(folder)
    try:
        certificates = list(store.certificates())
    except DerError as error:
        return broken(name, f"a certificate in {folder.name} cannot be used: {error}", "fetch the master list again")
    if not certificates:
        return broken(name, f"{folder.name} holds no certificate", "put a master list (.ml) or certificates in it")
    valid = [certificate for certificate in certificates if certificate.covers(now)]
    told = (
        f"{len(certificates)} certificates of {len(store.by_country)} countries, "
        f"{len(certificates) - len(valid)} of them not valid now, {len(store.revocation_lists)} lists of withdrawn ones"
    )
    if store.problems:
        return warning(name, f"{told}; not used: {'; '.join(store.problems[:5])}", "fetch these files again")
    if not any(certificate.country == "nl" and certificate.not_after > now + _SOON for certificate in valid):
        return warning(
            name, f"{told}; none of the Netherlands that stays valid for two months", "fetch the master list again"
        )
    return fine(name, told)


def pcsc_look(load: Callable[[], Pcsc] = Pcsc, patience_s: float = _PATIENCE_S) -> PcscLook:
    """Ask PC/SC, on a thread that may hang: pcscd may be stopped, or stuck in a driver."""
    found: list[PcscLook] = []
    asking = threading.Thread(target=lambda: found.append(_ask(load)), name="doctor-pcsc", daemon=True)
    asking.start()
    asking.join(patience_s)
    return found[0] if found else PcscLook(None)


def _ask(load: Callable[[], Pcsc]) -> PcscLook:
    watch = ReaderWatch("", load)
    scene = watch.look(0)
    if scene.is_service_up and not scene.readers:
        scene = watch.look(1.0)  # a service that was just started still looks for its readers
    limits = tuple((reader, found) for reader in scene.readers if (found := _limits(watch, reader)) is not None)
    watch.close()
    return PcscLook(scene, limits)


def _limits(watch: ReaderWatch, reader: str) -> Limits | None:
    try:
        pcsc, context = watch.context
        card = pcsc.look_at(context, reader)
    except CardError:
        return None  # another program has it
    try:
        return reader_limits(pcsc, reader, card)
    finally:
        with suppress(CardError):
            pcsc.disconnect(card.handle, Leave.AS_IT_IS)
