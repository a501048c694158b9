# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`make image-test`: start the image, set it up with a stick, visit it, cut its power, stop its window, try to leave.

One line of figures at the end; a picture of each part in build/image/. Code 1 when a part failed.
`python -m tests.image IMAGE "PART" ...` leaves parts out.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from commands.joining import STORE
from commands.system_clock import SystemClock
from tests.image import disks
from tests.image.escapes import ESCAPES
from tests.image.machine import HEIGHT, SAME, WIDTH, Machine, Picture, TooSlowError, pause
from tests.image.visit_keys import keys_of_visit

SECRET = "image-test-zgw-secret-5d1c"
EXAMPLE = Path("deploy/package-settings.toml")
# What would let somebody in: a shell, or somebody asking for a name, anywhere.
_SHELLS = "ps -eo tty,comm | grep -E ' (bash|agetty|login|sulogin|getty)$|^tty.* (sh|dash)$'"
_UNITS = "loket-kiosk loket-sync usbguard nftables loket-sound pcscd.socket cups"
_BACK_WITHIN_S = 5.0


def settings_text(hosts_port: int) -> str:
    """Give settings of a kiosk whose case system cannot be reached, so that every case waits."""
    text = EXAMPLE.read_text("utf-8")
    for line in ("[sync]", "zaken =", "documenten =", "catalogi =", "client_id", "secret_file", "profile_"):
        text = text.replace(f"# {line}", line)
    assert "\nprofile_file" in text, "the example of the package has other lines"
    return text.replace("https://zaken.example/", f"https://10.0.2.2:{hosts_port}/")


def signed_profile(folder: Path, settings: str) -> dict[str, bytes]:
    """Give what a municipality lays on the stick, so that no strip says that nobody signed."""
    config, key = folder / "loket.toml", folder / "profile.key"
    config.write_text(settings, "utf-8")
    key.unlink(missing_ok=True)
    loket = (sys.executable, "main.py", "profile")
    disks.run(*loket, "key", "--private", key)
    until = str((SystemClock().now() + timedelta(days=2)).date())
    disks.run(*loket, "sign", "--config", config, "--private", key, "--file", folder / "profile.json", "--until", until,
              "--legal-basis", "Wabb art. 10")  # fmt: skip
    return {name: (folder / name).read_bytes() for name in ("profile.json", "profile.pub")}


