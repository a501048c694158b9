# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings file: read whole, refused whole, shown with where each value comes from."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_answer import Result
from domain.errors import SettingsError
from domain.key_names import KeyAction
from domain.opening_hours import Span
from domain.setting_types import RESULTS, Screens
from domain.settings import PaperSize, Profile, RetentionSettings, Settings, defaults, described, parse_settings

WHOLE = """
[device]
id = "bieb-voorbeeld-01"
profile = "bibliotheek"
municipality = "Voorbeeldstad"
rsin = "002564440"
data_dir = "/var/lib/loket"
profile_file = "profile.json"
profile_key_file = "profile.pub"
is_practice = true
[desk]
lock_s = 120
screens = "turn"
escalate_to = "groep:Klachten"
slots_folder = "uren"
[sync]
zaken = "https://zaken.example/zaken/api/v1"
documenten = "https://zaken.example/documenten/api/v1/"
catalogi = "https://zaken.example/catalogi/api/v1/"
klantinteracties = "https://klant.example/klantinteracties/api/v1/"
client_id = "kiosk-01"
secret_file = "zgw-secret"
document_type = "Ontvangen bericht"
klantinteracties_token_file = "klant-token"
ca_file = "ca.pem"
client_certificate_file = "tls.pem"
client_key_file = "tls.key"
proxy = "http://proxy.example:3128"
alarm_after_hours = 4
timeout_s = 30
devices = 450
[sync.case_types]
verhuizen = "VERHUIZING"
[sync.result_types]
"Niet ontvangen" = "Niet-ontvankelijk"
[sealing]
public_key_file = "loket.pub"
private_key_file = "loket.key"
[outages]
public_key_file = "storing.pub"
url = "https://www.voorbeeldstad.example/loket/outages.json"
[content]
public_key_file = "inhoud.pub"
look_in = "inhoud"

[retention]
content_days = 3
arrived_days = 30
withdrawn_days = 14
draft_days = 3
counter_days = 10
log_days = 20
[id_documents]
trusted_csca = "csca"
reader = "omnikey"
apdu_s = 4
access_s = 20
all_s = 90
[speech]
voice_dir = "voices"
headphones = "usb"
volume = 2
[kiosk]
languages = ["nl", "ar"]
idle_s = 300
screen_dpi = 120
viewing_distance_mm = 400
printer = "bon"
paper = "80mm"
pictures_dir = "foto"
attract_after_s = 90
attract_slides = 2
may_power_off = true
device_alarm_min = 30
[kiosk.hours]
monday = "9:00-12:30, 13:00-17:00"
tuesday = "9:00-17:00"
wednesday = "9:00-17:00"
thursday = "9:00-20:00"
friday = "9:00-17:00"
saturday = "closed"
sunday = "closed"
closed_on_holidays = true
idle_s = 600
[kiosk.hours.dates]
2026-12-24 = "9:00-13:00"
[kiosk.help]
phone = "14 000"
desk = "balie 1"
[services.idbewijs]
price_passport = "84,00"
"""


def read(text: str) -> Settings:
    return parse_settings(text, "/etc/loket", "loket.toml")


def problems_of(text: str) -> dict[str, tuple[str, str]]:
    with pytest.raises(SettingsError) as caught:
        read(text)
    assert "loket.toml" in str(caught.value)
    return {problem.key: (problem.says, problem.remedy) for problem in caught.value.problems}


def test_reads_every_setting() -> None:
    settings = read(WHOLE)
    assert settings.device.profile is Profile.LIBRARY
    assert settings.device.data_dir == Path("/var/lib/loket")
    assert settings.device.is_practice
    assert settings.desk.lock_s == 120
    assert settings.desk.screens is Screens.TURN
    assert settings.desk.escalate_to == "groep:Klachten"
    assert settings.desk.slots_folder == Path("/etc/loket/uren")
    assert settings.sync.zaken == "https://zaken.example/zaken/api/v1/"  # ends in a slash, whoever forgot it
    assert settings.sync.secret_file == Path("/etc/loket/zgw-secret")
    assert settings.sync.is_configured
    assert settings.sync.client_certificate_file == Path("/etc/loket/tls.pem")
    assert settings.sync.client_key_file == Path("/etc/loket/tls.key")
    assert settings.sync.proxy == "http://proxy.example:3128"
    assert settings.sync.alarm_after_hours == 4
    assert settings.sync.timeout_s == 30
    assert settings.sync.devices == 450
    assert settings.sync.case_type_of("verhuizen") == "VERHUIZING"
    assert settings.sync.case_type_of("bel") == "bel"
    assert settings.sync.result_types == {"Niet ontvangen": "Niet-ontvankelijk"}
    assert settings.sealing.private_key_file == Path("/etc/loket/loket.key")
    assert settings.retention == RetentionSettings(3, 30, 14, 20, 3, 10)
    assert settings.content.look_in == Path("/etc/loket/inhoud")
    documents = settings.id_documents
    assert (documents.trusted_csca, documents.reader) == (Path("/etc/loket/csca"), "omnikey")
    assert (documents.apdu_s, documents.access_s, documents.all_s) == (4, 20, 90)
    assert settings.speech.voice_dir == Path("/etc/loket/voices")
    assert (settings.speech.headphones, settings.speech.volume) == ("usb", 2)
    assert settings.kiosk.languages == ("nl", "ar")
    assert settings.kiosk.paper is PaperSize.ROLL_80_MM
    assert settings.kiosk.pictures_dir == Path("/etc/loket/foto")
    assert settings.kiosk.help.desk == "balie 1"
    assert (settings.kiosk.attract_after_s, settings.kiosk.may_power_off) == (90, True)
    assert (settings.kiosk.attract_slides, settings.kiosk.device_alarm_min) == (2, 30)
    assert settings.kiosk.hours.monday == (Span(540, 750), Span(780, 1020))
    assert settings.kiosk.hours.dates == {date(2026, 12, 24): (Span(540, 780),)}
    assert (settings.kiosk.hours.closed_on_holidays, settings.kiosk.hours.idle_s) == (True, 600)
    assert settings.service("idbewijs")["price_passport"] == "84,00"
    assert settings.service("bel") == {}
    assert {origin for _, _, origin in described(settings)} == {"file"}


