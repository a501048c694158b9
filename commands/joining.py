# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins store, keys and engine from the settings, for every command that needs them.

Nothing here is imported before a command runs: a window paints first.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from nacl.signing import SigningKey

from commands.profile_standing import refuse_to_open
from commands.system_clock import SystemClock
from domain.errors import SealingError, SettingsError, StoreDamagedError
from domain.ports import Clock
from domain.service import ServiceDefinition
from domain.settings import Profile, Settings
from sync.audit_heads import file_of
from sync.case_store import SqliteCaseStore
from sync.counter_file import COUNTER, CounterFile, open_counter_file
from sync.custody import in_custody
from sync.database import Database
from sync.draft_book import DRAFTS, DraftFile, SqliteDraftBook, open_draft_file
from sync.engine import Engine, opening_pack, sealed_pack
from sync.fault_watch import FaultEar
from sync.key_pin import check_trusted
from sync.key_ring import read_key_ring
from sync.klantinteracties.api import ContactApi, ContactSettings
from sync.klantinteracties.bodies import assignee_of
from sync.outage_seal import read_public
from sync.outages import Outages
from sync.practice import PracticeBackEnd
from sync.rescue import Rescue, rescue
from sync.sealing import PublicSealer, ensure_key_pair, read_sealer
from sync.second_copy import SecondCopies
from sync.signing import signing_key
from sync.status_book import SqliteStatusBook
from sync.transport import LARGEST_ANSWER, Transport, check_address
from sync.zgw.api import Api, ApiSettings

STORE = "loket.db"
OPENED_STORE = "opened.db"  # what `loket open` remembers
COPIES = "waiting"
PRACTICE_JOURNAL = "practice.jsonl"
DEVICE_KEY = "device-signing.key"


def data_dir(settings: Settings) -> Path:
    """Give the folder of this device's data.

    Raises: SettingsError when the settings were not completed by `load_settings`.
    """
    if settings.device.data_dir is None:
        raise SettingsError("device.data_dir is empty", "name a folder")
    return settings.device.data_dir


def open_database(settings: Settings) -> Database:
    """Open the store's file; a damaged one is set aside first, and a new one begun.

    Raises: StoreError and its kinds.
    """
    path = data_dir(settings) / STORE
    try:
        return Database(path)
    except StoreDamagedError:
        mend_store(settings)
        return Database(path)


def mend_store(settings: Settings) -> Rescue | None:
    """Set a damaged store aside and begin a new one with all that can be read; None when it is whole.

    Raises: StoreError and its kinds; then everything lies as it lay.
    """
    return rescue(data_dir(settings) / STORE, second_copies(settings), SystemClock().now())


def second_copies(settings: Settings) -> SecondCopies:
    """Give the folder where each case that is still here lies once more."""
    return SecondCopies(data_dir(settings) / COPIES)


def open_store(settings: Settings) -> SqliteCaseStore:
    """Open the case store.

    Raises: StoreError and its kinds.
    """
    return SqliteCaseStore(open_database(settings), second_copies(settings))


def open_status_book(settings: Settings) -> SqliteStatusBook:
    """Open what answers "Hoe ver is mijn vraag?", on the same file.

    Raises: StoreError and its kinds.
    """
    return SqliteStatusBook(open_database(settings), second_copies(settings))


def open_drafts(settings: Settings) -> DraftFile:
    """Open the file of what people go on with later.

    Raises: StoreError and its kinds.
    """
    return open_draft_file(data_dir(settings) / DRAFTS)


def open_draft_book(settings: Settings) -> SqliteDraftBook:
    """Open what keeps answers under a code.

    Raises: StoreError and its kinds.
    """
    return SqliteDraftBook(open_drafts(settings), settings.retention.draft_days)


def open_counter(settings: Settings) -> CounterFile:
    """Open the file of a counter's cases and acts; a damaged one is set aside, for acts in it may be saved by hand.

    Raises: StoreError and its kinds.
    """
    return open_counter_file(data_dir(settings) / COUNTER)


def open_outages(settings: Settings) -> Outages | None:
    """Open what the municipality closed for now; None where nobody may close anything.

    Raises: SealingError when the public key cannot be read.
    """
    key_file = settings.outages.public_key_file
    if key_file is None:
        return None
    folder = data_dir(settings)
    return Outages(folder, settings.device.municipality, read_public(key_file), folder / STORE)


def key_paths(settings: Settings) -> tuple[Path, Path | None]:
    """Give where the public and the private key are; the private one only where it belongs."""
    named = settings.sealing
    if named.public_key_file is None and named.private_key_file is None:
        folder = data_dir(settings)
        return folder / "loket.pub", in_custody(folder / "loket.key")
    public = named.public_key_file
    if public is None and named.private_key_file is not None:
        public = named.private_key_file.with_suffix(".pub")
    if public is None:
        raise SettingsError("sealing.public_key_file is empty", "name the file")
    return public, in_custody(named.private_key_file) if named.private_key_file is not None else None


def device_key(settings: Settings) -> SigningKey:
    """Give the key with which this device signs what it reports; made when there is none.

    Raises: SealingError.
    """
    return signing_key(in_custody(data_dir(settings) / DEVICE_KEY))


def read_public_key(settings: Settings) -> PublicSealer:
    """Give what seals; makes a practice key pair when there is none yet, and says so.

    Raises: SealingError, also when it is not the key that this device trusts.
    """
    _ensure_keys(settings)
    sealer, folder = read_sealer(key_paths(settings)[0]), data_dir(settings)
    # Where the log was ever signed, the key was countersigned before it.
    check_trusted(folder, sealer, is_known=file_of(folder / STORE).exists())
    return sealer