class Parts:
    """The parts of the test, each after the other on the same disk."""

    def __init__(self, image: Path, out: Path) -> None:
        self._out = out
        self._folder = out / "machine"
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._disk = self._folder / "disk.img"
        self._image = image
        self.figures: dict[str, object] = {"image_mib": image.stat().st_blocks * 512 // 1048576}
        self.failed: list[str] = []
        self._machine: Machine | None = None
        self._start: Picture | None = None
        self._stick: dict[str, bytes] = {}

    def do(self, name: str, part: Callable[[], None]) -> bool:
        """Do one part; a failed one is told and counted."""
        begun = time.monotonic()
        try:
            part()
        except (AssertionError, TooSlowError, ConnectionError, RuntimeError, OSError, ValueError) as error:
            self.failed.append(name)
            at = traceback.extract_tb(error.__traceback__)[-1]
            print(f"FAILED  {name}: {str(error) or at.line} ({time.monotonic() - begun:.0f} s)", flush=True)
            self._picture(f"failed-{name.replace(' ', '-')}")
            return False
        print(f"ok      {name} ({time.monotonic() - begun:.0f} s)", flush=True)
        return True

    def close(self) -> None:
        """Turn the machine off."""
        if self._machine is not None:
            self._machine.cut()
            self._machine = None

    @property
    def machine(self) -> Machine:
        assert self._machine is not None, "the machine is off"
        return self._machine

    def _picture(self, name: str, picture: Picture | None = None) -> None:
        try:
            (picture or self.machine.look()).save(self._out / f"{name}.png")
        except (AssertionError, ConnectionError, OSError, RuntimeError, TooSlowError):
            print(f"        no picture of {name}", flush=True)

    def _inside(self, command: str, seconds: float = 300) -> str:
        code, said = self.machine.inside(command, seconds)
        assert code == 0, f"{command}: {said.strip()[-400:]}"
        return said

    def _wait_until_well(self) -> None:
        """The healthy sign: systemd was told that the window stands, and the start screen is seen."""
        machine = self.machine
        machine.wait_for("the window", lambda: machine.look().colours > 150, 900)
        machine.wait_for(
            "the healthy sign",
            lambda: machine.inside(f"systemctl is-active {_UNITS}")[0] == 0,
            400,
        )
        # A second window is made ready behind the first; a visitor would have been in the hall for a while.
        machine.wait_for("a machine at rest", self._is_at_rest, 400, every_s=0.2)
        machine.settled(60, quiet=3)

    def _is_at_rest(self) -> bool:
        """Say whether the processors did nothing for most of some seconds."""
        said = self._inside("head -n 1 /proc/stat; sleep 4; head -n 1 /proc/stat").split()
        before, after = said[1 : len(said) // 2], said[len(said) // 2 + 1 :]
        spent = [int(late) - int(soon) for soon, late in zip(before, after, strict=True)]
        return spent[3] > 0.7 * sum(spent)

    # -- the parts -----------------------------------------------------------------------------------------------------

    def boot_without_settings(self) -> None:
        """A new disk: nothing of Loket starts, and the screen says what is missing."""
        disks.new_disk(self._image, self._disk, "4G")
        disks.bring_agent(self._disk, self._folder)
        self._machine = Machine(self._folder, self._disk)
        machine = self.machine
        # First the agent answers, then the words stand there: what an initrd complains of is no question for a stick.
        machine.wait_for("a machine without settings", lambda: self._provision() == "activating", 900)
        machine.wait_for("the words that ask for a stick", lambda: _is_console(machine.look()), 900)
        self.figures["asks_for_stick_s"] = round(machine.seconds)
        self._picture("1-no-settings", machine.settled())
        assert machine.inside("systemctl is-active loket-kiosk")[0] != 0, "a kiosk without settings started"

    def _provision(self) -> str:
        return self.machine.inside("systemctl is-active loket-provision", 900)[1].strip()

    def refuse_a_bad_stick(self) -> None:
        """A wrong setting is named on the screen, and nothing is kept."""
        machine = self.machine
        bad = self._folder / "bad.img"
        disks.new_stick(bad, {"loket.toml": b'[device]\ndata_dir = "/var/lib/loket"\nprofil = "x"\n'})
        before = machine.look()
        machine.plug(bad, "bad")
        machine.wait_for("a refusal", lambda: machine.look().differs(before) > SAME, 300)
        self._picture("2-bad-stick", machine.settled(quiet=4))
        assert "kept" not in self._inside("[ ! -e /var/lib/loket-image/settings ] || echo kept")
        machine.pull("bad")

    def take_a_stick(self) -> None:
        """A good stick: the start screen comes, the stick can go, its secret is in no log."""
        machine = self.machine
        good = self._folder / "good.img"
        settings = settings_text(9)
        self._stick = {
            "loket.toml": settings.encode(),
            **signed_profile(self._folder, settings),
            "machine.toml": b'hostname = "kiosk-07"\n',
            "keys/zgw-secret": SECRET.encode(),
        }
        disks.new_stick(good, self._stick)
        begun = time.monotonic()
        machine.plug(good, "good")
        self._wait_until_well()
        self.figures["stick_to_start_s"] = round(time.monotonic() - begun)
        machine.pull("good")
        self._start = machine.settled(60)
        self._picture("3-start", self._start)
        assert "secret" not in self._inside(f"journalctl -b --no-pager | grep -qF {SECRET} && echo secret; true")
        assert self._inside("cat /proc/sys/kernel/hostname").strip() == "kiosk-07"
        held = self._inside("stat -c '%a %U' /etc/loket/keys/zgw-secret /etc/loket/keys/loket.key").split()
        assert held == ["600", "loket-sync", "600", "loket-sync"], held

    def closed_inside(self) -> None:
        """What cannot be changed, and what is refused: root, stick, network."""
        for path in ("/usr/x", "/etc/x", "/boot/x"):
            assert self.machine.inside(f"touch {path}")[0] != 0, f"{path} could be written"
        rules = self._inside("nft list ruleset")
        assert rules.count("policy drop") == 3, "the firewall is open"
        assert "10.0.2.2 . 9" in rules, "the host of the settings is not let out"
        assert self._inside("cat /proc/sys/kernel/sysrq").strip() == "0"
        stick = self._folder / "late.img"
        disks.new_stick(stick, {"loket.toml": b"nothing"})
        self.machine.plug(stick, "late")
        pause(8)
        assert "late" not in self._inside("[ ! -e /dev/disk/by-label/LOKET ] || echo late"), "a stick was let in"
        self.machine.pull("late")
        assert self._said("cat /etc/machine-id") == self._said("cat /var/lib/loket-image/machine-id")

    def _said(self, command: str) -> str:
        return self._inside(command).strip()

    def visit_and_cut(self) -> None:
        """A whole visit by six keys; the power goes while the receipt stands there."""
        screens = keys_of_visit(WIDTH, HEIGHT, self._stick)
        machine = self.machine
        begun = time.monotonic()
        for number, (name, keys) in enumerate(screens, start=1):
            for key in keys[:-1]:
                machine.press_and_see(key)
            machine.settled(60, quiet=1)
            machine.press_and_see(keys[-1], seconds=20)
            shown = machine.settled(60)
            if os.environ.get("LOKET_PICTURES"):
                shown.save(self._folder / f"visit-{number:02}-after-{name}.png")
        # From the last key on there are a few seconds: keeping, then the number.
        self._picture("4-receipt")
        self._machine.cut() if self._machine else None
        self._machine = None
        self.figures["visit_s"] = round(time.monotonic() - begun)
        self.figures["visit_keys"] = sum(len(keys) for _, keys in screens)
        kept = self._kept_cases("after-cut")
        assert kept == 1, f"{kept} cases are kept"
        self.figures["kept_after_cut"] = kept

    def _kept_cases(self, name: str) -> int:
        """Read the store of a machine that is off."""
        files = disks.read_data(self._disk, self._folder / name)
        with sqlite3.connect(files / "loket" / STORE) as store:
            return int(store.execute("SELECT count(*) FROM submissions").fetchone()[0])

    def boot_again(self) -> None:
        """After the cut it starts by itself, without a stick, and still has the case."""
        self._machine = Machine(self._folder, self._disk)
        self._wait_until_well()
        self.figures["boot_s"] = round(self.machine.seconds)
        now = self.machine.settled(60)
        self._picture("5-after-the-cut", now)
        assert self._start is not None
        assert now.differs(self._start) < 0.02, "it is another start screen"
        said = self._inside("setpriv --reuid=loket-sync --regid=loket --init-groups loket outbox --json")
        cases = json.loads(said)
        cases = cases if isinstance(cases, list) else cases["cases"]
        assert len(cases) == 1, f"{len(cases)} cases wait"
        self._start = now

    def stop_the_window(self) -> None:
        """A window that is stopped is replaced by one at the start screen."""
        machine = self.machine
        # Somebody is at the first page of a service.
        machine.press("right")
        machine.press("ret")
        machine.wait_for("a page", lambda: not self._is_start(), 60)
        machine.settled(60)
        machine.wait_for("a machine at rest", self._is_at_rest, 200, every_s=0.2)
        found = self._said("pgrep -u loket-kiosk -f 'visit.*--show start' | tail -n 1")
        assert found, "no visit runs"
        begun = time.monotonic()
        self._inside(f"kill -STOP {found}")
        machine.wait_for("the start screen", self._is_start, 120, every_s=0.1)
        back = time.monotonic() - begun
        self.figures["stopped_window_back_s"] = round(back, 1)
        said = self._said("journalctl -b -u loket-kiosk -o cat --no-pager | grep -c 'does not answer'; true")
        assert said == "1", f"{said} windows were replaced"
        self._picture("6-after-the-stop")
        assert back <= _BACK_WITHIN_S, f"it took {back:.1f} s"

    def _is_start(self) -> bool:
        return self._start is not None and self.machine.look().differs(self._start) < 0.02

    def escapes(self) -> None:
        """Forty and more ways out by the keyboard: Loket stays, and no shell is anywhere."""
        machine = self.machine
        booted = self._said("cat /proc/sys/kernel/random/boot_id")
        out = []
        for escape in ESCAPES:
            for chord in escape.chords:
                machine.press(*chord, hold_ms=escape.hold_ms)
            shown = machine.settled(30)
            wrong = self._wrong(booted)
            if shown.colours < 150:
                wrong.append("Loket is not on the screen")
            elif not escape.may_walk and self._start is not None and shown.differs(self._start) > 0.1:
                wrong.append("another page is on the screen")
            if wrong:
                out.append(f"{escape.name}: {', '.join(wrong)}")
                self._picture(f"escape-{len(out)}", shown)
            self._go_home()
        self.figures["escapes_tried"], self.figures["escapes_out"] = len(ESCAPES), len(out)
        self._picture("7-after-the-escapes")
        assert not out, "; ".join(out)

    def _wrong(self, booted: str) -> list[str]:
        said = self._inside(
            "cat /proc/sys/kernel/random/boot_id; cat /sys/class/tty/tty0/active; systemctl is-active loket-kiosk; "
            f"{_SHELLS}; true"
        ).splitlines()
        wrong = []
        if said[0] != booted:
            wrong.append("it started again")
        if said[2] != "active":
            wrong.append("the kiosk is not active")
        if said[3:]:
            wrong.append(f"a shell: {said[3:]}")
        if self._console and said[1] != self._console:
            wrong.append(f"console {said[1]}")
        self._console = said[1]
        return wrong

    _console = ""

    def _go_home(self) -> None:
        """Back to the start screen as a visitor goes: Esc, and yes where it asks."""
        for _ in range(4):
            if self._is_start():
                return
            self.machine.press("esc")
            self.machine.settled(30)


def _is_console(picture: Picture) -> bool:
    """Words in one colour on black, at the size of our screen: the console of the first boot."""
    black = picture.pixels.count(b"\0\0\0" * 100)
    return (picture.width, picture.height) == (WIDTH, HEIGHT) and 2 <= picture.colours <= 20 and black > 5000


def main() -> int:
    """Do every part that can be done after the ones before."""
    out = Path("build/image").resolve()
    images = sorted(Path("build").glob("loket_*_amd64.img")) if len(sys.argv) < 2 else [Path(sys.argv[1])]
    if not images:
        print("image-test: there is no image; make image", file=sys.stderr)
        return 1
    parts = Parts(images[-1], out)
    try:
        for name, part in (
            ("boot without settings", parts.boot_without_settings),
            ("refuse a bad stick", parts.refuse_a_bad_stick),
            ("take a stick", parts.take_a_stick),
            ("closed inside", parts.closed_inside),
            ("visit and cut", parts.visit_and_cut),
            ("boot again", parts.boot_again),
            ("stop the window", parts.stop_the_window),
            ("escapes", parts.escapes),
        ):
            if name in sys.argv[2:]:
                print(f"left    {name}", flush=True)
                continue
            # Without a machine that is on and set up the rest says nothing.
            if not parts.do(name, part) and name in ("boot without settings", "take a stick"):
                break
    finally:
        parts.close()
    print("image-test: " + ", ".join(f"{key} {value}" for key, value in parts.figures.items()), flush=True)
    print(f"image-test: {'FAILED: ' + ', '.join(parts.failed) if parts.failed else 'every part passed'}", flush=True)
    return 1 if parts.failed else 0


if __name__ == "__main__":
    sys.exit(main())
