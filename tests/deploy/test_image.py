# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be known of the image without starting it: its recipe, who it talks to, what it takes from a stick."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.image import firewall, machine, provision, screen

HERE = Path(__file__).resolve().parents[2]
IMAGE = HERE / "deploy" / "image"
UNITS = IMAGE / "files" / "etc" / "systemd" / "system"
LOKET = (sys.executable, str(HERE / "main.py"))
GOOD = """[device]
data_dir = "/var/lib/loket"
[sealing]
public_key_file = "keys/loket.pub"
private_key_file = "keys/loket.key"
"""


def stick(folder: Path, **files: str) -> Path:
    """Make a folder that is what lies on a stick; two underscores stand for a slash."""
    found = folder / "stick"
    for name, text in files.items():
        path = found / name.replace("__", "/").replace("_toml", ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    found.mkdir(exist_ok=True)
    return found


# -- the recipe -------------------------------------------------------------------------------------------------------


def test_every_file_that_the_recipe_names_is_there() -> None:
    for script in ("build.sh", "customize.sh"):
        text = (IMAGE / script).read_text("utf-8")
        for name in re.findall(r"\$here/([a-z./-]+[a-z])", text):
            assert (IMAGE / name).exists(), name
    programs = re.search(r"for program in ([a-z ]+);", (IMAGE / "customize.sh").read_text("utf-8"))
    assert programs is not None
    for name in programs[1].split():
        assert (IMAGE / f"{name}.py").is_file()


def test_the_shell_scripts_are_whole() -> None:
    for path in (*IMAGE.glob("*.sh"), *IMAGE.glob("initramfs/scripts/*/*")):
        subprocess.run(["sh", "-n", str(path)], check=True)


def test_every_unit_of_the_image_is_enabled_or_started_by_another() -> None:
    enabled = (IMAGE / "customize.sh").read_text("utf-8")
    for unit in UNITS.glob("loket-*.*"):
        if unit.is_file() and unit.name != "loket-firewall.service":
            assert re.search(rf"\b{unit.name.removesuffix('.service')}\b", enabled), unit.name


def test_the_kernel_starts_in_one_way_and_shows_no_shell() -> None:
    words = (IMAGE / "boot" / "loket.conf").read_text("utf-8")
    loader = (IMAGE / "boot" / "loader.conf").read_text("utf-8").split("\n")
    assert "editor no" in loader
    assert "timeout 0" in loader
    assert {"ro", "panic=10", "sysctl.kernel.sysrq=0"} <= set(words.split())
    # The kernel reads this one as "on", whatever stands behind it.
    assert "sysrq_always_enabled" not in words
    assert not {"console=", "init=", "single", "rescue"} & {word.split("=")[0] for word in words.split()}


def test_no_way_to_sign_in_is_left() -> None:
    recipe = (IMAGE / "customize.sh").read_text("utf-8")
    for unit in (
        "getty@.service",
        "serial-getty@.service",
        "autovt@.service",
        "debug-shell.service",
        "ctrl-alt-del.target",
    ):
        assert unit in recipe
    logind = (IMAGE / "files/etc/systemd/logind.conf.d/loket.conf").read_text("utf-8")
    assert "NAutoVTs=0" in logind
    assert "ReserveVT=0" in logind
    packages = (IMAGE / "packages.txt").read_text("utf-8").split()
    assert not {"openssh-server", "sudo", "login", "busybox", "xterm", "udisks2"} & set(packages)


def test_a_stick_is_no_thing_that_usbguard_lets_in() -> None:
    rules = (IMAGE / "files/etc/usbguard/rules.conf").read_text("utf-8")
    allowed = re.findall(r"^allow .*$", rules, re.MULTILINE)
    assert len(allowed) >= 5
    assert not [rule for rule in allowed if "08:" in rule or "ff:" in rule or "*:*:*" in rule]
    # Another operator would let in what is a keyboard and a disk at once.
    assert all(" match-all { " in rule for rule in allowed)
    assert "ImplicitPolicyTarget=block" in (IMAGE / "files/etc/usbguard/usbguard-daemon.conf").read_text("utf-8")


# -- who it talks to --------------------------------------------------------------------------------------------------


def test_lets_out_every_address_of_the_settings_and_no_other() -> None:
    settings = {
        "sync": {
            "zaken": "https://zaken.example/zaken/api/v1/",
            "proxy": "http://proxy.example:3128",
            "client_id": "x",
        },
        "outages": {"url": "https://www.example/loket/outages.json"},
        "kiosk": {"help": {"phone": "14 000"}},
    }
    found = firewall.hosts_of(settings, machine.Machine(hosts=("time.example:8443", "more.example")))
    assert found == {
        ("zaken.example", 443), ("proxy.example", 3128), ("www.example", 443), ("time.example", 8443),
        ("more.example", 443),
    }  # fmt: skip
    assert firewall.printers_of(machine.Machine(printer="ipp://printer.example/ipp/print")) == {
        ("printer.example", 631)
    }


def test_keeps_the_addresses_of_a_name_that_cannot_be_looked_up_now() -> None:
    hosts = {("a.example", 443), ("b.example", 443)}
    book = {"a.example": ["192.0.2.1"]}
    reached, now = firewall.addresses_of(hosts, lambda name: book.get(name, []), {"b.example": ["192.0.2.9"]})
    assert reached == {("192.0.2.1", 443), ("192.0.2.9", 443)}
    assert now == {"a.example": ["192.0.2.1"], "b.example": ["192.0.2.9"]}


def test_fills_the_sets_of_both_kinds_of_address_and_empties_what_is_gone() -> None:
    words = firewall.elements({("192.0.2.1", 443), ("2001:db8::1", 443), ("224.0.0.1", 443)}, set())
    assert words.splitlines() == [
        "flush set inet loket hosts4",
        "add element inet loket hosts4 { 192.0.2.1 . 443 }",
        "flush set inet loket hosts6",
        "add element inet loket hosts6 { 2001:db8::1 . 443 }",
        "flush set inet loket printers4",
        "flush set inet loket printers6",
    ]


def test_every_set_that_is_filled_stands_in_the_rules_and_every_chain_drops() -> None:
    rules = (IMAGE / "files/etc/nftables.conf").read_text("utf-8")
    for name in re.findall(r"inet loket (\w+)", firewall.elements(set(), set())):
        assert f"set {name} {{" in rules
        assert f"@{name} accept" in rules
    assert rules.count("policy drop") == rules.count("chain ") == 3
    assert not re.search(r"^\s*(tcp|udp) dport \d+ accept", rules, re.MULTILINE), "a port is open for everybody"


# -- the stick --------------------------------------------------------------------------------------------------------


def _copy_and_check(found: Path, copy: Path) -> machine.Machine:
    provision.copy_stick(found, copy)
    return provision.check(copy, LOKET)


def test_takes_a_good_stick_whole(tmp_path: Path) -> None:
    found = stick(tmp_path, loket_toml=GOOD, keys__secret="s3cret", machine_toml='hostname = "kiosk-01"\nrotate = 90\n')
    got = _copy_and_check(found, tmp_path / "copy")
    assert (got.hostname, got.rotate) == ("kiosk-01", 90)
    assert (tmp_path / "copy/keys/secret").read_text("utf-8") == "s3cret"
    assert (tmp_path / "copy/keys/secret").stat().st_mode & 0o077 == 0


def test_leaves_what_other_systems_put_on_a_stick(tmp_path: Path) -> None:
    found = stick(tmp_path, loket_toml=GOOD)
    (found / "System Volume Information").mkdir()
    (found / "System Volume Information" / "x.dat").write_text("x", "utf-8")
    (found / ".hidden").write_text("x", "utf-8")
    (found / "link").symlink_to("/etc/passwd")
    assert [str(path) for path in provision.plain_files(found)] == ["loket.toml"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "no loket.toml"),
        ({"loket_toml": "this is no TOML"}, "not TOML"),
        ({"loket_toml": GOOD.replace("data_dir", "datadir")}, "datadir"),
        ({"loket_toml": GOOD.replace("/var/lib/loket", "/srv/x")}, "data_dir"),
        ({"loket_toml": GOOD + '[sync]\nsecret_file = "keys/zgw"\n'}, "keys/zgw"),
        ({"loket_toml": GOOD, "machine_toml": "rotate = 45\n"}, "rotate"),
        ({"loket_toml": GOOD, "machine_toml": 'wifi = "x"\n'}, "wifi"),
        ({"loket_toml": GOOD, "machine_toml": 'printer = "usb; rm -r"\n'}, "printer"),
        ({"loket_toml": GOOD, "foto van mij": "x"}, "names"),
    ],
)
def test_refuses_a_stick_in_words_that_name_what_is_wrong(tmp_path: Path, files: dict[str, str], says: str) -> None:
    found = stick(tmp_path, **files)
    with pytest.raises(provision.RefusedError) as refused:
        _copy_and_check(found, tmp_path / "copy")
    assert says in str(refused.value)