def test_keeps_the_defaults_when_the_file_is_empty() -> None:
    settings = read("")
    assert described(settings) == described(defaults())
    assert {origin for _, _, origin in described(settings)} == {"default"}
    assert not settings.sync.is_configured
    assert settings.device.data_dir is None


def test_says_of_each_setting_where_it_comes_from() -> None:
    rows = {
        key: (value, origin) for key, value, origin in described(read('[device]\nid = "een"\n[kiosk]\nidle_s = 240'))
    }
    assert rows["device.id"] == ("een", "file")
    assert rows["kiosk.idle_s"] == ("240", "file")
    assert rows["kiosk.help.phone"] == ("14 000", "default")


def test_closes_on_the_days_of_the_week_that_are_not_named() -> None:
    hours = read("[kiosk.hours]\nmonday = '9:00-17:00'\n").kiosk.hours
    assert (hours.monday, hours.tuesday) == ((Span(540, 1020),), ())
    only_a_day = read("[kiosk.hours.dates]\n2026-12-24 = 'closed'\n").kiosk.hours
    assert only_a_day.monday is None
    assert only_a_day.on(date(2026, 12, 24)) == ()
    assert read("").kiosk.hours.is_always_open


def test_takes_the_keys_of_a_keypad() -> None:
    settings = read("[kiosk.keys]\nF13 = 'up'\nVolumeUp = 'louder'\n")
    assert settings.kiosk.keys == {"F13": KeyAction.UP, "VolumeUp": KeyAction.LOUDER}
    assert ("kiosk.keys.F13", "up", "file") in described(settings)