def check_library_keys(settings: Settings) -> None:
    """See to it that a library that sends real cases can open none: no private key is made, and none may lie there.

    Raises: SealingError.
    """
    public, private = key_paths(settings)
    if private is not None and private.exists():
        raise SealingError(
            f"a private key lies in a library: {private.name}",
            f"put the municipality's {public.name} here, take {private.name} away, then `loket keys trust`",
        )
    if not public.exists():
        raise SealingError("the municipality's public key is not here", f"copy its {public.name}: see docs/keys.md")


def is_sealed_for_elsewhere(settings: Settings) -> bool:
    """Tell whether only the municipality may open what is handed in here."""
    return settings.device.profile is Profile.LIBRARY and settings.sync.is_configured


def _ensure_keys(settings: Settings) -> None:
    if is_sealed_for_elsewhere(settings):
        check_library_keys(settings)
        return
    public, private = key_paths(settings)
    # A profile without a signature is practice (decision 4), so a key of our own making does.
    if private is not None and ensure_key_pair(public, private):
        print(f"loket: a practice key pair was made: {public.name}, {private.name}", file=sys.stderr)


def configured_api(settings: Settings) -> ApiSettings:
    """Give the case system of the settings.

    Raises: SettingsError.
    """
    named = settings.sync
    for key in ("zaken", "documenten", "catalogi"):
        check_address(f"sync.{key}", getattr(named, key))
    return ApiSettings(
        zaken=named.zaken,
        documenten=named.documenten,
        catalogi=named.catalogi,
        client_id=named.client_id,
        secret=_secret(named.secret_file),
        rsin=settings.device.rsin,
        device_id=settings.device.id,
    )


def practice_api(settings: Settings, back_end: PracticeBackEnd) -> ApiSettings:
    """Give a practice back end that runs in this process."""
    return ApiSettings(
        zaken=back_end.urls.zaken,
        documenten=back_end.urls.documenten,
        catalogi=back_end.urls.catalogi,
        client_id=back_end.client_id,
        secret=back_end.secret,
        rsin=settings.device.rsin,
        device_id=settings.device.id,
    )


def configured_contacts(settings: Settings) -> ContactSettings | None:
    """Give where contacts are kept; None where nothing is set, and at a library, where nobody opens a case.

    Raises: SettingsError.
    """
    named = settings.sync
    if not named.klantinteracties or settings.device.profile is Profile.LIBRARY:
        return None
    check_address("sync.klantinteracties", named.klantinteracties)
    for setting in named.tasks.values():
        assignee_of(setting)
    token = _secret(named.klantinteracties_token_file, "klantinteracties_token_file")
    return ContactSettings(named.klantinteracties, token, named.tasks)


def build_engine(
    settings: Settings,
    database: Database,
    clock: Clock,
    case_system: ApiSettings,
    contacts: ContactSettings | None = None,
) -> Engine:
    """Build the sync engine for a case system, and for where contacts are kept.

    Raises: SealingError when the cases must be opened here and the private key is not; ProfileError when the profile
    that is signed for does not hold.
    """
    named = settings.sync
    if settings.device.profile is Profile.LIBRARY:
        pack = sealed_pack(named.case_types)
    else:
        refuse_to_open(settings, clock)
        _ensure_keys(settings)
        private = key_paths(settings)[1]
        if private is None:
            raise SettingsError("sealing.private_key_file is empty", "sync opens the cases, so it needs the key")
        ear = FaultEar(data_dir(settings) / COUNTER)
        pack = opening_pack(read_key_ring(private), named.case_types, ear)
    transport = build_transport(settings, clock, float(named.timeout_s))
    contact_api = (
        # Another server with another clock.
        ContactApi(contacts, build_transport(settings, clock, float(named.timeout_s))) if contacts is not None else None
    )
    api = Api(case_system, transport)
    return Engine(database, api, named.document_type, pack, clock, contacts=contact_api, devices=named.devices)


def build_transport(
    settings: Settings, clock: Clock, read_timeout_s: float, largest_answer: int = LARGEST_ANSWER
) -> Transport:
    """Build what calls servers, as the settings say: whose certificates count, who we are in TLS, through which proxy.

    Raises: SettingsError when a named file is not there.
    """
    named = settings.sync
    certificate = named.client_certificate_file
    return Transport(
        clock,
        read_timeout_s,
        named.ca_file,
        largest_answer=largest_answer,
        client_certificate=None if certificate is None else (certificate, named.client_key_file or certificate),
        proxy=named.proxy,
    )


def practice_back_end(settings: Settings, clock: Clock, services: Sequence[ServiceDefinition]) -> PracticeBackEnd:
    """Make a practice back end that knows the case types of these services, and remembers what arrived.

    Raises: SettingsError when a real case system is configured: a case sent to practice would count as delivered.
    """
    if settings.sync.is_configured:
        raise SettingsError("a case system is configured, so cases are not sent to practice", "leave out --practice")
    case_types = {
        settings.sync.case_type_of(service.id): tuple(
            question.case_property for question in service.questions if question.case_property
        )
        for service in services
    }
    return PracticeBackEnd(case_types, clock=clock, journal=data_dir(settings) / PRACTICE_JOURNAL)


def _secret(file: Path | None, key: str = "secret_file") -> str:
    if file is None:
        raise SettingsError(f"sync.{key} is empty", "name the file that holds the secret")
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"sync.{key}: {file.name} cannot be read", "look at its place and owner") from None
    if not secret:
        raise SettingsError(f"sync.{key}: {file.name} is empty", "put the secret in it")
    return secret