def test_tells_nothing_of_a_secret_when_it_refuses(tmp_path: Path) -> None:
    found = stick(tmp_path, loket_toml=GOOD + "x = 1\n", keys__zgw="mark-of-a-secret")
    provision.copy_stick(found, tmp_path / "copy")
    with pytest.raises(provision.RefusedError) as refused:
        provision.check(tmp_path / "copy", LOKET)
    assert "mark-of-a-secret" not in str(refused.value)


def test_refuses_a_stick_that_is_full_of_other_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provision, "LARGEST", 100)
    found = stick(tmp_path, loket_toml=GOOD, film="x" * 200)
    with pytest.raises(provision.RefusedError, match="64 MB"):
        provision.copy_stick(found, tmp_path / "copy")


def test_makes_keys_only_where_both_are_missing(tmp_path: Path) -> None:
    copy = stick(tmp_path, loket_toml=GOOD)
    assert provision.is_keyless(copy)
    (copy / "keys").mkdir()
    (copy / "keys/loket.pub").write_text("public", "utf-8")
    with pytest.raises(provision.RefusedError, match=r"loket\.key"):
        provision.is_keyless(copy)
    (copy / "keys/loket.key").write_text("private", "utf-8")
    assert not provision.is_keyless(copy)


def test_refuses_a_library_without_the_key_of_its_municipality(tmp_path: Path) -> None:
    copy = stick(tmp_path, loket_toml=GOOD.replace('private_key_file = "keys/loket.key"\n', ""))
    with pytest.raises(provision.RefusedError, match="public key"):
        provision.is_keyless(copy)


