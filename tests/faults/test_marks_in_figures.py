# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real visits full of marks, handed in: none of it is in anything that monitoring reads (issue 8)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from commands import cli
from commands.audit_rounds import HEARTBEAT
from commands.configuration import load_settings
from commands.housekeeping import Housekeeping
from commands.wipe_marks import Marks, new_marks
from commands.wipe_proof import DONE, ProofKiosk
from tests.fakes.clock import FakeClock

SETTINGS = '[device]\nid = "marks-01"\nrsin = "002564440"\ndata_dir = "{data}"\n'


def hand_in(config: Path, data: Path, pictures: Path, marks: Marks, services: Sequence[str]) -> list[tuple[str, str]]:
    """Have visitors at the real window hand in marks; give reference and code of each case."""
    kept = []
    with ProofKiosk(config, data, pictures) as kiosk:
        last = 0
        for service in services:
            guest = kiosk.shown(other_than=last)
            (pictures / "foto.png").write_bytes(marks.png)
            told = kiosk.answer(
                guest,
                do="walk",
                words=marks.typed(),
                pcm=marks.pcm.hex(),
                service=service,
                screens=119,
                is_different=False,
                files=True,
            )
            assert told["is_kept"], told["at"]
            assert {"name", "phone", "text"} & set(told["planted"])
            kept.append((told["reference"], told["status_code"]))
            guest.ask(do="end", way=DONE)
            last = guest.pid
            kiosk.shown(other_than=last)
    return kept


def told_to_monitoring(config: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> Mapping[str, str]:
    """Give all that a machine tells, by the name of what tells it."""
    textfile = data.parent / "loket.prom"

    def said(*words: str) -> str:
        capsys.readouterr()
        assert cli.run([*words, "--config", str(config)]) in (0, 1)
        captured = capsys.readouterr()
        return captured.out + captured.err

    Housekeeping(load_settings(config), FakeClock()).round()
    said("health", "--no-devices", "--textfile", str(textfile))
    return {
        "health": said("health", "--no-devices"),
        "health --json": said("health", "--no-devices", "--json"),
        "faults": said("faults"),
        "faults --json": said("faults", "--json"),
        "outbox": said("outbox"),
        "outbox --json": said("outbox", "--json"),
        "textfile": textfile.read_text(encoding="utf-8"),
        "heartbeat": (data / HEARTBEAT).read_text(encoding="utf-8"),
        "log": "\n".join(file.read_text(encoding="utf-8") for file in sorted((data / "log").glob("*"))),
    }


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "services", [("fout",), pytest.param(("fout", "verhuizen"), marks=pytest.mark.long)], ids=["short", "every field"]
)
def test_nothing_that_monitoring_reads_holds_a_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], services: Sequence[str]
) -> None:
    data, pictures, runtime, temp = (tmp_path / name for name in ("data", "pictures", "runtime", "temp"))
    for each in (data, pictures, runtime, temp):
        each.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("TMPDIR", str(temp))
    config = tmp_path / "loket.toml"
    config.write_text(SETTINGS.format(data=data), encoding="utf-8")
    marks = new_marks()
    kept = hand_in(config, data, pictures, marks, services)

    told = told_to_monitoring(config, data, capsys)

    assert json.loads(told["health --json"])["cases"]["pending"] == len(services)
    for name, text in told.items():
        assert text or name == "log", name  # nothing to log is fine
        assert not marks.kinds_in(text.encode()), name
        for reference, code in kept:
            # Staff find a case by its reference, so `loket outbox` names it; what goes off the machine never does.
            assert name.startswith("outbox") or reference not in text, name
            assert f'"{code}"' not in text, name
    assert all(reference in told["outbox --json"] for reference, _ in kept), "the control: these are the cases"
    assert marks.kinds_in(marks.typed()["name"].encode()), "the control: a mark is known when it is there"