@pytest.mark.parametrize("missing", ["zaken", "documenten", "catalogi", "client_id", "secret_file"])
def test_is_not_configured_when_a_part_of_the_back_end_is_missing(missing: str) -> None:
    text = "\n".join(line for line in WHOLE.splitlines() if not line.startswith(f"{missing} ="))
    assert not read(text).sync.is_configured


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("[devise]\n", "devise", '"device"'),
        ("[kiosk]\nidle = 300\n", "kiosk.idle", '"idle_s"'),
        ("[kiosk.help]\nfone = 'x'\n", "kiosk.help.fone", '"phone"'),
        ("[sync]\nsecret = 'geheim'\n", "sync.secret", "put it in a file"),
        ("[device]\nqqqqqq = 1\n", "device.qqqqqq", "known here"),
        ("[kiosk]\nidle_s = 'lang'\n", "kiosk.idle_s", "from 240 to 3600"),
        ("[kiosk.keys]\nF99 = 'up'\n", "kiosk.keys.F99", '"F9"'),
        ("[kiosk.keys]\nqqqqqqq = 'up'\n", "kiosk.keys.qqqqqqq", "F13"),
        ("[kiosk.keys]\nA = 'up'\n", "kiosk.keys.A", "F13"),
        ("[kiosk.keys]\nF13 = 'upp'\n", "kiosk.keys.F13", "up, down, left, right, ok, help"),
        ("[kiosk.keys]\nF13 = 1\n", "kiosk.keys.F13", "choose from"),
        ("[kiosk.keys]\nF13 = ['up']\n", "kiosk.keys.F13", "choose from"),
        ("[kiosk.hours]\nmonday = '9-17'\n", "kiosk.hours.monday", '"9:00-17:00"'),
        ("[kiosk.hours]\nmonday = 9\n", "kiosk.hours.monday", '"9:00-17:00"'),
        ("[kiosk.hours]\nmaandag = '9:00-17:00'\n", "kiosk.hours.maandag", '"monday"'),
        ("[kiosk.hours]\nidle_s = 60\n", "kiosk.hours.idle_s", "from 240 to 3600"),
        ("[kiosk.hours.dates]\nkerst = 'closed'\n", "kiosk.hours.dates.kerst", '"2026-12-24"'),
        ("[kiosk]\nattract_after_s = -1\n", "kiosk.attract_after_s", "from 0 to 3600"),
        ("[kiosk]\nkeys = 'F13'\n", "kiosk.keys", "[kiosk.keys]"),
        ("[kiosk]\nidle_s = 60\n", "kiosk.idle_s", "from 240 to 3600"),
        ("[desk]\nlock_s = 5\n", "desk.lock_s", "from 20 to 900"),
        ('[desk]\nescalate_to = "Klachten"\n', "desk.escalate_to", "groep:..."),
        ("[device]\nis_practice = 'ja'\n", "device.is_practice", "true or false"),
        ("[kiosk]\nidle_s = true\n", "kiosk.idle_s", "from 240 to 3600"),
        ("[kiosk]\nidle_s = 300.5\n", "kiosk.idle_s", "from 240 to 3600"),
        ("[kiosk]\npaper = 'a3'\n", "kiosk.paper", '"a4" or "80mm"'),
        ("[kiosk]\nlanguages = 'nl'\n", "kiosk.languages", '["nl", "en"]'),
        ("[kiosk]\nlanguages = ['en']\n", "kiosk.languages", '"nl"'),
        ("[kiosk]\nlanguages = ['nl', 'nl']\n", "kiosk.languages", '"nl"'),
        ("[device]\nprofile = 'kasteel'\n", "device.profile", '"gemeentehuis"'),
        ("[device]\nprofile = []\n", "device.profile", '"gemeentehuis"'),
        ("[device]\nrsin = '123456789'\n", "device.rsin", "RSIN"),
        ("[device]\nid = '../weg'\n", "device.id", "letters"),
        ("[device]\nid = 7\n", "device.id", "quotes"),
        ("[sync]\nzaken = 'zaken.example'\n", "sync.zaken", "https://"),
        ("[sync]\nproxy = 'http://naam:geheim@proxy:1'\n", "sync.proxy", "password"),
        ("[sync]\nzaken = 'https://naam:geheim@zaken.example/'\n", "sync.zaken", "https://"),
        ("[services.idbewijs]\nprice = 84\n", "services.idbewijs.price", "quotes"),
        ("[services]\nidbewijs = 84\n", "services.idbewijs", "[services.idbewijs]"),
        ("device = 1\n", "device", "[device]"),
        ("sync = []\n", "sync", "[sync]"),
    ],
)
def test_refuses_a_wrong_setting_by_key_with_a_remedy(text: str, key: str, hint: str) -> None:
    found = problems_of(text)
    assert list(found) == [key]
    assert hint in found[key][1]


@pytest.mark.parametrize("value", ["true", "300.5", "'300'", "[300]"])
def test_takes_nothing_but_a_whole_number_for_a_number(value: str) -> None:
    assert "whole number" in problems_of(f"[kiosk]\nidle_s = {value}\n")["kiosk.idle_s"][0]


def test_reports_all_problems_together() -> None:
    found = problems_of("[device]\nprofile = 'x'\nrsin = '1'\n[kiosk]\nidle_s = 1\nscreen = 2\n[wat]\n")
    assert set(found) == {"device.profile", "device.rsin", "kiosk.idle_s", "kiosk.screen", "wat"}


def test_names_the_line_when_the_file_is_no_toml() -> None:
    found = problems_of("[device]\nid = \n")
    assert "line 2" in found[""][0]


def test_never_repeats_a_secret_that_was_written_in_the_file() -> None:
    with pytest.raises(SettingsError) as caught:
        read("[sync]\nsecret = 'hush-hush'\nzaken = 'https://u:hush-hush@zaken.example/'\n")
    assert "hush-hush" not in str(caught.value)


@given(text=st.text() | st.text(alphabet="[]=\".\n'devicesync0123{}"))
def test_raises_nothing_but_a_settings_error_on_any_text(text: str) -> None:
    with suppress(SettingsError):
        read(text)


def test_refuses_a_file_that_is_nested_without_end() -> None:
    assert problems_of("a = " + "[" * 50_000)


def test_knows_the_names_of_results_that_a_case_can_be_closed_with() -> None:
    assert tuple(Result) == RESULTS


def test_takes_what_the_catalogue_calls_a_result_and_no_result_that_is_not_ours() -> None:
    found = parse_settings('[sync.result_types]\nAfgehandeld = "Behandeld"\n"Niet ontvangen" = " "', ".", "loket.toml")
    assert dict(found.sync.result_types) == {"Afgehandeld": "Behandeld"}
    with pytest.raises(SettingsError, match="did you mean"):
        parse_settings('[sync.result_types]\nAfgehandelt = "Behandeld"', ".", "loket.toml")
