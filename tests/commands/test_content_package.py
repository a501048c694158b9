# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality builds its content, a device installs it, and every part of Loket goes by it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import cli
from commands.configuration import load_settings
from commands.content_in_force import content_standing
from commands.content_judge import judge_content
from commands.content_package import check_package
from commands.content_source import pack_source
from commands.doctor_check import Health
from commands.health import as_metrics, health
from commands.watched import watched
from domain.errors import (
    ContentError,
    ContentProblemsError,
    ContentThemeError,
    ContentUnreadableError,
    DefinitionProblem,
)
from domain.settings import Settings, described
from i18n.texts import Texts
from resources.laid_over import laid_over, lay_over
from resources.service_library import SERVICES, ServiceLibrary
from resources.theme import load_theme
from sync.content_install import ContentInstaller
from sync.content_seal import make_content_keys, read_private, read_public
from sync.content_shelf import ContentShelf
from tests.fakes.clock import FakeClock
from tests.sync.content_hands import package

CITY = "Voorbeeldstad"
GOOD = {
    "services/bel/nl.toml": b'title = "Wij bellen u"\ntile = "Wij bellen u"\n',
    "texts/nl.json": json.dumps({"start.more": "Alles"}).encode(),
    "theme.toml": b'[light]\nutrecht.button.primary-action.background-color = "#154273"\n',
    "help.toml": b'phone = "14 030"\ndesk = "ma-vr 9-17, balie 3"\n',
    "voices/nl/manifest.json": b"{}",
}


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Path]:
    """Give the settings file of a device that trusts a key, and take its content away after the test."""
    make_content_keys(tmp_path / "content.pub", tmp_path / "content.key")
    file = tmp_path / "loket.toml"
    file.write_text('[device]\ndata_dir = "data"\n[content]\npublic_key_file = "content.pub"\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    yield file
    lay_over(None)


def put_in_force(device: Path, serial: int = 5, contents: dict[str, bytes] | None = None) -> Settings:
    """Install content without the long check, which has tests of its own."""
    folder = device.parent
    shelf = ContentShelf(folder / "data/content", read_public(folder / "content.pub"), CITY)
    path = folder / "inhoud.loket"
    path.write_bytes(package(serial, contents or GOOD, key=read_private(folder / "content.key")))
    ContentInstaller(shelf, CITY, lambda _folder: None).install(path)
    return load_settings(device)


def test_everything_goes_by_the_content_in_force(device: Path) -> None:
    settings = put_in_force(device)

    assert ServiceLibrary.load().text("bel", "nl", "title")[0] == "Wij bellen u"
    assert Texts().tr("start.more") == "Alles"
    assert load_theme("light", "100", is_roomy=False).colours["primary"] == "#154273"
    assert (settings.kiosk.help.phone, settings.kiosk.help.desk) == ("14 030", "ma-vr 9-17, balie 3")
    assert settings.speech.voice_dir == device.parent / "data/content/5/voices"


def test_the_origin_of_what_the_content_says_is_the_content(device: Path) -> None:
    origins = {key: origin for key, _, origin in described(put_in_force(device))}

    assert origins["kiosk.help.phone"] == "content"
    assert origins["content.public_key_file"] == "file"
    assert origins["kiosk.idle_s"] == "default"


def test_the_settings_of_one_machine_go_before_the_content(device: Path) -> None:
    device.write_text(device.read_text() + '[kiosk.help]\nphone = "0800 1234"\n[speech]\nvoice_dir = "own"\n')
    settings = put_in_force(device)

    assert (settings.kiosk.help.phone, settings.kiosk.help.desk) == ("0800 1234", "ma-vr 9-17, balie 3")
    assert settings.speech.voice_dir == device.parent / "own"


def test_an_install_is_no_finding_of_the_audit(device: Path) -> None:
    before = watched(load_settings(device))

    assert watched(put_in_force(device)) == before


def test_another_key_for_content_is_a_finding_of_the_audit(device: Path) -> None:
    before = watched(load_settings(device))["settings"]
    (device.parent / "content.pub").write_text("loket-content-public-key-1\nkey AAAA\n")

    assert watched(load_settings(device))["settings"] != before


def test_a_device_without_a_key_goes_by_lokets_own_content(device: Path) -> None:
    put_in_force(device)
    device.write_text('[device]\ndata_dir = "data"\n')

    settings = load_settings(device)

    assert laid_over() is None
    assert content_standing(settings) is None
    assert check_package(settings) is None


def test_nothing_is_read_before_a_package_was_ever_installed(device: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.content_in_force.content_shelf", pytest.fail)

    load_settings(device)

    assert laid_over() is None


@pytest.mark.parametrize("harm", ["changed", "key gone", "pointer damaged"])
def test_a_device_whose_content_was_changed_starts_with_its_own_and_alarms(
    device: Path, harm: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in_force(device)
    if harm == "changed":
        (device.parent / "data/content/5/help.toml").write_bytes(b'phone = "06 66666666"\n')
    elif harm == "key gone":
        (device.parent / "content.pub").unlink()
    else:
        (device.parent / "data/content/in-force.json").write_bytes(b"{")

    settings = load_settings(device)

    assert settings.kiosk.help.phone == "14 000"
    assert laid_over() is None
    assert "loket: content-" in capsys.readouterr().err
    check = check_package(settings)
    assert check is not None
    assert check.state is Health.BROKEN
    found = health(settings, FakeClock())
    assert found["needs_person"]
    assert found["content_refused"].startswith("content-")
    assert "loket_content_refused 1" in list(as_metrics(found))


def test_tells_the_doctor_and_monitoring_which_content_is_in_force(device: Path) -> None:
    settings = put_in_force(device, 7)

    check = check_package(settings)
    assert check is not None
    assert (check.state, "content 7" in check.says) == (Health.OK, True)
    found = health(settings, FakeClock())
    assert (found["content_serial"], found["content_refused"]) == (7, "")
    assert "loket_content_serial 7" in list(as_metrics(found))


def test_a_theme_that_a_later_loket_finds_too_faint_leaves_the_rest_of_the_content(
    device: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = put_in_force(device, 7, {**GOOD, "theme.toml": b'[light]\nloket.ink = "#ffffff"\n'})

    assert load_theme("light", "100", is_roomy=False).colours["ink"] == "#1A2226"
    assert Texts().tr("start.more") == "Alles"
    assert "content-theme" in capsys.readouterr().err
    check = check_package(settings)
    assert check is not None
    assert check.state is Health.BROKEN


# -- what is checked before it is signed and before it is installed ---------------------------------------------------


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give the folder of a municipality."""
    folder = tmp_path / "bron"
    for name, content in GOOD.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "texts/nl.json").unlink()
    catalogue = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "start.more"\nmsgstr "Alles"\n'
    (folder / "texts/nl.po").write_text(catalogue, encoding="utf-8")
    (folder / "README.md").write_text("for us\n")
    return folder


def test_packs_a_folder_and_leaves_notes_for_people_out(source: Path, tmp_path: Path) -> None:
    files = pack_source(source, tmp_path / "packed")

    assert [file.name for file in files] == sorted(GOOD)
    assert json.loads((tmp_path / "packed/texts/nl.json").read_text()) == {"start.more": "Alles"}


@pytest.mark.parametrize(
    "name", ["services/bel/run.sh", "texts/nl.json", "notes.txt", "services/Bel/nl.toml", "x/y.toml"]
)
def test_names_what_does_not_belong_in_a_package(source: Path, tmp_path: Path, name: str) -> None:
    (source / name).parent.mkdir(parents=True, exist_ok=True)
    (source / name).write_text("")

    with pytest.raises(ContentUnreadableError, match="does not belong"):
        pack_source(source, tmp_path / "packed")


def test_does_not_follow_a_link_out_of_the_folder(source: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text("x")
    (source / "help.toml").unlink()
    (source / "help.toml").symlink_to(tmp_path / "secret.toml")

    with pytest.raises(ContentUnreadableError, match="does not belong"):
        pack_source(source, tmp_path / "packed")


def problems_of(content: Path) -> tuple[DefinitionProblem, ...]:
    with pytest.raises(ContentProblemsError) as caught:
        judge_content(content)
    return caught.value.problems


def test_names_everything_that_is_wrong_each_in_the_municipalitys_own_file(tmp_path: Path) -> None:
    wrong = {
        "services/bel/nl.toml": '# ours\ntitle = "U bent gehouden deze vordering per omgaande te retourneren"\n'
        'nobody = "Weg."\n',
        "texts/nl.json": '{"start.nobody": "x", "start.more": ["a", "b"]}',
        "help.toml": "phone = 3\n",
        "places/streets.toml": "map = 3\n",
        "directory/courses.toml": "[[course]]\nid = 3\n",
    }
    for name, text in wrong.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    problems = problems_of(tmp_path)

    named = {problem.file for problem in problems}
    assert named == {"bel/nl.toml", "texts/nl.po", "help.toml", "places/streets.toml", "directory/courses.toml"}
    assert [problem.line for problem in problems if '"nobody"' in problem.says] == [3]


def test_refuses_faint_colours_before_anything_else(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('[dark]\nloket.on_primary = "#7FD3E6"\n', encoding="utf-8")

    with pytest.raises(ContentThemeError, match="dark: on_primary on primary"):
        judge_content(tmp_path)


def test_refuses_a_service_that_was_changed_without_a_new_version(tmp_path: Path) -> None:
    folder = tmp_path / "services/bel"
    folder.mkdir(parents=True)
    for path in (SERVICES / "bel").glob("*.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    with (folder / "service.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    assert any("version" in problem.says for problem in problems_of(tmp_path))


def test_builds_installs_shows_and_goes_back_by_command(
    device: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ["--config", str(device)]
    key, first, second = device.parent / "content.key", device.parent / "a.loket", device.parent / "b.loket"
    (source / "voices/nl/manifest.json").unlink()

    for serial, out in (("10", first), ("11", second)):
        made = ["content", *named, "build", str(source), "--key", str(key), "--out", str(out), "--serial", serial]
        assert cli.run(made) == 0
    assert cli.run(["content", *named, "install", str(first)]) == 0
    capsys.readouterr()
    assert cli.run(["content", *named, "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["serial"] == 10
    assert cli.run(["content", *named, "install", str(second), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["installed"] is True
    assert cli.run(["content", *named, "install", str(first)]) == 1
    assert "content-older" in capsys.readouterr().err
    assert cli.run(["content", *named, "rollback"]) == 0
    assert "content 10 is in force again" in capsys.readouterr().out
    assert content_standing(load_settings(device)) is not None


def test_build_refuses_what_the_check_refuses_and_writes_nothing(
    device: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (source / "theme.toml").write_text('[light]\nloket.ink = "#ffffff"\n')
    out = device.parent / "a.loket"

    key = str(device.parent / "content.key")
    assert cli.run(["content", "--config", str(device), "build", str(source), "--key", key, "--out", str(out)]) == 1
    assert "content-theme" in capsys.readouterr().err
    assert not out.exists()


def test_a_device_that_trusts_no_key_installs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "loket.toml"
    file.write_text('[device]\ndata_dir = "data"\n')

    assert cli.run(["content", "--config", str(file), "install", str(tmp_path / "x.loket")]) == 1
    assert "the settings name no key for content" in capsys.readouterr().err
    assert issubclass(ContentError, Exception)
