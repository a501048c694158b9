# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings of Loket: read from one TOML file, checked whole, and shown with where each comes from.

All that is wrong with a file is told at once. Secrets never stand in it; it names the files that hold them, relative to
its own folder.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import MappingProxyType

from domain.errors import SettingProblem, SettingsError
from domain.identity import passes_eleven_test
from domain.opening_hours import WEEKDAYS, OpeningHours
from domain.setting_table import SettingsReport, SettingTable
from domain.setting_types import (
    RESULTS,
    ContentSettings,
    DeskSettings,
    DeviceSettings,
    HelpSettings,
    IdDocumentSettings,
    KioskSettings,
    OutageSettings,
    PaperSize,
    Profile,
    RetentionSettings,
    SealingSettings,
    Settings,
    SpeechSettings,
    SyncSettings,
)

__all__ = [
    "ContentSettings",
    "DeskSettings",
    "DeviceSettings",
    "HelpSettings",
    "IdDocumentSettings",
    "KioskSettings",
    "OutageSettings",
    "PaperSize",
    "Profile",
    "RetentionSettings",
    "SealingSettings",
    "Settings",
    "SpeechSettings",
    "SyncSettings",
    "defaults",
    "described",
    "parse_settings",
]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DEFAULT = Settings()


def parse_settings(text: str, base_dir: str, file_name: str) -> Settings:
    """Read the settings from the text of the file.

    Raises: SettingsError, with every problem in it.
    """
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is nested too deeply"
        problem = SettingProblem(
            file_name, "", f"this is not TOML: {where}", "mend the line, or start from the example"
        )
        raise SettingsError.of((problem,)) from None
    report = SettingsReport(file_name, Path(base_dir))
    table = SettingTable(found, "", report)
    settings = _read(table, report)
    table.refuse_the_rest()
    if report.problems:
        raise SettingsError.of(tuple(report.problems))
    return settings


def _read(root: SettingTable, report: SettingsReport) -> Settings:
    device, sync, kiosk = root.section("device"), root.section("sync"), root.section("kiosk")
    sealing, documents, speech = root.section("sealing"), root.section("id_documents"), root.section("speech")
    help_at, retention = kiosk.section("help"), root.section("retention")
    outages, desk = root.section("outages"), root.section("desk")
    content = root.section("content")
    return Settings(
        device=DeviceSettings(
            id=device.text("id", _DEFAULT.device.id, _is_name, "use letters, digits, - and _, at most 64"),
            profile=device.choice("profile", _DEFAULT.device.profile),
            municipality=device.text("municipality", _DEFAULT.device.municipality, _is_said, "name the municipality"),
            rsin=device.text(
                "rsin", _DEFAULT.device.rsin, passes_eleven_test, "give the nine digits of the municipality's RSIN"
            ),
            data_dir=device.path("data_dir"),
            profile_file=device.path("profile_file"),
            profile_key_file=device.path("profile_key_file"),
            is_practice=device.switch("is_practice", _DEFAULT.device.is_practice),
        ),
        sync=SyncSettings(
            zaken=sync.url("zaken"),
            documenten=sync.url("documenten"),
            catalogi=sync.url("catalogi"),
            klantinteracties=sync.url("klantinteracties"),
            client_id=sync.text("client_id", ""),
            secret_file=sync.path("secret_file"),
            document_type=sync.text(
                "document_type", _DEFAULT.sync.document_type, _is_said, "name an informatieobjecttype"
            ),
            klantinteracties_token_file=sync.path("klantinteracties_token_file"),
            ca_file=sync.path("ca_file"),
            client_certificate_file=sync.path("client_certificate_file"),
            client_key_file=sync.path("client_key_file"),
            proxy=sync.text("proxy", "", _is_proxy, "write http://name:port; a password has no place here"),
            alarm_after_hours=sync.number("alarm_after_hours", _DEFAULT.sync.alarm_after_hours, 1, 24 * 90),
            devices=sync.number("devices", _DEFAULT.sync.devices, 1, 100_000),
            timeout_s=sync.number("timeout_s", _DEFAULT.sync.timeout_s, 5, 600),
            case_types=sync.section("case_types").texts(),
            result_types=_result_types(sync.section("result_types")),
            tasks=sync.section("tasks").texts(),
        ),
        sealing=SealingSettings(sealing.path("public_key_file"), sealing.path("private_key_file")),
        retention=RetentionSettings(
            content_days=retention.number("content_days", _DEFAULT.retention.content_days, 0, 60),
            arrived_days=retention.number("arrived_days", _DEFAULT.retention.arrived_days, 1, 365),
            withdrawn_days=retention.number("withdrawn_days", _DEFAULT.retention.withdrawn_days, 1, 365),
            log_days=retention.number("log_days", _DEFAULT.retention.log_days, 1, 30),
            draft_days=retention.number("draft_days", _DEFAULT.retention.draft_days, 0, 30),
            counter_days=retention.number("counter_days", _DEFAULT.retention.counter_days, 1, 60),
        ),
        outages=OutageSettings(
            public_key_file=outages.path("public_key_file"),
            url=outages.text(
                "url", "", _is_web_address, "write it whole, such as https://www.example/loket/outages.json"
            ),
        ),
        content=ContentSettings(content.path("public_key_file"), content.path("look_in")),
        id_documents=_id_documents(documents),
        speech=SpeechSettings(
            voice_dir=speech.path("voice_dir"),
            headphones=speech.text("headphones", "").strip(),
            volume=speech.number("volume", _DEFAULT.speech.volume, 1, 5),
        ),
        kiosk=KioskSettings(
            languages=kiosk.languages("languages", _DEFAULT.kiosk.languages),
            idle_s=kiosk.number("idle_s", _DEFAULT.kiosk.idle_s, 240, 3600),
            screen_dpi=kiosk.number("screen_dpi", _DEFAULT.kiosk.screen_dpi, 40, 400),
            viewing_distance_mm=kiosk.number("viewing_distance_mm", _DEFAULT.kiosk.viewing_distance_mm, 200, 2000),
            printer=kiosk.text("printer", ""),
            paper=kiosk.choice("paper", _DEFAULT.kiosk.paper),
            pictures_dir=kiosk.path("pictures_dir"),
            keys=kiosk.section("keys").keys(),
            help=HelpSettings(
                phone=help_at.text(
                    "phone", _DEFAULT.kiosk.help.phone, _is_said, "give the number that a visitor can call"
                ),
                desk=help_at.text("desk", _DEFAULT.kiosk.help.desk, _is_said, "say where and when a person is there"),
            ),
            hours=_hours(kiosk.section("hours")),
            attract_after_s=kiosk.number("attract_after_s", _DEFAULT.kiosk.attract_after_s, 0, 3600),
            attract_slides=kiosk.number("attract_slides", _DEFAULT.kiosk.attract_slides, 1, 3),
            may_power_off=kiosk.switch("may_power_off", _DEFAULT.kiosk.may_power_off),
            device_alarm_min=kiosk.number("device_alarm_min", _DEFAULT.kiosk.device_alarm_min, 1, 24 * 60),
        ),
        desk=DeskSettings(
            lock_s=desk.number("lock_s", _DEFAULT.desk.lock_s, 20, 900),
            screens=desk.choice("screens", _DEFAULT.desk.screens),
            escalate_to=desk.text(
                "escalate_to", "", _is_assignee, 'write "afdeling:...", "groep:..." or "medewerker:...", with the name'
            ),
            slots_folder=desk.path("slots_folder"),
        ),
        services=root.section("services").tables(),
        origins=MappingProxyType(report.origins),
    )


