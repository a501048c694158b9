# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rules and the dashboard speak of the figures that a device gives, all of them, and of no others.

What the rules say at which figures is `loket_rules_test.yml`'s, for `promtool`, which these tests ask where it is.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from commands.configuration import load_settings
from commands.doctor_check import Health
from commands.health import as_metrics, health
from commands.id_reader import IdReader
from domain.case import CaseState
from tests.fakes.clock import FakeClock

OF_NODE_EXPORTER = {"node_textfile_scrape_error"}
METRIC = re.compile(r"\b(?:loket|node)_[a-z_]+\b")
STATE = re.compile(r'state=~?"([^"]+)"')
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
SEVERITIES = {"critical", "warning"}


@pytest.fixture(scope="module")
def rules(repository: Path) -> list[Mapping[str, Any]]:
    read = yaml.safe_load((repository / "deploy" / "monitoring" / "loket.rules.yml").read_text(encoding="utf-8"))
    return [rule for group in read["groups"] for rule in group["rules"]]


@pytest.fixture(scope="module")
def dashboard(repository: Path) -> Mapping[str, Any]:
    file = repository / "deploy" / "monitoring" / "grafana-dashboard.json"
    read: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


@pytest.fixture
def given(tmp_path: Path, clock: FakeClock) -> set[str]:
    """Give the names of all figures there are, those too that a device has only now and then."""
    config = tmp_path / "loket.toml"
    config.write_text(f'[device]\ndata_dir = "{tmp_path}"\n', encoding="utf-8")
    found = health(load_settings(config), clock)
    at = clock.now().isoformat()
    found |= {
        "cases": {state.value: 0 for state in CaseState if state is not CaseState.DRAFT},
        "added_waiting": 0,
        "oldest_unsent_s": 0,
        "alarming": 0,
        "id_reader": IdReader.ABSENT,
        "devices": {"printer": Health.OK.value},
        **dict.fromkeys(("last_delivered_at", "last_retention_at", "last_heartbeat_at", "last_wipe_proof_at"), at),
    }
    return {re.split(r"[{ ]", line)[0] for line in as_metrics(found)}


def exprs_of(dashboard: Mapping[str, Any]) -> Iterator[str]:
    for panel in dashboard["panels"]:
        for target in panel.get("targets", ()):
            yield target["expr"]


def names_in(texts: Iterator[str]) -> set[str]:
    return {name for text in texts for name in METRIC.findall(text)}


def test_rules_and_dashboard_ask_for_figures_that_are_given(
    rules: list[Mapping[str, Any]], dashboard: Mapping[str, Any], given: set[str]
) -> None:
    assert names_in(rule["expr"] for rule in rules) - given == OF_NODE_EXPORTER
    assert names_in(exprs_of(dashboard)) <= given
    variables = names_in(each["definition"] for each in dashboard["templating"]["list"] if "definition" in each)
    assert variables
    assert variables <= given


def test_every_figure_stands_on_the_dashboard(dashboard: Mapping[str, Any], given: set[str]) -> None:
    assert given - names_in(exprs_of(dashboard)) == set()


def test_states_of_cases_are_named_as_they_are(rules: list[Mapping[str, Any]], dashboard: Mapping[str, Any]) -> None:
    texts = [*(rule["expr"] for rule in rules), *exprs_of(dashboard)]
    named = {state for text in texts for found in STATE.findall(text) for state in found.split("|")}
    assert named
    assert named <= {state.value for state in CaseState}


def test_each_rule_names_the_section_that_tells_what_to_do(rules: list[Mapping[str, Any]], repository: Path) -> None:
    text = (repository / "docs" / "health.md").read_text(encoding="utf-8")
    sections = {re.sub(r"[^a-z ]", "", title.lower()).replace(" ", "-") for title in SECTION.findall(text)}
    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        file, _, section = rule["annotations"]["runbook"].partition("#")
        assert file == "/usr/share/doc/loket/health.md"
        assert section in sections, rule["alert"]
        assert rule["labels"]["severity"] in SEVERITIES
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"]


def test_the_dashboard_takes_any_prometheus_and_overlaps_nowhere(dashboard: Mapping[str, Any]) -> None:
    by_name = {each["name"]: each for each in dashboard["templating"]["list"]}
    assert (by_name["datasource"]["type"], by_name["datasource"]["query"]) == ("datasource", "prometheus")
    taken: set[tuple[int, int]] = set()
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(set(ids)) == len(ids)
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert at["x"] + at["w"] <= 24, panel["title"]
        assert not cells & taken, panel["title"]
        taken |= cells
        if panel["type"] != "row":
            assert panel["datasource"]["uid"] == "${datasource}"


@pytest.mark.parametrize("asked", ["check", "test"])
def test_the_rules_say_what_they_must(repository: Path, asked: str) -> None:
    tool = shutil.which("promtool")
    if tool is None:
        pytest.skip("this machine has no promtool (package prometheus)")
    file = {"check": "deploy/monitoring/loket.rules.yml", "test": "tests/deploy/loket_rules_test.yml"}[asked]
    done = subprocess.run([tool, asked, "rules", file], cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