def test_keeps_nothing_of_a_stick_that_was_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = stick(tmp_path, loket_toml=GOOD.replace("/var/lib/loket", "/srv/x"), keys__secret="x")
    monkeypatch.setattr(provision, "check", lambda folder: (_ for _ in ()).throw(provision.RefusedError("no")))
    with pytest.raises(provision.RefusedError):
        provision.take(found, tmp_path / "kept")
    assert not list((tmp_path / "kept").iterdir())


def test_refuses_a_stick_when_no_keys_can_be_made_and_says_why(tmp_path: Path) -> None:
    says = ("/bin/sh", "-c", "echo disk full >&2; exit 1")
    with pytest.raises(provision.RefusedError, match="disk full"):
        provision.make_keys(tmp_path, says)
    provision.make_keys(tmp_path, ("/bin/true",))


def test_waits_for_another_stick_whatever_goes_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(_mount_at: Path, *, is_first: bool) -> None:
        raise subprocess.CalledProcessError(1, ["umount", "mark-of-a-secret"])

    monkeypatch.setattr(provision, "_one_stick", cannot)
    refused = provision._try(tmp_path)
    assert "CalledProcessError" in refused
    assert "mark-of-a-secret" not in refused
    assert "OnFailure=emergency.service" in (UNITS / "loket-provision.service").read_text("utf-8")