def _id_documents(table: SettingTable) -> IdDocumentSettings:
    default = _DEFAULT.id_documents
    return IdDocumentSettings(
        trusted_csca=table.path("trusted_csca"),
        reader=table.text("reader", default.reader).strip(),
        apdu_s=table.number("apdu_s", default.apdu_s, 1, 60),
        access_s=table.number("access_s", default.access_s, 2, 120),
        all_s=table.number("all_s", default.all_s, 5, 300),
    )


def _hours(table: SettingTable) -> OpeningHours:
    """Read the opening hours: who names a day of the week is closed on those that are not named."""
    week = {day: table.spans(day) for day in WEEKDAYS}
    if any(spans is not None for spans in week.values()):
        week = {day: spans or () for day, spans in week.items()}
    return OpeningHours(
        **week,
        dates=table.section("dates").dates(),
        closed_on_holidays=table.switch("closed_on_holidays", _DEFAULT.kiosk.hours.closed_on_holidays),
        idle_s=table.number("idle_s", _DEFAULT.kiosk.hours.idle_s, 240, 3600),
    )


def _result_types(table: SettingTable) -> Mapping[str, str]:
    """Read how the catalogue calls what came of a case; only our own names have a place on the left."""
    found = {name: table.text(name, "").strip() for name in RESULTS}
    return MappingProxyType({name: theirs for name, theirs in found.items() if theirs})


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _is_assignee(text: str) -> bool:
    return not text or re.fullmatch(r"(?:afdeling|groep|medewerker):\s*\S.{0,199}", text) is not None


def _is_proxy(text: str) -> bool:
    return not text or re.fullmatch(r"https?://[^\s/?#@]+/?", text) is not None


def _is_web_address(text: str) -> bool:
    return not text or re.fullmatch(r"https?://[^\s/?#@]+/[^\s#]*", text) is not None


def _is_said(text: str) -> bool:
    return bool(text.strip())


def defaults() -> Settings:
    """Give the settings that hold when there is no file."""
    return Settings()


def described(settings: Settings) -> tuple[tuple[str, str, str], ...]:
    """Give key, value and origin of every setting, in the order of the file; secrets are only ever file names."""
    return tuple((key, value, settings.origins.get(key, "default")) for key, value in _walk("", settings))


def _walk(prefix: str, part: object) -> Iterator[tuple[str, str]]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from _walk(f"{prefix}.{key}", value)
    elif is_dataclass(part):
        for each in fields(part):
            if each.name != "origins":
                yield from _walk(f"{prefix}.{each.name}".lstrip("."), getattr(part, each.name))
    elif isinstance(part, tuple):
        yield prefix, ", ".join(map(str, part))
    else:
        yield prefix, "" if part is None else str(part)
