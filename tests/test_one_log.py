# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""There is one way to write a line of the log, and it cannot take what a citizen typed (feature I14)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("assisted", "commands", "domain", "i18n", "kiosk", "resources", "sync")

CARRIERS = {"sync/event_log.py", "commands/log_book.py"}
HOOKS = {"commands/crash_hooks.py"}
# Who prints for the person at the terminal who gave the command: what it says, it says to them and keeps nowhere.
AT_A_TERMINAL = {
    f"commands/{name}.py" for name in ("audit", "card", "cli", "open", "outbox", "retention", "staff", "voice")
}
# What runs by itself and still prints a sentence: each value in it is named here, and is no visitor's.
BY_ITSELF = {
    "commands/content_in_force.py": {"error.slug"},
    "commands/joining.py": {"public.name", "private.name"},
    "commands/kiosk.py": {"', '.join(left)"},
    "commands/sync_beside.py": {"error.strerror", "code"},
    "commands/visit_room.py": {"service_id", "error"},
}
PRINTERS = {"print_exc", "print_exception", "print_tb", "print_stack", "print_last", "format_exc", "format_exception"}
OF_QT = {"qDebug", "qInfo", "qWarning", "qCritical", "qFatal", "qInstallMessageHandler"}


def faults_in(name: str, source: str) -> Iterator[str]:
    """Give each way of writing that goes round the one there is."""
    tree = ast.parse(source)
    # Who begins a window hands Qt's own messages to the one way.
    handed = {
        id(arg)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "quiet_qt"
        for arg in node.args
    }
    for node in ast.walk(tree):
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        match node:
            case ast.Import(names=names) if {each.name.partition(".")[0] for each in names} & {"logging", "syslog"}:
                if name not in CARRIERS:
                    yield f"{where} imports logging"
            case ast.ImportFrom(module="logging" | "syslog" | "logging.handlers"):
                yield f"{where} imports logging"
            case ast.Attribute(attr=attr) | ast.Name(id=attr) if attr in PRINTERS | OF_QT:
                if not (attr == "qInstallMessageHandler" and id(node) in handed):
                    yield f"{where} uses {attr}"
            case ast.Attribute(attr="excepthook" | "unraisablehook" | "showwarning" as attr):
                if name not in HOOKS | {"commands/visit_room.py"}:
                    yield f"{where} sets {attr}"
            case ast.Attribute(attr="warn", value=ast.Name(id="warnings")):
                yield f"{where} warns in words"
            case _:
                yield from written_by(node, name, where)


def written_by(node: ast.AST, name: str, where: str) -> Iterator[str]:
    """Give what a piece of a module prints that it may not."""
    match node:
        case ast.Attribute(attr="stderr", value=ast.Name(id="sys")):
            if name not in CARRIERS | AT_A_TERMINAL and not name.startswith("commands/"):
                yield f"{where} writes to stderr"
        case ast.Call(func=ast.Name(id="print"), args=args, keywords=keywords):
            if not name.startswith("commands/"):
                yield f"{where} prints"
            elif any(keyword.arg == "file" for keyword in keywords) and name not in CARRIERS | AT_A_TERMINAL:
                yield from (f"{where} prints {value}" for value in values_in(args) - BY_ITSELF.get(name, set()))
        case _:
            pass


def values_in(args: list[ast.expr]) -> set[str]:
    """Give what is printed besides words that stand in the source."""
    found: set[str] = set()
    for arg in args:
        if isinstance(arg, ast.JoinedStr):
            found |= {ast.unparse(part.value) for part in arg.values if isinstance(part, ast.FormattedValue)}
        elif not isinstance(arg, ast.Constant):
            found.add(ast.unparse(arg))
    return found


def test_nothing_writes_a_log_but_the_one_way() -> None:
    files = [ROOT / "main.py", *(file for floor in FLOORS for file in sorted((ROOT / floor).rglob("*.py")))]
    found = [
        fault
        for file in files
        for fault in faults_in(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("sync/engine.py", "import logging"),
        ("sync/engine.py", "from logging import getLogger"),
        ("sync/engine.py", "import logging.handlers"),
        ("kiosk/visit.py", "print(answers)"),
        ("kiosk/visit.py", "import sys\nsys.stderr.write(answers)"),
        ("kiosk/visit.py", "import traceback\ntraceback.print_exc()"),
        ("kiosk/visit.py", "from PySide6.QtCore import qWarning\nqWarning(answers)"),
        ("kiosk/visit.py", "import warnings\nwarnings.warn(answers)"),
        ("domain/answers.py", "print('typed')"),
        ("commands/kiosk.py", "import sys\nprint(f'{answers}', file=sys.stderr)"),
        ("commands/visit.py", "import sys\nprint(answers, file=sys.stderr)"),
        ("commands/office.py", "import sys\nsys.excepthook = print"),
        ("commands/visit.py", "from PySide6 import QtCore\nQtCore.qInstallMessageHandler(print)"),
    ],
)
def test_finds_a_planted_way_round(name: str, source: str) -> None:
    assert list(faults_in(name, source))


def test_reads_what_is_printed_of_itself() -> None:
    source = "import sys\nprint('loket: a sentence', file=sys.stderr)\nprint('loket: more')"
    assert list(faults_in("commands/kiosk.py", source)) == []