def test_has_the_old_settings_when_the_new_ones_cannot_be_put_in_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, found = tmp_path / "kept", stick(tmp_path, loket_toml=GOOD, keys__loket_pub="x")
    stick(kept, loket_toml="old").rename(kept / "settings")
    monkeypatch.setattr(provision, "check", lambda _folder: None)
    monkeypatch.setattr(provision, "is_keyless", lambda _folder: False)
    monkeypatch.setattr(provision, "give_to_the_service", lambda fresh: (fresh / "loket.toml").unlink())
    monkeypatch.setattr(os, "sync", lambda: (kept / "settings.new").rename(tmp_path / "gone"))
    with pytest.raises(FileNotFoundError):
        provision.take(found, kept)
    assert (kept / "settings/loket.toml").read_text("utf-8") == "old"


def test_lets_only_a_stick_with_the_word_of_the_first_change_the_settings(tmp_path: Path) -> None:
    word = "w" * provision.SHORTEST_WORD
    kept = stick(tmp_path / "kept", loket_toml=GOOD, **{provision.WORD: word})
    assert provision.may_change(stick(tmp_path / "a", loket_toml=GOOD, **{provision.WORD: f"{word}\n"}), kept)
    assert not provision.may_change(stick(tmp_path / "b", loket_toml=GOOD, **{provision.WORD: "w"}), kept)
    assert not provision.may_change(stick(tmp_path / "c", loket_toml=GOOD), kept)
    for short in ("", "w"):
        kept = stick(tmp_path / f"short{short}", loket_toml=GOOD, **{provision.WORD: short})
        assert not provision.may_change(kept, kept), "a short word opens nothing"
    none = stick(tmp_path / "none", loket_toml=GOOD)
    assert not provision.may_change(none, none)


def test_takes_along_the_keys_that_a_later_stick_does_not_bring(tmp_path: Path) -> None:
    before = stick(tmp_path / "before", loket_toml=GOOD, keys__loket_key="old", keys__zgw="old secret")
    fresh = stick(tmp_path / "fresh", loket_toml=GOOD, keys__zgw="new secret")
    provision.carry_keys(before, fresh)
    assert (fresh / "keys/loket_key").read_text("utf-8") == "old"
    assert (fresh / "keys/zgw").read_text("utf-8") == "new secret"


def test_has_old_or_new_settings_after_a_power_cut_in_the_middle_of_a_change(tmp_path: Path) -> None:
    (tmp_path / "settings.old").mkdir()
    provision.mend(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["settings"]
    (tmp_path / "settings.old").mkdir()
    provision.mend(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["settings"]


# -- the screen -------------------------------------------------------------------------------------------------------


def test_a_finger_on_the_turned_panel_lands_where_the_picture_is() -> None:
    # A panel that stands a quarter turn clockwise has its own lower left corner where reading begins.
    corners = {90: (0, 1), 180: (1, 1), 270: (1, 0)}
    for turn, (x, y) in corners.items():
        a, b, c, d, e, f = screen._TURNS[turn]
        assert (a * x + b * y + c, d * x + e * y + f) == (0, 0), turn


def test_turns_the_screen_and_touch_with_it_unless_touch_has_numbers_of_its_own(tmp_path: Path) -> None:
    run, rules = tmp_path / "run", tmp_path / "rules"
    assert not screen.write(machine.Machine(), run, rules)
    assert not rules.exists()
    assert screen.write(machine.Machine(rotate=270), run, rules)
    assert (run / "screen").read_text("ascii") == "TURNED=-r -r -r\n"
    assert '"0 1 0 -1 0 1"' in (rules / "99-loket-touch.rules").read_text("ascii")
    assert screen.write(machine.Machine(touch=(0, 2, 0, -1, 0, 1)), run, rules)
    assert (run / "screen").read_text("ascii") == "TURNED=\n"
    assert 'LIBINPUT_CALIBRATION_MATRIX}="0 2 0 -1 0 1"' in (rules / "99-loket-touch.rules").read_text("ascii")
